"""Demands of courts and authorities: registered, put before a colleague, approved or refused, closed (N50, N51, T24).

Nothing leaves the house here; see `authority_bundles` for the hand-over.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions import gate_cases
from privacy.actions.documents import destroy_document, file_document
from privacy.actions.gate_cases import happened, locked, move, said
from privacy.actions.trail import actor_id
from privacy.declare import Category, Field
from privacy.models import AuthorityCase, DataSubject, OfficeDocument
from privacy.queries.gate_facts import demand_of
from privacy.rules import gates
from privacy.rules.gates import DEMAND, GateRefused
from privacy.second_person import second_person

ACTIVITY = "authority-requests"
GONE = (DataSubject.State.ERASING, DataSubject.State.ERASED)
# What the office may write while the case is being prepared.
EDITABLE = (
    "authority",
    "unit",
    "country",
    "reference",
    "instrument",
    "section",
    "received_on",
    "answer_by",
    "categories",
    "period_from",
    "period_to",
)


@transaction.atomic
def open_authority_case(*, authority: str, instrument: str, received_on: date, by, **columns) -> AuthorityCase:
    """Register a demand, whatever it rests on: a phone call is a case too, and is refused as one (T24).

    ``columns`` are any of EDITABLE. GateRefused for a name of the authority that is missing, an unknown category, a
    period that ends before it begins, or a receipt in the future.
    """
    wanted = {"authority": authority, "instrument": instrument, "received_on": received_on, **columns}
    case = AuthorityCase(number=gate_cases.next_number("AC"), requester=actor_id(by), **_checked(wanted))
    case.save(force_insert=True)
    happened(case, gates.DRAFT, by=by, reason_code=case.instrument)
    return case


@transaction.atomic
def change_authority_case(case: AuthorityCase, *, by, **columns) -> AuthorityCase:
    """Correct what was registered, while the case is being prepared. Whoever does becomes the one who asks."""
    case = _draft(case)
    for name, value in _checked(columns).items():
        setattr(case, name, value)
    case.requester = actor_id(by)
    case.save(update_fields=[*columns, "requester"])
    happened(case, gates.CHANGED, by=by)
    return case


def file_order(case: AuthorityCase, *, scan, by) -> OfficeDocument:
    """File the paper the demand rests on (a `privacy.scans.Scan`); one filed before is destroyed. May raise EmptyFile.

    Only while the case is being prepared: what was approved rests on the paper that was there.
    """
    with transaction.atomic():
        case, old = _draft(case), case.paper
        paper = file_document(
            scan.stream,
            kind=OfficeDocument.Kind.ORDER,
            display_name=scan.display_name,
            media_type=scan.media_type,
            by=by,
        )
        case.paper, case.requester = paper, actor_id(by)
        case.save(update_fields=["paper", "requester"])
        happened(case, gates.ORDER_FILED, by=by)
    if old is not None:
        destroy_document(old, by=by)
    return paper


@transaction.atomic
def add_person(case: AuthorityCase, *, person: DataSubject, by) -> None:
    """Put this person into the scope; nobody is joined with anybody by it. Adding them again changes nothing."""
    case, head = _draft(case), person.person
    if head.state in GONE:
        raise GateRefused(_("Everything about this person is deleted or being deleted. Nothing was changed."))
    _row, is_new = case.persons.get_or_create(subject=head, defaults={"added_by": actor_id(by)})
    if is_new:
        happened(case, gates.PERSON_ADDED, by=by)


@transaction.atomic
def remove_person(case: AuthorityCase, *, person: DataSubject, by) -> None:
    """Take this person out of the scope again, while the case is being prepared."""
    case = _draft(case)
    gone, _counts = case.persons.filter(subject=person).delete()
    if gone:
        happened(case, gates.PERSON_REMOVED, by=by)


@transaction.atomic
def submit_authority_case(case: AuthorityCase, *, by) -> AuthorityCase:
    """Put the case before a colleague. Whoever does it is the one who asks, and cannot approve it."""
    return move(locked(case), DEMAND, gates.SUBMITTED, by=by, requester=actor_id(by))


@transaction.atomic
def approve_authority_case(case: AuthorityCase, *, reason: str, gag_until: date | None = None, by) -> AuthorityCase:
    """The second person's yes: with the paper, on an order, for persons and categories that are named (N51).

    ``gag_until`` is the day until which the authority keeps it from the persons. OwnApproval for who asked,
    GateRefused for what is missing; nothing was changed then.
    """
    case = locked(case)
    second_person(by, asked_by=case.requester)
    gates.next_state(DEMAND, case.state, gates.APPROVED)
    gate_cases.refuse_unless(gates.missing_in_demand(demand_of(case)))
    return move(
        case,
        DEMAND,
        gates.APPROVED,
        by=by,
        decided_by=actor_id(by),
        decided_on=gate_cases.today(),
        decision_reason=said(reason, _("Say why it is approved. Nothing was changed.")),
        gag_until=gag_until,
    )


@transaction.atomic
def refuse_authority_case(case: AuthorityCase, *, code: str, reason: str, by, gag_until=None) -> AuthorityCase:
    """No: with a reason of the closed list and words for the file. Anybody may refuse, also who registered it."""
    if code not in gates.REFUSAL_REASONS:
        raise GateRefused(_("Choose a reason. Nothing was changed."))
    return move(
        locked(case),
        DEMAND,
        gates.REFUSED,
        by=by,
        reason_code=code,
        decided_by=actor_id(by),
        decided_on=gate_cases.today(),
        decision_code=code,
        decision_reason=said(reason, _("Say why it is refused. Nothing was changed.")),
        gag_until=gag_until,
    )


@transaction.atomic
def review_authority_case(case: AuthorityCase, *, outcome: str, reason: str, by) -> AuthorityCase:
    """Another person's look at what was handed over at once (T24): it was right, or it was not, and why."""
    case = locked(case)
    if not case.urgent or case.review or case.state != gates.HANDED_OVER:
        raise GateRefused(_("No urgent hand-over waits for a review here. Nothing was changed."))
    second_person(by, asked_by=case.decided_by)
    if outcome not in AuthorityCase.Review.values:
        raise GateRefused(_("Choose an outcome. Nothing was changed."))
    case.review, case.reviewed_by, case.reviewed_on = outcome, actor_id(by), gate_cases.today()
    case.review_reason = said(reason, _("Say what the review found. Nothing was changed."))
    case.save(update_fields=["review", "reviewed_by", "reviewed_on", "review_reason"])
    happened(case, gates.REVIEWED, by=by, reason_code=outcome)
    return case


