"""Overdue requests are read by their due time, or met in the order of the queue; no index of their own is needed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("booking", "0011_visits_in_the_history")]
    operations = [migrations.RemoveIndex(model_name="consultationrequest", name="request_overdue")]
