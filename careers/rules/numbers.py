"""Numbers that have no place in an application: national identity numbers and payment cards (N11, L29). Pure."""

import re

from stdnum import luhn
from stdnum.no import fodselsnummer

# Digits with single spaces, dots or hyphens between them, as people write long numbers.
_RUN = re.compile(r"(?<!\d)\d(?:[ .\-\u00a0]?\d){10,18}(?!\d)")
_CARD_LENGTHS = range(13, 20)


def holds_national_number(text: str) -> bool:
    """Whether eleven digits with both right check digits stand in the text: birth, D-, H- and test numbers alike."""
    return any(_is_national_number(digits) for digits in _runs(text) if len(digits) == 11)


def holds_card_number(text: str) -> bool:
    """Whether 13 to 19 digits with a right check digit stand in the text."""
    return any(len(digits) in _CARD_LENGTHS and luhn.is_valid(digits) for digits in _runs(text))


def _is_national_number(digits: str) -> bool:
    first = fodselsnummer.calc_check_digit1(digits)
    return digits[9] == first and digits[10] == fodselsnummer.calc_check_digit2(digits)


def _runs(text: str) -> list[str]:
    return [re.sub(r"\D", "", run) for run in _RUN.findall(text)]
