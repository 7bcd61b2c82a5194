import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy.models import evidence

SHARED = ("privacy_disclosure",)


def refuse_changes_again(apps, schema_editor):
    """A column that may not be null makes SQLite write the table anew, without its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        evidence.add(apps, schema_editor, SHARED)


def allow_changes(apps, schema_editor):
    """Backwards a column is dropped from the table as it is, with the triggers looking on."""
    if schema_editor.connection.vendor == "sqlite":
        evidence.remove(apps, schema_editor, SHARED)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0011_holds_by_two"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, refuse_changes_again, elidable=False),
        migrations.CreateModel(
            name="InformationDuty",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_on", models.DateField()),
                ("settled_on", models.DateField(blank=True, null=True)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "by e-mail"),
                            ("letter", "by letter"),
                            ("talk", "when we spoke"),
                            ("knows", "the person had the information already (Art 14(5)(a))"),
                            ("impossible", "impossible, or out of proportion (Art 14(5)(b))"),
                        ],
                        max_length=10,
                    ),
                ),
                ("settled_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "person to be told where data came from",
                "verbose_name_plural": "persons to be told where data came from",
            },
        ),
        migrations.CreateModel(
            name="PendingHandOver",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("activity", models.CharField(max_length=60)),
                ("about_model", models.CharField(blank=True, max_length=80)),
                ("about_pk", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "waiting"), ("sent", "sent"), ("dropped", "called off")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("first_tried_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_tried_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("tried_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "hand-over that waits",
                "verbose_name_plural": "hand-overs that wait",
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("lia", "legitimate-interest assessment"), ("dpia", "DPIA screening")], max_length=4
                    ),
                ),
                ("activity", models.CharField(max_length=60)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("answers", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("acceptable", "may go on"),
                            ("with_measures", "may go on with the measures named"),
                            ("not_acceptable", "may not go on"),
                        ],
                        default="acceptable",
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("approved", "approved"),
                            ("due_for_review", "due for review"),
                            ("rejected", "rejected"),
                            ("superseded", "replaced"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("author", models.UUIDField(blank=True, null=True)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reviewer", models.UUIDField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("next_review_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["activity", "kind", "-version"],
            },
        ),
        migrations.AddField(
            model_name="disclosure",
            name="approver",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="case",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="hidden_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="purpose",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="recipient",
            name="address",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="recipient",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recipients",
                to="privacy.officedocument",
            ),
        ),
        migrations.AddField(
            model_name="recipient",
            name="agreement_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="recipient",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recipient",
            name="approved_by",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recipient",
            name="change_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recipient",
            name="change_by",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recipient",
            name="contact_route",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="recipient",
            name="proposed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="recipient",
            name="proposed_by",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recipient",
            name="proposed_change",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="recipient",
            name="state_since",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="recipient",
            name="state_by",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recipient",
            name="past_agreements",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="recipient",
            name="url",
            field=models.URLField(blank=True),
        ),
        migrations.AlterField(
            model_name="recipient",
            name="kind",
            field=models.CharField(
                choices=[
                    ("carrier", "carrier"),
                    ("partner", "partner"),
                    ("hosting", "hosting"),
                    ("mail", "e-mail service"),
                    ("sms", "SMS service"),
                    ("payment", "payment service"),
                    ("authority", "authority"),
                    ("deal", "party to a deal"),
                ],
                default="partner",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["recipient", "at"], name="disclosure_by_recipient"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["case"], name="disclosure_by_case"),
        ),
        migrations.AddField(
            model_name="informationduty",
            name="disclosure",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="information_duty", to="privacy.disclosure"
            ),
        ),
        migrations.AddField(
            model_name="informationduty",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="information_duties", to="privacy.datasubject"
            ),
        ),
        migrations.AddField(
            model_name="pendinghandover",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pending_hand_overs", to="privacy.recipient"
            ),
        ),
        migrations.AddField(
            model_name="pendinghandover",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pending_hand_overs", to="privacy.datasubject"
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.UniqueConstraint(fields=("activity", "kind", "version"), name="screening_version_once"),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("activity", "kind"), name="screening_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["approved", "due_for_review"])),
                fields=("activity", "kind"),
                name="screening_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "approved", "due_for_review", "rejected", "superseded"]),
                    ("kind__in", ["lia", "dpia"]),
                ),
                name="screening_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "due_for_review"]), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("next_review_on__isnull", False),
                        models.Q(("outcome", "not_acceptable"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="screening_in_force_was_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationduty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", ""), ("settled_on__isnull", True)),
                    models.Q(("settled_on__isnull", False), models.Q(("how", ""), _negated=True)),
                    _connector="OR",
                ),
                name="information_settled_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendinghandover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("subject", "recipient", "about_model", "about_pk"),
                name="hand_over_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendinghandover",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "sent", "dropped"])), name="hand_over_state_known"
            ),
        ),
        migrations.RunPython(refuse_changes_again, allow_changes, elidable=False),
    ]
