import uuid
from functools import partial

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy.models import evidence

BREACHES = ("privacy_breachevent",)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0014_notice_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("detected", "detected"),
                            ("assessing", "being assessed"),
                            ("not_a_breach", "not a breach"),
                            ("confirmed", "confirmed"),
                            ("authority_notified", "authority notified"),
                            ("not_notifiable", "need not be notified"),
                            ("subjects_notified", "persons told"),
                            ("not_required", "persons need not be told"),
                            ("closed", "closed"),
                        ],
                        default="detected",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("types", models.JSONField(default=list, verbose_name="what kind")),
                ("detected_at", models.DateTimeField(verbose_name="detected")),
                ("aware_at", models.DateTimeField(verbose_name="we knew")),
                ("due_at", models.DateTimeField(verbose_name="to be notified by")),
                ("classes", models.JSONField(blank=True, default=list, verbose_name="which records")),
                ("window_from", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                ("window_to", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("scope_actor", models.UUIDField(blank=True, null=True)),
                ("description", models.TextField(verbose_name="what happened")),
                ("consequences", models.TextField(blank=True, verbose_name="likely consequences")),
                ("measures", models.TextField(blank=True, verbose_name="what is done about it")),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unlikely", "unlikely to be a risk to anybody"),
                            ("risk", "a risk to those it touches"),
                            ("high", "a high risk to those it touches"),
                        ],
                        max_length=10,
                        verbose_name="risk",
                    ),
                ),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authority_notified_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="authority notified"),
                ),
                (
                    "authority_reference",
                    models.CharField(blank=True, max_length=60, verbose_name="the authority's reference"),
                ),
                ("authority_reason", models.TextField(blank=True, verbose_name="why the authority is not notified")),
                ("delay_reason", models.TextField(blank=True, verbose_name="why it was late")),
                (
                    "subjects_reason_code",
                    models.CharField(blank=True, max_length=40, verbose_name="why persons are not told"),
                ),
                ("subjects_reason", models.TextField(blank=True, verbose_name="why persons are not told, in words")),
                ("closing_reason", models.TextField(blank=True, verbose_name="why it is closed")),
                ("closed_on", models.DateField(blank=True, db_index=True, null=True, verbose_name="closed")),
                ("emptied_on", models.DateField(blank=True, null=True, verbose_name="made anonymous")),
                ("registered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("registered_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "breach",
                "verbose_name_plural": "breaches",
                "ordering": ["-aware_at", "-number"],
            },
        ),
        migrations.CreateModel(
            name="BreachEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField(blank=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("actor", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "event of a breach",
                "verbose_name_plural": "events of a breach",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BreachPerson",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("named", models.BooleanField(default=False)),
                ("classes", models.JSONField(blank=True, default=list)),
                ("records", models.PositiveIntegerField(default=0)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="told")),
                (
                    "told_how",
                    models.CharField(
                        blank=True,
                        choices=[("mail", "by e-mail"), ("letter", "by letter or telephone")],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("unreachable", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "person a breach touched",
                "verbose_name_plural": "persons a breach touched",
            },
        ),
        migrations.CreateModel(
            name="BreachSeries",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "number series of breaches",
                "verbose_name_plural": "number series of breaches",
            },
        ),
        migrations.CreateModel(
            name="OfficeDigest",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False)),
                ("late", models.PositiveIntegerField(default=0)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "daily mail to the office",
                "verbose_name_plural": "daily mails to the office",
            },
        ),
        migrations.CreateModel(
            name="ReadReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField(unique=True, verbose_name="week")),
                ("reads", models.PositiveIntegerField(default=0)),
                ("outside", models.PositiveIntegerField(default=0)),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("expected", "all of it was work"),
                            ("asked", "somebody was asked, and could say why"),
                            ("followed_up", "taken up with somebody"),
                        ],
                        max_length=12,
                        verbose_name="what came of it",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reviewed_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "review of looks",
                "verbose_name_plural": "reviews of looks",
                "ordering": ["-week"],
            },
        ),
        migrations.AlterModelOptions(
            name="staffread",
            options={
                "permissions": [("find_staffread", "Can look for one string everywhere")],
                "verbose_name": "look at a record",
                "verbose_name_plural": "looks at records",
            },
        ),
        migrations.AddField(
            model_name="staffread",
            name="assigned",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="staffread",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[
                    ("customer", "looking after a customer"),
                    ("recruitment", "handling an application"),
                    ("rights", "answering a request"),
                    ("copy", "making a copy for the person"),
                    ("breach", "looking into a breach"),
                ],
                max_length=20,
                verbose_name="what for",
            ),
        ),
        migrations.AddIndex(
            model_name="staffread",
            index=models.Index(fields=["first_at"], name="staff_read_by_moment"),
        ),
        migrations.AddField(
            model_name="breach",
            name="scope_recipient",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="breaches",
                to="privacy.recipient",
            ),
        ),
        migrations.AddField(
            model_name="breachevent",
            name="breach",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="privacy.breach"
            ),
        ),
        migrations.AddField(
            model_name="breachevent",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="breaches",
                to="privacy.officedocument",
            ),
        ),
        migrations.AddField(
            model_name="breachperson",
            name="breach",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="persons", to="privacy.breach"
            ),
        ),
        migrations.AddField(
            model_name="breachperson",
            name="mail",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="breaches",
                to="privacy.outgoingmail",
            ),
        ),
        migrations.AddField(
            model_name="breachperson",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="breaches", to="privacy.datasubject"
            ),
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["state", "due_at"], name="breach_by_due"),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("aware_at__gte", models.F("detected_at"))), name="breach_known_after_detected"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("aware_at"))), name="breach_due_after_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk__in", ["", "unlikely", "risk", "high"])), name="breach_risk_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", False), _connector="OR"
                ),
                name="breach_closed_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True), name="breach_event_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="breachperson",
            constraint=models.UniqueConstraint(fields=("breach", "subject"), name="breach_person_once"),
        ),
        migrations.AddConstraint(
            model_name="breachperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at__isnull", True), ("told_how", "")),
                    models.Q(("told_at__isnull", False), ("told_how__in", ["mail", "letter"])),
                    _connector="OR",
                ),
                name="breach_person_told_says_how",
            ),
        ),
        migrations.RunPython(partial(evidence.add, tables=BREACHES), partial(evidence.remove, tables=BREACHES)),
    ]
