"""Handing data to a partner, and writing it down in the same breath (N46 to N49, T36, F28)."""

import hashlib
import hmac
import json
import uuid
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry, vault
from privacy.actions.hand_overs import keep_waiting, settle_waiting
from privacy.actions.screenings import NotActive, require_active
from privacy.actions.trail import actor_id, note
from privacy.models import Disclosure, InformationDuty, Recipient
from privacy.queries.purposes import WrongPurpose, require_purpose
from privacy.rules import deadlines
from privacy.rules.recipients import is_expired


class NotAllowed(Exception):
    """A hand-over that the register of recipients does not allow; the sentence says what stops it."""


class NotSent(Exception):
    """The partner did not take it: nothing was logged as sent. Senders raise it; the sentence is for people.

    ``what`` says which hand-over it was; a sender need not know.
    """

    def __init__(self, sentence="", *, what=None):
        super().__init__(sentence)
        self.what = what


def allowed_payload(recipient: Recipient, *, values: dict) -> dict:
    """Of these values only what this recipient may receive, empty ones left out: what is logged is what is sent."""
    return {key: values[key] for key in recipient.allowed_fields if values.get(key) not in (None, "")}


@contextmanager
def one_hand_over(*, by):
    """A transaction around one `hand_over`: when the partner does not take it, all that stays is that it waits.

    What an owner changes with a hand-over (a state, a reference) belongs inside. NotSent goes on to the caller.
    """
    try:
        with transaction.atomic():
            yield
    except NotSent as failure:
        if failure.what is not None:
            keep_waiting(**failure.what, by=by)
        raise


def hand_over(subject, *, recipient, values: dict, activity: str, send, by, about=None, **gate) -> Disclosure:
    """Make what this recipient may have of ``values``, log exactly that, and give exactly that to ``send(payload)``.

    All in one transaction, ``send`` last: what was not sent is not logged, and what was not logged is not sent.
    ``send`` raises NotSent, or any OSError, when the partner does not take it; then NotSent is raised and the hand-over
    waits (`PendingHandOver`; inside a transaction of one's own use `one_hand_over` around it). ``gate`` is what
    `log_disclosure` takes besides. Raises NotAllowed before anything is sent.
    """
    with one_hand_over(by=by):
        payload = allowed_payload(recipient, values=values)
        disclosure = log_disclosure(
            subject, recipient=recipient, payload=payload, activity=activity, by=by, about=about, **gate
        )
        settle_waiting(subject, recipient=recipient, about=about)
        try:
            send(dict(payload))
        except (NotSent, OSError):
            # The cause may quote what was to be sent, so it ends here.
            what = {"subject": subject, "recipient": recipient, "activity": activity, "about": about}
            sentence = _("%(name)s did not take it. Nothing is noted as sent; try again later.")
            raise NotSent(sentence % {"name": recipient.name}, what=what) from None
    return disclosure


@transaction.atomic
def log_disclosure(
    subject,
    *,
    recipient,
    payload: dict,
    activity: str,
    by,
    about=None,
    direction="sent",
    approver=None,
    case=None,
    hidden_until=None,
) -> Disclosure:
    """Log that exactly this payload goes to (or came from) this recipient, for this activity.

    Called inside the booking's own transaction. ``approver`` is the user who approved it and ``case`` the key of the
    gate's case, if any; with ``hidden_until`` the person is told from the Oslo day after that day, not before (T24).
    Raises NotAllowed for a recipient that is not active or whose agreement has run out, an activity it is not
    registered for, that is not cleared or not what the record was collected for, and a field outside its list. The
    log keeps field names and a keyed digest, never values.
    """
    _refuse_unless_allowed(recipient, payload, activity, about)
    return _log(
        subject,
        by=by,
        about=about,
        recipient=recipient,
        payload=payload,
        activity=activity,
        direction=direction,
        approver=actor_id(approver),
        case=case,
        hidden_until=hidden_until,
    )


