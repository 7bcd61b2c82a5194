"""What is asked of everybody who applies for one vacancy, in both languages."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """One question of a hiring. Once somebody has applied, the questions stay as they are."""

    class Kind(models.TextChoices):
        TEXT = "text", _("short text")
        LONG = "long", _("long text")
        YES_NO = "yes-no", _("yes or no")
        CHOICE = "choice", _("one of several")
        NUMBER = "number", _("a number")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hiring = models.ForeignKey("careers.Hiring", on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.TEXT)
    text_nb = models.CharField(_("question in Norwegian"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300)
    required = models.BooleanField(_("an answer is required"), default=False)
    # One choice per line, as many lines in both languages.
    choices_nb = models.TextField(_("choices in Norwegian"), blank=True, max_length=1000)
    choices_en = models.TextField(_("choices in English"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("question to applicants")
        verbose_name_plural = _("questions to applicants")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["text", "long", "yes-no", "choice", "number"]), name="question_kind_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(text_nb="") & ~models.Q(text_en=""), name="question_in_both_languages"
            ),
        ]

    def __str__(self):
        return f"Question {str(self.pk)[:8]}"

    def text(self, language: str) -> str:
        """The question in one language."""
        return self.text_nb if language == "nb" else self.text_en

    def choices(self, language: str) -> list[str]:
        """The choices in one language, in their order; none for other kinds."""
        lines = (self.choices_nb if language == "nb" else self.choices_en).splitlines()
        return [line.strip() for line in lines if line.strip()]
