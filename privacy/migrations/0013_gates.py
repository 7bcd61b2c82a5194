from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("privacy", "0012_recipients_and_screenings")]

    operations = []
