from django.db import migrations

from crm.models import lock


class Migration(migrations.Migration):
    dependencies = [("crm", "0002_carriers")]

    operations = [migrations.RunPython(lock.add, lock.remove, elidable=False)]
