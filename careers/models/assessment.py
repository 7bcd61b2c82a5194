"""What an application is judged by, who has judged it, and how each criterion was met (N31, L17, T42).

A judgement is a word on a scale, kept as a code: the database holds nothing that could be summed, averaged or sorted
into an order of people.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models.application import Application
from careers.models.hiring import Hiring
from privacy.fields import SealedTextField


class Criterion(models.Model):
    """One thing the job asks for, the same for every applicant.

    Once somebody was judged by it its words stay: a change makes a new version, which `replaces` the one that ended.
    """

    class Need(models.TextChoices):
        MUST = "must", _("must have")
        SHOULD = "should", _("good to have")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hiring = models.ForeignKey(Hiring, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    title = models.CharField(_("criterion"), max_length=120)
    meaning = models.CharField(_("how it shows"), max_length=600, blank=True)
    need = models.CharField(_("need"), max_length=6, choices=Need, default=Need.MUST)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by", editable=False
    )
    made_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["order", "made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(need__in=["must", "should"]), name="criterion_need_known"),
            models.CheckConstraint(condition=~Q(title=""), name="criterion_has_a_title"),
        ]

    def __str__(self):
        return self.title


class Assessment(models.Model):
    """What one reader thinks of one application. A draft until it is handed in; from then on only a new version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assessments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    # A later version of the same reader has taken its place.
    replaced_at = models.DateTimeField(_("corrected"), null=True, blank=True)

    class Meta:
        verbose_name = _("assessment of an application")
        verbose_name_plural = _("assessments of applications")
        permissions = [("write_assessment", _("Can assess applications"))]
        ordering = ["begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "author"],
                condition=Q(submitted_at__isnull=True),
                name="assessment_one_draft_per_reader",
            ),
            models.UniqueConstraint(
                fields=["application", "author"],
                condition=Q(submitted_at__isnull=False, replaced_at__isnull=True),
                name="assessment_one_in_force_per_reader",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("submitted_at")),
                name="assessment_replaced_after_it_was_in",
            ),
        ]

    def __str__(self):
        return f"Assessment {str(self.pk)[:8]}"


class Judgement(models.Model):
    """How well one criterion shows in one application, to one reader, and why."""

    class Level(models.TextChoices):
        NOT_SHOWN = "not_shown", _("not shown")
        ONE = "1", _("1: hardly")
        TWO = "2", _("2: in part")
        THREE = "3", _("3: enough")
        FOUR = "4", _("4: well")
        FIVE = "5", _("5: very well")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="judgements")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="judgements", verbose_name=_("criterion")
    )
    level = models.CharField(_("how well it shows"), max_length=9, choices=Level)
    reason = SealedTextField(_("reason"), owner="assessment__application__subject", max_length=1000)
    # The same words with what they say about other people, when something of `reason` had to be covered (L10).
    reason_in_full = SealedTextField(
        _("reason, with what it says about others"),
        owner="assessment__application__subject",
        max_length=1000,
        blank=True,
    )

    class Meta:
        verbose_name = _("judgement by a criterion")
        verbose_name_plural = _("judgements by criteria")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="judgement_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(level__in=["not_shown", "1", "2", "3", "4", "5"]), name="judgement_level_known"
            ),
        ]

    def __str__(self):
        return f"Judgement {str(self.pk)[:8]}"


class Abstention(models.Model):
    """A colleague has said, for good, that they will not assess in this hiring."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hiring = models.ForeignKey(Hiring, on_delete=models.CASCADE, related_name="abstentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    declared_at = models.DateTimeField(_("declared"), default=timezone.now)

    class Meta:
        verbose_name = _("reader who does not assess")
        verbose_name_plural = _("readers who do not assess")
        constraints = [models.UniqueConstraint(fields=["hiring", "user"], name="abstention_once_per_reader")]

    def __str__(self):
        return f"Abstention {str(self.pk)[:8]}"
