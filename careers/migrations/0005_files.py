import uuid

import django.db.models.deletion
from django.db import migrations, models

import privacy.fields

OWNER = "file__application__subject"


class Migration(migrations.Migration):
    dependencies = [("careers", "0004_applying")]

    operations = [
        migrations.AddField(
            model_name="applicationfile",
            name="pages",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="pages"),
        ),
        migrations.AddField(
            model_name="applicationfile",
            name="preview",
            field=models.CharField(
                choices=[("waiting", "being made"), ("made", "made"), ("none", "could not be made")],
                default="waiting",
                max_length=8,
                verbose_name="preview",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("preview__in", ["waiting", "made", "none"])), name="application_file_preview_known"
            ),
        ),
        migrations.CreateModel(
            name="ApplicationFilePreview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="previews",
                        to="careers.applicationfile",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="page")),
                (
                    "image",
                    privacy.fields.SealedTextField(
                        blank=True, compartment="main", editable=True, owner=OWNER, verbose_name="picture"
                    ),
                ),
                (
                    "text",
                    privacy.fields.SealedTextField(
                        blank=True, compartment="main", editable=True, owner=OWNER, verbose_name="text"
                    ),
                ),
            ],
            options={
                "verbose_name": "preview of a page",
                "verbose_name_plural": "previews of pages",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 20)), name="file_preview_page_in_range"
                    ),
                    models.UniqueConstraint(fields=("file", "number"), name="file_preview_once_per_page"),
                ],
            },
        ),
    ]
