"""National identity numbers and payment cards are found as people write them, and nothing else is."""

import pytest
from stdnum.no import fodselsnummer

from careers.rules.numbers import holds_card_number, holds_national_number


def numbered(first_nine):
    """A number with right check digits; None when the sums allow none."""
    first = fodselsnummer.calc_check_digit1(first_nine)
    second = fodselsnummer.calc_check_digit2(first_nine + first)
    return first_nine + first + second if len(first + second) == 2 else None


def some(prefix):
    return next(number for middle in range(100, 999) if (number := numbered(f"{prefix}{middle}")))


# Month + 80 is a test number that nobody has; day + 40 a D-number, month + 40 an H-number.
@pytest.mark.parametrize("prefix", ["018190", "418190", "014190"])
def test_national_numbers(prefix):
    number = some(prefix)
    assert holds_national_number(number)
    assert holds_national_number(f"Mitt nummer er {number[:6]} {number[6:]}.")
    assert holds_national_number(f"{number[:6]}-{number[6:]}")


def test_a_wrong_check_digit_is_no_national_number():
    number = some("018190")
    assert not holds_national_number(number[:-1] + str((int(number[-1]) + 1) % 10))
    assert not holds_national_number(number[:9] + str((int(number[9]) + 1) % 10) + number[10])
    assert not holds_national_number(f"1{number}") and not holds_national_number(number[:-1])


@pytest.mark.parametrize("text", ["4111 1111 1111 1111", "kort 4111-1111-1111-1111!", "378282246310005"])
def test_cards(text):
    assert holds_card_number(text)


@pytest.mark.parametrize("text", ["4111 1111 1111 1112", "+47 99 99 99 99", "12345678901", "2014-2019, 2020-2026", ""])
def test_no_cards(text):
    assert not holds_card_number(text)


@pytest.mark.parametrize("text", ["+47 99 99 99 99", "0047 99 99 99 99", "12345678901", "2014-2019, 2020-2026", ""])
def test_no_national_numbers(text):
    assert not holds_national_number(text)
