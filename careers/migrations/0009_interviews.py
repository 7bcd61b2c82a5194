from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("careers", "0008_evaluation")]

    operations = []
