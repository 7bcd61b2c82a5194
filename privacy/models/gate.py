"""An authority wants data: the demand, the persons in it, what happened with it (N50, N51, T24)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.document import OfficeDocument
from privacy.models.subject import DataSubject


class GateSeries(models.Model):
    """The last number given out in a series and year ("AC-2026"), so that numbers have no gaps."""

    code = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of case numbers")
        verbose_name_plural = _("series of case numbers")

    def __str__(self):
        return self.code


class GateEvent(models.Model):
    """One thing that happened in one case: a code, a moment, who. Append-only; never a word."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24)
    at = models.DateTimeField(default=timezone.now)
    reason_code = models.CharField(max_length=40, blank=True)
    actor = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


class AuthorityCase(models.Model):
    """An authority wants data: who, on which paper, about whom, which categories; what was decided, and by whom.

    ``state`` is a projection of the events. Persons are keys (`AuthorityPerson`); texts name nobody.
    """

    class Instrument(models.TextChoices):
        COURT_ORDER = "court_order", _("court order")
        PRODUCTION_ORDER = "production_order", _("production order under a statute")
        STATUTORY_DUTY = "statutory_duty", _("another duty by statute")
        LETTER = "letter", _("letter without an order")
        PHONE = "phone", _("phone call without an order")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        SUBMITTED = "submitted", _("waiting for a decision")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        HANDED_OVER = "handed_over", _("handed over")
        CLOSED = "closed", _("closed")

    class Review(models.TextChoices):
        UPHELD = "upheld", _("it was right")
        WRONG = "wrong", _("it should not have been handed over")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    authority = models.CharField(_("authority"), max_length=120)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, default="NO")
    reference = models.CharField(_("their case number"), max_length=60, blank=True)
    instrument = models.CharField(_("instrument"), max_length=16, choices=Instrument)
    section = models.CharField(_("section of the law"), max_length=120, blank=True)
    paper = models.ForeignKey(OfficeDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    received_on = models.DateField(_("received"))
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    categories = models.JSONField(default=list, blank=True)
    period_from = models.DateField(_("from"), null=True, blank=True)
    period_to = models.DateField(_("to"), null=True, blank=True)
    requester = models.UUIDField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decision_code = models.CharField(_("reason"), max_length=40, blank=True)
    decision_reason = models.TextField(_("reason in words"), blank=True)
    gag_until = models.DateField(_("kept from the person until"), null=True, blank=True)
    # Life and death: handed over at once on a manager's word, looked at by somebody else the next working day.
    urgent = models.BooleanField(_("urgent"), default=False)
    urgent_reason = models.TextField(_("why it could not wait"), blank=True)
    review_due_on = models.DateField(_("to be reviewed by"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.UUIDField(null=True, blank=True)
    review = models.CharField(_("outcome of the review"), max_length=8, choices=Review, blank=True)
    review_reason = models.TextField(_("reason of the review"), blank=True)
    bundle = models.ForeignKey(OfficeDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="bundles")
    # Outlives the bundle itself, which is destroyed when the case is closed.
    bundle_sha256 = models.CharField(max_length=64, blank=True)
    handed_over_on = models.DateField(_("handed over"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("demand of an authority")
        verbose_name_plural = _("demands of authorities")
        ordering = ["-received_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "approved", "refused", "handed_over", "closed"]),
                name="authority_case_state_known",
            ),
            models.CheckConstraint(
                condition=Q(instrument__in=["court_order", "production_order", "statutory_duty", "letter", "phone"]),
                name="authority_case_instrument_known",
            ),
            # No way of writing this table makes an approval without a paper, on a mere letter, or by who asked (N51).
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "handed_over"])
                | Q(urgent=True)
                | Q(
                    paper__isnull=False,
                    decided_by__isnull=False,
                    instrument__in=["court_order", "production_order", "statutory_duty"],
                ),
                name="authority_approval_on_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "handed_over"]) | Q(urgent=True) | ~Q(requester=F("decided_by")),
                name="authority_approval_by_another",
            ),
            models.CheckConstraint(condition=Q(urgent=False) | ~Q(urgent_reason=""), name="authority_urgent_says_why"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="authority_closed_on_a_day"
            ),
        ]

    def __str__(self):
        return self.number


class AuthorityPerson(models.Model):
    """One person in the scope of one demand: a key, never an address that was typed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(AuthorityCase, on_delete=models.CASCADE, related_name="persons")
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="demands")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("person in a demand")
        verbose_name_plural = _("persons in demands")
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "subject"], name="authority_person_once")]

    def __str__(self):
        return f"Scope {str(self.pk)[:8]}"


class AuthorityEvent(GateEvent):
    case = models.ForeignKey(AuthorityCase, on_delete=models.CASCADE, related_name="events")

    class Meta(GateEvent.Meta):
        verbose_name = _("event of a demand")
        verbose_name_plural = _("events of demands")

    def __str__(self):
        return f"Event {str(self.pk)[:8]}"
