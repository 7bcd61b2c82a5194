import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import privacy.fields
from privacy.models import notice_guard


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0013_gates"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, null=True, unique=True, verbose_name="version"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("telling", "being told"),
                            ("scheduled", "told, not in force yet"),
                            ("current", "in force"),
                            ("superseded", "replaced"),
                            ("discarded", "discarded"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("imported", models.BooleanField(default=False, editable=False)),
                ("material", models.BooleanField(default=False, verbose_name="significant change")),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("reasons", models.JSONField(blank=True, default=list)),
                (
                    "changes_nb",
                    models.TextField(blank=True, max_length=1500, verbose_name="what changes, in Norwegian"),
                ),
                ("changes_en", models.TextField(blank=True, max_length=1500, verbose_name="what changes, in English")),
                ("audiences", models.JSONField(blank=True, default=list, verbose_name="who is told")),
                ("channels", models.JSONField(blank=True, default=list, verbose_name="how")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published")),
                ("wanted_from", models.DateField(blank=True, null=True, verbose_name="to apply from")),
                ("notified_at", models.DateTimeField(blank=True, null=True, verbose_name="told")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="applies from")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("created_by", models.UUIDField(blank=True, editable=False, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("approved_by", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "version of the privacy notice",
                "verbose_name_plural": "versions of the privacy notice",
                "ordering": ["-number", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "telling", "scheduled", "current", "superseded", "discarded"])
                        ),
                        name="notice_version_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "discarded"]),
                            models.Q(("number__isnull", False), ("published_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_version_published_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["scheduled", "current", "superseded"]), _negated=True),
                            ("effective_from__isnull", False),
                            _connector="OR",
                        ),
                        name="notice_version_in_force_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("material", False),
                            models.Q(("state__in", ["scheduled", "current", "superseded"]), _negated=True),
                            models.Q(("approved_by__isnull", False), ("notified_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_version_material_was_told_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            ("created_by__isnull", True),
                            models.Q(("approved_by", models.F("created_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_version_approved_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("state",), name="notice_version_one_draft"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")), fields=("state",), name="notice_version_one_in_force"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("body", models.TextField()),
                ("original", models.BinaryField(blank=True, null=True)),
                ("encoding", models.CharField(default="utf-8", max_length=20)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="privacy.noticeversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "text of the privacy notice",
                "verbose_name_plural": "texts of the privacy notice",
                "constraints": [
                    models.UniqueConstraint(fields=("version", "language"), name="notice_text_once_per_language"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), _negated=True), models.Q(("sha256", ""), _negated=True)
                        ),
                        name="notice_text_not_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeMail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting to be sent"),
                            ("sent", "sent"),
                            ("left_out", "left out"),
                            ("failed", "could not be sent"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("mail", models.UUIDField(blank=True, null=True)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_mails",
                        to="privacy.datasubject",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="privacy.noticeversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "message about the privacy notice",
                "verbose_name_plural": "messages about the privacy notice",
                "indexes": [models.Index(fields=["version", "state"], name="notice_mail_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "subject"), name="notice_mail_once_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "sent", "left_out", "failed"])),
                        name="notice_mail_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeFollower",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "email",
                    privacy.fields.SealedTextField(
                        compartment="main",
                        editable=True,
                        max_length=254,
                        owner="subject",
                        verbose_name="e-mail address",
                    ),
                ),
                ("email_index", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(default="nb", max_length=5, verbose_name="language")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_followings",
                        to="privacy.datasubject",
                    ),
                ),
            ],
            options={
                "verbose_name": "follower of the privacy notice",
                "verbose_name_plural": "followers of the privacy notice",
            },
        ),
        migrations.CreateModel(
            name="FollowerProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(default="nb", max_length=5)),
                ("email_index", models.CharField(db_index=True, max_length=64)),
                ("email_sealed", models.BinaryField()),
                ("code_hash", models.CharField(max_length=200)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "proof of a follower's mailbox",
                "verbose_name_plural": "proofs of followers' mailboxes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tries__lte", 5)), name="follower_proof_tries_at_most_five"
                    )
                ],
            },
        ),
        migrations.RunPython(notice_guard.add, notice_guard.remove),
    ]
