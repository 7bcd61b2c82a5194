"""What every command of the engine promises: one JSON document on stdout, sentences on stderr, exit 0, 1 or 2."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from privacy.actions import files, give_consent, place_hold, plan_erasure, seal_trail
from privacy.actions.erasure import request_erasure
from privacy.actions.jobs import take_job
from privacy.management.output import PortalCommand, moment, person
from privacy.models import DataSubject, Erasure, RetentionRun, TrailEntry, TrailSeal
from tests.toy.factories import guest
from tests.toy.factories import person as new_person
from tests.toy.models import Guest

NOBODY = "00000000-0000-4000-8000-000000000000"


def run(name, *arguments, **streams):
    """Exit status, document or text from stdout, sentence from stderr."""
    out = io.StringIO()
    try:
        call_command(name, *arguments, stdout=out, **streams)
    except CommandError as problem:
        return problem.returncode, _read(out), str(problem)
    return 0, _read(out), ""


def _read(out):
    text = out.getvalue()
    try:
        return json.loads(text)
    except ValueError:
        return text


def in_json(name, *arguments):
    return run(name, *arguments, "--format", "json")


@pytest.fixture
def no_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def terminal(monkeypatch):
    """What is typed at the terminal."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def typing(text):
        monkeypatch.setattr(sys, "stdin", Terminal(text))

    return typing


# WHO and moments


def test_who_is_an_address_of_an_account_a_proved_mailbox_or_a_number(kari, siv):
    assert person("SIV@cn.example") == siv.subject
    assert person(" Kari@gjest.example ") == kari.subject
    assert person(str(kari.subject.pk)) == kari.subject


def test_an_address_in_a_column_is_enough_when_it_is_one_persons_only(db):
    subject = DataSubject.objects.create()
    guest(subject, email="typed@gjest.example")
    assert person("Typed@gjest.example") == subject
    other = guest(DataSubject.objects.create(), email="typed@gjest.example")
    with pytest.raises(CommandError, match=f"name one of: {subject.pk}, {other.subject_id}") as problem:
        person("typed@gjest.example")
    assert problem.value.returncode == 1


def test_of_several_the_one_that_proved_the_address_is_meant(kari):
    stranger = new_person("kari@gjest.example", verified=False)
    assert person("kari@gjest.example") == kari.subject != stranger
    new_person("kari@gjest.example", verified=True)
    with pytest.raises(CommandError, match="Several persons"):
        person("kari@gjest.example")


@pytest.mark.parametrize("command", ["privacy_copy", "privacy_erase"])
@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("nobody@gjest.example", 1, "Nobody here is known"),
        (NOBODY, 1, "Nobody here is known"),
        ("not-a-number", 2, "e-mail address or a subject UUID"),
    ],
)
def test_an_unknown_who_is_refused_and_nothing_is_written(db, tmp_path, command, who, status, sentence):
    arguments = ["--output", str(tmp_path / "copy.zip")] if command == "privacy_copy" else ["--yes"]
    code, out, err = in_json(command, who, *arguments)
    assert (code, out) == (status, "") and sentence in err
    assert list(tmp_path.iterdir()) == [] and not TrailEntry.objects.exists()


def test_a_moment_is_iso_and_of_oslo_unless_it_says_so():
    assert moment("2026-03-02T08:00").isoformat() == "2026-03-02T08:00:00+01:00"
    assert moment("2026-07-02").isoformat() == "2026-07-02T00:00:00+02:00"
    assert moment("2026-03-02T08:00Z").isoformat() == "2026-03-02T08:00:00+00:00"
    for text, sentence in (("tomorrow", "2026-03-02T08:00"), ("0001-01-01", "lies outside"), ("9999-12-31", "outside")):
        code, _out, err = run("privacy_retention", "--as-of", text)
        assert code == 1 and sentence in err


def test_a_command_says_what_it_does(db):
    with pytest.raises(NotImplementedError):
        PortalCommand().work()


def process(*arguments, **environment):
    command = [sys.executable, "-m", "django", *arguments]
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": ".", **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=variables, stdin=subprocess.DEVNULL)


