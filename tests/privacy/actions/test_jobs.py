import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from privacy import registry
from privacy.actions import enqueue, run_jobs
from privacy.actions.jobs import LEASE, MOST_ATTEMPTS, extend_lease, finishing, prune_jobs, take_job
from privacy.models import Job
from privacy.models.job import ordered_id

REF = uuid.UUID("00000000-0000-4000-8000-000000000001")


class Work:
    """A kind of job that remembers what it did and fails on demand."""

    def __init__(self):
        self.done, self.error = [], None

    def __call__(self, ref):
        self.done.append(ref)
        if self.error:
            raise self.error


@pytest.fixture
def work(monkeypatch):
    made = Work()
    monkeypatch.setitem(registry._jobs, "toy.work", made)
    return made


def put_in_line(**more):
    return enqueue("toy.work", ref=REF, **more)


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=False)


def test_a_job_is_done_once(db, work):
    job = put_in_line()
    assert run_jobs() == 1 and run_jobs() == 0
    assert work.done == [REF]
    job.refresh_from_db()
    assert job.state == "done" and job.finished_at and job.lease_until is None and str(job).startswith("Job ")


def test_the_same_job_twice_in_line_is_one_and_after_it_is_done_a_new_one(db, work):
    first = put_in_line()
    assert put_in_line() == first
    run_jobs()
    assert put_in_line() != first
    assert run_jobs() == 1 and len(work.done) == 2


def test_a_job_waits_for_its_moment(db, work):
    put_in_line(run_after=timezone.now() + timedelta(hours=1))
    assert run_jobs() == 0
    with later(minutes=61):
        assert run_jobs() == 1


def test_no_more_than_the_limit_and_the_oldest_first(db, work):
    refs = [uuid.uuid4() for _ in range(3)]
    for minutes, ref in zip((2, 3, 1), refs, strict=True):
        enqueue("toy.work", ref=ref, run_after=timezone.now() - timedelta(minutes=minutes))
    assert run_jobs(limit=2) == 2
    assert work.done == [refs[1], refs[0]]


def test_a_job_that_fails_is_tried_again_after_growing_pauses(db, work, caplog):
    work.error = ValueError("kari@gjest.example")
    job, pauses = put_in_line(), []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            before = timezone.now()
            assert run_jobs() == 1
            job.refresh_from_db()
            assert job.attempts == attempt and job.last_error == "ValueError"
            if attempt == MOST_ATTEMPTS:
                break
            pauses.append((job.run_after - before).total_seconds())
            clock.move_to(job.run_after - timedelta(seconds=1))
            assert run_jobs() == 0
            clock.move_to(job.run_after)
            assert job.state == "queued"
        clock.shift(timedelta(days=2))
        assert job.state == "failed" and run_jobs() == 0
    assert pauses[:3] == [10, 20, 40] and pauses == sorted(pauses) and max(pauses) <= 3600
    assert job.finished_at is not None and len(work.done) == MOST_ATTEMPTS
    assert "kari@gjest.example" not in caplog.text


def test_a_failed_attempt_does_not_stop_the_others(db, work):
    enqueue("toy.unknown", ref=REF)
    put_in_line()
    assert run_jobs() == 2
    assert work.done == [REF]
    assert Job.objects.get(kind="toy.unknown").last_error == "KeyError"


def test_a_killed_job_is_taken_up_when_its_lease_is_over(db, work):
    work.error = KeyboardInterrupt()
    job = put_in_line()
    with pytest.raises(KeyboardInterrupt):
        run_jobs()
    work.error = None
    assert run_jobs() == 0
    with later(seconds=LEASE.total_seconds() - 1):
        assert run_jobs() == 0
    with later(seconds=LEASE.total_seconds() + 1):
        assert run_jobs() == 1
    job.refresh_from_db()
    assert job.state == "done" and job.attempts == 2


def killed_worker(work):
    work.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run_jobs()


