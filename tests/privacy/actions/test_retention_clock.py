from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from privacy.actions import ClockRefused, confirm_clock, note
from privacy.actions.retention import run_daily
from privacy.actions.retention_clock import NAME, clock_refusal
from privacy.models import ClockMark, RetentionRun, TrailEntry
from tests.toy.factories import guest, person
from tests.toy.models import Guest

NIGHT = datetime(2026, 3, 2, 2, 45, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    """`clock(moment)` sets the clock of the machine."""
    travellers = []

    def set_to(moment):
        travellers.append(time_machine.travel(moment, tick=False))
        travellers[-1].start()

    yield set_to
    for traveller in reversed(travellers):
        traveller.stop()


@pytest.fixture
def marked(db, clock):
    """A night that was believed."""
    clock(NIGHT)
    assert clock_refusal(timezone.now()) == ""


def refusal():
    return clock_refusal(timezone.now())


def mark():
    return ClockMark.objects.get(pk=NAME).at


def test_the_mark_lies_in_the_ledger_and_goes_with_the_clock(marked, clock):
    assert ClockMark.objects.using("ledger").get().at == NIGHT and str(ClockMark.objects.get()) == "Clock of retention"
    clock(NIGHT + 24 * HOUR)
    assert refusal() == "" and mark() == NIGHT + 24 * HOUR


@pytest.mark.parametrize(
    ("jump", "believed"),
    [
        (-24 * HOUR, True),
        (-24 * HOUR - timedelta(seconds=1), False),
        (-48 * HOUR, False),
        (36 * HOUR, True),
        (36 * HOUR + timedelta(seconds=1), False),
        (48 * HOUR, False),
        (40 * 24 * HOUR, False),
        (timedelta(seconds=1), True),
        (timedelta(seconds=-1), True),
    ],
)
def test_how_far_a_clock_may_jump(marked, clock, jump, believed):
    clock(NIGHT + jump)
    assert (refusal() == "") is believed
    # It never goes back by itself, and a refused moment does not move it.
    assert mark() == (max(NIGHT, NIGHT + jump) if believed else NIGHT)


def test_what_cannot_be_believed_erases_nothing_and_says_so(marked, clock):
    guest(person(), visited_on=date(2024, 3, 2))
    clock(NIGHT + timedelta(days=30))
    with translation.override("en"):
        told = run_daily(as_of=timezone.now())
    assert told["status"] == "clock" and "Nothing was erased" in told["says"]
    assert Guest.objects.exists() and not RetentionRun.objects.exists()
    assert run_daily(as_of=timezone.now(), dry_run=True)["status"] == "done"
    confirm_clock(date(2026, 4, 1), by=None)
    assert run_daily(as_of=timezone.now())["status"] == "done" and not Guest.objects.exists()


def test_a_person_says_what_day_it_is(marked, clock, siv):
    clock(NIGHT - timedelta(days=30))
    assert refusal()
    with pytest.raises(ClockRefused, match="2026-01-31"):
        confirm_clock(date(2026, 3, 2), by=siv)
    assert refusal() and not TrailEntry.objects.filter(action="retention.clock_confirmed").exists()
    known = confirm_clock(date(2026, 1, 31), by=siv)
    assert (known.confirmed_by, known.at) == (siv.pk, NIGHT - timedelta(days=30))
    assert refusal() == "" and TrailEntry.objects.get(action="retention.clock_confirmed").actor == siv.pk


def test_a_moment_somebody_gave_is_their_word_and_moves_no_mark(marked):
    for moment in (NIGHT + timedelta(days=3650), NIGHT - timedelta(days=3650), NIGHT + 2 * HOUR):
        assert clock_refusal(moment) == ""
    assert mark() == NIGHT
    assert clock_refusal(NIGHT + timedelta(minutes=59)) == ""


# The scheduler was dead, the house was not


def used_at(*moments):
    """Somebody did something at these moments."""
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            note("toy.used", by=None)


def test_forty_days_in_which_the_house_was_used_are_believed(marked, clock):
    used_at(*[NIGHT + timedelta(days=number, hours=9) for number in range(40)])
    clock(NIGHT + timedelta(days=40))
    assert refusal() == "" and mark() == NIGHT + timedelta(days=40)


@pytest.mark.parametrize("quiet", [timedelta(hours=36), timedelta(hours=36, seconds=1)])
def test_one_silence_as_long_as_a_jump_is_not(marked, clock, quiet):
    end = NIGHT + timedelta(hours=30) + quiet
    used_at(NIGHT + timedelta(hours=30), end)
    clock(end + HOUR)
    assert (refusal() == "") is (quiet <= timedelta(hours=36))


def test_a_clock_that_jumped_leaves_a_silence_at_its_end_too(marked, clock):
    used_at(*[NIGHT + timedelta(hours=6 * number) for number in range(8)])
    clock(NIGHT + timedelta(days=10))
    assert refusal() and mark() == NIGHT


def test_what_was_done_before_the_mark_is_no_witness(marked, clock):
    used_at(NIGHT - HOUR)
    clock(NIGHT + timedelta(hours=37))
    assert refusal()
