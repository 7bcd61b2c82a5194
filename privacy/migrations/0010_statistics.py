import uuid
from functools import partial

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy.models import evidence

TABLES = ("privacy_statistic",)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0009_retention_rules")]

    operations = [
        migrations.CreateModel(
            name="Statistic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=60, verbose_name="measure")),
                ("month", models.DateField(verbose_name="month")),
                ("value", models.CharField(blank=True, max_length=60, verbose_name="value")),
                ("count", models.PositiveIntegerField(verbose_name="count")),
                (
                    "computed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="counted"),
                ),
            ],
            options={
                "verbose_name": "number",
                "verbose_name_plural": "numbers",
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "month", "value"), name="statistic_counted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentEnd",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ended_on", models.DateField(db_index=True, verbose_name="the consent ended")),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="end", to="privacy.consentevent"
                    ),
                ),
            ],
            options={"verbose_name": "end of a consent", "verbose_name_plural": "ends of consents"},
        ),
        migrations.CreateModel(
            name="RetentionWarning",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("model", models.CharField(max_length=80)),
                ("object_pk", models.CharField(max_length=64)),
                ("kept_until", models.DateField(verbose_name="kept until")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days before")),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="told")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retention_warnings",
                        to="privacy.datasubject",
                    ),
                ),
            ],
            options={
                "verbose_name": "warning before deletion",
                "verbose_name_plural": "warnings before deletion",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "object_pk", "kept_until", "days"), name="retention_warning_once_per_step"
                    )
                ],
            },
        ),
        migrations.RunPython(
            partial(evidence.add, tables=TABLES), partial(evidence.remove, tables=TABLES), elidable=False
        ),
    ]
