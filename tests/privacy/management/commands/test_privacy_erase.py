from datetime import date

import pytest

from privacy.actions import carry_out, erasure_steps, files, log_disclosure, place_hold, request_erasure, run_jobs
from privacy.actions.jobs import take_job
from privacy.models import DataSubject, Erasure, TrailEntry
from tests.toy.factories import guest, person, rows_of_person
from tests.toy.models import Bill, Guest
from tests.toy.personal_data import LAW


@pytest.fixture(autouse=True)
def today(frozen_day, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    frozen_day("2026-03-01")


@pytest.fixture
def erase(run, no_terminal):
    """`erase(WHO, …)` where there is no terminal."""

    def erase_person(who, *arguments):
        return run("privacy_erase", who, *arguments, "--format", "json")

    return erase_person


def keep_bill(someone, until=date(2031, 12, 31)):
    law = {"ground": "statutory", "law": LAW, "reason": "the law", "until": until, "by": None}
    return place_hold(someone.bill, subject=someone.subject, **law)


def state_of(someone):
    return DataSubject.objects.get(pk=someone.subject.pk).state


# The plan


def test_the_document_has_the_promised_keys(erase, kari, ferry):
    disclosed = {"recipient": ferry, "payload": {"name": "x"}, "activity": "toy-stays", "by": None}
    log_disclosure(kari.subject, **disclosed)
    keep_bill(kari)
    ended = erase(kari.email, "--dry-run")
    assert (ended.code, ended.err) == (0, "")
    assert set(ended.document) == {"subject", "status", "items", "files", "recipients_to_tell"}
    assert ended.document["subject"] == str(kari.subject.pk) and ended.document["status"] == "planned"
    assert (ended.document["files"], ended.document["recipients_to_tell"]) == (1, ["Fergen AS"])
    items = {item["model"]: item for item in ended.document["items"]}
    assert all(set(item) == {"model", "count", "action", "reason", "law", "until"} for item in items.values())
    assert items["toy.Bill"] == {
        "model": "toy.Bill", "count": 1, "action": "restrict", "reason": "the law", "law": LAW, "until": "2031-12-31",
    }  # fmt: skip
    assert (items["toy.Guest"]["action"], items["toy.Remark"]["action"]) == ("delete", "blank")
    assert items["privacy.TrailEntry"]["action"] == "keep"


def test_a_dry_run_changes_nothing_and_says_what_the_run_then_does(erase, kari, ola, everything):
    before = everything()
    planned = erase(kari.email, "--dry-run", "--reason", "asked in a letter")
    assert planned.code == 0 and everything() == before
    neighbour = rows_of_person(ola.subject)
    done = erase(kari.email, "--yes")
    assert (done.code, done.err, done.document["status"]) == (0, "", "done")
    assert {**done.document, "status": "planned"} == planned.document
    assert not Guest.objects.filter(subject=kari.subject).exists() and state_of(kari) == "erased"
    assert rows_of_person(ola.subject) == neighbour


def test_the_plan_in_words(run, kari, ferry):
    keep_bill(kari)
    text = run("privacy_erase", kari.email, "--dry-run").out
    assert text.startswith(f"planned: {kari.subject.pk}\n") and text.endswith("  files: 1; to be told: nobody\n")
    assert "  delete        1  Guests\n" in text
    assert f"  restrict      1  Bills: until 2031-12-31, {LAW}. the law\n" in text
    type(kari.booking).objects.update(open=True)
    disclosed = {"recipient": ferry, "payload": {"name": "x"}, "activity": "toy-stays", "by": None}
    log_disclosure(kari.subject, **disclosed)
    text = run("privacy_erase", kari.email, "--dry-run").out
    assert "Bookings: until the reason ends, GDPR Art 6(1)(b). the stay is still to come" in text
    assert "to be told: Fergen AS" in text


# Carried out


def test_the_second_time_there_is_nothing_and_nothing_is_written(erase, kari, everything):
    assert erase(kari.subject.pk, "--yes").document["status"] == "done"
    run_jobs()
    before = everything()
    for arguments in (["--yes"], ["--dry-run"], [], ["--yes", "--reason", "once more"]):
        ended = erase(kari.subject.pk, *arguments)
        assert (ended.code, ended.document["status"], ended.err) == (0, "nothing", "")
        assert {item["action"] for item in ended.document["items"]} == {"keep"} and ended.document["files"] == 0
    assert everything() == before


def test_something_written_after_an_erasure_goes_as_well(erase, kari):
    erase(kari.subject.pk, "--yes")
    bill = Bill(subject=kari.subject, issued_on=date(2026, 1, 31), note="late")
    bill.save_base(raw=True)
    ended = erase(kari.subject.pk, "--yes")
    assert ended.document["status"] == "done" and not Bill.objects.exists()


def test_while_something_is_held_it_is_partial_and_no_day_longer(erase, kari):
    keep_bill(kari)
    ended = erase(kari.email, "--yes")
    assert (ended.code, ended.document["status"]) == (0, "partial")
    assert Bill.objects.get().buyer_name == "Kari AS" and not Guest.objects.exists()
    assert (Erasure.objects.get().state, state_of(kari)) == ("waiting", "erasing")
    assert erase(kari.subject.pk, "--yes", "--as-of", "2031-12-31T23:59").document["status"] == "nothing"
    assert Bill.objects.exists()
    planned = erase(kari.subject.pk, "--dry-run", "--as-of", "2032-01-01")
    assert planned.document["status"] == "planned" and Bill.objects.exists()
    ended = erase(kari.subject.pk, "--yes", "--as-of", "2031-12-31T23:00Z")
    assert ended.document["status"] == "done" and not Bill.objects.exists()
    assert (Erasure.objects.get().state, state_of(kari)) == ("done", "erased")


@pytest.mark.parametrize(
    ("reason", "cause", "noted"),
    [
        ([], "staff", []),
        (["--reason", "request"], "request", []),
        (["--reason", "asked in a letter"], "staff", ["asked in a letter"]),
        (["--reason", "x" * 300], "staff", ["x" * 200]),
    ],
)
def test_a_reason_is_a_known_cause_or_stands_in_the_trail(erase, kari, reason, cause, noted):
    assert erase(kari.email, "--yes", *reason).code == 0
    assert Erasure.objects.get().cause == cause
    rows = TrailEntry.objects.filter(action="erasure.reason", subject=kari.subject.pk)
    assert list(rows.values_list("reason", flat=True)) == noted


# Asked


def test_without_a_terminal_and_without_yes_it_is_a_mistake_of_use(erase, kari, everything):
    before = everything()
    ended = erase(kari.email)
    assert ended.is_refused(2) and "--yes" in ended.err and ended.out == "" and everything() == before


def test_at_a_terminal_the_plan_is_shown_and_yes_carries_it_out(run, terminal, kari):
    terminal(" yes \n")
    ended = run("privacy_erase", kari.email, "--format", "json")
    assert (ended.code, ended.document["status"]) == (0, "done")
    assert ended.err.startswith(f"planned: {kari.subject.pk}\n") and ended.err.endswith("Type yes: ")
    assert state_of(kari) == "erased"


@pytest.mark.parametrize("answer", ["", "no", "y", "YES", "yes please"])
def test_any_other_answer_changes_nothing(run, terminal, kari, everything, answer):
    terminal(answer)
    before = everything()
    ended = run("privacy_erase", kari.email, "--format", "json")
    assert ended.is_refused() and ended.err.endswith("Nothing was erased.\n") and ended.out == ""
    assert everything() == before


@pytest.mark.parametrize("interruption", [EOFError, KeyboardInterrupt])
def test_no_answer_at_all_changes_nothing(run, terminal, kari, everything, interruption):
    def leave():
        raise interruption

    terminal(leave)
    before = everything()
    ended = run("privacy_erase", kari.email)
    assert ended.is_refused() and "Nothing was erased." in ended.err and everything() == before


@pytest.mark.parametrize("arguments", [["--yes"], ["--dry-run"]])
def test_with_yes_or_for_a_plan_nobody_is_asked(run, terminal, kari, arguments):
    def never():
        raise AssertionError("nobody is to be asked")

    terminal(never)
    ended = run("privacy_erase", kari.email, *arguments)
    assert (ended.code, ended.err) == (0, "")


def test_a_hold_placed_while_somebody_thinks_counts_and_is_shown(run, terminal, kari):
    def think():
        keep_bill(kari)
        return "yes"

    terminal(think)
    ended = run("privacy_erase", kari.email, "--format", "json")
    assert (ended.code, ended.document["status"]) == (0, "partial") and Bill.objects.exists()
    assert [item["action"] for item in ended.document["items"] if item["model"] == "toy.Bill"] == ["restrict"]


def test_an_erasure_carried_out_while_somebody_thinks_leaves_nothing_to_do(run, terminal, kari):
    def think():
        carry_out(request_erasure(kari.subject, cause="request", by=None))
        return "yes"

    terminal(think)
    ended = run("privacy_erase", kari.email, "--format", "json")
    assert (ended.code, ended.document["status"]) == (0, "nothing") and Erasure.objects.get().cause == "request"


# What goes wrong


def test_unknown_malformed_and_ambiguous_persons_are_refused(erase, run, ola, everything):
    for _ in range(2):
        person("twice@gjest.example", verified=False)
    before = everything()
    for who, code, word in (
        ("nobody@gjest.example", 1, "Nobody here"),
        ("00000000-0000-4000-8000-000000000000", 1, "Nobody here"),
        ("twice@gjest.example", 1, "Several persons"),
        ("Ola", 2, "UUID"),
    ):
        ended = erase(who, "--yes")
        assert ended.is_refused(code) and word in ended.err and ended.out == ""
    assert run("privacy_erase").is_refused(2)
    assert everything() == before


def test_on_an_empty_database_nobody_is_known(erase, db):
    assert erase("kari@gjest.example", "--yes").is_refused()


def test_one_of_several_with_an_address_goes_by_key_and_the_other_stays(erase, db):
    one, other = person("twice@gjest.example", verified=False), person("twice@gjest.example", verified=False)
    for someone in (one, other):
        guest(someone, email="twice@gjest.example")
    neighbour = rows_of_person(other)
    assert erase(one.pk, "--yes").document["status"] == "done"
    assert Guest.objects.get().subject == other and rows_of_person(other) == neighbour


def test_while_the_worker_has_it_the_command_keeps_off(erase, kari, everything):
    order = request_erasure(kari.subject, cause="request", by=None)
    assert take_job("privacy.erase", ref=order.pk)
    before = everything()
    ended = erase(kari.email, "--yes")
    assert ended.is_refused() and "worker" in ended.err and ended.out == "" and everything() == before


def test_a_storage_that_keeps_an_object_is_reported_and_the_next_call_goes_on(erase, kari, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(files, "erase_object", lambda name: False)
        ended = erase(kari.email, "--yes")
    assert ended.is_refused() and ended.out == "" and Guest.objects.exists() and state_of(kari) == "erasing"
    assert erase(kari.subject.pk, "--yes").document["status"] == "done" and state_of(kari) == "erased"


def test_what_is_written_meanwhile_keeps_it_from_being_called_done(erase, kari, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(erasure_steps, "told", lambda *args: guest(kari.subject, phone=""))
        ended = erase(kari.email, "--yes")
    assert ended.is_refused() and "tried again" in ended.err and state_of(kari) == "erasing"
    assert erase(kari.subject.pk, "--yes").document["status"] == "done" and not Guest.objects.exists()
