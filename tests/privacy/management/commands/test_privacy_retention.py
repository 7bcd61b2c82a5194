from datetime import date

import pytest

from privacy.actions import files, place_hold, restrict, retention
from privacy.models import ClockMark, RetentionRun, TrailEntry
from tests.toy.factories import guest, rows_of_person
from tests.toy.models import Bill, Guest
from tests.toy.personal_data import LAW

# The guests of the toy house came on 2026-01-31 and are kept for 24 months.
LAST_DAY, DUE = "2028-01-31", "2028-02-01"


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day("2026-03-01")


@pytest.fixture
def retain(run):
    def run_it(*arguments):
        return run("privacy_retention", *arguments, "--format", "json")

    return run_it


@pytest.fixture
def brake(settings):
    settings.PRIVACY_RETENTION_BRAKE = {"rows": 0, "share": 0.25}


def counts(ended, label):
    (found,) = [each for each in ended.document["classes"] if each["model"] == label]
    return {name: value for name, value in found.items() if name != "model" and value}


def test_the_document_has_the_promised_keys(retain, kari):
    ended = retain("--as-of", DUE)
    assert (ended.code, ended.err) == (0, "")
    assert {"as_of", "status", "classes"} <= set(ended.document)
    assert (ended.document["as_of"], ended.document["status"]) == (DUE, "done")
    promised = {"model", "due", "deleted", "blanked", "held", "restricted", "failed"}
    assert ended.document["classes"] and all(set(each) == promised for each in ended.document["classes"])


def test_rows_go_the_day_after_their_last_by_the_clock_of_oslo(retain, kari):
    assert counts(retain("--as-of", f"{LAST_DAY}T22:59Z"), "toy.Guest") == {} and Guest.objects.exists()
    ended = retain("--as-of", f"{LAST_DAY}T23:00Z")
    assert ended.document["as_of"] == DUE and counts(ended, "toy.Guest") == {"due": 1, "deleted": 1}
    assert not Guest.objects.exists()


def test_without_a_moment_it_runs_for_today(retain, kari, ola):
    Guest.objects.filter(pk=ola.guest.pk).update(visited_on=date(2024, 3, 1))
    ended = retain()
    assert ended.document["as_of"] == "2026-03-01" and counts(ended, "toy.Guest") == {}
    Guest.objects.filter(pk=ola.guest.pk).update(visited_on=date(2024, 2, 29))
    neighbour = rows_of_person(kari.subject)
    assert counts(retain(), "toy.Guest") == {"due": 1, "deleted": 1}
    assert rows_of_person(kari.subject) == neighbour and Guest.objects.get() == kari.guest


def test_a_dry_run_changes_nothing_and_says_what_the_run_then_does(retain, kari, ola, everything):
    before = everything()
    planned = retain("--as-of", DUE, "--dry-run")
    assert planned.code == 0 and counts(planned, "toy.Guest") == {"due": 2, "deleted": 2}
    assert everything() == before
    assert counts(retain("--as-of", DUE), "toy.Guest") == counts(planned, "toy.Guest") and not Guest.objects.exists()


def test_what_is_held_or_restricted_stays_and_is_counted(run, retain, kari, ola):
    law = {"ground": "statutory", "law": LAW, "reason": "the law", "until": date(2040, 12, 31), "by": None}
    place_hold(kari.bill, subject=kari.subject, **law)
    restrict(ola.subject, ground="accuracy", by=None)
    planned = retain("--as-of", "2032-01-01", "--dry-run")
    assert counts(planned, "toy.Bill") == {"due": 2, "held": 1, "restricted": 1}
    text = run("privacy_retention", "--as-of", "2032-01-01").out
    assert text.startswith("done, as of 2032-01-01\n") and "  toy.Bill: due 2, gone 0, held 1, restricted 1\n" in text
    assert Bill.objects.count() == 2


def test_words_name_only_classes_with_something_due(run, kari):
    text = run("privacy_retention", "--as-of", "2026-06-01").out
    assert text == "done, as of 2026-06-01\n  toy.Remark: due 1, gone 1, held 0, restricted 0\n"


def test_an_empty_database_has_nothing_due(retain, db):
    ended = retain()
    assert (ended.code, ended.document["status"]) == (0, "done")
    assert {each["due"] for each in ended.document["classes"]} == {0}


# What stops it


