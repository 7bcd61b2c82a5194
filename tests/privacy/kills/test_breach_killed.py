"""Telling those a breach touched, killed -9 between two batches: the next worker tells the rest, and nobody twice."""

from importlib import import_module

from privacy.actions import breach_messages
from privacy.models import Breach
from privacy.queries.breaches import progress
from tests.privacy.actions.breaching import notified
from tests.privacy.kills.dying import (
    assert_trail_holds,
    die_at,
    letters,
    run_worker,
    run_worker_when_the_lease_is_over,
)
from tests.toy.factories import house


def test_messages_that_were_killed_go_on_with_the_next_worker(kari, monkeypatch):
    monkeypatch.setattr(import_module("privacy.actions.breach_messages"), "BATCH", 2)
    for number in range(4):
        house(f"gjest{number}@gjest.example")
    breach = notified()
    breach_messages.tell_persons(breach, by=None)
    die_at("breach.after_batch")
    assert (progress(breach).mailed, progress(breach).waiting) == (2, 3)
    run_worker_when_the_lease_is_over()
    run_worker()
    assert Breach.objects.get().state == "subjects_notified"
    assert (progress(breach).mailed, progress(breach).waiting) == (5, 0)
    assert_trail_holds()
    to = [letter.to for letter in letters()]
    assert sorted(to) == sorted({*to}) and len(to) == 5