@transaction.atomic
def close_authority_case(case: AuthorityCase, *, by) -> AuthorityCase:
    """The end: the package is destroyed, its digest stays; five years later all of it goes (N51).

    An urgent hand-over that nobody has reviewed stays open.
    """
    case = locked(case)
    if case.urgent and not case.review:
        raise GateRefused(_("Somebody else has to review the urgent hand-over first. Nothing was changed."))
    bundle = case.bundle
    move(case, DEMAND, gates.CLOSED, by=by, closed_on=gate_cases.today(), bundle=None)
    if bundle is not None:
        destroy_document(bundle, by=by)
    return case


def known_categories() -> dict[str, object]:
    """{code: title} of what a scope may name: every category somebody declared, without passwords and codes."""
    declared = {
        what.category for each in registry.declarations() for what in each.fields_of(Field).values() if what.shown
    }
    return {each.code: each.title for each in Category if each in declared and each.code not in gates.NEVER}


def _draft(case: AuthorityCase) -> AuthorityCase:
    case = locked(case)
    if case.state != gates.DRAFT:
        raise GateRefused(_("The case has been put before a colleague already. Nothing was changed."))
    return case


def _checked(columns: dict) -> dict:
    if set(columns) - set(EDITABLE):
        raise TypeError("Only what the office registers can be written here.")
    columns = dict(columns)
    if "authority" in columns:
        columns["authority"] = said(columns["authority"], _("Name the authority. Nothing was stored."))
    if columns.get("received_on") and columns["received_on"] > gate_cases.today():
        raise GateRefused(_("The day of receipt is still to come. Nothing was stored."))
    first, last = columns.get("period_from"), columns.get("period_to")
    if first and last and last < first:
        raise GateRefused(_("The period ends before it begins. Nothing was stored."))
    if set(columns.get("categories", ())) - set(known_categories()):
        raise GateRefused(_("We know no such category. Nothing was stored."))
    return columns
