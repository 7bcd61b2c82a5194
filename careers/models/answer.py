"""What an applicant answered, with the question as it was asked."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class Answer(models.Model):
    """One answer. It keeps the words of its question, in the language it was answered in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("careers.Application", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        "careers.Question", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    order = models.PositiveSmallIntegerField(_("order"))
    question_text = models.CharField(_("question"), max_length=300)
    text = SealedTextField(_("answer"), owner="application__subject", max_length=2000, blank=True)

    class Meta:
        verbose_name = _("answer of an applicant")
        verbose_name_plural = _("answers of applicants")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="answer_once_per_question"),
        ]

    def __str__(self):
        return f"Answer {str(self.pk)[:8]}"
