"""A merger or sale in which outsiders look at data: the deal, its outsiders, every look of theirs (N52, N53, T25)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField
from privacy.models.document import OfficeDocument
from privacy.models.gate import GateEvent
from privacy.models.subject import DataSubject


class DealCase(models.Model):
    """A merger, sale or reorganisation in which outsiders may look: who, what for, at what, from when to when."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        SUBMITTED = "submitted", _("waiting for a decision")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        CLOSED = "closed", _("closed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    parties = models.CharField(_("parties"), max_length=300)
    purpose = models.TextField(_("purpose"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    # Labels of declared classes, such as "crm.Order".
    classes = models.JSONField(default=list, blank=True)
    requester = models.UUIDField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason in words"), blank=True)
    # Answered at the end: did another become responsible, and when were the persons told (T25).
    control_changed = models.BooleanField(_("control changed"), null=True, blank=True)
    informed_on = models.DateField(_("persons informed"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("deal with a look at data")
        verbose_name_plural = _("deals with a look at data")
        ordering = ["-starts_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "approved", "refused", "closed"]),
                name="deal_case_state_known",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deal_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False) & ~Q(requester=F("decided_by")),
                name="deal_approval_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="deal_closed_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(control_changed=True) | Q(informed_on__isnull=False),
                name="deal_change_was_told",
            ),
        ]

    def __str__(self):
        return self.number


class DealPerson(models.Model):
    """One named outsider of a deal: their signed statement, their access, and whether they may see names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(DealCase, on_delete=models.CASCADE, related_name="persons")
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="deal_access")
    name = SealedTextField(_("name"), owner="subject", max_length=120)
    email = SealedTextField(_("e-mail"), owner="subject", max_length=254)
    organisation = models.CharField(_("organisation"), max_length=120)
    statement = models.ForeignKey(
        OfficeDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    signatory = SealedTextField(_("signed by"), owner="subject", max_length=120, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("statement withdrawn"), null=True, blank=True)
    asked_by = models.UUIDField(null=True, blank=True)
    granted_by = models.UUIDField(null=True, blank=True)
    granted_at = models.DateTimeField(_("access given"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("access taken back"), null=True, blank=True)
    revoked_by = models.UUIDField(null=True, blank=True)
    names_reason = models.TextField(_("why names are needed"), blank=True)
    names_asked_by = models.UUIDField(null=True, blank=True)
    names_approved_by = models.UUIDField(null=True, blank=True)
    names_approved_at = models.DateTimeField(_("names may be seen since"), null=True, blank=True)
    # How long this row proves who looked, whatever its person asks: unknown while the deal is open.
    proof_until = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("outsider of a deal")
        verbose_name_plural = _("outsiders of deals")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "subject"], name="deal_person_once"),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True) | Q(granted_by__isnull=False, signed_on__isnull=False),
                name="deal_access_after_statement",
            ),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True) | ~Q(granted_by=F("asked_by")), name="deal_access_by_another"
            ),
            models.CheckConstraint(
                condition=Q(names_approved_at__isnull=True)
                | ~Q(names_reason="") & ~Q(names_approved_by=F("names_asked_by")),
                name="deal_names_by_another",
            ),
        ]

    def __str__(self):
        return f"Outsider {str(self.pk)[:8]}"


class DealRead(models.Model):
    """One look of one outsider at one page of one class."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(DealPerson, on_delete=models.CASCADE, related_name="looks")
    model = models.CharField(_("what"), max_length=80, blank=True)
    page = models.PositiveIntegerField(_("page"), default=1)
    rows = models.PositiveIntegerField(_("rows shown"), default=0)
    with_names = models.BooleanField(_("with names"), default=False)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("look in a deal")
        verbose_name_plural = _("looks in deals")
        ordering = ["-at", "pk"]

    def __str__(self):
        return f"Look {str(self.pk)[:8]}"


class DealEvent(GateEvent):
    case = models.ForeignKey(DealCase, on_delete=models.CASCADE, related_name="events")

    class Meta(GateEvent.Meta):
        verbose_name = _("event of a deal")
        verbose_name_plural = _("events of deals")

    def __str__(self):
        return f"Event {str(self.pk)[:8]}"
