"""Fills in the words by which the requests that are there already are found."""

from django.db import migrations

from booking.search_text import words_of

BATCH = 500


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    requests = apps.get_model("booking", "ConsultationRequest").objects.using(alias)
    words = apps.get_model("booking", "SearchWord")
    rows = []
    for pk, name, helper, phone in requests.values_list("pk", "name", "helper_name", "phone").iterator(BATCH):
        rows += [words(request_id=pk, word=word) for word in words_of(names=(name, helper), phone=phone)]
        if len(rows) >= BATCH:
            words.objects.using(alias).bulk_create(rows, ignore_conflicts=True)
            rows = []
    words.objects.using(alias).bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("booking", "0007_queue_indexes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