@transaction.atomic
def log_received(subject, *, recipient, payload: dict, activity: str, by, about=None) -> InformationDuty:
    """Log that a partner gave us this about a person, who is to be told so within a month (N48, GDPR Art 14).

    A partner that is suspended may have sent all the same, and that is logged; one that was never approved, or has
    ended, is no source: NotAllowed. Returns the duty to tell; its ``disclosure`` is the log.
    """
    if recipient.state not in (Recipient.State.ACTIVE, Recipient.State.SUSPENDED):
        raise NotAllowed(_("%(name)s is not a partner of ours; nothing was stored.") % {"name": recipient.name})
    _refuse_purpose(recipient, activity, about)
    row = _log(
        subject,
        by=by,
        about=about,
        recipient=recipient,
        payload=payload,
        activity=activity,
        direction=Disclosure.Direction.RECEIVED,
    )
    today = deadlines.oslo_date(timezone.now())
    return InformationDuty.objects.create(subject=subject, disclosure=row, due_on=deadlines.due(today))


@transaction.atomic
def settle_information(duty: InformationDuty, *, how: str, by, on=None) -> InformationDuty:
    """The person has been told, or need not be, for the reason ``how`` says. Once; NotAllowed for an unknown way."""
    if how not in InformationDuty.How.values or duty.settled_on is not None:
        raise NotAllowed(_("Say how the person was told. Nothing was changed."))
    duty.how, duty.settled_by = how, actor_id(by)
    duty.settled_on = on or deadlines.oslo_date(timezone.now())
    duty.save(update_fields=["how", "settled_on", "settled_by"])
    note("information.settled", subject=duty.subject_id, record=duty, by=by, reason=how)
    return duty


def payload_digest(key: uuid.UUID, payload: dict) -> str:
    """Keyed digest of what was sent: proves a payload to us, tells nothing to who holds only the log."""
    message = json.dumps([str(key), payload], sort_keys=True, default=str).encode()
    return hmac.new(vault.index_key(), message, hashlib.sha256).hexdigest()


def _log(subject, *, by, about, payload, **facts) -> Disclosure:
    key, declared = uuid.uuid4(), registry.activity_of(facts["activity"])
    disclosure = Disclosure.objects.create(
        id=key,
        subject=subject,
        basis=declared.basis.value,
        purpose=declared.purpose,
        field_names=sorted(payload),
        payload_digest=payload_digest(key, payload),
        about_model=about._meta.label if about is not None else "",
        about_pk=str(about.pk) if about is not None else "",
        actor=actor_id(by),
        **facts,
    )
    # The trail is the person's to read too: what may not be told yet names them by the disclosure alone.
    told = None if disclosure.hidden_until else subject
    action = "disclosure.received" if disclosure.direction == Disclosure.Direction.RECEIVED else "disclosure.logged"
    note(action, subject=told, record=disclosure, fields=sorted(payload), by=by, reason=disclosure.recipient.code)
    return disclosure


def _refuse_unless_allowed(recipient, payload, activity, about) -> None:
    name = {"name": recipient.name}
    if recipient.state != Recipient.State.ACTIVE:
        raise NotAllowed(_("%(name)s is not an active recipient; nothing was sent. Ask the privacy office.") % name)
    if is_expired(recipient.agreement_expires_on, deadlines.oslo_date(timezone.now())):
        raise NotAllowed(_("The agreement with %(name)s has run out; nothing was sent. Ask the privacy office.") % name)
    _refuse_purpose(recipient, activity, about)
    surplus = sorted(set(payload) - set(recipient.allowed_fields))
    if surplus:
        facts = name | {"fields": ", ".join(surplus)}
        raise NotAllowed(_("%(name)s may not receive %(fields)s; nothing was sent.") % facts)


def _refuse_purpose(recipient, activity, about) -> None:
    if activity not in recipient.activities:
        facts = {"name": recipient.name, "activity": activity}
        raise NotAllowed(_("%(name)s is not registered for %(activity)s; nothing was sent.") % facts)
    declaration = registry.declaration_of(type(about)) if about is not None else None
    try:
        require_active(activity)
        if declaration is not None:
            require_purpose(declaration, activity)
    except (NotActive, WrongPurpose) as refusal:
        raise NotAllowed(str(refusal)) from None
