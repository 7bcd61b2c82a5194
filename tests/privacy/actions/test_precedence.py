"""The order of precedence, pair by pair: statutory hold, claim hold, restriction, erasure request, period of a rule.

What comes first keeps the row from what comes later; how much of it stays is what every reason together needs.
"""

from datetime import date, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from privacy.actions import carry_out, place_hold, request_erasure, restrict
from privacy.actions.retention import run_retention
from tests.toy.models import Bill
from tests.toy.personal_data import LAW

DAY = date(2026, 3, 1)
OSLO = ZoneInfo("Europe/Oslo")
STATUTORY, CLAIM, UNLAWFUL, FOR_CLAIM, REQUEST, RULE = "statutory", "claim", "18(1)(b)", "18(1)(c)", "request", "rule"
REASONS = (STATUTORY, CLAIM, UNLAWFUL, FOR_CLAIM, REQUEST, RULE)
PAIRS = list(combinations(REASONS, 2))
# What only a law keeps is cut down to what the law needs; every other reason to keep needs the row as it is.
WHOLE, PART, GONE = "whole", "part", "gone"


def outcome(first, second):
    keeping = {STATUTORY, CLAIM, UNLAWFUL, FOR_CLAIM} & {first, second}
    if not keeping:
        return GONE
    # Only an erasure cuts at once; what the clock left to the law is cut by `trim_kept`.
    return PART if keeping == {STATUTORY} and second == REQUEST else WHOLE


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day(DAY.isoformat())


def apply(reason, kari):
    hold = {"subject": kari.subject, "reason": "x", "by": None}
    if reason == STATUTORY:
        place_hold(kari.bill, ground="statutory", law=LAW, until=date(2031, 12, 31), **hold)
    elif reason == CLAIM:
        place_hold(kari.bill, ground="claim", law="GDPR Art 17(3)(e)", until=date(2027, 1, 1), **hold)
    elif reason in (UNLAWFUL, FOR_CLAIM):
        ground = "unlawful" if reason == UNLAWFUL else "claim"
        restrict(kari.subject, ground=ground, record=kari.bill, by=None)


def end(reasons, kari):
    if REQUEST in reasons:
        carry_out(request_erasure(kari.subject, cause="request", by=None))
    if RULE in reasons:
        run_retention(as_of=datetime(2026, 3, 1, 2, tzinfo=OSLO), allow_large=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_of_two_reasons_the_first_one_rules(kari, ola, first, second):
    due = date(2020, 3, 10) if RULE in (first, second) else date(2026, 2, 1)
    Bill.objects.filter(pk=kari.bill.pk).update(issued_on=due, note="a remark")
    for reason in (first, second):
        apply(reason, kari)
    # Two reasons to keep are put to the test by the person's own request.
    end({first, second} if {first, second} & {REQUEST, RULE} else {REQUEST}, kari)
    left = Bill.objects.filter(pk=kari.bill.pk).first()
    state = GONE if left is None else WHOLE if left.note else PART
    assert state == outcome(first, second)
    assert Bill.objects.filter(pk=ola.bill.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_an_open_dispute_keeps_the_record_in_restricted_state(kari, ola):
    """N54: what a dispute holds is kept by the clock and by an erasure, and nobody meets it meanwhile."""
    from privacy.queries import active

    Bill.objects.update(issued_on=date(2020, 3, 10))
    apply(CLAIM, kari)
    restrict(kari.subject, ground="claim", record=kari.bill, by=None)
    end({RULE}, kari)
    assert list(Bill.objects.all()) == [kari.bill]
    assert not active(Bill.objects.all()).exists()
    erasure = carry_out(request_erasure(kari.subject, cause="request", by=None))
    assert erasure.state == "waiting" and [item["count"] for item in erasure.kept if item["model"] == "toy.Bill"] == [1]
