"""A class with two clocks: the earlier end counts, wherever a period is told or applied."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Application
from privacy import checks, periods, planning
from privacy.declare import KeepFor
from privacy.queries.notice_facts import _keep
from privacy.queries.register import keep_row
from privacy.registry import declaration_of
from tests.careers import factories

TWO = KeepFor(months=6, since="decided", source="N32", sooner=KeepFor(days=30, since="moved", source="N32"))
ONE = replace(TWO, sooner=None)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def row(decided, moved):
    return SimpleNamespace(decided=decided, moved=moved)


@pytest.mark.parametrize(
    ("decided", "moved", "last"),
    [
        (date(2026, 3, 10), None, date(2026, 9, 10)),
        (date(2026, 3, 10), date(2026, 3, 11), date(2026, 4, 10)),
        (date(2026, 3, 10), date(2026, 9, 1), date(2026, 9, 10)),
        (None, date(2026, 3, 11), date(2026, 4, 10)),
        (None, None, None),
    ],
)
def test_the_earlier_end_of_the_clocks_that_have_begun(decided, moved, last):
    assert periods.last_day_of(TWO, row(decided, moved)) == last


def test_one_clock_is_asked_as_before():
    assert ONE.clocks == (ONE,) and TWO.clocks == (TWO, TWO.sooner)
    assert periods.last_day_of(ONE, row(date(2026, 3, 10), date(2026, 3, 11))) == date(2026, 9, 10)


@given(decided=DAYS, after=st.none() | st.integers(0, 400))
def test_the_second_clock_never_keeps_anything_longer(decided, after):
    moved = None if after is None else decided + timedelta(days=after)
    assert periods.last_day_of(TWO, row(decided, moved)) <= periods.last_day_of(ONE, row(decided, moved))


@pytest.fixture
def applications(db):
    from careers.actions import ensure_consent_texts

    ensure_consent_texts()
    vacancy = factories.make_vacancy()
    made = [factories.submit(vacancy, cv=False) for _each in range(3)]
    Application.objects.update(decided_on=date(2026, 3, 10), clock_from=date(2026, 3, 10), state="hired", step="hired")
    Application.objects.filter(pk=made[0].pk).update(moved_on=date(2026, 5, 1))
    return made


@pytest.mark.parametrize(
    ("day", "due"),
    [(date(2026, 5, 31), 0), (date(2026, 6, 1), 1), (date(2026, 9, 10), 1), (date(2026, 9, 11), 3)],
)
def test_the_clause_of_the_database_says_the_same_as_each_row(applications, day, due):
    keep = periods.keep_of(declaration_of(Application), day)
    found = set(Application.objects.filter(periods.due_on(Application, keep, day)).values_list("pk", flat=True))
    assert len(found) == due
    assert found == {each.pk for each in Application.objects.all() if periods.last_day_of(keep, each) < day}


def test_moments_are_compared_with_the_midnight_of_oslo(applications):
    keep = KeepFor(days=30, since="submitted_at", source="N32")
    sent = datetime(2026, 3, 10, 23, 30, tzinfo=ZoneInfo("Europe/Oslo"))
    Application.objects.filter(pk=applications[0].pk).update(submitted_at=sent)
    due = [
        Application.objects.filter(periods.due_on(Application, keep, day)).count()
        for day in (date(2026, 4, 9), date(2026, 4, 10))
    ]
    assert due == [0, 1]


def test_a_plan_tells_the_latest_of_several_rows_and_nothing_while_one_has_no_end(applications):
    declaration = declaration_of(Application)
    first, *rest = [each.pk for each in applications]
    assert planning.last_day(declaration, {first}) == date(2026, 5, 31)
    assert planning.last_day(declaration, {first, *rest}) == date(2026, 9, 10)
    assert planning.last_day(declaration, set()) is None


def test_register_and_notice_tell_both(db):
    declaration = declaration_of(Application)
    assert keep_row(declaration)["sooner"] == {"period": "P30D", "since": "moved_on"}
    assert _keep(declaration, date(2026, 3, 10))["sooner"] == "P30D since moved_on"


@pytest.mark.parametrize(
    "sooner", [KeepFor(days=0, since="moved_on", source="N32"), KeepFor(days=30, since="full_name", source="N32")]
)
def test_a_second_clock_that_is_none_is_refused_at_start_up(sooner):
    keep = replace(declaration_of(Application).keep, sooner=sooner)
    declared = SimpleNamespace(keep=keep, model=Application, name=lambda: "careers.Application")
    assert [error.id for error in checks._keep(declared)] == ["privacy.E005"]
    assert checks._keep(SimpleNamespace(keep=declaration_of(Application).keep, model=Application, name=str)) == []
