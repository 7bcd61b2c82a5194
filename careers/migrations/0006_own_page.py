"""The start and the move of somebody who was hired; the end, the renewal and the mails of the talent pool."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def fill_days(apps, schema_editor):
    """Whoever is in the pool already has said yes once, and their consent says until when."""
    entries = apps.get_model("careers", "TalentPoolEntry").objects
    entries.update(first_agreed_on=F("agreed_on"))
    for key, agreed_on, ends_on in list(entries.values_list("pk", "agreed_on", "consent__valid_until")):
        entries.filter(pk=key).update(ends_on=ends_on or agreed_on)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0005_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="first day at work"),
        ),
        migrations.AddField(
            model_name="application",
            name="moved_on",
            field=models.DateField(blank=True, null=True, verbose_name="moved to the personnel file"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("moved_on__isnull", False)), fields=["moved_on"], name="application_by_move"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_on__isnull", False),
                    models.Q(("moved_on__isnull", True), ("starts_on__isnull", True)),
                    _connector="OR",
                ),
                name="application_starts_after_decision",
            ),
        ),
        migrations.AddField(
            model_name="talentpoolentry",
            name="first_agreed_on",
            field=models.DateField(null=True, verbose_name="first agreed on"),
        ),
        migrations.AddField(
            model_name="talentpoolentry",
            name="ends_on",
            field=models.DateField(null=True, verbose_name="agreed until"),
        ),
        migrations.AddField(
            model_name="talentpoolentry",
            name="renewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="renewed on"),
        ),
        migrations.AddField(
            model_name="talentpoolentry",
            name="asked_on",
            field=models.DateField(blank=True, null=True, verbose_name="asked to renew on"),
        ),
        migrations.RunPython(fill_days, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="talentpoolentry",
            name="first_agreed_on",
            field=models.DateField(verbose_name="first agreed on"),
        ),
        migrations.AlterField(
            model_name="talentpoolentry",
            name="ends_on",
            field=models.DateField(verbose_name="agreed until"),
        ),
        migrations.AddIndex(
            model_name="talentpoolentry",
            index=models.Index(fields=["ends_on"], name="talent_pool_by_end"),
        ),
        migrations.AddIndex(
            model_name="talentpoolentry",
            index=models.Index(fields=["first_agreed_on"], name="talent_pool_by_first_yes"),
        ),
        migrations.AddConstraint(
            model_name="talentpoolentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", F("agreed_on")), ("first_agreed_on__lte", F("agreed_on"))),
                name="talent_pool_days_in_order",
            ),
        ),
        migrations.CreateModel(
            name="PoolMail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("vacancy_reference", models.CharField(max_length=20, verbose_name="reference")),
                ("vacancy_title", models.CharField(max_length=255, verbose_name="vacancy")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="careers.talentpoolentry",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mail to the talent pool",
                "verbose_name_plural": "mails to the talent pool",
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "vacancy_reference"), name="pool_mail_once_per_vacancy")
                ],
            },
        ),
    ]
