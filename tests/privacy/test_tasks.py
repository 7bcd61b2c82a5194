from datetime import date

import pytest

from privacy import tasks
from privacy.declare import DeclarationError
from privacy.tasks import Task

DAY = date(2026, 3, 2)


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr(tasks, "_sources", {})


def task(title, due_on, kind="a"):
    return Task(kind=kind, title=title, url="/x/", right="privacy.view_breach", due_on=due_on)


def test_the_most_urgent_comes_first_and_what_has_no_date_last(sources):
    tasks.source("b")(lambda day: [task("without", None, "b"), task("tomorrow", date(2026, 3, 3), "b")])
    tasks.source("a")(lambda day: iter([task("late", date(2026, 3, 1)), task("also tomorrow", date(2026, 3, 3))]))
    found = tasks.open_tasks(day=DAY)
    assert [each.title for each in found] == ["late", "also tomorrow", "tomorrow", "without"]
    assert tasks.names() == ["a", "b"]


def test_a_source_is_entered_once(sources):
    tasks.source("a")(lambda day: [])
    with pytest.raises(DeclarationError):
        tasks.source("a")(lambda day: [])


@pytest.mark.parametrize(
    ("due_on", "late", "soon"),
    [
        (date(2026, 3, 1), True, False),
        (date(2026, 3, 2), False, True),
        (date(2026, 3, 16), False, True),
        (date(2026, 3, 17), False, False),
        (None, False, False),
    ],
)
def test_late_begins_the_day_after_and_soon_is_two_weeks(due_on, late, soon):
    one = task("something", due_on)
    assert (one.is_late(DAY), one.is_soon(DAY)) == (late, soon)
