"""Assessments an activity needs before it begins: legitimate interest weighed, risk screened (N26, L36)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Screening(models.Model):
    """One version of one assessment of one activity. It speaks of kinds of people and data, never of anybody.

    ``answers`` is {question: text}; which questions a kind asks is in `privacy.rules.screenings`. An approved version
    is never edited: another version replaces it. The columns ``author`` and ``reviewer`` are keys of accounts.
    """

    class Kind(models.TextChoices):
        LIA = "lia", _("legitimate-interest assessment")
        DPIA = "dpia", _("DPIA screening")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")
        DUE = "due_for_review", _("due for review")
        REJECTED = "rejected", _("rejected")
        SUPERSEDED = "superseded", _("replaced")

    class Outcome(models.TextChoices):
        ACCEPTABLE = "acceptable", _("may go on")
        WITH_MEASURES = "with_measures", _("may go on with the measures named")
        NOT_ACCEPTABLE = "not_acceptable", _("may not go on")

    IN_FORCE = (State.APPROVED, State.DUE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=4, choices=Kind)
    activity = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.ACCEPTABLE)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    author = models.UUIDField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    reviewer = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["activity", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind", "version"], name="screening_version_once"),
            models.UniqueConstraint(
                fields=["activity", "kind"], condition=Q(state="draft"), name="screening_one_draft"
            ),
            models.UniqueConstraint(
                fields=["activity", "kind"],
                condition=Q(state__in=["approved", "due_for_review"]),
                name="screening_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved", "due_for_review", "rejected", "superseded"])
                & Q(kind__in=["lia", "dpia"]),
                name="screening_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "due_for_review"])
                | (Q(next_review_on__isnull=False, decided_at__isnull=False) & ~Q(outcome="not_acceptable")),
                name="screening_in_force_was_decided",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.activity} {self.version}"
