"""Rules of the customer side. Pure: they take the day and know no database."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

import phonenumbers
from stdnum import luhn
from stdnum.exceptions import ValidationError as NumberError
from stdnum.no import fodselsnummer, orgnr

CONTACT_MONTHS = 24
LEFT_DAYS = 90
PURCHASE_MONTHS = 42
ACCOUNTING_YEARS = 5
ACCOUNTING_LAW = "bokføringsloven § 13"
PAYMENT_DAYS = 30

_SHORT = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ö": "o", "ä": "ae", "ß": "ss"})
_LONG = str.maketrans({"ø": "oe", "æ": "ae", "å": "aa", "ö": "oe", "ä": "ae", "ß": "ss"})
# Runs of 13 to 19 digits, single blanks or hyphens between them; not a part of a longer run.
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_ELEVEN = re.compile(r"(?<!\d)\d{6}[ -]?\d{5}(?!\d)")


def normalise_org_number(text: str) -> str:
    """The nine digits of a Norwegian organisation number, "" for nothing. ValueError when the check digit is wrong."""
    compact = re.sub(r"^NO|MVA$", "", re.sub(r"[\s.]", "", text or "").upper())
    if not compact:
        return ""
    try:
        return orgnr.validate(compact)
    except NumberError as wrong:
        raise ValueError("not an organisation number") from wrong


def normalise_email(text: str) -> str:
    """The one spelling under which an address is stored and compared: stripped, NFKC, without upper case."""
    return unicodedata.normalize("NFKC", text or "").strip().casefold()


def e164(text: str, region: str = "NO") -> str:
    """A phone number typed any way, as +4722000000; "" for nothing. ValueError when it cannot be a number."""
    if not (text or "").strip():
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as wrong:
        raise ValueError("not a phone number") from wrong
    if not phonenumbers.is_possible_number(number):
        raise ValueError("not a phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def search_text(*parts: str) -> str:
    """What a row is found by: without case and accents, æ ø å written short and long (T5 of Wagtail's own search)."""
    text = " ".join(part for part in parts if part)
    short, long = _folded(text, _SHORT), _folded(text, _LONG)
    return short if short == long else f"{short} {long}"


def search_words(text: str) -> str:
    """A typed search in the spelling of `search_text`; the blanks of a number typed in groups are taken out."""
    if re.fullmatch(r"[\d\s.]+", text or ""):
        return re.sub(r"[\s.]", "", text)
    return _folded(text or "", _SHORT)


def _folded(text: str, table) -> str:
    lower = unicodedata.normalize("NFC", text).casefold().translate(table)
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def mask_numbers(text: str) -> str:
    """The text without card numbers (N11; the last four digits stay) and national identity numbers (L29)."""
    return _ELEVEN.sub(_masked_identity, _CARD.sub(_masked_card, text or ""))


def _masked_card(found: re.Match) -> str:
    digits = re.sub(r"\D", "", found.group())
    return f"**** {digits[-4:]}" if luhn.is_valid(digits) else found.group()


def _masked_identity(found: re.Match) -> str:
    digits = re.sub(r"\D", "", found.group())
    # The date in it is not looked at: numbers of test people shift the month and follow the same arithmetic.
    checks = fodselsnummer.calc_check_digit1(digits) + fodselsnummer.calc_check_digit2(digits)
    return "***********" if digits[-2:] == checks else found.group()


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def contact_clock_start(last_dealt_with_on: date, left_company_on: date | None) -> date:
    """The day the 24 months of a contact are counted from (N55, T11).

    It is the day of the last dealings. Who has left a company goes 90 days after that: the start is then set back so
    that 24 months from it end on that day (or the day before, where that day is 29 February).
    """
    if left_company_on is None:
        return last_dealt_with_on
    return min(last_dealt_with_on, add_months(left_company_on + timedelta(days=LEFT_DAYS), -CONTACT_MONTHS))


def contact_kept_until(clock_starts_on: date) -> date:
    """The last day a contact is kept."""
    return add_months(clock_starts_on, CONTACT_MONTHS)


def latest_contact_clock(last_day: date) -> date:
    """The latest start of a contact's clock that ends on `last_day` or before; every earlier start does too."""
    start = add_months(last_day, -CONTACT_MONTHS)
    # 28 February is also where the 24 months from a 29 February end.
    following = start + timedelta(days=1)
    return following if contact_kept_until(following) <= last_day else start


def accounting_hold_until(issued_on: date) -> date:
    """Last day an accounting document must be kept: five years after its accounting year's end (L38, T12)."""
    return date(issued_on.year + ACCOUNTING_YEARS, 12, 31)


def merged_interests(kept: list[dict], texts: list[str], *, origin: str) -> list[dict]:
    """Interests as the texts say; one that was there keeps where it came from, a new one gets `origin` (N6)."""
    origins = {item["text"]: item["origin"] for item in kept}
    wanted = dict.fromkeys(text.strip() for text in texts if text.strip())
    return [{"text": text, "origin": origins.get(text, origin)} for text in wanted]
