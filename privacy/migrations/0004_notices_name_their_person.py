import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from privacy.models import evidence


def name_the_person(apps, schema_editor):
    """Each notice so far belongs to an erasure, and the erasure knows whose it was."""
    Notice, Erasure = apps.get_model("privacy", "RecipientNotice"), apps.get_model("privacy", "Erasure")
    database = schema_editor.connection.alias
    of_erasure = Erasure.objects.filter(pk=OuterRef("erasure_id")).values("subject_id")[:1]
    Notice.objects.using(database).filter(subject=None).update(subject_id=Subquery(of_erasure))


def refuse_changes(apps, schema_editor):
    evidence.add(apps, schema_editor, evidence.REQUESTS)


def allow_changes(apps, schema_editor):
    evidence.remove(apps, schema_editor, evidence.REQUESTS)


class Migration(migrations.Migration):
    # On PostgreSQL a table whose rows were just changed cannot be altered in the same transaction.
    atomic = False

    dependencies = [("privacy", "0003_rights")]

    operations = [
        migrations.RunPython(name_the_person, migrations.RunPython.noop, elidable=False),
        migrations.AlterField(
            model_name="recipientnotice",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="recipient_notices", to="privacy.datasubject"
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes, elidable=False),
    ]
