"""What may not be typed into an open form. Pure functions of a text."""

import re

from stdnum import luhn
from stdnum.no import fodselsnummer

# Digits with single spaces or hyphens between them, as people write card numbers.
NUMBER_RUN = re.compile(r"(?<!\d)\d(?:[ -]?\d){10,18}(?!\d)")
CARD_LENGTHS = range(13, 20)


def holds_card_number(text: str) -> bool:
    """Whether a payment card number stands in the text: 13 to 19 digits with a right check digit (N11)."""
    return any(len(digits) in CARD_LENGTHS and luhn.is_valid(digits) for digits in _runs(text))


def holds_national_number(text: str) -> bool:
    """Whether a Norwegian national identity number stands in the text: 11 digits with right check digits (L29)."""
    return any(fodselsnummer.is_valid(digits) for digits in _runs(text) if len(digits) == 11)


def _runs(text: str) -> list[str]:
    return [re.sub(r"\D", "", run) for run in NUMBER_RUN.findall(text)]
