"""What somebody asks of us about their data: one case, its events, and the words exchanged (N61, N68, L1 to L7)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField
from privacy.models.copy import Copy
from privacy.models.erasure import Erasure
from privacy.models.file import StoredFile
from privacy.models.subject import DataSubject

OPEN_STATES = (
    "received",
    "acknowledged",
    "identity_pending",
    "clarification_pending",
    "in_progress",
    "extended",
    "reopened",
)
ANSWERED_STATES = ("fulfilled", "partly_fulfilled", "refused", "unidentifiable", "withdrawn_by_subject")


class SubjectRequest(models.Model):
    """One request of one person: a number, a receipt date, a legal date, a state. Dates and codes; no words, no name.

    ``state`` and the dates are a projection of the events, written by the same functions.
    """

    class Right(models.TextChoices):
        ACCESS = "access", _("see what we hold")
        PORTABILITY = "portability", _("take it somewhere else")
        CORRECTION = "correction", _("correct something")
        ERASURE = "erasure", _("delete")
        RESTRICTION = "restriction", _("pause the use")
        OBJECTION = "objection", _("object to a use")
        WITHDRAWAL = "withdrawal", _("take back a consent")
        NO_AUTOMATED_DECISION = "no_automated_decision", _("no decision by a machine alone")

    class Channel(models.TextChoices):
        WEB = "web", _("on this site")
        EMAIL = "email", _("by e-mail")
        LETTER = "letter", _("by letter")
        PHONE = "phone", _("by phone")
        IN_PERSON = "in_person", _("in person")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        ACKNOWLEDGED = "acknowledged", _("receipt confirmed")
        IDENTITY_PENDING = "identity_pending", _("waiting to know who you are")
        CLARIFICATION_PENDING = "clarification_pending", _("waiting for your answer")
        IN_PROGRESS = "in_progress", _("being worked on")
        EXTENDED = "extended", _("being worked on, with more time")
        FULFILLED = "fulfilled", _("done")
        PARTLY_FULFILLED = "partly_fulfilled", _("done in part")
        REFUSED = "refused", _("turned down")
        UNIDENTIFIABLE = "unidentifiable", _("we cannot tell which data is yours")
        WITHDRAWN_BY_SUBJECT = "withdrawn_by_subject", _("taken back")
        REOPENED = "reopened", _("opened again")
        CLOSED = "closed", _("closed")

    class Identity(models.TextChoices):
        UNPROVED = "unproved", _("not proved")
        MAILBOX = "mailbox", _("a code sent to the mailbox")
        SIGNED_IN = "signed_in", _("signed in")
        STEP_UP = "step_up", _("signed in and proved again")
        CALL_BACK = "call_back", _("called back on a number on file")
        KNOWN_ADDRESS = "known_address", _("letter to the address on file")
        IN_PERSON = "in_person", _("met in person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="requests")
    right = models.CharField(_("what is asked"), max_length=24, choices=Right)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    language = models.CharField(max_length=5, default="nb")
    state = models.CharField(_("state"), max_length=24, choices=State, default=State.RECEIVED)
    outcome = models.CharField(_("outcome"), max_length=24, choices=State, blank=True)
    identity = models.CharField(_("identity"), max_length=14, choices=Identity, default=Identity.UNPROVED)
    received_on = models.DateField(_("received"))
    due_on = models.DateField(_("to be answered by"))
    extended_due_on = models.DateField(_("extended to"), null=True, blank=True)
    paused_due_on = models.DateField(_("with the days we waited for you"), null=True, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    reason_code = models.CharField(_("reason"), max_length=60, blank=True)
    # What it is about, by declaration and key; the names of contested columns, never what they say.
    about_model = models.CharField(max_length=80, blank=True)
    about_pk = models.CharField(max_length=64, blank=True)
    about_fields = models.JSONField(default=list, blank=True)
    activity = models.CharField(max_length=60, blank=True)
    copy = models.ForeignKey(Copy, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests")
    erasure = models.ForeignKey(Erasure, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests")
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)
    registered_at = models.DateTimeField(default=timezone.now)
    registered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["due_on", "number"]
        indexes = [models.Index(fields=["state", "due_on"], name="request_by_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "right"], condition=Q(state__in=OPEN_STATES), name="request_one_open_per_right"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("received_on")), name="request_due_after_receipt"),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN_STATES) | Q(answered_on__isnull=True), name="request_open_is_unanswered"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(answered_on__isnull=False, closed_on__isnull=False),
                name="request_closed_was_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "extended"]) | ~Q(reason_code=""), name="request_refusal_says_why"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def acts_by(self):
        """The legal date staff act on: never the paused one (L46)."""
        return self.extended_due_on or self.due_on


class RequestEvent(models.Model):
    """One thing that happened in one case, on which legal date and by whom. Append-only; codes, never words.

    ``kind`` is the state reached, or "question_asked", "question_answered", "reminded", "identity_proved", "matched",
    "letter_printed". ``on`` is the Oslo date that counts in law: an answer by letter counts from its arrival.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=24)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    reason_code = models.CharField(max_length=60, blank=True)
    actor = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("event of a request")
        verbose_name_plural = _("events of requests")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["request", "at"], name="request_event_in_order")]

    def __str__(self):
        return f"Request event {str(self.pk)[:8]}"


