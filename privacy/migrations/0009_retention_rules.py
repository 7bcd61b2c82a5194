import uuid

import django.core.validators
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0008_papers_of_the_office")]

    operations = [
        migrations.CreateModel(
            name="ClockMark",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "mark of the clock",
                "verbose_name_plural": "marks of the clock",
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("data_class", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                (
                    "months",
                    models.PositiveIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "days",
                    models.PositiveIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                ("basis", models.CharField(max_length=300)),
                ("shown_nb", models.CharField(blank=True, max_length=300)),
                ("shown_en", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "proposed"),
                            ("approved", "approved, waits for its day"),
                            ("active", "in force"),
                            ("retired", "no longer in force"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("active_from", models.DateField(blank=True, null=True)),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("in_force_until", models.DateField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("proposed_by", models.UUIDField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("approved_by", models.UUIDField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("retired_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "retention rule",
                "verbose_name_plural": "retention rules",
                "ordering": ["data_class", "version"],
            },
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="alive_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="allowed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="allowed_by",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="backlog",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="checksum",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="duration_ms",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="mode",
            field=models.CharField(
                choices=[("real", "carried out"), ("dry", "counted only")], default="real", max_length=4
            ),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="plan_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="rules",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="retentionrun",
            name="stopped_by",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddConstraint(
            model_name="retentionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["real", "dry"])), name="retention_run_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.UniqueConstraint(fields=("data_class", "version"), name="retention_rule_version_once"),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")), fields=("data_class",), name="retention_rule_one_active"
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "approved", "active", "retired"])),
                name="retention_rule_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days__isnull", True), ("months__gt", 0), ("months__isnull", False)),
                    models.Q(("days__gt", 0), ("days__isnull", False), ("months__isnull", True)),
                    _connector="OR",
                ),
                name="retention_rule_one_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis", ""), _negated=True), name="retention_rule_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "retired"]),
                    models.Q(
                        ("active_from__isnull", False), ("approved_at__isnull", False), ("approved_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="retention_rule_is_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="retention_rule_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True), ("in_force_from__isnull", False), _connector="OR"
                ),
                name="retention_rule_active_since",
            ),
        ),
    ]
