import functools
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import privacy.fields
from privacy.models import evidence

TABLES = ("privacy_authorityevent", "privacy_dealevent", "privacy_dealread")


class Migration(migrations.Migration):
    dependencies = [("privacy", "0012_recipients_and_screenings")]

    operations = [
        migrations.CreateModel(
            name="AuthorityCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("submitted", "waiting for a decision"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                            ("handed_over", "handed over"),
                            ("closed", "closed"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("authority", models.CharField(max_length=120, verbose_name="authority")),
                ("unit", models.CharField(blank=True, max_length=120, verbose_name="unit")),
                ("country", models.CharField(default="NO", max_length=2, verbose_name="country")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="their case number")),
                (
                    "instrument",
                    models.CharField(
                        choices=[
                            ("court_order", "court order"),
                            ("production_order", "production order under a statute"),
                            ("statutory_duty", "another duty by statute"),
                            ("letter", "letter without an order"),
                            ("phone", "phone call without an order"),
                        ],
                        max_length=16,
                        verbose_name="instrument",
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=120, verbose_name="section of the law")),
                ("received_on", models.DateField(verbose_name="received")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="answer by")),
                ("categories", models.JSONField(blank=True, default=list)),
                ("period_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="to")),
                ("requester", models.UUIDField(blank=True, null=True)),
                ("decided_by", models.UUIDField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided")),
                ("decision_code", models.CharField(blank=True, max_length=40, verbose_name="reason")),
                ("decision_reason", models.TextField(blank=True, verbose_name="reason in words")),
                ("gag_until", models.DateField(blank=True, null=True, verbose_name="kept from the person until")),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("urgent_reason", models.TextField(blank=True, verbose_name="why it could not wait")),
                ("review_due_on", models.DateField(blank=True, null=True, verbose_name="to be reviewed by")),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="reviewed")),
                ("reviewed_by", models.UUIDField(blank=True, null=True)),
                (
                    "review",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "it was right"), ("wrong", "it should not have been handed over")],
                        max_length=8,
                        verbose_name="outcome of the review",
                    ),
                ),
                ("review_reason", models.TextField(blank=True, verbose_name="reason of the review")),
                ("bundle_sha256", models.CharField(blank=True, max_length=64)),
                ("handed_over_on", models.DateField(blank=True, null=True, verbose_name="handed over")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "demand of an authority",
                "verbose_name_plural": "demands of authorities",
                "ordering": ["-received_on", "-number"],
            },
        ),
        migrations.CreateModel(
            name="AuthorityEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason_code", models.CharField(blank=True, max_length=40)),
                ("actor", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "event of a demand",
                "verbose_name_plural": "events of demands",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuthorityPerson",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("added_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "person in a demand",
                "verbose_name_plural": "persons in demands",
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DealCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("submitted", "waiting for a decision"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                            ("closed", "closed"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("parties", models.CharField(max_length=300, verbose_name="parties")),
                ("purpose", models.TextField(verbose_name="purpose")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("classes", models.JSONField(blank=True, default=list)),
                ("requester", models.UUIDField(blank=True, null=True)),
                ("decided_by", models.UUIDField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided")),
                ("decision_reason", models.TextField(blank=True, verbose_name="reason in words")),
                ("control_changed", models.BooleanField(blank=True, null=True, verbose_name="control changed")),
                ("informed_on", models.DateField(blank=True, null=True, verbose_name="persons informed")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "deal with a look at data",
                "verbose_name_plural": "deals with a look at data",
                "ordering": ["-starts_on", "-number"],
            },
        ),
        migrations.CreateModel(
            name="DealEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason_code", models.CharField(blank=True, max_length=40)),
                ("actor", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "event of a deal",
                "verbose_name_plural": "events of deals",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealPerson",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "name",
                    privacy.fields.SealedTextField(
                        compartment="main", editable=True, max_length=120, owner="subject", verbose_name="name"
                    ),
                ),
                (
                    "email",
                    privacy.fields.SealedTextField(
                        compartment="main", editable=True, max_length=254, owner="subject", verbose_name="e-mail"
                    ),
                ),
                ("organisation", models.CharField(max_length=120, verbose_name="organisation")),
                (
                    "signatory",
                    privacy.fields.SealedTextField(
                        blank=True,
                        compartment="main",
                        editable=True,
                        max_length=120,
                        owner="subject",
                        verbose_name="signed by",
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="statement withdrawn")),
                ("asked_by", models.UUIDField(blank=True, null=True)),
                ("granted_by", models.UUIDField(blank=True, null=True)),
                ("granted_at", models.DateTimeField(blank=True, null=True, verbose_name="access given")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="access taken back")),
                ("revoked_by", models.UUIDField(blank=True, null=True)),
                ("names_reason", models.TextField(blank=True, verbose_name="why names are needed")),
                ("names_asked_by", models.UUIDField(blank=True, null=True)),
                ("names_approved_by", models.UUIDField(blank=True, null=True)),
                (
                    "names_approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="names may be seen since"),
                ),
                ("proof_until", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "outsider of a deal",
                "verbose_name_plural": "outsiders of deals",
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DealRead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("model", models.CharField(blank=True, max_length=80, verbose_name="what")),
                ("page", models.PositiveIntegerField(default=1, verbose_name="page")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows shown")),
                ("with_names", models.BooleanField(default=False, verbose_name="with names")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "look in a deal",
                "verbose_name_plural": "looks in deals",
                "ordering": ["-at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GateSeries",
            fields=[
                ("code", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "series of case numbers",
                "verbose_name_plural": "series of case numbers",
            },
        ),
        migrations.AddField(
            model_name="authoritycase",
            name="bundle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bundles",
                to="privacy.officedocument",
            ),
        ),
        migrations.AddField(
            model_name="authoritycase",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="privacy.officedocument",
            ),
        ),
        migrations.AddField(
            model_name="authorityevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="privacy.authoritycase"
            ),
        ),
        migrations.AddField(
            model_name="authorityperson",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="persons", to="privacy.authoritycase"
            ),
        ),
        migrations.AddField(
            model_name="authorityperson",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="demands", to="privacy.datasubject"
            ),
        ),
        migrations.AddConstraint(
            model_name="dealcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "approved", "refused", "closed"])),
                name="deal_case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="deal_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="dealcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False), models.Q(("requester", models.F("decided_by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="deal_approval_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", False), _connector="OR"
                ),
                name="deal_closed_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("control_changed", True), _negated=True),
                    ("informed_on__isnull", False),
                    _connector="OR",
                ),
                name="deal_change_was_told",
            ),
        ),
        migrations.AddField(
            model_name="dealevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="privacy.dealcase"
            ),
        ),
        migrations.AddField(
            model_name="dealperson",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="persons", to="privacy.dealcase"
            ),
        ),
        migrations.AddField(
            model_name="dealperson",
            name="statement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statements",
                to="privacy.officedocument",
            ),
        ),
        migrations.AddField(
            model_name="dealperson",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deal_access", to="privacy.datasubject"
            ),
        ),
        migrations.AddField(
            model_name="dealread",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="privacy.dealperson"
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritycase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "submitted", "approved", "refused", "handed_over", "closed"])
                ),
                name="authority_case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritycase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("instrument__in", ["court_order", "production_order", "statutory_duty", "letter", "phone"])
                ),
                name="authority_case_instrument_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritycase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "handed_over"]), _negated=True),
                    ("urgent", True),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("instrument__in", ["court_order", "production_order", "statutory_duty"]),
                        ("paper__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="authority_approval_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritycase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "handed_over"]), _negated=True),
                    ("urgent", True),
                    models.Q(("requester", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="authority_approval_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritycase",
            constraint=models.CheckConstraint(
                condition=models.Q(("urgent", False), models.Q(("urgent_reason", ""), _negated=True), _connector="OR"),
                name="authority_urgent_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritycase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", False), _connector="OR"
                ),
                name="authority_closed_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityperson",
            constraint=models.UniqueConstraint(fields=("case", "subject"), name="authority_person_once"),
        ),
        migrations.AddConstraint(
            model_name="dealperson",
            constraint=models.UniqueConstraint(fields=("case", "subject"), name="deal_person_once"),
        ),
        migrations.AddConstraint(
            model_name="dealperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__isnull", True),
                    models.Q(("granted_by__isnull", False), ("signed_on__isnull", False)),
                    _connector="OR",
                ),
                name="deal_access_after_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__isnull", True),
                    models.Q(("granted_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="deal_access_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("names_approved_at__isnull", True),
                    models.Q(
                        models.Q(("names_reason", ""), _negated=True),
                        models.Q(("names_approved_by", models.F("names_asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="deal_names_by_another",
            ),
        ),
        migrations.RunPython(
            functools.partial(evidence.add, tables=TABLES), functools.partial(evidence.remove, tables=TABLES)
        ),
    ]
