"""Bring, TNT and Ramberg are in the register of recipients from the first day (N49)."""

from django.db import migrations


def add(apps, schema_editor):
    from crm.actions.carriers import ensure_carriers

    ensure_carriers(models=apps)


class Migration(migrations.Migration):
    dependencies = [("crm", "0001_initial"), ("privacy", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
