import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0007_board"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="changed"),
        ),
        migrations.AddField(
            model_name="note",
            name="in_full",
            field=privacy.fields.SealedTextField(
                blank=True,
                compartment="main",
                editable=True,
                max_length=2000,
                owner="application__subject",
                verbose_name="note, with what it says about others",
            ),
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="corrected")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="careers.application",
                    ),
                ),
                (
                    "author",
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
                "verbose_name": "assessment of an application",
                "verbose_name_plural": "assessments of applications",
                "ordering": ["begun_at"],
                "permissions": [("write_assessment", "Can assess applications")],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("title", models.CharField(max_length=120, verbose_name="criterion")),
                ("meaning", models.CharField(blank=True, max_length=600, verbose_name="how it shows")),
                (
                    "need",
                    models.CharField(
                        choices=[("must", "must have"), ("should", "good to have")],
                        default="must",
                        max_length=6,
                        verbose_name="need",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written"),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended")),
                (
                    "hiring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="careers.hiring"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="careers.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["order", "made_at"],
            },
        ),
        migrations.CreateModel(
            name="DecisionRecord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("decided_on", models.DateField(db_index=True, verbose_name="decided on")),
                ("criteria", models.JSONField(default=list, verbose_name="criteria")),
                ("education", models.TextField(max_length=2000, verbose_name="education")),
                ("experience", models.TextField(max_length=2000, verbose_name="experience")),
                (
                    "other",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="other personal qualifications that can be shown"
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="written"),
                ),
                (
                    "hiring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decision_records",
                        to="careers.hiring",
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
                "verbose_name": "record of who was hired",
                "verbose_name_plural": "records of who was hired",
                "ordering": ["decided_on", "written_at"],
                "permissions": [("read_pack", "Can read the equal-treatment pack and the numbers")],
            },
        ),
        migrations.CreateModel(
            name="HireQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("written", "the qualifications were shown"), ("nobody", "nobody was hired")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hire_question",
                        to="careers.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about who was hired",
                "verbose_name_plural": "questions about who was hired",
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("not_shown", "not shown"),
                            ("1", "1: hardly"),
                            ("2", "2: in part"),
                            ("3", "3: enough"),
                            ("4", "4: well"),
                            ("5", "5: very well"),
                        ],
                        max_length=9,
                        verbose_name="how well it shows",
                    ),
                ),
                (
                    "reason",
                    privacy.fields.SealedTextField(
                        compartment="main",
                        editable=True,
                        max_length=1000,
                        owner="assessment__application__subject",
                        verbose_name="reason",
                    ),
                ),
                (
                    "reason_in_full",
                    privacy.fields.SealedTextField(
                        blank=True,
                        compartment="main",
                        editable=True,
                        max_length=1000,
                        owner="assessment__application__subject",
                        verbose_name="reason, with what it says about others",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="careers.assessment"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="careers.criterion",
                        verbose_name="criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement by a criterion",
                "verbose_name_plural": "judgements by criteria",
            },
        ),
        migrations.CreateModel(
            name="Abstention",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="declared")),
                (
                    "hiring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="abstentions", to="careers.hiring"
                    ),
                ),
                (
                    "user",
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
                "verbose_name": "reader who does not assess",
                "verbose_name_plural": "readers who do not assess",
                "constraints": [models.UniqueConstraint(fields=("hiring", "user"), name="abstention_once_per_reader")],
            },
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submitted_at__isnull", True)),
                fields=("application", "author"),
                name="assessment_one_draft_per_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True), ("submitted_at__isnull", False)),
                fields=("application", "author"),
                name="assessment_one_in_force_per_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_at__isnull", True), ("replaced_at__gte", models.F("submitted_at")), _connector="OR"
                ),
                name="assessment_replaced_after_it_was_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("need__in", ["must", "should"])), name="criterion_need_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="criterion_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="hirequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "written", "nobody"])), name="hire_question_answer_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="hirequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                    models.Q(("answered_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="hire_question_answer_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(fields=("assessment", "criterion"), name="judgement_once_per_criterion"),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["not_shown", "1", "2", "3", "4", "5"])), name="judgement_level_known"
            ),
        ),
    ]
