"""Values and dates as text, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from privacy.templatetags import privacy_words as tags


@pytest.mark.parametrize(("language", "expected"), [("nb", "12. mars 2028"), ("en", "12 March 2028")])
def test_a_day(language, expected):
    with override(language):
        assert tags.day(date(2028, 3, 12)) == expected
        assert tags.day(datetime(2028, 3, 11, 23, 30, tzinfo=UTC)) == expected
        assert tags.day(datetime(2028, 3, 12, 23, 30)) == expected
        assert tags.day(None) == ""


@pytest.mark.parametrize(
    ("language", "expected"), [("nb", "12. mars 2028 kl. 00.30"), ("en", "12 March 2028 at 00:30")]
)
def test_a_moment_is_one_of_oslo(language, expected):
    with override(language):
        assert tags.moment(datetime(2028, 3, 11, 23, 30, tzinfo=UTC)) == expected
        assert tags.moment(datetime(2028, 3, 12, 0, 30)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        ("2028-03-12", "12 March 2028"),
        ("2028-13-45", "2028-13-45"),
        ("ten letter", "ten letter"),
        ("2028-03-11T23:30:00+00:00", "12 March 2028 at 00:30"),
        ("2028-03-11T25:30:00+00:00", "2028-03-11T25:30:00+00:00"),
        ("This is a longer text.", "This is a longer text."),
        ("2028-is a longer text.", "2028-is a longer text."),
        (["a", "b", True], "a, b, yes"),
        ({"unit_price": "12.00", "days": ["2028-03-12"]}, "unit price: 12.00; days: 12 March 2028"),
        ([], ""),
    ],
)
def test_a_value_as_text(value, expected):
    with override("en"):
        assert tags.plain(value) == expected
