import pytest

from cn_portal.website.rules import holds_card_number, holds_national_number


@pytest.mark.parametrize(
    "text", ["4111111111111111", "mitt kort er 4111 1111 1111 1111.", "4111-1111-1111-1111", "30569309025904"]
)
def test_a_card_number_is_found(text):
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    ["4111 1111 1111 1112", "411111111111", "Ordre 20260311000017", "+47 22 00 00 00", "", "41111111111111111111111"],
)
def test_other_numbers_are_left_alone(text):
    assert not holds_card_number(text)


def test_a_national_number_is_found_by_its_check_digits():
    assert holds_national_number("Jeg er 15076500565")
    assert not holds_national_number("Jeg er 15076500566")
    assert not holds_national_number("Kontonummer 12345678901")
    assert not holds_national_number("4111111111111111")
