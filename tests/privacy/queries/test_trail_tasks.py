"""A check that found something, a redaction to decide, a backup or a drill that is missing (T33, L39, F25)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from privacy.actions import note
from privacy.actions.backups import record_backup, record_drill, record_pruning
from privacy.actions.trail_redaction import propose_redaction
from privacy.models import Backup, Verification
from privacy.queries.trail_tasks import backup_tasks, trail_tasks

MADE = datetime(2026, 3, 2, 4, 0, tzinfo=ZoneInfo("Europe/Oslo"))
KEY = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def backup(db):
    return record_backup(key=KEY, made_at=MADE, sha256="0" * 64, size=1, files=0, seconds=1)


def titles(day):
    return [(task.title, task.due_on) for task in backup_tasks(day)]


def test_a_trail_that_verifies_asks_nothing(db):
    Verification.objects.create(state="good")
    Verification.objects.create(state="waiting")
    assert list(trail_tasks(date(2026, 3, 2))) == []


def test_one_that_does_not_and_a_redaction_that_waits(db, siv):
    Verification.objects.create(state="bad", asked_at=MADE)
    proposal = propose_redaction(note("x", by=None), code="court-order", by=siv)
    bad, waiting = trail_tasks(date(2026, 3, 2))
    assert bad.due_on == date(2026, 3, 2) and "does not verify" in bad.title
    assert str(proposal.entry) in waiting.title and str(proposal.pk) in waiting.url and waiting.due_on is None


def test_a_backup_is_missed_when_it_is_older_than_a_day(backup):
    assert titles(date(2026, 3, 3)) == []
    [(title, due)] = titles(date(2026, 3, 4))
    assert "no backup was made" in title and due == date(2026, 3, 3)


def test_a_drill_is_asked_for_in_time_for_ninety_days_after_the_last_good_one(backup, frozen_day):
    soon = date(2026, 5, 17)
    assert len(titles(soon - timedelta(days=1))) == 1
    assert ("Rehearse a restore: restore_drill", date(2026, 5, 31)) in titles(soon)
    frozen_day("2026-05-20")
    record_drill(backup=KEY, data_age=1, seconds=1, counts={}, problems=["it failed"])
    assert len(titles(soon)) == 2
    record_drill(backup=KEY, data_age=1, seconds=1, counts={}, problems=[])
    assert len(titles(date(2026, 5, 31))) == 1


def test_where_none_was_ever_made_only_production_asks(db, settings):
    assert titles(date(2026, 3, 2)) == []
    settings.PRODUCTION = True
    assert "there is none yet" in titles(date(2026, 3, 2))[0][0]


def test_what_was_pruned_is_noted_once(backup):
    assert record_pruning([backup.pk]) == 1 and record_pruning([backup.pk, "22222222-2222-4222-8222-222222222222"]) == 0
    assert Backup.objects.get().pruned_at is not None
