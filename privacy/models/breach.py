"""The register of breaches: what went wrong, whom it touched, what was decided and why (Art 33, 34; L35)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.disclosure import Recipient
from privacy.models.document import OfficeDocument
from privacy.models.mail import OutgoingMail
from privacy.models.subject import DataSubject


class BreachSeries(models.Model):
    """The last number of a year; locked while one is taken, so that no number is missing."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number series of breaches")
        verbose_name_plural = _("number series of breaches")

    def __str__(self):
        return f"Breaches of {self.year}"


class Breach(models.Model):
    """One breach. Moments, codes and the office's own words; no name: whom it touched is in BreachPerson.

    ``state`` and the decisions are a projection of the append-only events, written by the same functions. ``due_at`` is
    72 elapsed hours after ``aware_at``.
    """

    class State(models.TextChoices):
        DETECTED = "detected", _("detected")
        ASSESSING = "assessing", _("being assessed")
        NOT_A_BREACH = "not_a_breach", _("not a breach")
        CONFIRMED = "confirmed", _("confirmed")
        AUTHORITY_NOTIFIED = "authority_notified", _("authority notified")
        NOT_NOTIFIABLE = "not_notifiable", _("need not be notified")
        SUBJECTS_NOTIFIED = "subjects_notified", _("persons told")
        NOT_REQUIRED = "not_required", _("persons need not be told")
        CLOSED = "closed", _("closed")

    class Type(models.TextChoices):
        CONFIDENTIALITY = "confidentiality", _("seen or copied by somebody who should not")
        INTEGRITY = "integrity", _("changed when it should not be")
        AVAILABILITY = "availability", _("lost, destroyed or out of reach")

    class Risk(models.TextChoices):
        UNLIKELY = "unlikely", _("unlikely to be a risk to anybody")
        RISK = "risk", _("a risk to those it touches")
        HIGH = "high", _("a high risk to those it touches")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DETECTED)
    types = models.JSONField(_("what kind"), default=list)
    detected_at = models.DateTimeField(_("detected"))
    aware_at = models.DateTimeField(_("we knew"))
    due_at = models.DateTimeField(_("to be notified by"))
    # Whom it may have touched is computed from these: declared classes, and ways in which they were reached.
    classes = models.JSONField(_("which records"), default=list, blank=True)
    window_from = models.DateTimeField(_("from"), null=True, blank=True)
    window_to = models.DateTimeField(_("until"), null=True, blank=True)
    scope_actor = models.UUIDField(null=True, blank=True)
    scope_recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.SET_NULL, related_name="breaches"
    )
    description = models.TextField(_("what happened"))
    consequences = models.TextField(_("likely consequences"), blank=True)
    measures = models.TextField(_("what is done about it"), blank=True)
    risk = models.CharField(_("risk"), max_length=10, choices=Risk, blank=True)
    # {"persons": n, "records": n, "classes": {label: {"persons": n, "records": n}}} as it was when last computed.
    counts = models.JSONField(default=dict, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    authority_notified_at = models.DateTimeField(_("authority notified"), null=True, blank=True)
    authority_reference = models.CharField(_("the authority's reference"), max_length=60, blank=True)
    authority_reason = models.TextField(_("why the authority is not notified"), blank=True)
    delay_reason = models.TextField(_("why it was late"), blank=True)
    subjects_reason_code = models.CharField(_("why persons are not told"), max_length=40, blank=True)
    subjects_reason = models.TextField(_("why persons are not told, in words"), blank=True)
    closing_reason = models.TextField(_("why it is closed"), blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True, db_index=True)
    emptied_on = models.DateField(_("made anonymous"), null=True, blank=True)
    registered_at = models.DateTimeField(default=timezone.now)
    registered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        ordering = ["-aware_at", "-number"]
        indexes = [models.Index(fields=["state", "due_at"], name="breach_by_due")]
        constraints = [
            models.CheckConstraint(condition=Q(aware_at__gte=F("detected_at")), name="breach_known_after_detected"),
            models.CheckConstraint(condition=Q(due_at__gt=F("aware_at")), name="breach_due_after_known"),
            models.CheckConstraint(condition=Q(risk__in=["", "unlikely", "risk", "high"]), name="breach_risk_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="breach_closed_has_its_day"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED


class BreachEvent(models.Model):
    """One thing that happened with one breach: a state, a phase sent, a reminder, a paper. Append-only; no names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(blank=True)
    reference = models.CharField(max_length=60, blank=True)
    # SHA-256 of the draft as it stood when it was sent to the authority.
    digest = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey(OfficeDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="breaches")
    actor = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("event of a breach")
        verbose_name_plural = _("events of a breach")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="breach_event_says_what")]

    def __str__(self):
        return f"Event {str(self.pk)[:8]}"


class BreachPerson(models.Model):
    """One person one breach touched: which classes of records, how many, and when and how they were told."""

    class How(models.TextChoices):
        MAIL = "mail", _("by e-mail")
        LETTER = "letter", _("by letter or telephone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="persons")
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="breaches")
    # Named by the office, not found by the computation; stays when the scope is computed again.
    named = models.BooleanField(default=False)
    classes = models.JSONField(default=list, blank=True)
    records = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    told_how = models.CharField(_("how"), max_length=8, choices=How, blank=True)
    # Nobody knows a mailbox of this person: somebody has to write or ring.
    unreachable = models.BooleanField(default=False)
    mail = models.ForeignKey(OutgoingMail, null=True, blank=True, on_delete=models.SET_NULL, related_name="breaches")

    class Meta:
        verbose_name = _("person a breach touched")
        verbose_name_plural = _("persons a breach touched")
        constraints = [
            models.UniqueConstraint(fields=["breach", "subject"], name="breach_person_once"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_how="")
                | Q(told_at__isnull=False, told_how__in=["mail", "letter"]),
                name="breach_person_told_says_how",
            ),
        ]

    def __str__(self):
        return f"Touched {str(self.pk)[:8]}"
