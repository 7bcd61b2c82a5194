"""Whether one can apply, to the minute and on the days the clock changes; what an advert's contacts may be."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from careers.rules import adverts
from careers.rules.adverts import Standing

OSLO = ZoneInfo("Europe/Oslo")
SECOND = timedelta(seconds=1)
START = datetime(2026, 10, 1, 8, 0, tzinfo=OSLO)
END = datetime(2026, 10, 20, 23, 59, tzinfo=OSLO)


def page(*, live=True, opens_at=START, closes_at=END, first_published_at=None):
    return SimpleNamespace(live=live, opens_at=opens_at, closes_at=closes_at, first_published_at=first_published_at)


def hiring(closed_at=None):
    return SimpleNamespace(closed_at=closed_at)


def utc(text):
    return datetime.fromisoformat(text + "+00:00")


@pytest.mark.parametrize(
    ("moment", "stands"),
    [
        (START - SECOND, Standing.PLANNED),
        (START, Standing.OPEN),
        (END - SECOND, Standing.OPEN),
        (END, Standing.CLOSED),
    ],
)
@pytest.mark.parametrize("row", [None, hiring()])
def test_open_is_from_the_opening_to_the_closing(moment, stands, row):
    assert adverts.standing(page(), row, moment) is stands
    assert adverts.is_open(page(), row, moment) is (stands is Standing.OPEN)
    assert adverts.has_closed(page(), row, moment) is (stands is Standing.CLOSED)


def test_the_act_closes_before_the_page_does_and_never_after():
    acted = START + timedelta(days=3)
    assert adverts.is_open(page(), hiring(acted), acted - SECOND)
    assert adverts.standing(page(), hiring(acted), acted) is Standing.CLOSED
    assert adverts.closing_moment(page(), hiring(acted)) == acted
    assert adverts.closing_moment(page(), hiring(END + SECOND)) == END


def test_a_draft_is_open_to_nobody_and_is_looked_at_as_it_will_be():
    draft = page(live=False)
    assert adverts.standing(draft, None, START) is Standing.DRAFT
    assert adverts.standing(draft, None, START, as_published=True) is Standing.OPEN
    assert not adverts.is_open(draft, None, START)
    unwritten = page(live=False, opens_at=None, closes_at=None)
    assert adverts.standing(unwritten, None, START, as_published=True) is Standing.OPEN
    assert adverts.closing_moment(unwritten, None) is None
    assert adverts.published_at(unwritten) is None


@pytest.mark.parametrize(
    ("day", "closes", "hours"),
    [
        # In the night to 25 October 2026 the hour from two to three comes twice: the day has 25 hours.
        (date(2026, 10, 24), "2026-10-24T21:59", 24),
        (date(2026, 10, 25), "2026-10-25T22:59", 25),
        (date(2026, 10, 26), "2026-10-26T22:59", 24),
        # On 28 March 2027 it is left out: the day has 23.
        (date(2027, 3, 27), "2027-03-27T22:59", 24),
        (date(2027, 3, 28), "2027-03-28T21:59", 23),
        (date(2027, 3, 29), "2027-03-29T21:59", 24),
    ],
)
def test_the_door_shuts_at_23_59_in_oslo_on_the_days_the_clock_changes(day, closes, hours):
    closing = utc(closes)
    assert adverts.end_of(day) == closing
    # Both of one zone: arithmetic in UTC is what really passes.
    assert closing - adverts.end_of(day - timedelta(days=1)).astimezone(ZoneInfo("UTC")) == timedelta(hours=hours)
    open_until = page(closes_at=adverts.end_of(day), opens_at=closing - timedelta(days=9))
    assert adverts.is_open(open_until, None, closing - SECOND)
    assert not adverts.is_open(open_until, None, closing)


@pytest.mark.parametrize("opens", ["2026-10-25T00:30", "2026-10-25T01:30", "2027-03-28T00:59", "2027-03-28T01:00"])
def test_it_opens_at_its_own_moment_in_the_nights_with_two_half_past_twos_and_with_none(opens):
    moment = utc(opens)
    opening = page(opens_at=moment.astimezone(OSLO), closes_at=moment + timedelta(days=9))
    assert adverts.standing(opening, None, moment - SECOND) is Standing.PLANNED
    assert adverts.standing(opening, None, moment) is Standing.OPEN


def test_it_is_published_when_it_can_first_be_acted_on():
    early, late = START - timedelta(days=2), START + timedelta(days=2)
    assert adverts.published_at(page()) == START
    assert adverts.published_at(page(first_published_at=early)) == START
    assert adverts.published_at(page(first_published_at=late)) == late


@pytest.mark.parametrize(
    "address", ["kari.holm@cn.example", "KARI.HOLM@cn.example", "per-ole@cn.example", "å.øy_åe@x.no"]
)
def test_two_words_that_are_no_role_look_like_somebodys_own(address):
    assert adverts.looks_personal(address) is (address != "å.øy_åe@x.no")


@pytest.mark.parametrize(
    "address", ["", "service@cn.example", "salg.vest@cn.example", "hr_oslo@cn.example", "kari@cn.example"]
)
def test_an_address_of_a_role_does_not(address):
    assert not adverts.looks_personal(address)