class RequestMessage(models.Model):
    """What was written in a case, either way, sealed with the person's key; erased with the person.

    ``name``, ``postal_address`` and ``email`` are how to reach somebody who has no account.
    """

    class Direction(models.TextChoices):
        FROM_PERSON = "from_person", _("from you")
        TO_PERSON = "to_person", _("from us")
        INTERNAL = "internal", _("note of our staff")

    class Kind(models.TextChoices):
        REQUEST = "request", _("the request")
        ACKNOWLEDGEMENT = "acknowledgement", _("receipt")
        QUESTION = "question", _("a question")
        REPLY = "reply", _("a reply")
        EXTENSION = "extension", _("we need more time")
        ANSWER = "answer", _("the answer")
        NOTICE = "notice", _("a notice")
        NOTE = "note", _("a note")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="messages")
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="request_messages")
    direction = models.CharField(_("direction"), max_length=12, choices=Direction)
    kind = models.CharField(_("what it is"), max_length=16, choices=Kind)
    channel = models.CharField(_("how"), max_length=10, choices=SubjectRequest.Channel)
    text = SealedTextField(_("text"), owner="subject", blank=True)
    name = SealedTextField(_("name"), owner="subject", blank=True, max_length=120)
    email = SealedTextField(_("e-mail address"), owner="subject", blank=True, max_length=254)
    postal_address = SealedTextField(_("postal address"), owner="subject", blank=True, max_length=300)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(_("date"))
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    written_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("message in a request")
        verbose_name_plural = _("messages in requests")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Message {str(self.pk)[:8]}"


class RequestSeries(models.Model):
    """The last number given out in a year, so that numbers have no gaps and no two requests share one."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of request numbers")
        verbose_name_plural = _("series of request numbers")

    def __str__(self):
        return f"SR-{self.year}"


class MailboxProof(models.Model):
    """A request typed by somebody without an account, waiting for the code that was sent to the mailbox typed.

    Sealed with the house's key, because there is no person yet; gone when proved, and after a day in any case. The
    code itself is not kept: only its salted hash, good for ten minutes and five tries.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    right = models.CharField(max_length=24, choices=SubjectRequest.Right)
    language = models.CharField(max_length=5, default="nb")
    email_index = models.CharField(max_length=64, db_index=True)
    content_sealed = models.BinaryField()
    code_hash = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mailbox proof")
        verbose_name_plural = _("mailbox proofs")
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="mailbox_proof_tries_at_most_five")]

    def __str__(self):
        return f"Proof {str(self.pk)[:8]}"
