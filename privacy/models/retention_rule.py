"""A period that somebody set and somebody else approved, in the place of the declared one (N54, T10, L32)."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_APPROVED = Q(approved_by__isnull=False, approved_at__isnull=False, active_from__isnull=False)


class RetentionRule(models.Model):
    """The period of one class of data, one version. What it says never changes; only its state does.

    ``data_class`` is the label of a declared model ("crm.Contact"). ``in_force_from`` and ``in_force_until`` are the
    days on which it really ruled: the first, and the first on which it no longer did. Both stay empty on a rule that
    never took effect.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("proposed")
        APPROVED = "approved", _("approved, waits for its day")
        ACTIVE = "active", _("in force")
        RETIRED = "retired", _("no longer in force")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data_class = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    months = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    days = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    basis = models.CharField(max_length=300)
    shown_nb = models.CharField(max_length=300, blank=True)
    shown_en = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    active_from = models.DateField(null=True, blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.UUIDField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["data_class", "version"]
        constraints = [
            models.UniqueConstraint(fields=["data_class", "version"], name="retention_rule_version_once"),
            models.UniqueConstraint(
                fields=["data_class"], condition=Q(state="active"), name="retention_rule_one_active"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved", "active", "retired"]), name="retention_rule_state_known"
            ),
            models.CheckConstraint(
                condition=Q(months__isnull=False, months__gt=0, days__isnull=True)
                | Q(days__isnull=False, days__gt=0, months__isnull=True),
                name="retention_rule_one_period",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="retention_rule_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "retired"]) | _APPROVED, name="retention_rule_is_approved"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="retention_rule_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(in_force_from__isnull=False), name="retention_rule_active_since"
            ),
        ]

    def __str__(self):
        return f"{self.data_class} v{self.version}"

    @property
    def period(self) -> str:
        """ISO 8601 duration."""
        return f"P{self.months}M" if self.months is not None else f"P{self.days}D"
