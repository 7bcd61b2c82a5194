"""What a recipient must have before it may receive anything, and how it moves. Pure: the day is given (L32, T23)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

PROPOSED, ACTIVE, SUSPENDED, ENDED = "proposed", "active", "suspended", "ended"
PROCESSOR = "dpv:DataProcessor"
MOVES = {
    PROPOSED: (ACTIVE, ENDED),
    ACTIVE: (SUSPENDED, ENDED),
    SUSPENDED: (ACTIVE, ENDED),
    ENDED: (),
}
# What anybody in the office may put right at once; everything else is part of what was approved.
FREE = ("address", "contact_route", "url")
AGREED = (
    "name",
    "role",
    "kind",
    "country",
    "transfer_tool",
    "allowed_fields",
    "activities",
    "agreement",
    "agreement_sha256",
    "agreement_reference",
    "agreement_expires_on",
)
# The European Union with Iceland, Liechtenstein and Norway.
_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
EEA = frozenset(_CODES.split())
REMINDERS = (60, 30, 7)
_OPEN_ENDED = re.compile(
    r"(^|[\s,;(])(etc|osv|o\.?\s?l|m\.?\s?fl|m\.?\s?m|mv|med flere|og andre|and others|and more|among others|bl\.?\s?a)"
    r"(\.|\b|$)|…|\.\.\.",
    re.IGNORECASE,
)


def is_eea(country: str) -> bool:
    """Whether data that stays in this country needs no transfer tool."""
    return country.upper() in EEA


def is_expired(expires_on: date | None, day: date) -> bool:
    """An agreement holds through its last day; one without a last day does not end by itself."""
    return expires_on is not None and expires_on < day


def may_move(before: str, after: str) -> bool:
    """Whether a recipient may go from one state to another."""
    return after in MOVES[before]


def names_one_party(name: str) -> bool:
    """Whether a name names somebody: "Bring etc." is a category, and a category receives nothing (L9, T23)."""
    return bool(name.strip()) and not _OPEN_ENDED.search(name)


def missing(facts: dict, *, day: date) -> list[str]:
    """What still stands between these facts and an active recipient, a sentence each; empty when nothing does.

    ``facts`` has name, role, country, transfer_tool, agreement (anything true when a paper is filed) and
    agreement_expires_on.
    """
    found = []
    if not names_one_party(facts["name"]):
        found.append(_("Name one party. “etc.” and “and others” are nobody: add each of them by itself."))
    if not re.fullmatch(r"[A-Z]{2}", facts["country"]):
        found.append(_("Give the country as two letters, such as NO."))
    elif not is_eea(facts["country"]) and not facts["transfer_tool"].strip():
        found.append(_("The country lies outside the EEA: name what allows the transfer (GDPR Chapter V)."))
    if facts["role"] == PROCESSOR and not facts["agreement"]:
        found.append(_("A processor needs a data processing agreement (GDPR Art 28): file the paper."))
    if is_expired(facts["agreement_expires_on"], day):
        found.append(_("The agreement has run out. File the new one, with its last day."))
    return found


def reminder(expires_on: date | None, day: date) -> int | None:
    """Which reminder is due: 60, 30 or 7 days before the agreement ends, 0 once it has; None while it is early."""
    if expires_on is None:
        return None
    if is_expired(expires_on, day):
        return 0
    due = [days for days in REMINDERS if day >= expires_on - timedelta(days=days)]
    return min(due) if due else None
