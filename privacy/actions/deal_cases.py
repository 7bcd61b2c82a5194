"""Deals in which outsiders may look: registered, approved by a second person, closed with what became of it (N52, T25).

The outsiders themselves are in `deal_persons`.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from privacy.actions import gate_cases
from privacy.actions.gate_cases import happened, locked, move, said
from privacy.actions.screenings import NotActive, require_active
from privacy.actions.trail import actor_id
from privacy.models import DealCase, Recipient
from privacy.queries.deal_room import open_classes
from privacy.rules import gates
from privacy.rules.deadlines import add_months
from privacy.rules.gates import DEAL, GateRefused
from privacy.second_person import second_person

ACTIVITY = "deal-access"
KEEP_MONTHS = 60
EDITABLE = ("parties", "purpose", "starts_on", "ends_on", "classes")


@transaction.atomic
def open_deal(*, parties: str, purpose: str, starts_on: date, ends_on: date, classes=(), by) -> DealCase:
    """Register a deal: between whom, what for, which classes of records, from which day to which (N52).

    GateRefused for words that are missing, a last day before the first, or a class that may not travel.
    """
    wanted = {"parties": parties, "purpose": purpose, "starts_on": starts_on, "ends_on": ends_on, "classes": classes}
    deal = DealCase(number=gate_cases.next_number("DC"), requester=actor_id(by), **_checked(wanted))
    deal.save(force_insert=True)
    happened(deal, gates.DRAFT, by=by)
    return deal


@transaction.atomic
def change_deal(deal: DealCase, *, by, **columns) -> DealCase:
    """Correct what was registered, while the deal is being prepared. Whoever does becomes the one who asks."""
    deal = locked(deal)
    if deal.state != gates.DRAFT:
        raise GateRefused(_("The case has been put before a colleague already. Nothing was changed."))
    now = {name: getattr(deal, name) for name in EDITABLE}
    for name, value in _checked(now | columns).items():
        setattr(deal, name, value)
    deal.requester = actor_id(by)
    deal.save(update_fields=[*EDITABLE, "requester"])
    happened(deal, gates.CHANGED, by=by)
    return deal


@transaction.atomic
def submit_deal(deal: DealCase, *, by) -> DealCase:
    """Put the deal before a colleague; who does it cannot approve it."""
    return move(locked(deal), DEAL, gates.SUBMITTED, by=by, requester=actor_id(by))


def missing_in(deal: DealCase) -> list[str]:
    """What stands between this deal and its approval, in sentences."""
    return gates.missing_in_deal(
        purpose=deal.purpose,
        classes=deal.classes,
        allowed=open_classes(),
        ends_on=deal.ends_on,
        day=gate_cases.today(),
    )


@transaction.atomic
def approve_deal(deal: DealCase, *, reason: str, by) -> DealCase:
    """The second person's yes. Nobody has access by it: each outsider needs a statement and a grant (N53).

    OwnApproval for who asked; GateRefused for what is missing, and while the assessment of this use is not in force.
    """
    deal = locked(deal)
    second_person(by, asked_by=deal.requester)
    gates.next_state(DEAL, deal.state, gates.APPROVED)
    gate_cases.refuse_unless(missing_in(deal))
    try:
        require_active(ACTIVITY)
    except NotActive as refusal:
        raise GateRefused(str(refusal)) from None
    reason = said(reason, _("Say why it is approved. Nothing was changed."))
    return move(deal, DEAL, gates.APPROVED, by=by, **_decided(by, reason))


@transaction.atomic
def refuse_deal(deal: DealCase, *, reason: str, by) -> DealCase:
    """No, with the reason in words."""
    reason = said(reason, _("Say why it is refused. Nothing was changed."))
    return move(locked(deal), DEAL, gates.REFUSED, by=by, **_decided(by, reason))


@transaction.atomic
def close_deal(deal: DealCase, *, control_changed: bool | None, informed_on: date | None = None, by) -> DealCase:
    """The end: nobody looks any more, and what became of it is said.

    Where another is responsible now, the persons must have been told who, before the case is closed (T25).
    """
    deal = locked(deal)
    if deal.state == gates.APPROVED:
        if control_changed is None:
            raise GateRefused(_("Say whether another company is responsible now. Nothing was changed."))
        if control_changed and informed_on is None:
            raise GateRefused(
                _("Another company is responsible now: tell the persons first, and write the day. Nothing was changed.")
            )
        if informed_on and informed_on > gate_cases.today():
            raise GateRefused(_("The day on which the persons were told is still to come. Nothing was changed."))
    today = gate_cases.today()
    deal.persons.update(proof_until=add_months(today, KEEP_MONTHS))
    told = informed_on if control_changed else None
    return move(deal, DEAL, gates.CLOSED, by=by, control_changed=control_changed, informed_on=told, closed_on=today)


def recipient_of(deal: DealCase, *, fields, approver):
    """The deal as a recipient in the log, for who saw names (`gate_cases.as_recipient`)."""
    return gate_cases.as_recipient(
        deal,
        name=deal.parties,
        kind="deal",
        role=Recipient.Role.CONTROLLER,
        country="NO",
        activity=ACTIVITY,
        fields=fields,
        approver=approver,
    )


def _decided(by, reason: str) -> dict:
    return {"decided_by": actor_id(by), "decided_on": gate_cases.today(), "decision_reason": reason}


def _checked(columns: dict) -> dict:
    columns = dict(columns)
    columns["parties"] = said(columns["parties"], _("Name the parties. Nothing was stored."))
    columns["purpose"] = said(columns["purpose"], _("Say what the access is for. Nothing was stored."))
    columns["classes"] = sorted(columns["classes"])
    if columns["ends_on"] < columns["starts_on"]:
        raise GateRefused(_("The last day lies before the first. Nothing was stored."))
    if set(columns["classes"]) - set(open_classes()):
        raise GateRefused(_("A class in the scope rests on a consent, and consents do not travel. Nothing was stored."))
    return columns
