from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("privacy", "0011_holds_by_two")]

    operations = []
