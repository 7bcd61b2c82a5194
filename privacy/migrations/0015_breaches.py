from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("privacy", "0014_notice_versions")]

    operations = []
