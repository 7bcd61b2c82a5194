from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("privacy", "0008_papers_of_the_office")]

    operations = []
