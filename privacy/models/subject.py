"""One person: a key and a state, nothing readable."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DataSubject(models.Model):
    """One person, or one claim to be a person until it is proved (T31). Everything personal hangs on this key."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        RESTRICTED = "restricted", _("restricted")
        ERASING = "erasing", _("being erased")
        ERASED = "erased", _("erased")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roles = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=5, default="nb")
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    proved_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="claimed")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["active", "restricted", "erasing", "erased"]), name="subject_state_known"
            ),
            models.CheckConstraint(
                condition=Q(proved_as__isnull=True) | ~Q(proved_as=models.F("id")), name="subject_not_proved_as_itself"
            ),
        ]

    def __str__(self):
        return f"Person {str(self.pk)[:8]}"

    @property
    def person(self) -> "DataSubject":
        """The proved person this record belongs to: itself, unless it was claimed."""
        return self.proved_as or self

    def group(self) -> list[uuid.UUID]:
        """All keys that are this one person, the proved one first. One query."""
        head = self.proved_as_id or self.pk
        rest = DataSubject.objects.filter(proved_as=head).order_by("created_at", "pk").values_list("pk", flat=True)
        return [head, *rest]

    @property
    def is_readable(self) -> bool:
        """Whether staff may meet this person in lists at all (Art 18, erasure)."""
        return self.state == self.State.ACTIVE


class SubjectIdentifier(models.Model):
    """A keyed hash of an address, so that a person can be found by typing it and never by reading it (L43)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=[("email", _("e-mail"))], default="email")
    index = models.CharField(max_length=64, db_index=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "index"], name="identifier_once_per_subject"),
        ]

    def __str__(self):
        return f"Identifier {str(self.pk)[:8]}"
