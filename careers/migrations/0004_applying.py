import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import privacy.fields


class Migration(migrations.Migration):
    dependencies = [("careers", "0003_vacancies")]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "short text"),
                            ("long", "long text"),
                            ("yes-no", "yes or no"),
                            ("choice", "one of several"),
                            ("number", "a number"),
                        ],
                        default="text",
                        max_length=8,
                        verbose_name="kind of answer",
                    ),
                ),
                ("text_nb", models.CharField(max_length=300, verbose_name="question in Norwegian")),
                ("text_en", models.CharField(max_length=300, verbose_name="question in English")),
                ("required", models.BooleanField(default=False, verbose_name="an answer is required")),
                ("choices_nb", models.TextField(blank=True, max_length=1000, verbose_name="choices in Norwegian")),
                ("choices_en", models.TextField(blank=True, max_length=1000, verbose_name="choices in English")),
                (
                    "hiring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="careers.hiring"
                    ),
                ),
            ],
            options={
                "verbose_name": "question to applicants",
                "verbose_name_plural": "questions to applicants",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["text", "long", "yes-no", "choice", "number"])),
                        name="question_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_nb", ""), _negated=True), models.Q(("text_en", ""), _negated=True)
                        ),
                        name="question_in_both_languages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("vacancy_reference", models.CharField(max_length=20, verbose_name="reference")),
                ("vacancy_title", models.CharField(max_length=255, verbose_name="vacancy")),
                (
                    "full_name",
                    privacy.fields.SealedTextField(
                        compartment="main", editable=True, max_length=120, owner="subject", verbose_name="name"
                    ),
                ),
                (
                    "email",
                    privacy.fields.SealedTextField(
                        compartment="main",
                        editable=True,
                        max_length=190,
                        owner="subject",
                        verbose_name="e-mail address",
                    ),
                ),
                (
                    "phone",
                    privacy.fields.SealedTextField(
                        blank=True,
                        compartment="main",
                        editable=True,
                        max_length=30,
                        owner="subject",
                        verbose_name="phone number",
                    ),
                ),
                (
                    "links",
                    privacy.fields.SealedTextField(
                        blank=True,
                        compartment="main",
                        editable=True,
                        max_length=600,
                        owner="subject",
                        verbose_name="links",
                    ),
                ),
                (
                    "message",
                    privacy.fields.SealedTextField(
                        blank=True,
                        compartment="main",
                        editable=True,
                        max_length=5000,
                        owner="subject",
                        verbose_name="letter",
                    ),
                ),
                (
                    "answers",
                    privacy.fields.SealedJSONField(
                        blank=True,
                        compartment="main",
                        default=dict,
                        editable=True,
                        owner="subject",
                        verbose_name="answers",
                    ),
                ),
                ("language", models.CharField(default="nb", max_length=5, verbose_name="language")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="started")),
                ("edited_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="last edited")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application_drafts",
                        to="privacy.datasubject",
                    ),
                ),
                (
                    "vacancy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="drafts",
                        to="careers.vacancypage",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of an application",
                "verbose_name_plural": "drafts of applications",
                "indexes": [models.Index(fields=["edited_at"], name="application_draft_by_edit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nb", "en"])), name="draft_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vacancy_reference", ""), _negated=True), name="draft_for_a_vacancy"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("cv", "CV"), ("letter", "letter")], default="cv", max_length=8, verbose_name="kind"
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="careers.applicationdraft",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.storedfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a draft",
                "verbose_name_plural": "files of drafts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["cv", "letter"])), name="draft_file_kind_known"
                    ),
                    models.UniqueConstraint(fields=("draft", "kind"), name="draft_file_once_per_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("question_text", models.CharField(max_length=300, verbose_name="question")),
                (
                    "text",
                    privacy.fields.SealedTextField(
                        blank=True,
                        compartment="main",
                        editable=True,
                        max_length=2000,
                        owner="application__subject",
                        verbose_name="answer",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="careers.application"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="careers.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of an applicant",
                "verbose_name_plural": "answers of applicants",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "question"), name="answer_once_per_question")
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="links",
            field=privacy.fields.SealedTextField(
                blank=True, compartment="main", editable=True, max_length=600, owner="subject", verbose_name="links"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="minor",
            field=models.BooleanField(default=False, verbose_name="under 18"),
        ),
        migrations.AddField(
            model_name="application",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="changed by the applicant"),
        ),
        migrations.AddField(
            model_name="application",
            name="reopened_until",
            field=models.DateField(blank=True, null=True, verbose_name="open for changes until"),
        ),
    ]
