from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("website", "0001_initial")]

    operations = [migrations.RemoveField(model_name="noticepage", name="revised_on")]
