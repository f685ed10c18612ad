"""The application that gunicorn serves: finished pages first, Django behind them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
django_application = get_wsgi_application()

from content.store import FinishedPages  # noqa: E402 - Django must be set up first

application = FinishedPages(django_application)
