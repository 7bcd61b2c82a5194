"""Who was hired: the start, the move to the personnel file, and the earlier of two ends (notice map 4)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from careers import actions, kept
from careers.models import Application
from privacy import actions as engine
from privacy.actions.retention_plan import due_rows
from privacy.queries import held_about
from privacy.queries.retention import coming
from privacy.registry import declaration_of
from tests.careers import factories, reading

OSLO = ZoneInfo("Europe/Oslo")
DECIDED = date(2026, 3, 10)
ONE = timedelta(days=1)


@pytest.fixture
def hr(db):
    return factories.make_staff(actions.HR)


@pytest.fixture
def hired(vacancy, hr, frozen_day):
    """Somebody who was hired on 10 March 2026, with a neighbour hired the same day."""
    rows = [factories.submit(vacancy, cv=False) for _each in range(2)]
    frozen_day(DECIDED)
    for row in rows:
        for stage in ("interview", "offer", "hired"):
            actions.move_application(row, to=stage, by=hr, reason="")
    return Application.objects.get(pk=rows[0].pk)


def night(day):
    engine.run_retention(as_of=datetime.combine(day, datetime.min.time(), tzinfo=OSLO), allow_large=True)


def test_the_first_day_at_work_is_written_down_once(hired, hr):
    row = actions.record_start(hired, starts_on=date(2026, 5, 1), by=hr)
    assert row.starts_on == date(2026, 5, 1) and reading.acts(hired)[-1] == "application.start_recorded"
    before = reading.acts(hired)
    actions.record_start(hired, starts_on=date(2026, 5, 1), by=hr)
    assert reading.acts(hired) == before
    assert actions.record_start(hired, starts_on=date(2026, 6, 1), by=hr).starts_on == date(2026, 6, 1)


def test_nobody_starts_before_the_decision(hired, hr):
    assert actions.record_start(hired, starts_on=DECIDED, by=hr).starts_on == DECIDED
    with pytest.raises(actions.NotPossible):
        actions.record_start(hired, starts_on=DECIDED - ONE, by=hr)
    hired.refresh_from_db()
    assert hired.starts_on == DECIDED


@pytest.mark.parametrize("stage", [None, "interview", "rejected"])
def test_nobody_is_moved_who_was_not_hired(vacancy, hr, stage):
    row = factories.submit(vacancy, cv=False)
    if stage:
        actions.move_application(row, to=stage, by=hr, reason="Andre passet bedre.")
    for act in (actions.mark_moved, actions.take_move_back):
        with pytest.raises(actions.NotPossible):
            act(row, by=hr)
    with pytest.raises(actions.NotPossible):
        actions.record_start(row, starts_on=date(2030, 1, 1), by=hr)
    row.refresh_from_db()
    assert (row.moved_on, row.starts_on) == (None, None)


def test_only_a_person_says_so(hired):
    for act in (actions.mark_moved, actions.take_move_back):
        with pytest.raises(actions.NotPossible):
            act(hired, by=None)


def test_a_file_that_was_moved_goes_30_days_later_here(hired, hr, frozen_day):
    frozen_day("2026-05-04")
    row = actions.mark_moved(hired, by=hr)
    assert row.moved_on == date(2026, 5, 4) and kept.gone_on(row) == date(2026, 6, 4)
    [(to, context)] = reading.mails("hired_moved")
    assert to == hired.email and context["deleted_on"] == "4. juni 2026"
    actions.mark_moved(hired, by=hr)
    assert len(reading.mails("hired_moved")) == 1
    assert reading.acts(hired).count("application.moved_to_personnel") == 1
    night(date(2026, 6, 3))
    assert Application.objects.filter(pk=hired.pk).exists()
    night(date(2026, 6, 4))
    assert not Application.objects.filter(pk=hired.pk).exists()
    assert Application.objects.count() == 1, "the neighbour was not moved"


def test_a_late_move_keeps_nothing_beyond_six_months(hired, hr, frozen_day):
    frozen_day("2026-08-30")
    assert kept.gone_on(actions.mark_moved(hired, by=hr)) == date(2026, 9, 11)
    night(date(2026, 9, 10))
    assert Application.objects.count() == 2
    night(date(2026, 9, 11))
    assert not Application.objects.exists()


def test_a_move_that_was_a_mistake_is_taken_back(hired, hr, frozen_day):
    frozen_day("2026-05-04")
    actions.mark_moved(hired, by=hr)
    row = actions.take_move_back(hired, by=hr)
    assert row.moved_on is None and kept.gone_on(row) == date(2026, 9, 11)
    before = reading.acts(hired)
    actions.take_move_back(hired, by=hr)
    assert reading.acts(hired) == before
    night(date(2026, 6, 4))
    assert Application.objects.filter(pk=hired.pk).exists()


def test_every_place_that_tells_or_applies_the_period_takes_the_earlier_end(hired, hr, frozen_day):
    declaration = declaration_of(Application)
    frozen_day("2026-05-04")
    actions.mark_moved(hired, by=hr)
    due = {
        day: set(due_rows(declaration, day).values_list("pk", flat=True))
        for day in (date(2026, 6, 3), date(2026, 6, 4))
    }
    assert due == {date(2026, 6, 3): set(), date(2026, 6, 4): {hired.pk}}
    about = held_about(hired.subject, day=date(2026, 5, 4), language="en")
    (group,) = [each for each in about.groups if each.label == "careers.application"]
    assert group.records[0].until == date(2026, 6, 3)
    assert group.rule.startswith("6 months after") and group.rule.endswith("if that is sooner")
    (line,) = [each for each in coming(date(2026, 5, 4)) if each.model == "careers.Application"]
    assert line.months[:6] == [0, 1, 0, 0, 1, 0] and line.overdue == 0
    plan = engine.plan_erasure(hired.subject, day=date(2026, 5, 4))
    assert plan is not None
