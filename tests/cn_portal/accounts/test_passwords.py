"""How long a password must be (N10)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cn_portal.accounts.passwords import LengthByFactor


def refused(password, user):
    with pytest.raises(ValidationError) as caught:
        LengthByFactor().validate(password, user)
    return caught.value.code


def test_fifteen_characters_without_a_second_factor(kari):
    assert refused("x" * 14, kari) == "password_too_short"
    LengthByFactor().validate("x" * 15, kari)


def test_eight_characters_beside_a_second_factor(kari, app_of):
    app_of(kari)
    assert refused("x" * 7, kari) == "password_too_short"
    LengthByFactor().validate("x" * 8, kari)


def test_eight_characters_for_staff_who_must_have_one(seller):
    assert refused("x" * 7, seller) == "password_too_short"
    LengthByFactor().validate("x" * 8, seller)


def test_fifteen_when_nobody_is_known():
    assert refused("x" * 14, None) == "password_too_short"
    LengthByFactor().validate("x" * 15)


def test_a_thousand_characters_are_enough(kari):
    LengthByFactor().validate("x" * 1000, kari)
    assert refused("x" * 1001, kari) == "password_too_long"


def test_no_recipe_is_asked_for_but_common_passwords_are_refused(kari, seller):
    validate_password("bare små bokstaver her", kari)
    with pytest.raises(ValidationError):
        validate_password("password1", seller)
    assert "15" in LengthByFactor().get_help_text()
