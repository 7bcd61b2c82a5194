"""Cases in the words of the office: the engine's own labels speak to the person, these to a colleague."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from privacy.models import SubjectRequest
from privacy.queries.office_cases import SOON_DAYS
from privacy.rules import requests as rules
from privacy.rules.request_reasons import EXTENSIONS, REFUSALS, reason_label

register = template.Library()

STATES = {
    "received": gettext_lazy("new"),
    "acknowledged": gettext_lazy("receipt confirmed"),
    "identity_pending": gettext_lazy("waiting: who is it?"),
    "clarification_pending": gettext_lazy("waiting for their answer"),
    "in_progress": gettext_lazy("being worked on"),
    "extended": gettext_lazy("being worked on, with more time"),
    "fulfilled": gettext_lazy("done"),
    "partly_fulfilled": gettext_lazy("done in part"),
    "refused": gettext_lazy("turned down"),
    "unidentifiable": gettext_lazy("cannot tell which data is theirs"),
    "withdrawn_by_subject": gettext_lazy("taken back by the person"),
    "reopened": gettext_lazy("opened again"),
    "closed": gettext_lazy("closed"),
}

EVENTS = {
    "question_asked": gettext_lazy("A question was sent"),
    "question_answered": gettext_lazy("The question was answered"),
    "reminded": gettext_lazy("The office was reminded"),
    "refusal_proposed": gettext_lazy("A refusal was proposed; a second person decides"),
    "refusal_approved": gettext_lazy("The refusal was approved by a second person"),
    "escalated": gettext_lazy("The office was told that the answer is late"),
    "identity_proved": gettext_lazy("The identity was made sure"),
    "matched": gettext_lazy("Matched with a person we know"),
    "letter_printed": gettext_lazy("A letter was printed"),
    "received": gettext_lazy("The request arrived"),
    "acknowledged": gettext_lazy("Receipt was confirmed"),
    "identity_pending": gettext_lazy("We wait to know who it is"),
    "clarification_pending": gettext_lazy("We wait for the person's answer"),
    "in_progress": gettext_lazy("Work began"),
    "extended": gettext_lazy("The time was extended"),
    "fulfilled": gettext_lazy("Answered: done"),
    "partly_fulfilled": gettext_lazy("Answered: done in part"),
    "refused": gettext_lazy("Answered: refused"),
    "unidentifiable": gettext_lazy("Answered: we cannot tell which data is theirs"),
    "withdrawn_by_subject": gettext_lazy("The person took the request back"),
    "reopened": gettext_lazy("The case was opened again"),
    "closed": gettext_lazy("The case was closed"),
}

RIGHTS = {
    "access": gettext_lazy("Access (Art 15)"),
    "portability": gettext_lazy("Portability (Art 20)"),
    "correction": gettext_lazy("Correction (Art 16)"),
    "erasure": gettext_lazy("Erasure (Art 17)"),
    "restriction": gettext_lazy("Restriction (Art 18)"),
    "objection": gettext_lazy("Objection (Art 21)"),
    "withdrawal": gettext_lazy("Withdrawal of consent (Art 7(3))"),
    "no_automated_decision": gettext_lazy("No decision by a machine alone (Art 22)"),
}

OUTCOMES = {
    "fulfilled": gettext_lazy("We have done what you asked."),
    "partly_fulfilled": gettext_lazy("We have done a part of what you asked."),
    "refused": gettext_lazy("We do not do what you asked."),
    "unidentifiable": gettext_lazy("We cannot tell which data is yours."),
    "withdrawn_by_subject": gettext_lazy("You have taken your request back."),
}

DIRECTIONS = {
    "from_person": gettext_lazy("from the person"),
    "to_person": gettext_lazy("from us"),
    "internal": gettext_lazy("note for ourselves"),
}

GROUNDS = {
    "accuracy": gettext_lazy("they say it is wrong, and we are checking (Art 18(1)(a))"),
    "unlawful": gettext_lazy("we should not have it, and they want it kept (Art 18(1)(b))"),
    "claim": gettext_lazy("they need it for a claim (Art 18(1)(c))"),
    "objection": gettext_lazy("they object, and we are weighing it (Art 18(1)(d))"),
}

QUESTIONS = {
    "identity": gettext_lazy("who they are"),
    "clarification": gettext_lazy("what exactly they mean"),
}

_ANSWERED_CHIPS = {"fulfilled": "good", "partly_fulfilled": "good", "refused": "stop"}


@register.filter
def state_words(state):
    """Where a case stands, for a colleague."""
    return STATES.get(state, state)


@register.filter
def event_words(kind):
    """What happened, as a short sentence."""
    return EVENTS.get(kind, kind)


@register.filter
def right_words(right):
    """A right with its article."""
    return RIGHTS.get(right, right)


@register.filter
def direction_words(direction):
    """Which way something was written."""
    return DIRECTIONS.get(direction, direction)


@register.filter
def ground_words(ground):
    """Why a use is paused."""
    return GROUNDS.get(ground, ground)


@register.filter
def outcome_words(outcome):
    """The outcome of a case in a sentence to the person."""
    return OUTCOMES.get(outcome, "")


@register.filter
def reason_words(code):
    """A reason code in words, with its article; an unknown one stays as it is."""
    if code in SubjectRequest.Identity.values:
        return SubjectRequest.Identity(code).label
    if code in QUESTIONS:
        return QUESTIONS[code]
    found = EXTENSIONS.get(code) or REFUSALS.get(code)
    return f"{found.label} ({found.article})" if found else reason_label(code)


@register.filter
def state_chip(case):
    """The kind of chip a case's state is shown in."""
    if case.state in rules.PENDING or case.state == rules.RECEIVED:
        return "wait"
    return _ANSWERED_CHIPS.get(case.outcome or case.state, "info")


@register.simple_tag
def days_left(case, day):
    """{"kind", "text", "days"}: how long a case has on ``day`` until the unpaused date; None when it is over."""
    if not case.is_open:
        return None
    days = (case.acts_by - day).days
    if days < 0:
        text = ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
        return {"kind": "stop", "text": text, "days": days}
    if days == 0:
        return {"kind": "stop", "text": _("due today"), "days": days}
    text = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return {"kind": "wait" if days <= SOON_DAYS else "info", "text": text, "days": days}
