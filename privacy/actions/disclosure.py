"""Handing data to a partner, and writing it down in the same breath (N46 to N49, T36)."""

import hashlib
import hmac
import json
import uuid

from django.db import transaction

from privacy import registry, vault
from privacy.actions.trail import actor_id, note
from privacy.models import Disclosure, Recipient


class NotAllowed(Exception):
    """A hand-over that the register of recipients does not allow; the sentence says what stops it."""


def allowed_payload(recipient: Recipient, *, values: dict) -> dict:
    """Of these values only what this recipient may receive, empty ones left out: what is logged is what is sent."""
    return {key: values[key] for key in recipient.allowed_fields if values.get(key) not in (None, "")}


@transaction.atomic
def log_disclosure(subject, *, recipient, payload: dict, activity: str, by, about=None, direction="sent") -> Disclosure:
    """Log that exactly this payload goes to (or came from) this recipient, for this activity.

    Called inside the booking's own transaction. Raises NotAllowed for a recipient that is not active, an activity it
    has no agreement for, or a field outside its list. The log keeps field names and a keyed digest, never values.
    """
    _refuse_unless_allowed(recipient, payload, activity)
    key = uuid.uuid4()
    disclosure = Disclosure.objects.create(
        id=key,
        subject=subject,
        recipient=recipient,
        direction=direction,
        activity=activity,
        basis=registry.activity_of(activity).basis.value,
        field_names=sorted(payload),
        payload_digest=payload_digest(key, payload),
        about_model=about._meta.label if about is not None else "",
        about_pk=str(about.pk) if about is not None else "",
        actor=actor_id(by),
    )
    note("disclosure.logged", subject=subject, record=disclosure, fields=sorted(payload), by=by, reason=recipient.code)
    return disclosure


def payload_digest(key: uuid.UUID, payload: dict) -> str:
    """Keyed digest of what was sent: proves a payload to us, tells nothing to who holds only the log."""
    message = json.dumps([str(key), payload], sort_keys=True, default=str).encode()
    return hmac.new(vault.index_key(), message, hashlib.sha256).hexdigest()


def _refuse_unless_allowed(recipient, payload, activity) -> None:
    if recipient.state != Recipient.State.ACTIVE:
        raise NotAllowed(f"{recipient.name} is not an active recipient; nothing was sent. Ask the privacy office.")
    if activity not in recipient.activities:
        raise NotAllowed(f"{recipient.name} is not registered for {activity}; nothing was sent.")
    surplus = sorted(set(payload) - set(recipient.allowed_fields))
    if surplus:
        raise NotAllowed(f"{recipient.name} may not receive {', '.join(surplus)}; nothing was sent.")