def test_a_job_that_ends_its_worker_every_time_is_given_up_in_sight_and_the_others_are_done(db, work, monkeypatch):
    cleared = []
    monkeypatch.setitem(registry._given_up, "toy.work", cleared.append)
    job = put_in_line()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            killed_worker(work)
            job.refresh_from_db()
            assert (job.state, job.attempts) == ("queued", attempt) and cleared == []
            clock.shift(LEASE + timedelta(seconds=1))
        work.error = None
        other = enqueue("toy.work", ref=uuid.uuid4())
        assert run_jobs() == 1
    job.refresh_from_db()
    other.refresh_from_db()
    assert (job.state, job.last_error, job.attempts, job.lease_until) == ("failed", "WorkerDied", MOST_ATTEMPTS, None)
    assert job.finished_at is not None and cleared == [REF]
    assert other.state == "done" and len(work.done) == MOST_ATTEMPTS + 1


def test_a_worker_that_works_on_its_last_attempt_is_left_alone(db, work):
    job = put_in_line()
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)
    assert take_job("toy.work", ref=REF)
    assert run_jobs() == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", MOST_ATTEMPTS)


def test_what_is_done_when_a_kind_is_given_up_is_said_once():
    kind = "toy.given-up"
    registry.given_up(kind)(print)
    try:
        with pytest.raises(registry.DeclarationError, match="said twice"):
            registry.given_up(kind)(print)
    finally:
        del registry._given_up[kind]
    assert registry.given_up_act(kind)(REF) is None


def test_a_long_job_that_says_it_is_alive_keeps_its_lease(db, work):
    put_in_line()
    assert take_job("toy.work", ref=REF)
    with later(seconds=50):
        extend_lease(REF)
    with later(seconds=70):
        assert run_jobs() == 0
    with later(seconds=111):
        assert run_jobs() == 1


def test_a_named_job_is_taken_by_one_and_done_when_its_block_ends(db, work):
    put_in_line(run_after=timezone.now() + timedelta(hours=1))
    job = take_job("toy.work", ref=REF)
    assert take_job("toy.work", ref=REF) is None and run_jobs() == 0
    with finishing(job):
        pass
    assert Job.objects.get().state == "done" and take_job("toy.work", ref=REF) is None


def test_an_error_in_the_block_puts_it_back_and_goes_on(db, work):
    put_in_line()
    with pytest.raises(ValueError), finishing(take_job("toy.work", ref=REF)):
        raise ValueError
    assert Job.objects.get().state == "queued" and Job.objects.get().last_error == "ValueError"


def test_of_two_that_saw_the_same_job_one_takes_it(db, work, monkeypatch):
    from privacy.actions import jobs

    put_in_line()
    stale = Job.objects.get()
    assert jobs._lease(Job.objects.get(), timezone.now()) and not jobs._lease(stale, timezone.now())


def test_a_worker_that_loses_every_race_goes_home(db, work, monkeypatch):
    from privacy.actions import jobs

    put_in_line()
    monkeypatch.setattr(jobs, "_lease", lambda job, now: False)
    assert run_jobs() == 0 and work.done == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_job_once(work):
    refs = [uuid.uuid4() for _ in range(20)]
    for ref in refs:
        enqueue("toy.work", ref=ref)
    problems = []

    def one_worker():
        try:
            while run_jobs(limit=5):
                pass
        except Exception as error:
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one_worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == [] and sorted(work.done) == sorted(refs)


def test_finished_jobs_go_after_thirty_days_and_given_up_ones_stay(db):
    now = timezone.now()
    for days, state in ((31, "done"), (29, "done"), (31, "failed"), (31, "queued")):
        Job.objects.create(kind="x", ref=uuid.uuid4(), state=state, finished_at=now - timedelta(days=days))
    assert prune_jobs(as_of=now, dry_run=True) == {"pruned": 1} and Job.objects.count() == 4
    assert prune_jobs(as_of=now) == {"pruned": 1} and prune_jobs(as_of=now) == {"pruned": 0}
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "failed", "queued"]


def test_of_jobs_made_in_one_instant_the_first_goes_first(db, work):
    with time_machine.travel(timezone.now(), tick=False):
        made = [enqueue("toy.work", ref=uuid.UUID(int=number, version=4)).ref for number in range(40, 0, -1)]
        run_jobs()
    assert work.done == made
    ids = [ordered_id() for _ in range(3000)]
    assert ids == sorted(set(ids)) and {(each.version, each.variant) for each in ids} == {(7, uuid.RFC_4122)}
