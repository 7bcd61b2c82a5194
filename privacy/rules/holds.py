"""What a hold may be: who places it, how long it may wait for a second person, when it is looked at again. Pure.

proposed → active → released            proposed: it holds from the first moment, so that tonight's run takes nothing
         → refused | lapsed             active with a last day: it ends by that day, without anybody's doing
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.rules.deadlines import add_months

APPROVAL_DAYS = 14
REVIEW_MONTHS = 12
STATUTORY = "statutory"
BOOKKEEPING_ACT = "bokføringsloven § 13"
CLAIMS = "GDPR Art 17(3)(e)"

PROPOSED, ACTIVE, RELEASED, REFUSED, LAPSED = "proposed", "active", "released", "refused", "lapsed"
_MOVES = {PROPOSED: (ACTIVE, REFUSED, LAPSED), ACTIVE: (RELEASED,)}
# Class → ground. What a law demands is one ground with several classes.
GROUNDS = {
    "acc_primary": STATUTORY,
    "acc_secondary": STATUTORY,
    "other_law": STATUTORY,
    "claim": "claim",
    "authority": "authority",
    "incident": "incident",
}
# Why the office asks for it: code → what the person reads on their page. Codes name nobody, so the proof holds no name.
REASONS = {
    "essential-correspondence": gettext_lazy("it adds what our accounts need to be understood"),
    "law-demands-it": gettext_lazy("a law says that we must keep it"),
    "open-dispute": gettext_lazy("we disagree about it, and it is not settled"),
    "claim-raised": gettext_lazy("somebody has made a claim that it proves or disproves"),
    "claim-expected": gettext_lazy("a claim is to be expected that it proves or disproves"),
    "discrimination-claim": gettext_lazy("a claim of discrimination has been made"),
    "complaint-open": gettext_lazy("a complaint about it is being looked into"),
    "authority-order": gettext_lazy("an authority has ordered us to keep it"),
    "incident-investigation": gettext_lazy("an incident is being investigated"),
}
REASONS_FOR = {
    "acc_primary": ("law-demands-it",),
    "acc_secondary": ("essential-correspondence", "law-demands-it"),
    "other_law": ("law-demands-it",),
    "claim": ("open-dispute", "claim-raised", "claim-expected", "discrimination-claim", "complaint-open"),
    "authority": ("authority-order",),
    "incident": ("incident-investigation",),
}


class HoldRefused(Exception):
    """A hold that may not be placed, approved or ended so; the sentence says why."""


@dataclass(frozen=True)
class Term:
    """How long a hold lasts: a last day, or a day on which it is looked at again. One of the two at least."""

    until: date | None
    review_on: date | None


def may_move(state: str, to: str) -> bool:
    """Whether a hold in this state may get to that one."""
    return to in _MOVES.get(state, ())


def ground_of(kind: str) -> str:
    """The ground of a class; HoldRefused for a class there is none of."""
    if kind not in GROUNDS:
        raise HoldRefused(_("There is no such class of hold. Choose one of the list; nothing was changed."))
    return GROUNDS[kind]


def kind_for(ground: str) -> str:
    """The class of a hold the engine places on this ground without naming one."""
    return "acc_primary" if ground == STATUTORY else ground


def lapses_after(proposed_on: date) -> date:
    """The last day on which somebody else may approve it. On the next day it has lapsed."""
    return proposed_on + timedelta(days=APPROVAL_DAYS)


def has_lapsed(proposed_on: date, day: date) -> bool:
    """Whether a proposal of that day is over on ``day``."""
    return day > lapses_after(proposed_on)


def latest_review(day: date) -> date:
    """The last day to which a hold without an end may go without being looked at."""
    return add_months(day, REVIEW_MONTHS)


def term(ground: str, *, until: date | None, review_on: date | None, day: date) -> Term:
    """The term of a hold placed on ``day``; without an end and without a review it is reviewed after twelve months.

    HoldRefused for a day that is past, a review further off than twelve months, a hold by law without its last day.
    """
    if ground == STATUTORY and until is None:
        raise HoldRefused(_("A hold the law demands needs the day it ends. Nothing was changed."))
    if until is not None and until < day:
        raise HoldRefused(_("The last day is over already. Choose a day to come; nothing was changed."))
    if until is not None:
        return Term(until, None)
    review_on = review_on or latest_review(day)
    check_review(review_on, day=day)
    return Term(None, review_on)


def check_review(review_on: date, *, day: date) -> None:
    """HoldRefused unless the hold is looked at again after ``day``, within twelve months."""
    if not day < review_on <= latest_review(day):
        raise HoldRefused(
            _("A hold without an end is looked at again within twelve months. Choose such a day; nothing was changed.")
        )


def check_reason(kind: str, reason: str) -> None:
    """HoldRefused for a reason that is not one of this class."""
    if reason not in REASONS_FOR[kind]:
        raise HoldRefused(_("This reason does not go with that class. Choose another; nothing was changed."))


def check_release(ground: str, *, until: date | None, day: date) -> None:
    """HoldRefused for a hold the law demands before its day is over: nobody's decision makes the law shorter."""
    if ground == STATUTORY and until is not None and day <= until:
        raise HoldRefused(
            _("The law keeps this record until its day, and nobody can release it before. Nothing was changed.")
        )
