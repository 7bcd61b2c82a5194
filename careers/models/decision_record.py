"""Who was hired, in qualifications and without a name, and who has asked for that (ldl § 31, L42)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models.application import Application
from careers.models.hiring import Hiring


class DecisionRecord(models.Model):
    """What the person who was hired can do, as other applicants may ask for it. Nothing here leads to anybody.

    It stands by itself, so that the erasure of an application, the hired person's included, takes nothing from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hiring = models.ForeignKey(Hiring, on_delete=models.CASCADE, related_name="decision_records")
    decided_on = models.DateField(_("decided on"), db_index=True)
    # [{"title", "meaning", "need"}] as they were on that day.
    criteria = models.JSONField(_("criteria"), default=list)
    education = models.TextField(_("education"), max_length=2000)
    experience = models.TextField(_("experience"), max_length=2000)
    other = models.TextField(_("other personal qualifications that can be shown"), max_length=2000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("record of who was hired")
        verbose_name_plural = _("records of who was hired")
        permissions = [("read_pack", _("Can read the equal-treatment pack and the numbers"))]
        ordering = ["decided_on", "written_at"]

    def __str__(self):
        return f"Decision record {str(self.pk)[:8]}"


class HireQuestion(models.Model):
    """An applicant has asked what the person who was hired brings along."""

    class Answer(models.TextChoices):
        WRITTEN = "written", _("the qualifications were shown")
        NOBODY = "nobody", _("nobody was hired")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="hire_question")
    asked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)

    class Meta:
        verbose_name = _("question about who was hired")
        verbose_name_plural = _("questions about who was hired")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["", "written", "nobody"]), name="hire_question_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="hire_question_answer_has_a_day",
            ),
        ]

    def __str__(self):
        return f"Hire question {str(self.pk)[:8]}"
