from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("privacy", "0009_retention_rules")]

    operations = []
