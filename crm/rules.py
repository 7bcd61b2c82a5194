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
# Without dealings of one's own the customer's keep a contact this long, and no longer (T11).
MOST_MONTHS_BY_CUSTOMER = 42
ACCOUNTING_YEARS = 5
SECONDARY_MONTHS = 42
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


def contact_clock_start(
    last_dealt_with_on: date, left_company_on: date | None, customer_active_on: date | None = None
) -> date:
    """The day the 24 months of a contact are counted from (N55, T11).

    It is the day of the last dealings. While the person works for a customer that is active later
    (``customer_active_on``), it is that day, but never one that keeps them longer than 42 months after their own last
    dealings. Who has left a company goes 90 days after that: the start is then set back so that 24 months from it end
    on that day (or the day before, where that day is 29 February), whatever the company does.
    """
    if left_company_on is None:
        if customer_active_on is None or customer_active_on <= last_dealt_with_on:
            return last_dealt_with_on
        return min(customer_active_on, latest_contact_clock(add_months(last_dealt_with_on, MOST_MONTHS_BY_CUSTOMER)))
    return min(last_dealt_with_on, add_months(left_company_on + timedelta(days=LEFT_DAYS), -CONTACT_MONTHS))


def contact_kept_until(clock_starts_on: date) -> date:
    """The last day a contact is kept."""
    return add_months(clock_starts_on, CONTACT_MONTHS)


def latest_contact_clock(last_day: date) -> date:
    """The latest start of a contact's clock that ends on `last_day` or before; every earlier start does too."""
    return _latest_start(last_day, CONTACT_MONTHS)


def purchases_archived_through(day: date) -> date:
    """The latest purchase that has left the account on `day`: its 42 months were over the day before (N58, T14)."""
    return _latest_start(day - timedelta(days=1), PURCHASE_MONTHS)


def _latest_start(last_day: date, months: int) -> date:
    start = add_months(last_day, -months)
    # The last day of a short month is also where the longer months' 29th, 30th and 31st end.
    while add_months(start + timedelta(days=1), months) <= last_day:
        start += timedelta(days=1)
    return start


def accounting_anchor(last_month: int = 12) -> str:
    """The anchor of a period counted from the end of an accounting year that ends with this month."""
    return "accounting_year" if last_month == 12 else f"accounting_year:{last_month}"


def accounting_year_end(day: date, *, last_month: int = 12) -> date:
    """The last day of the accounting year that `day` lies in; the year ends with this month."""
    year = day.year if day.month <= last_month else day.year + 1
    return date(year, last_month, monthrange(year, last_month)[1])


def accounting_hold_until(issued_on: date, *, last_month: int = 12) -> date:
    """Last day a primary accounting document must be kept: five years after its accounting year's end (L38, T12)."""
    return _months_after_year_end(issued_on, 12 * ACCOUNTING_YEARS, last_month)


def secondary_hold_until(sent_on: date, *, last_month: int = 12) -> date:
    """Last day a packing slip must be kept: three and a half years after its accounting year's end (L38, T14)."""
    return _months_after_year_end(sent_on, SECONDARY_MONTHS, last_month)


def _months_after_year_end(day: date, months: int, last_month: int) -> date:
    # Half a year after the end of a month is the end of a month, also where that one is longer.
    end = add_months(accounting_year_end(day, last_month=last_month).replace(day=1), months)
    return date(end.year, end.month, monthrange(end.year, end.month)[1])


def merged_interests(kept: list[dict], texts: list[str], *, origin: str) -> list[dict]:
    """Interests as the texts say; one that was there keeps where it came from, a new one gets `origin` (N6)."""
    origins = {item["text"]: item["origin"] for item in kept}
    wanted = dict.fromkeys(text.strip() for text in texts if text.strip())
    return [{"text": text, "origin": origins.get(text, origin)} for text in wanted]
