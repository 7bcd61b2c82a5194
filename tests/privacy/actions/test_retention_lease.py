from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from privacy.actions.retention_lease import DEAD_AFTER, LeaseLost, begin, checksum_of, finish, keep_alive
from privacy.models import RetentionRun

DAY = date(2026, 3, 1)


def test_one_lives_and_another_waits_until_it_is_silent_for_too_long(db):
    first = begin(DAY)
    assert first is not None and begin(DAY) is None
    later = timezone.now() + DEAD_AFTER - timedelta(seconds=10)
    with time_machine.travel(later, tick=False):
        assert begin(DAY) is None
        keep_alive(first)
    with time_machine.travel(later + timedelta(minutes=5), tick=False):
        assert begin(DAY) is None
    with time_machine.travel(later + DEAD_AFTER + timedelta(seconds=1), tick=False):
        second = begin(DAY)
        assert second is not None
        with pytest.raises(LeaseLost):
            keep_alive(first)
    assert RetentionRun.objects.get(pk=first.pk).state == "died"


def test_a_sign_of_life_is_given_every_few_seconds_only(db, django_assert_num_queries):
    run = begin(DAY)
    with django_assert_num_queries(0):
        keep_alive(run)
    with time_machine.travel(timezone.now() + timedelta(seconds=6)), django_assert_num_queries(1):
        keep_alive(run)


def test_what_a_run_says_of_itself_is_under_a_checksum(db):
    run = begin(DAY)
    run.classes = [{"model": "toy.Guest", "due": 1}]
    finish(run, "done")
    kept = RetentionRun.objects.get()
    assert kept.checksum == checksum_of(kept) and len(kept.checksum) == 64 and kept.duration_ms >= 0
    kept.classes = [{"model": "toy.Guest", "due": 2}]
    assert kept.checksum != checksum_of(kept)
