from django.db import migrations

from privacy.models import evidence


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [migrations.RunPython(evidence.add, evidence.remove, elidable=False)]
