"""The engine's front door for reading."""

from privacy.queries.find import find_text
from privacy.queries.held import HeldAbout, HeldGroup, HeldRecord, HeldValue, held_about, period_text, rule_text
from privacy.queries.register import controller, declarations_under, register
from privacy.queries.subjects import (
    active,
    address_index,
    consents_of,
    may_use,
    notices_due,
    open_erasure,
    recipients_of,
    subject_of,
)

__all__ = [
    "HeldAbout",
    "HeldGroup",
    "HeldRecord",
    "HeldValue",
    "active",
    "address_index",
    "consents_of",
    "controller",
    "declarations_under",
    "find_text",
    "held_about",
    "may_use",
    "notices_due",
    "open_erasure",
    "period_text",
    "recipients_of",
    "register",
    "rule_text",
    "subject_of",
]
