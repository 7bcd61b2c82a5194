"""Who receives data, what they may receive, and every hand-over (N46 to N49, L9, L32, L33)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.document import OfficeDocument
from privacy.models.subject import DataSubject


class Recipient(models.Model):
    """A named party that may receive personal data, and the only fields it may receive. "etc." is not a name (T23).

    ``proposed_change`` holds new values of columns that wait for a second person (`privacy.actions.recipients`);
    until then the columns say what is agreed. The columns that end in ``_by`` are keys of accounts.
    """

    class Role(models.TextChoices):
        PROCESSOR = "dpv:DataProcessor", _("processor")
        CONTROLLER = "dpv:ThirdParty", _("independent controller")
        JOINT = "dpv:JointDataControllers", _("joint controller")
        AUTHORITY = "dpv:Authority", _("authority")

    class Kind(models.TextChoices):
        CARRIER = "carrier", _("carrier")
        PARTNER = "partner", _("partner")
        HOSTING = "hosting", _("hosting")
        MAIL = "mail", _("e-mail service")
        SMS = "sms", _("SMS service")
        PAYMENT = "payment", _("payment service")
        AUTHORITY = "authority", _("authority")
        DEAL = "deal", _("party to a deal")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        ENDED = "ended", _("ended")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role, default=Role.CONTROLLER)
    country = models.CharField(max_length=2, default="NO")
    transfer_tool = models.CharField(max_length=120, blank=True)
    allowed_fields = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    agreement_reference = models.CharField(max_length=120, blank=True)
    agreement_expires_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PARTNER)
    address = models.CharField(max_length=300, blank=True)
    contact_route = models.CharField(max_length=200, blank=True)
    url = models.URLField(blank=True)
    agreement = models.ForeignKey(
        OfficeDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="recipients"
    )
    agreement_sha256 = models.CharField(max_length=64, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_by = models.UUIDField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True)
    proposed_change = models.JSONField(default=dict, blank=True)
    change_by = models.UUIDField(null=True, blank=True)
    change_at = models.DateTimeField(null=True, blank=True)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    state_by = models.UUIDField(null=True, blank=True)
    # [{"paper": key, "sha256": …, "until": date or null}]: what was agreed before, still to be opened.
    past_agreements = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active", "suspended", "ended"]), name="recipient_state_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="recipient_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Disclosure(models.Model):
    """One hand-over of one person's data: which fields, to whom, why, on what basis. Append-only.

    ``case`` is the key of the case it was made under (an authority's order, a deal), ``approver`` that of who approved
    it. A row with ``hidden_until`` is told to its person from the Oslo day after that day (T24): `told_on`.
    """

    class Direction(models.TextChoices):
        SENT = "sent", _("sent")
        RECEIVED = "received", _("received")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="disclosures")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="disclosures")
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.SENT)
    activity = models.CharField(max_length=60)
    basis = models.CharField(max_length=60)
    field_names = models.JSONField(default=list)
    payload_digest = models.CharField(max_length=64)
    about_model = models.CharField(max_length=80, blank=True)
    about_pk = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.UUIDField(null=True, blank=True)
    approver = models.UUIDField(null=True, blank=True)
    case = models.UUIDField(null=True, blank=True)
    hidden_until = models.DateField(null=True, blank=True)
    purpose = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        indexes = [
            models.Index(fields=["subject", "at"], name="disclosure_by_subject"),
            models.Index(fields=["recipient", "at"], name="disclosure_by_recipient"),
            models.Index(fields=["case"], name="disclosure_by_case"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=["sent", "received"]), name="disclosure_direction_known"),
            models.CheckConstraint(condition=~Q(activity="") & ~Q(basis=""), name="disclosure_says_why"),
        ]

    def __str__(self):
        return f"Disclosure {str(self.pk)[:8]}"

    @staticmethod
    def told_on(day) -> Q:
        """The rows a person may be told of on this Oslo day: all but those hidden until that day or later."""
        return Q(hidden_until__isnull=True) | Q(hidden_until__lt=day)


class PendingHandOver(models.Model):
    """A hand-over the partner did not take: nothing was logged as sent; to be tried again or called off (F28)."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="pending_hand_overs")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="pending_hand_overs")
    activity = models.CharField(max_length=60)
    about_model = models.CharField(max_length=80, blank=True)
    about_pk = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    first_tried_at = models.DateTimeField(default=timezone.now)
    last_tried_at = models.DateTimeField(default=timezone.now)
    tried_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("hand-over that waits")
        verbose_name_plural = _("hand-overs that wait")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "recipient", "about_model", "about_pk"],
                condition=Q(state="pending"),
                name="hand_over_waits_once",
            ),
            models.CheckConstraint(condition=Q(state__in=["pending", "sent", "dropped"]), name="hand_over_state_known"),
        ]

    def __str__(self):
        return f"Hand-over {str(self.pk)[:8]}"


class InformationDuty(models.Model):
    """A person to be told, within a month, that a partner gave us data about them (GDPR Art 14, N48, N15)."""

    class How(models.TextChoices):
        MAIL = "mail", _("by e-mail")
        LETTER = "letter", _("by letter")
        TALK = "talk", _("when we spoke")
        KNOWS = "knows", _("the person had the information already (Art 14(5)(a))")
        IMPOSSIBLE = "impossible", _("impossible, or out of proportion (Art 14(5)(b))")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="information_duties")
    disclosure = models.OneToOneField(Disclosure, on_delete=models.CASCADE, related_name="information_duty")
    due_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=How, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("person to be told where data came from")
        verbose_name_plural = _("persons to be told where data came from")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, how="") | (Q(settled_on__isnull=False) & ~Q(how="")),
                name="information_settled_says_how",
            ),
        ]

    def __str__(self):
        return f"Information {str(self.pk)[:8]}"
