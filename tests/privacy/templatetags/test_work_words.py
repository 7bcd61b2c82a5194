"""How long there is, in words and in the kind of chip: tasks by day, breaches by hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from privacy.models import Breach
from privacy.tasks import Task
from privacy.templatetags.work_words import hours_left, task_days

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "kind", "text"),
    [
        (None, "info", "waiting"),
        (-2, "stop", "2 days late"),
        (-1, "stop", "1 day late"),
        (0, "stop", "due today"),
        (1, "wait", "1 day left"),
        (7, "wait", "7 days left"),
        (8, "info", "8 days left"),
    ],
)
def test_a_task_has_days(days, kind, text):
    due = None if days is None else DAY + timedelta(days=days)
    task = Task(kind="breaches", title="x", url="/", right="x", due_on=due, law="")
    with override("en"):
        assert task_days(task, DAY) == {"kind": kind, "text": text}


@pytest.mark.parametrize(
    ("left", "kind", "text"),
    [
        (timedelta(hours=72), "wait", "72 hours left"),
        (timedelta(hours=24), "wait", "24 hours left"),
        (timedelta(hours=23, minutes=59), "stop", "23 hours left"),
        (timedelta(hours=1), "stop", "1 hour left"),
        (timedelta(0), "stop", "0 hours left"),
        (timedelta(minutes=-1), "stop", "1 hour late"),
        (timedelta(hours=-2), "stop", "2 hours late"),
    ],
)
def test_a_breach_has_hours_while_they_run(left, kind, text):
    with override("en"):
        assert hours_left(Breach(state="detected", due_at=NOW + left), NOW) == {"kind": kind, "text": text}
    assert hours_left(Breach(state="not_notifiable", due_at=NOW + left), NOW) is None