def test_an_unusual_share_stops_it_until_somebody_says_go(retain, kari, brake, everything):
    rows = rows_of_person(kari.subject)
    ended = retain("--as-of", DUE)
    assert ended.is_refused() and "toy.Guest" in ended.err and "--allow-large" in ended.err
    assert (ended.document["status"], ended.document["classes"]) == ("stopped", [])
    assert rows_of_person(kari.subject) == rows and RetentionRun.objects.get().state == "stopped"
    ended = retain("--as-of", DUE, "--allow-large")
    assert (ended.code, ended.err, ended.document["status"]) == (0, "", "done") and not Guest.objects.exists()


def test_a_quarter_is_usual_and_more_is_not(retain, kari, brake):
    type(kari.remark).objects.all().delete()
    for _ in range(3):
        guest(kari.subject, visited_on=date(2027, 1, 1))
    assert retain("--as-of", DUE).document["status"] == "done" and Guest.objects.count() == 3
    Guest.objects.filter(pk=Guest.objects.first().pk).update(visited_on=date(2026, 1, 1))
    assert retain("--as-of", DUE).is_refused() and Guest.objects.count() == 3


def test_a_dry_run_shows_what_would_be_stopped_and_is_no_failure(retain, run, kari, brake, everything):
    before = everything()
    ended = retain("--as-of", DUE, "--dry-run")
    assert (ended.code, ended.err, ended.document["status"]) == (0, "", "stopped")
    assert counts(ended, "toy.Guest") == {"due": 1, "deleted": 1} and everything() == before
    assert run("privacy_retention", "--as-of", DUE, "--dry-run").out.startswith("stopped, as of 2028-02-01\n")


def test_two_runs_never_meet(retain, kari, everything):
    RetentionRun.objects.create(as_of=date(2028, 2, 1))
    before = everything()
    ended = retain("--as-of", DUE)
    assert ended.is_refused() and "under way" in ended.err and ended.document["status"] == "running"
    assert everything() == before


def test_files_that_remain_are_a_failure_and_go_the_next_night(retain, kari, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(files, "erase_object", lambda name: False)
        ended = retain("--as-of", DUE)
    assert ended.is_refused() and ended.document["status"] == "failed" and Guest.objects.exists()
    assert counts(ended, "toy.Guest") == {"due": 1, "failed": 1}
    ended = retain("--as-of", DUE)
    assert (ended.code, counts(ended, "toy.Guest")) == (0, {"due": 1, "deleted": 1}) and not Guest.objects.exists()


def test_a_run_that_breaks_says_so_and_does_not_block_the_next(retain, kari, monkeypatch):
    from privacy import vault

    def fail(**options):
        raise vault.WrongKey

    with monkeypatch.context() as patched:
        patched.setattr(retention, "forget_empty_persons", fail)
        ended = retain("--as-of", DUE)
    assert ended.is_refused() and "FIELD_KEYS" in ended.err and RetentionRun.objects.get().state == "died"
    assert retain("--as-of", DUE).code == 0


def test_a_run_is_noted(retain, kari):
    retain("--as-of", DUE)
    assert TrailEntry.objects.get(action="retention.run").reason == "done"


# The clock of the machine, and bounded nights


def test_a_clock_that_jumped_is_refused_until_somebody_says_what_day_it_is(retain, run, kari, frozen_day):
    Guest.objects.update(visited_on=date(2024, 4, 1))
    assert retain().code == 0
    frozen_day("2026-05-01")
    ended = run("privacy_retention")
    assert ended.is_refused() and "--confirm-clock 2026-05-01" in ended.err and Guest.objects.exists()
    assert run("privacy_retention", "--dry-run").code == 0
    assert run("privacy_retention", "--confirm-clock", "2026-05-02").is_refused() and Guest.objects.exists()
    assert run("privacy_retention", "--confirm-clock", "yesterday").is_refused(2)
    assert retain("--confirm-clock", "2026-05-01").code == 0 and not Guest.objects.exists()


def test_a_given_moment_is_somebodys_word_and_moves_no_mark(retain, kari, frozen_day):
    assert retain().code == 0
    before = ClockMark.objects.get().at
    assert retain("--as-of", DUE).code == 0 and not Guest.objects.exists()
    assert ClockMark.objects.get().at == before
    frozen_day("2026-03-02")
    assert retain().code == 0


def test_a_bounded_run_says_what_is_left(run, kari, ola):
    text = run("privacy_retention", "--as-of", DUE, "--most", "0").out
    assert "rows are left for the next run" in text and Guest.objects.count() == 2
    assert "left" not in run("privacy_retention", "--as-of", DUE).out and not Guest.objects.exists()
