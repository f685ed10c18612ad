"""Several columns as one value of SQL: (a, b) > (1, 2) is read from an index of a and b, on either database."""

from typing import Any

from django.db import models
from django.db.models import Func


class Row(Func):
    """Use it with GreaterThan and LessThan; it cannot be selected."""

    function = ""
    output_field = models.Field[Any, Any]()
