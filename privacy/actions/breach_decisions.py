"""What is decided about a breach: the risk, the authority, the persons, the end; each with its reason (Art 33, 34)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.breach_case import BreachRefused, happened, known_risk, locked, move, said_in_words
from privacy.actions.trail import note
from privacy.models import Breach
from privacy.queries.breaches import digest_of, draft_of, progress
from privacy.rules import breaches as rules
from privacy.rules.deadlines import oslo_date


@transaction.atomic
def assess_risk(breach: Breach, *, risk: str, reason: str, by) -> Breach:
    """The risk looks different by now, with the reason. Refused once persons were told or the breach is settled."""
    breach = locked(breach)
    if breach.state not in (rules.CONFIRMED, rules.AUTHORITY_NOTIFIED, rules.NOT_NOTIFIABLE):
        raise BreachRefused(_("The risk is weighed while a confirmed breach is open. Nothing was changed."))
    breach.risk = known_risk(risk)
    breach.save(update_fields=["risk"])
    happened(breach, rules.DESCRIBED, by=by, text=f"{risk}: {said_in_words(reason, _('Say what changed.'))}")
    note("breach.risk_weighed", record=breach, by=by, reason=risk)
    return breach


@transaction.atomic
def notify_authority(breach: Breach, *, at: datetime, reference: str, by, delay_reason="", text="") -> Breach:
    """Datatilsynet was notified at ``at``; later calls are supplements (Art 33(4)). The draft's digest is kept.

    Later than 72 hours needs the reasons for the delay (Art 33(1)).
    """
    breach = locked(breach)
    if at > timezone.now() or at < breach.aware_at:
        raise BreachRefused(_("Give the moment it was sent: after we knew of it, and not one to come."))
    if breach.state != rules.NOT_NOTIFIABLE and breach.authority_notified_at is not None:
        return _supplement(breach, at=at, reference=reference, text=text, by=by)
    is_late = rules.is_late(breach.due_at, at)
    if is_late and not delay_reason.strip():
        raise BreachRefused(_("It was sent later than 72 hours: the law wants the reasons for the delay (Art 33(1))."))
    breach.delay_reason = rules.mask(delay_reason) if is_late else ""
    breach.authority_notified_at, breach.authority_reference = at, reference.strip()
    return move(
        breach,
        rules.AUTHORITY_NOTIFIED,
        by=by,
        text=rules.mask(text),
        reference=reference.strip(),
        digest=digest_of(draft_of(breach)),
        authority_notified_at=at,
        authority_reference=reference.strip(),
        delay_reason=breach.delay_reason,
    )


def _supplement(breach, *, at, reference, text, by) -> Breach:
    if not breach.is_open:
        raise BreachRefused(_("This breach is closed, and its record stays as it is. Nothing was changed."))
    said = said_in_words(text, _("Say what the supplement adds."))
    digest = digest_of(draft_of(breach))
    happened(breach, rules.SUPPLEMENT, by=by, at=at, text=said, reference=reference.strip(), digest=digest)
    note("breach.supplemented", record=breach, by=by)
    return breach


def decide_not_notifiable(breach: Breach, *, reason: str, by) -> Breach:
    """The authority is not notified, with the reason: only where a risk to anybody is unlikely (Art 33(1))."""
    if breach.risk != rules.UNLIKELY:
        raise BreachRefused(
            _("Only a breach that is unlikely to be a risk to anybody need not be notified (Art 33(1)).")
        )
    said = said_in_words(reason, _("Say why the authority is not notified."))
    return move(breach, rules.NOT_NOTIFIABLE, by=by, text=said, authority_reason=said)


def decide_not_required(breach: Breach, *, reason_code: str, reason: str, by) -> Breach:
    """Persons are not told, with the law's reason and ours; at a high risk only Article 34(3) has any."""
    if reason_code not in rules.reasons_not_to_tell(breach.risk):
        raise BreachRefused(_("At this risk the law does not know that reason (Art 34). Nothing was decided."))
    said = said_in_words(reason, _("Say why persons are not told."))
    return move(breach, rules.NOT_REQUIRED, by=by, text=said, subjects_reason_code=reason_code, subjects_reason=said)


@transaction.atomic
def close_breach(breach: Breach, *, reason: str, by) -> Breach:
    """The end. Refused without a reason, without a decision, and while persons of a high risk are still to be told."""
    said = said_in_words(reason, _("Say why it can be closed."))
    breach = locked(breach)
    if breach.state == rules.SUBJECTS_NOTIFIED and not progress(breach).is_complete:
        raise BreachRefused(_("Not everybody has been told yet. The breach stays open."))
    return move(breach, rules.CLOSED, by=by, text=said, closing_reason=said, closed_on=oslo_date(timezone.now()))
