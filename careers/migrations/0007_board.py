"""The hiring team's own steps beside the public stages, and refusals to many."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

STEPS = [
    ("new", "new"),
    ("read", "first read"),
    ("shortlist", "shortlist"),
    ("reserve", "reserve"),
    ("interview_1", "first interview"),
    ("interview_2", "second interview"),
    ("references", "references"),
    ("offer_made", "offer made"),
    ("offer_accepted", "offer accepted"),
    ("hired", "hired"),
    ("rejected", "not selected"),
    ("withdrawn", "withdrawn"),
]
# The step an application is taken to stand in when only its public stage is known.
FIRST = {
    "screening": "read",
    "interview": "interview_1",
    "offer": "offer_made",
    "hired": "hired",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
}


def fill_steps(apps, schema_editor):
    rows = apps.get_model("careers", "Application").objects.using(schema_editor.connection.alias)
    rows.update(step_since=F("submitted_at"))
    for state, step in FIRST.items():
        rows.filter(state=state).update(step=step)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0006_own_page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="step",
            field=models.CharField(choices=STEPS, default="new", max_length=14, verbose_name="step"),
        ),
        migrations.AddField(
            model_name="application",
            name="step_since",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="in this step since"),
        ),
        migrations.AddField(
            model_name="stageevent",
            name="step_before",
            field=models.CharField(blank=True, choices=STEPS, default="", max_length=14, verbose_name="from step"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="stageevent",
            name="step_after",
            field=models.CharField(blank=True, choices=STEPS, default="", max_length=14, verbose_name="to step"),
            preserve_default=False,
        ),
        migrations.RunPython(fill_steps, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="stageevent", name="stage_event_moves"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["vacancy_reference", "step", "step_since"], name="application_by_step"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", [value for value, _label in STEPS])), name="application_step_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="stageevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step_after__in", ["", *(value for value, _label in STEPS)]),
                    ("step_before__in", ["", *(value for value, _label in STEPS)]),
                ),
                name="stage_event_steps_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stageevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", models.F("after")), _negated=True),
                    models.Q(("step_before", models.F("step_after")), _negated=True),
                    _connector="OR",
                ),
                name="stage_event_moves",
            ),
        ),
        migrations.CreateModel(
            name="BulkRefusal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ordered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ordered")),
                ("digest", models.CharField(max_length=64)),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("shown", models.PositiveIntegerField(verbose_name="on the list")),
                ("told", models.PositiveIntegerField(default=0, verbose_name="told")),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="left out")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                (
                    "hiring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bulk_refusals",
                        to="careers.hiring",
                    ),
                ),
                (
                    "ordered_by",
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
                "verbose_name": "refusal to many",
                "verbose_name_plural": "refusals to many",
                "ordering": ["-ordered_at"],
            },
        ),
        migrations.CreateModel(
            name="RefusalLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("told", "told"), ("left_out", "left out")],
                        default="waiting",
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved", "the application was moved in the meantime"),
                            ("paused", "the person has asked for a pause, or is being erased"),
                            ("changed", "the mail would be another one than was shown"),
                            ("nobody", "the person who ordered it is no longer there"),
                        ],
                        max_length=8,
                        verbose_name="why",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusal_lines",
                        to="careers.application",
                    ),
                ),
                (
                    "refusal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="careers.bulkrefusal",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a refusal to many",
                "verbose_name_plural": "lines of refusals to many",
                "constraints": [
                    models.UniqueConstraint(fields=("refusal", "application"), name="refusal_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["waiting", "told", "left_out"])),
                        name="refusal_line_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why__in", ["", "moved", "paused", "changed", "nobody"])),
                        name="refusal_line_why_known",
                    ),
                ],
            },
        ),
    ]
