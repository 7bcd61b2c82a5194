import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0015_breaches")]

    operations = [
        migrations.CreateModel(
            name="Backup",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_on", models.DateField()),
                ("manifest_sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("files", models.PositiveIntegerField()),
                ("seconds", models.FloatField()),
                ("pruned_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "backup",
                "verbose_name_plural": "backups",
            },
        ),
        migrations.CreateModel(
            name="RedactionProposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entry", models.PositiveBigIntegerField()),
                ("uid", models.UUIDField()),
                (
                    "reason_code",
                    models.CharField(
                        choices=[
                            ("personal-value", "it holds something about a person that should never have been there"),
                            ("court-order", "a court or an authority has ordered it"),
                            ("third-person", "it names somebody the entry is not about"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("done", "carried out"),
                            ("refused", "refused"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_by", models.UUIDField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "proposed redaction of the trail",
                "verbose_name_plural": "proposed redactions of the trail",
            },
        ),
        migrations.CreateModel(
            name="RestoreDrill",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("backup", models.UUIDField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("is_good", models.BooleanField()),
                ("data_age", models.FloatField()),
                ("seconds", models.FloatField()),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("problems", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "restore drill",
                "verbose_name_plural": "restore drills",
            },
        ),
        migrations.CreateModel(
            name="StopLedger",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("withdrawal", "consent taken back"),
                            ("objection", "objection"),
                            ("suppression", "address without marketing"),
                            ("restriction", "restriction"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.UUIDField(blank=True, db_index=True, null=True)),
                ("key", models.CharField(max_length=80)),
                ("about", models.CharField(blank=True, max_length=160)),
                ("method", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "stop in the ledger",
                "verbose_name_plural": "stops in the ledger",
            },
        ),
        migrations.CreateModel(
            name="TrailLoss",
            fields=[
                ("signature", models.CharField(max_length=128)),
                ("public_key", models.CharField(max_length=64)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("restore", "restored from a backup"),
                            ("failover", "failover to a database that was behind"),
                        ],
                        max_length=10,
                    ),
                ),
                ("after_seal", models.PositiveBigIntegerField()),
                ("after_digest", models.CharField(max_length=64)),
                ("lost_to", models.PositiveBigIntegerField()),
                ("backup_made_at", models.DateTimeField(blank=True, null=True)),
                ("asked_by", models.UUIDField(blank=True, null=True)),
                ("approved_by", models.UUIDField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "loss of the trail",
                "verbose_name_plural": "losses of the trail",
            },
        ),
        migrations.CreateModel(
            name="TrailPurge",
            fields=[
                ("signature", models.CharField(max_length=128)),
                ("public_key", models.CharField(max_length=64)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("first_seal", models.PositiveBigIntegerField()),
                ("last_seal", models.PositiveBigIntegerField(unique=True)),
                ("first_entry", models.PositiveBigIntegerField()),
                ("last_entry", models.PositiveBigIntegerField()),
                ("count", models.PositiveBigIntegerField()),
                ("seal_digest", models.CharField(max_length=64)),
                ("newest_at", models.DateTimeField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "purge of the trail",
                "verbose_name_plural": "purges of the trail",
            },
        ),
        migrations.CreateModel(
            name="TrailRedaction",
            fields=[
                ("signature", models.CharField(max_length=128)),
                ("public_key", models.CharField(max_length=64)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entry", models.PositiveBigIntegerField()),
                ("uid", models.UUIDField(unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("content_digest", models.CharField(max_length=64)),
                ("reason_code", models.CharField(max_length=20)),
                ("asked_by", models.UUIDField()),
                ("approved_by", models.UUIDField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "redaction of the trail",
                "verbose_name_plural": "redactions of the trail",
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("good", "nothing was changed"),
                            ("bad", "something was changed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_by", models.UUIDField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("seconds", models.FloatField(blank=True, null=True)),
                ("entries", models.PositiveBigIntegerField(default=0)),
                ("problems", models.JSONField(blank=True, default=list)),
                ("remarks", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "check of the trail",
                "verbose_name_plural": "checks of the trail",
            },
        ),
        migrations.AddField("trailseal", "marks", models.BinaryField(blank=True, default=bytes)),
        migrations.AddField("trailseal", "pks", models.JSONField(blank=True, default=list)),
        migrations.AddIndex(
            model_name="trailentry",
            index=models.Index(fields=["at"], name="trail_by_time"),
        ),
        migrations.AddConstraint(
            model_name="redactionproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("uid",), name="redaction_proposed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="redactionproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "done", "refused"])), name="redaction_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="redactionproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="redaction_by_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="trailloss",
            constraint=models.CheckConstraint(
                condition=models.Q(("lost_to__gt", models.F("after_seal"))), name="trail_loss_lost_some"
            ),
        ),
    ]
