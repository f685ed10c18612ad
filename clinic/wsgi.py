"""The application that gunicorn serves: finished pages first, Django behind them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
# Visitors wait no longer for the database, and threads that read pages are not used up; commands take what they need.
os.environ.setdefault("DATABASE_SECONDS", "15")
django_application = get_wsgi_application()

from clinic.front_door import front_door  # noqa: E402 - Django must be set up first
from content.store import FinishedPages  # noqa: E402

application = front_door(FinishedPages(django_application))
