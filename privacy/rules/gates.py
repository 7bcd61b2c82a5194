"""When data may leave the house for an authority, or be looked at by a buyer's advisers: which moves are legal, and
what is missing before one (N50 to N53, T24, T25). Pure: nothing here reads a clock or a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.declare import Category
from privacy.rules.deadlines import roll

DRAFT = "draft"
SUBMITTED = "submitted"
APPROVED = "approved"
REFUSED = "refused"
HANDED_OVER = "handed_over"
CLOSED = "closed"

# Events that move no state.
ORDER_FILED = "order_filed"
PERSON_ADDED = "person_added"
PERSON_REMOVED = "person_removed"
CHANGED = "changed"
URGENT = "urgent"
REVIEWED = "reviewed"
DOWNLOADED = "downloaded"
STATEMENT_FILED = "statement_filed"
STATEMENT_WITHDRAWN = "statement_withdrawn"
ACCESS_GIVEN = "access_given"
ACCESS_TAKEN = "access_taken"
NAMES_ASKED = "names_asked"
NAMES_APPROVED = "names_approved"

EVENT_LABELS = {
    DRAFT: _("registered"),
    SUBMITTED: _("put before a colleague"),
    APPROVED: _("approved"),
    REFUSED: _("refused"),
    HANDED_OVER: _("handed over"),
    CLOSED: _("closed"),
    ORDER_FILED: _("the order was filed"),
    PERSON_ADDED: _("a person was added to the scope"),
    PERSON_REMOVED: _("a person was taken out of the scope"),
    CHANGED: _("changed"),
    URGENT: _("handed over at once: life and death"),
    REVIEWED: _("the urgent hand-over was reviewed"),
    DOWNLOADED: _("the package was downloaded"),
    STATEMENT_FILED: _("a confidentiality statement was filed"),
    STATEMENT_WITHDRAWN: _("a confidentiality statement was withdrawn"),
    ACCESS_GIVEN: _("access was given"),
    ACCESS_TAKEN: _("access was taken back"),
    NAMES_ASKED: _("names were asked for"),
    NAMES_APPROVED: _("names were approved"),
}

DEMAND = {
    None: frozenset({DRAFT}),
    DRAFT: frozenset({SUBMITTED, REFUSED}),
    SUBMITTED: frozenset({APPROVED, REFUSED}),
    APPROVED: frozenset({HANDED_OVER}),
    HANDED_OVER: frozenset({CLOSED}),
    REFUSED: frozenset({CLOSED}),
    CLOSED: frozenset(),
}
DEAL = {
    None: frozenset({DRAFT}),
    DRAFT: frozenset({SUBMITTED, REFUSED}),
    SUBMITTED: frozenset({APPROVED, REFUSED}),
    APPROVED: frozenset({CLOSED}),
    REFUSED: frozenset({CLOSED}),
    CLOSED: frozenset(),
}
# Where a demand stands when its persons may be told of it, unless the authority has set a date.
TOLD = (REFUSED, HANDED_OVER, CLOSED)
# The order of the bar above a case.
DEMAND_STEPS = (DRAFT, SUBMITTED, APPROVED, HANDED_OVER, CLOSED)
DEAL_STEPS = (DRAFT, SUBMITTED, APPROVED, CLOSED)

ORDERS = ("court_order", "production_order", "statutory_duty")
WITH_SECTION = ("production_order", "statutory_duty")
# Passwords and codes go to nobody: what is stored is unreadable, and an order that wants it is one to ask about.
NEVER = frozenset({Category.CREDENTIAL.code})
# What finds or reaches somebody whose life is in danger, and no more (T24).
FEWEST = (Category.NAME.code, Category.POSTAL_ADDRESS.code, Category.PHONE.code, Category.EMAIL.code)

REFUSAL_REASONS = {
    "no_order": _("there is no order that binds us"),
    "wrong_party": _("the order is for somebody else"),
    "too_wide": _("the order does not say whom or what it covers"),
    "not_held": _("we hold nothing of what is asked"),
    "taken_back": _("the authority took it back"),
}


class GateRefused(Exception):
    """What a gate does not let through. The message is a sentence: what is wrong, and that nothing was changed."""


class IllegalMove(GateRefused):
    """The case cannot go from its state to the one asked for."""


def may_move(moves: dict, state: str | None, to: str, *, urgent: bool = False) -> bool:
    """Whether a case may go from ``state`` to ``to``. Life and death goes from the draft straight to the hand-over."""
    if urgent and moves is DEMAND and state == DRAFT and to == HANDED_OVER:
        return True
    return to in moves.get(state, frozenset())


def next_state(moves: dict, state: str | None, to: str, *, urgent: bool = False) -> str:
    """``to``, when the case may go there; IllegalMove otherwise."""
    if not may_move(moves, state, to, urgent=urgent):
        now = EVENT_LABELS.get(state, gettext("new"))
        words = {"now": now, "wanted": EVENT_LABELS[to]}
        raise IllegalMove(gettext("A case that is “%(now)s” cannot become “%(wanted)s”. Nothing was changed.") % words)
    return to


@dataclass(frozen=True)
class Demand:
    """What a decision on an authority's demand looks at."""

    instrument: str
    section: str = ""
    has_paper: bool = False
    persons: int = 0
    categories: tuple[str, ...] = ()


