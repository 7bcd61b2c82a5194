"""Which assessments an activity needs, what they ask, and when they are looked at again. Pure (N26, L36)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from privacy.declare import Activity, Basis
from privacy.rules.deadlines import add_months

LIA, DPIA = "lia", "dpia"
REVIEW_MONTHS = 12
QUESTIONS = {
    LIA: {
        "interest": _("What interest do we, or somebody else, have in this?"),
        "necessity": _("Why can it not be reached with less?"),
        "balance": _("What does it mean for the people concerned, and what would they expect?"),
        "safeguards": _("What do we do to protect them?"),
    },
    DPIA: {
        "description": _("What is done, with whose data?"),
        "necessity": _("Why is it necessary, and in proportion?"),
        "risks": _("What could go wrong for the people concerned, how likely and how serious?"),
        "measures": _("What do we do against it, and what risk is left?"),
    },
}


def needed(activity: Activity) -> tuple[str, ...]:
    """The kinds of assessment without which this activity does not begin."""
    kinds = [LIA] if activity.basis is Basis.LEGITIMATE_INTEREST else []
    return (*kinds, DPIA) if activity.screened else tuple(kinds)


def declared_answers(activity: Activity, kind: str) -> dict[str, str]:
    """What the declaration says to each question, in the language that is active; what it does not say is empty."""
    if kind == LIA:
        said = {name: getattr(activity, name) for name in QUESTIONS[LIA]}
    else:
        measures = "; ".join(str(measure) for measure in activity.measures)
        said = {
            "description": activity.plainly,
            "necessity": activity.necessity,
            "risks": activity.risks,
            "measures": measures,
        }
    return {name: str(text) for name, text in said.items()}


def unanswered(kind: str, answers: dict[str, str]) -> list[str]:
    """The questions, in words, that have no answer yet."""
    return [str(question) for name, question in QUESTIONS[kind].items() if not answers.get(name, "").strip()]


def next_review(approved_on: date) -> date:
    """The day an approved assessment is due to be looked at again: a year on."""
    return add_months(approved_on, REVIEW_MONTHS)
