"""A check that somebody asked for runs in the background, and nothing fails when its row has gone (T33)."""

from privacy.actions import note, run_jobs
from privacy.actions.trail_checks import JOB, ask_check
from privacy.models import Job, TrailEntry, Verification


def checks_noted():
    return TrailEntry.objects.filter(action="trail.checked").count()


def test_a_check_waits_in_line_once_and_keeps_what_it_found(siv):
    note("act", by=None)
    asked = ask_check(by=siv)
    assert ask_check(by=siv) == asked and Job.objects.filter(kind=JOB).count() == 1
    run_jobs()
    asked.refresh_from_db()
    assert (asked.state, asked.problems, checks_noted()) == ("good", [], 1) and asked.entries > 0


def test_a_check_whose_row_has_gone_meanwhile_is_no_failure(siv):
    asked = ask_check(by=siv)
    Verification.objects.filter(pk=asked.pk).delete()
    run_jobs()
    assert Job.objects.get(kind=JOB).state == "done"
    assert checks_noted() == 0 and not Verification.objects.exists()