def missing_in_demand(demand: Demand) -> list[str]:
    """What stands between this demand and an approval, in sentences; empty when nothing does (N51, T24)."""
    found = []
    if demand.instrument not in ORDERS:
        found.append(gettext("A letter or a call without an order binds nobody: it can only be refused."))
    if not demand.has_paper:
        found.append(gettext("The order itself is missing: file the paper."))
    if demand.instrument in WITH_SECTION and not demand.section.strip():
        found.append(gettext("The section of the law is missing."))
    if not demand.persons:
        found.append(gettext("Nobody is in the scope: add the persons the order names."))
    if not demand.categories:
        found.append(gettext("No category is in the scope: choose those the order names."))
    if set(demand.categories) & NEVER:
        found.append(gettext("Passwords and codes are handed to nobody: take them out of the scope."))
    return found


def missing_when_urgent(demand: Demand, *, reason: str) -> list[str]:
    """What stands between a demand of life and death and the hand-over at once: a reason, persons, the fewest facts."""
    found = []
    if not reason.strip():
        found.append(gettext("Say whose life is in danger and why it cannot wait, without a name."))
    if not demand.persons:
        found.append(gettext("Nobody is in the scope: add the person it is about."))
    if not demand.categories:
        found.append(gettext("No category is in the scope: choose what finds the person."))
    if set(demand.categories) - set(FEWEST):
        found.append(gettext("At once goes only what finds or reaches somebody: name, address, phone and e-mail."))
    return found


def missing_in_deal(*, purpose: str, classes: Iterable[str], allowed: Iterable[str], ends_on: date, day: date):
    """What stands between a deal and its approval, in sentences (N52, T25)."""
    found, classes = [], list(classes)
    if not purpose.strip():
        found.append(gettext("The purpose is missing."))
    if not classes:
        found.append(gettext("Nothing is in the scope: choose the classes of records."))
    if set(classes) - set(allowed):
        found.append(gettext("A class in the scope rests on a consent, and consents do not travel: take it out."))
    if ends_on < day:
        found.append(gettext("The last day has passed."))
    return found


def review_due(day: date) -> date:
    """When somebody else looks at what was handed over at once on ``day``: the next working day in Norway."""
    return roll(day + timedelta(days=1))


def is_kept_from_person(gag_until: date | None, day: date) -> bool:
    """Whether the authority's date still keeps it from the person on ``day``; the day after, it is shown."""
    return gag_until is not None and day <= gag_until


@dataclass(frozen=True)
class Access:
    """What decides whether one outsider may look today."""

    state: str
    starts_on: date
    ends_on: date
    has_statement: bool
    is_withdrawn: bool
    is_granted: bool
    is_revoked: bool


def why_no_access(access: Access, day: date) -> str:
    """A sentence why this outsider may not look on ``day``; "" when they may (N52, N53)."""
    if access.is_revoked or access.state in (CLOSED, REFUSED):
        return gettext("This access has ended.")
    if access.state != APPROVED:
        return gettext("The deal has not been approved yet, so there is no access.")
    if not access.has_statement or access.is_withdrawn:
        return gettext("There is no confidentiality statement in force, so there is no access.")
    if not access.is_granted:
        return gettext("Access has not been given yet.")
    if day < access.starts_on:
        return gettext("This access has not begun yet.")
    if day > access.ends_on:
        return gettext("This access has ended.")
    return ""
