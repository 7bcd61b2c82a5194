"""Why one record stays although its time is up (N54, N59, L12, L38)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject
from privacy.rules.deadlines import oslo_date


class LegalHold(models.Model):
    """One record is kept, restricted, until a day or until somebody releases it. Never a whole person.

    What a person asks for is proposed by one and approved by another (N54); it holds from the first moment. What the
    engine places by law is active at once. `released_at` is the moment it ended before its day, for whatever reason.
    """

    class Ground(models.TextChoices):
        STATUTORY = "statutory", _("a law says so")
        CLAIM = "claim", _("a dispute or claim")
        AUTHORITY = "authority", _("an authority's order")
        INCIDENT = "incident", _("an incident")

    class Kind(models.TextChoices):
        ACC_PRIMARY = "acc_primary", _("accounting material, primary")
        ACC_SECONDARY = "acc_secondary", _("accounting material, secondary")
        OTHER_LAW = "other_law", _("another duty by law")
        CLAIM = "claim", _("dispute or claim")
        AUTHORITY = "authority", _("order of an authority")
        INCIDENT = "incident", _("incident")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("active")
        RELEASED = "released", _("released")
        REFUSED = "refused", _("not approved")
        LAPSED = "lapsed", _("lapsed without approval")

    STANDING = (State.PROPOSED, State.ACTIVE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="holds")
    model = models.CharField(max_length=80)
    object_pk = models.CharField(max_length=64)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    kind = models.CharField(_("class"), max_length=14, choices=Kind, default=Kind.CLAIM)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ACTIVE)
    # Records held by one decision share it; what the engine places by law is a decision of its own and has none.
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    law = models.CharField(_("law"), max_length=120)
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("last day"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed"), null=True, blank=True)
    # The clock of this proof: the last day, or the day it ended before it.
    ended_on = models.DateField(null=True, blank=True, editable=False, db_index=True)
    paper = models.ForeignKey(
        "privacy.OfficeDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="holds"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.UUIDField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [models.Index(fields=["model", "object_pk"], name="hold_by_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=["statutory", "claim", "authority", "incident"]), name="hold_ground_known"
            ),
            models.CheckConstraint(
                condition=Q(ground="statutory", kind__in=["acc_primary", "acc_secondary", "other_law"])
                | Q(kind__in=["claim", "authority", "incident"], kind=F("ground")),
                name="hold_class_fits_its_ground",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active"], released_at__isnull=True)
                | Q(state__in=["released", "refused", "lapsed"], released_at__isnull=False),
                name="hold_state_says_whether_it_stands",
            ),
            models.CheckConstraint(condition=~Q(law="") & ~Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=~Q(ground="statutory") | Q(until__isnull=False), name="hold_statutory_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=False) | Q(review_on__isnull=False), name="hold_ends_or_is_reviewed"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(opened_by__isnull=True) | ~Q(approved_by=F("opened_by")),
                name="hold_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | Q(opened_by__isnull=True) | ~Q(released_by=F("opened_by")),
                name="hold_released_by_another",
            ),
        ]

    def __str__(self):
        return f"Hold {str(self.pk)[:8]}"

    def save(self, *args, update_fields=None, **kwargs):
        self.ended_on = oslo_date(self.released_at) if self.released_at else self.until
        if update_fields is not None:
            update_fields = {*update_fields, "ended_on"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def stands(self) -> bool:
        """Whether nobody has ended it; its last day may be over all the same."""
        return self.released_at is None
