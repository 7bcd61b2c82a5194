"""What is published of the numbers: last closed periods, nothing under five, and no page that changes later."""

from datetime import date

import pytest
from django.utils.translation import override

from privacy import registry
from privacy.counting import YEAR
from privacy.models import Statistic
from privacy.queries import statistics
from privacy.rules.statistics import Mark

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def measures(monkeypatch):
    monkeypatch.setattr(registry, "_statistics", {})
    registry.statistic("kinds", title="Kinds", plainly="By kind.", values=lambda: {"a": "Calls", "b": "Visits"})(dict)
    registry.statistic("yearly", title="Yearly", plainly="Per year.", per=YEAR)(dict)
    with override("en"):
        yield


def store(measure, month, **values):
    rows = values or {}
    Statistic.objects.create(measure=measure, month=month, value="", count=sum(rows.values()))
    for value, count in rows.items():
        Statistic.objects.create(measure=measure, month=month, value=value, count=count)


def test_a_group_of_one_is_not_shown(db):
    store("kinds", date(2026, 9, 1), a=30, b=20)
    store("kinds", date(2026, 10, 1), a=30, b=1)
    assert statistics.report("kinds", day=DAY).table() == [
        ["Period", "Calls", "Visits", "Total"],
        ["September 2026", "30", "20", "50"],
        ["October 2026", "–", "<5", "31"],
        ["Total", "–", "–", "81"],
    ]


def test_a_number_without_values_is_one_column_and_needs_no_total_of_its_row(db, monkeypatch):
    registry.statistic("orders", title="Orders", plainly="Placed.")(dict)
    for month, count in ((9, 37), (10, 4)):
        Statistic.objects.create(measure="orders", month=date(2026, month, 1), count=count)
    expected = [["Period", "Number"], ["September 2026", "37"], ["October 2026", "<5"], ["Total", "–"]]
    assert statistics.report("orders", day=DAY).table() == expected


def test_the_last_twelve_months_are_shown(db):
    for back in range(14):
        store("kinds", date(2025 + (back + 8) // 12, (back + 8) % 12 + 1, 1), a=10 + back)
    periods = statistics.report("kinds", day=DAY).periods
    assert len(periods) == 12 and periods[0] == "November 2025" and periods[-1] == "October 2026"


def test_what_is_no_longer_offered_keeps_its_column(db):
    store("kinds", date(2026, 10, 1), a=10, fax=12)
    assert statistics.report("kinds", day=DAY).columns == ["Calls", "Visits", "fax"]


def test_a_year_is_shown_when_all_its_months_are_counted(db):
    for month in range(1, 12):
        Statistic.objects.create(measure="yearly", month=date(2025, month, 1), count=3)
    assert statistics.report("yearly", day=DAY).periods == []
    Statistic.objects.create(measure="yearly", month=date(2025, 12, 1), count=3)
    Statistic.objects.create(measure="yearly", month=date(2026, 1, 1), count=9)
    assert statistics.report("yearly", day=DAY).table() == [["Period", "Number"], ["2025", "36"], ["Total", "36"]]
    assert statistics.report("yearly", day=date(2025, 12, 31)).periods == []


def test_nothing_counted_yet_is_an_empty_table_and_an_unknown_code_none(db):
    report = statistics.report("kinds", day=DAY)
    assert report.table() == [["Period", "Calls", "Visits", "Total"]] and report.plot.is_empty
    assert statistics.report("unheard-of", day=DAY) is None


def test_the_plot_draws_what_is_shown_and_says_what_is_not(db):
    store("kinds", date(2026, 9, 1), a=30, b=20)
    store("kinds", date(2026, 10, 1), a=30, b=1)
    plot = statistics.report("kinds", day=DAY).plot
    assert plot.rows == [("October 2026", (None, None)), ("September 2026", (30, 20))]
    assert plot.table()[0] == ("October 2026", ["–", "<5"])
    assert plot.bars()[0].total == "31" and plot.bars()[1].total == "50"
    assert Mark.SMALL.value == "<5"