def test_wrong_usage_ends_with_2_and_a_sentence_on_stderr():
    for arguments in (["privacy_retention", "--as-of", "tomorrow"], ["privacy_erase"], ["privacy_find", "ab"]):
        done = process(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert done.stderr.strip() and "Traceback" not in done.stderr


# privacy_erase


def test_erase_plans_carries_out_and_then_has_nothing_to_do(kari, ola):
    planned = in_json("privacy_erase", kari.email, "--dry-run")
    assert planned[0] == 0 and planned[1]["status"] == "planned" and Guest.objects.count() == 2
    code, done, _err = in_json("privacy_erase", kari.email, "--yes", "--reason", "asked for in a letter")
    assert (code, done["status"], done["items"]) == (0, "done", planned[1]["items"])
    assert done["subject"] == str(kari.subject.pk) and done["files"] == 1 and done["recipients_to_tell"] == []
    assert set(done["items"][0]) == {"model", "count", "action", "reason", "law", "until"}
    assert TrailEntry.objects.get(action="erasure.reason").reason == "asked for in a letter"
    assert Erasure.objects.get().cause == "staff" and Guest.objects.get() == ola.guest
    code, again, _err = in_json("privacy_erase", str(kari.subject.pk), "--yes")
    assert (code, again["status"]) == (0, "nothing")


def test_a_reason_may_be_a_cause(kari):
    in_json("privacy_erase", kari.email, "--yes", "--reason", "request")
    assert Erasure.objects.get().cause == "request"


def test_what_is_held_makes_it_partial_and_says_until_when(kari):
    hold = {"ground": "statutory", "law": "bokføringsloven § 13", "reason": "x", "until": date(2031, 12, 31)}
    place_hold(kari.bill, subject=kari.subject, by=None, **hold)
    code, text, _err = run("privacy_erase", kari.email, "--yes")
    assert code == 0 and text.startswith("partial: ") and "until 2031-12-31, bokføringsloven § 13" in text
    assert "files: 1; to be told: nobody" in text
    assert in_json("privacy_erase", str(kari.subject.pk), "--yes")[1]["status"] == "nothing"
    late = in_json("privacy_erase", str(kari.subject.pk), "--yes", "--as-of", "2032-01-01")
    assert late[1]["status"] == "done"


def test_without_a_terminal_it_needs_yes(kari, no_terminal):
    code, out, err = in_json("privacy_erase", kari.email)
    assert (code, out) == (2, "") and "--yes" in err and Guest.objects.exists()


def test_at_a_terminal_it_asks(kari, terminal):
    terminal("no\n")
    errors = io.StringIO()
    code, out, err = run("privacy_erase", kari.email, "--format", "json", stderr=errors)
    assert (code, out, err) == (1, "", "Nothing was erased.") and Guest.objects.exists()
    assert "planned: " in errors.getvalue() and "Type yes" in errors.getvalue()
    terminal("")
    assert run("privacy_erase", kari.email, stderr=io.StringIO())[0] == 1 and Guest.objects.exists()
    terminal("yes\n")
    code, out, err = run("privacy_erase", kari.email, "--format", "json", stderr=io.StringIO())
    assert (code, out["status"]) == (0, "done")


def test_erase_on_an_empty_database(db):
    assert in_json("privacy_erase", "kari@gjest.example", "--yes")[0] == 1


def test_a_worker_at_it_and_a_storage_that_fails_are_said_in_a_sentence(kari, monkeypatch):
    take_job("privacy.erase", ref=request_erasure(kari.subject, cause="staff", by=None).pk)
    code, _out, err = in_json("privacy_erase", kari.email, "--yes")
    assert code == 1 and "right now" in err
    Erasure.objects.all().delete()
    monkeypatch.setattr(files, "erase_object", lambda name: False)
    code, _out, err = in_json("privacy_erase", kari.email, "--yes")
    assert code == 1 and "1" in err and Guest.objects.exists()


def test_somebody_who_was_faster_leaves_nothing_to_do(kari, monkeypatch):
    from privacy.management.commands import privacy_erase

    monkeypatch.setattr(privacy_erase, "erase_now", lambda *args, **kwargs: None)
    assert in_json("privacy_erase", kari.email, "--yes")[1]["status"] == "nothing"


# privacy_copy


def test_copy_writes_a_file_for_its_owner_only(kari, tmp_path):
    path = tmp_path / "copy.zip"
    code, document, _err = in_json("privacy_copy", kari.email, "--output", str(path))
    data = path.read_bytes()
    assert code == 0 and document["path"] == str(path) and document["bytes"] == len(data)
    assert document["sha256"] == hashlib.sha256(data).hexdigest() and document["records"] > 5
    assert path.stat().st_mode & 0o777 == 0o600 and list(tmp_path.iterdir()) == [path]
    assert TrailEntry.objects.filter(action="copy.exported", subject=kari.subject.pk).exists()
    code, text, _err = run("privacy_copy", kari.email, "--output", str(path), "--language", "en")
    assert code == 0 and "records" in text
    with zipfile.ZipFile(path) as archive:
        assert b'lang="en"' in archive.read("data/index.html")


@pytest.mark.parametrize(("output", "status"), [("missing/copy.zip", 1), ("folder", 1), ("", 2)])
def test_a_copy_that_cannot_be_written_leaves_nothing(kari, tmp_path, monkeypatch, output, status):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    code, out, err = in_json("privacy_copy", kari.email, "--output", output)
    assert (code, out) == (status, "") and err
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_wrong_field_key_is_said_in_a_sentence(kari, settings, tmp_path, monkeypatch):
    settings.FIELD_KEYS = ["b" * 43 + "="]
    for arguments in (
        ["privacy_copy", str(kari.subject.pk), "--output", str(tmp_path / "x.zip")],
        ["privacy_find", "Kari"],
    ):
        code, _out, err = run(*arguments)
        assert code == 1 and "FIELD_KEYS" in err
    settings.FIELD_KEYS = ["short"]
    assert run("privacy_find", "Kari")[0] == 1
    assert list(tmp_path.iterdir()) == []


# The others


def test_find_lists_places_and_notes_that_somebody_searched(kari):
    code, document, _err = in_json("privacy_find", "Kari noted")
    assert (code, document) == (0, {"hits": [{"place": "default:toy_bill.note", "count": 1, "kept_because": ""}]})
    assert run("privacy_find", "Kari noted")[1].strip() == "default:toy_bill.note: 1"
    hold = {"ground": "statutory", "law": "bokføringsloven § 13", "reason": "x", "until": date(2031, 12, 31)}
    place_hold(kari.bill, subject=kari.subject, by=None, **hold)
    assert "(kept: bokføringsloven § 13: 2031-12-31)" in run("privacy_find", "Kari noted")[1]
    assert "No place holds it." in run("privacy_find", "nobody wrote this")[1]
    entry = TrailEntry.objects.filter(action="office.searched").first()
    assert "Kari" not in str(entry.__dict__)


@pytest.mark.parametrize("text", ["", "  ", "ab "])
def test_find_needs_three_letters(db, text):
    code, _out, err = in_json("privacy_find", text)
    assert code == 2 and "three" in err


def test_register_in_every_format(db):
    code, document, _err = in_json("privacy_register")
    assert code == 0 and set(document) == {"controller", "activities", "fields", "excused"}
    stays = next(row for row in document["activities"] if row["code"] == "toy-stays")
    assert {"purpose", "basis", "article", "categories", "recipients", "keep", "measures"} <= set(stays)
    field = next(row for row in document["fields"] if (row["model"], row["field"]) == ("toy.Guest", "phone"))
    assert set(field) == {"model", "field", "category", "activity", "keep", "on_erase", "encrypted", "scope"}
    assert field["encrypted"] and field["category"] == "pd:TelephoneNumber" and field["on_erase"] == "delete"
    rows = list(csv.DictReader(io.StringIO(run("privacy_register", "--format", "csv")[1])))
    assert len(rows) == len(document["fields"]) + len(document["excused"])
    text = run("privacy_register", "--format", "md")[1]
    assert text.startswith("# Record of processing: ") and "`toy-stays`" in text and "P24M" in text
    assert "columns classified" in run("privacy_register")[1]


def test_retention_counts_and_refuses(kari, settings):
    Guest.objects.update(visited_on=date(2020, 1, 1))
    dry = in_json("privacy_retention", "--dry-run")
    assert dry[0] == 0 and dry[1]["status"] == "done" and Guest.objects.exists()
    row = next(row for row in dry[1]["classes"] if row["model"] == "toy.Guest")
    assert row == {"model": "toy.Guest", "due": 1, "deleted": 1, "blanked": 0, "held": 0, "restricted": 0, "failed": 0}
    settings.PRIVACY_RETENTION_BRAKE = {"rows": 0, "share": 0.1}
    code, document, err = in_json("privacy_retention")
    assert (code, document["status"]) == (1, "stopped") and "toy.Guest" in err and "--allow-large" in err
    RetentionRun.objects.create(as_of=date(2026, 1, 1))
    code, document, err = in_json("privacy_retention", "--allow-large")
    assert (code, document["status"]) == (1, "running") and "under way" in err
    RetentionRun.objects.all().delete()
    code, text, _err = run("privacy_retention", "--allow-large")
    assert code == 0 and "toy.Guest: due 1, gone 1, held 0" in text and not Guest.objects.exists()


def test_retention_says_when_files_remain(kari, monkeypatch):
    monkeypatch.setattr(files, "erase_object", lambda name: False)
    code, document, err = in_json("privacy_retention", "--as-of", "2028-02-01")
    assert (code, document["status"]) == (1, "failed") and "tried again" in err


def test_verify_says_what_is_wrong(kari, wording):
    give_consent(kari.subject, text=wording, method="form", by=None)
    seal_trail()
    assert in_json("privacy_verify") == (0, {"ok": True, "problems": []}, "")
    assert "Everything verifies." in run("privacy_verify")[1]
    TrailSeal.objects.update(digest="0" * 64)
    code, document, err = in_json("privacy_verify")
    assert code == 1 and not document["ok"] and document["problems"] and "problem" in err


def test_replay_counts(kari):
    call_command("privacy_erase", kari.email, "--yes", stdout=io.StringIO())
    assert in_json("privacy_replay_erasures") == (0, {"replayed": 0, "already": 1}, "")
    assert "1 were gone already" in run("privacy_replay_erasures")[1]


def test_the_plan_of_a_command_is_the_plan_of_the_page(kari):
    document = in_json("privacy_erase", kari.email, "--dry-run")[1]
    with override("en"):
        assert document["items"] == [item.as_json() for item in plan_erasure(kari.subject).items]
