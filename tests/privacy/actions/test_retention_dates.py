"""What the database finds is what the rule says, day by day (F19)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from privacy.actions.retention_plan import due_rows
from privacy.declare import KeepFor
from privacy.registry import declaration_of
from privacy.rules.deadlines import OSLO, oslo_date
from privacy.rules.retention import is_due
from tests.toy.factories import person
from tests.toy.models import Guest, Remark

FIRST = date(2009, 1, 1)
TEN_THOUSAND = [FIRST + timedelta(days=number) for number in range(10_000)]
PERIODS = [
    {"months": 1},
    {"months": 42},
    {"days": 90},
    {"months": 60, "anchor": "accounting_year"},
    {"months": 42, "anchor": "accounting_year:6"},
]
# Ends of long and short months, a leap day and its neighbours, the turn of the year, an ordinary day.
DAYS = ["2027-02-28", "2027-03-01", "2028-02-29", "2028-03-01", "2030-12-31", "2031-01-01", "2026-07-31", "2026-06-15"]


@pytest.fixture(scope="module")
def days():
    return [date.fromisoformat(each) for each in DAYS]


def found(model, keep, day, monkeypatch, column):
    declaration = declaration_of(model)
    with monkeypatch.context() as patched:
        patched.setattr(declaration, "keep", keep)
        return set(due_rows(declaration, day).values_list(column, flat=True))


def test_ten_thousand_days_are_due_in_the_database_as_in_the_rule(db, days, monkeypatch):
    subject = person()
    Guest.objects.bulk_create([Guest(subject=subject, name="x", visited_on=each) for each in TEN_THOUSAND])
    for period in PERIODS:
        keep = KeepFor(since="visited_on", source="N54", **period)
        for day in days:
            expected = {start for start in TEN_THOUSAND if is_due(start, day, **period)}
            assert found(Guest, keep, day, monkeypatch, "visited_on") == expected
            assert 0 < len(expected) < len(TEN_THOUSAND)


def test_ten_thousand_moments_count_by_their_day_in_oslo(db, days, monkeypatch):
    subject = person()
    # Nine hours apart, so that every hour and both changes of summer time are met, and the two sides of each midnight.
    moments = [datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=9 * number) for number in range(9_000)]
    for each in days:
        midnight = datetime(each.year, each.month, each.day, tzinfo=OSLO) - timedelta(days=90)
        moments += [midnight - timedelta(microseconds=1), midnight, midnight + timedelta(hours=1)]
    Remark.objects.bulk_create([Remark(subject=subject, text="x", written_at=each) for each in moments])
    for period in ({"days": 90}, {"months": 13}):
        keep = KeepFor(since="written_at", source="N54", **period)
        for day in days:
            expected = {each for each in moments if is_due(oslo_date(each), day, **period)}
            assert found(Remark, keep, day, monkeypatch, "written_at") == expected
