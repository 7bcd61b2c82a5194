"""How often one visitor may do something, and what counts as one visitor."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory

from privacy import throttle


def times(number, *, what="test", who="203.0.113.7"):
    return [throttle.allows(what, who=who, most=3, seconds=60) for _ in range(number)]


def test_the_fourth_within_the_time_is_too_much_and_others_are_not_held_up():
    assert times(5) == [True, True, True, False, False]
    assert times(1, who="203.0.113.8") == [True]
    assert times(1, what="other") == [True]


def test_the_time_runs_from_the_first():
    with time_machine.travel(1_700_000_000, tick=False):
        assert times(4) == [True, True, True, False]
    with time_machine.travel(1_700_000_059, tick=False):
        assert times(1) == [False]
    with time_machine.travel(1_700_000_061, tick=False):
        assert times(1) == [True]


def test_a_count_that_runs_out_on_the_way_starts_anew(monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args, **options: False)
    assert times(2) == [True, True]


def test_no_address_lies_in_the_cache(monkeypatch):
    seen = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **options: seen.append(key))
    times(1)
    assert len(seen) == 1
    assert "203.0.113.7" not in seen[0]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_what_counts_as_one_visitor(address, counted):
    assert throttle.visitor(RequestFactory(REMOTE_ADDR=address).get("/")) == counted
