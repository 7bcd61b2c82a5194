"""The nightly run, killed -9 between two batches: the next run takes what is left and nothing twice."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.utils import timezone

from privacy.actions import rehearse, run_retention
from privacy.models import RetentionRun
from privacy.rules.deadlines import OSLO
from tests.privacy.kills.dying import assert_rows_and_objects_agree, assert_trail_holds, die_at
from tests.toy.factories import guest, guest_file
from tests.toy.models import Guest

DAY = date(2026, 3, 1)
NIGHT = datetime(2026, 3, 1, 4, tzinfo=OSLO)


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(import_module("privacy.actions.retention_plan"), "BATCH", 2)


def test_a_run_that_was_killed_between_two_batches_is_carried_on_by_the_next(ola, small_batches):
    rows = [guest(ola.subject, name=f"old {number}", visited_on=date(2020, 1, 1)) for number in range(5)]
    for row in rows:
        guest_file(row, row.name.encode())
    told = {each.model: each.due for each in rehearse(DAY).classes}
    assert told["toy.Guest"] == 5
    die_at("retention.after_batch", lambda: run_retention(as_of=NIGHT, allow_large=True))
    left = Guest.objects.filter(name__startswith="old").count()
    assert left == 3 and RetentionRun.objects.get().state == "running"
    # While the dead one may still live, nobody else begins.
    assert run_retention(as_of=NIGHT, allow_large=True).status == "running"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        result = run_retention(as_of=NIGHT, allow_large=True)
    (guests,) = [each for each in result.classes if each.model == "toy.Guest"]
    assert (result.status, guests.due, guests.deleted) == ("done", left, left)
    assert list(Guest.objects.all()) == [ola.guest]
    assert sorted(RetentionRun.objects.values_list("state", flat=True)) == ["died", "done"]
    assert_rows_and_objects_agree()
    assert_trail_holds()
