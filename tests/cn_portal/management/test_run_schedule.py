import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cn_portal import schedule
from cn_portal.management.commands.run_schedule import moment


@pytest.fixture
def asked(monkeypatch):
    calls = []

    def run_all(**options):
        calls.append(options)
        return {"retention": {"deleted": 2}}

    monkeypatch.setattr(schedule, "run_all", run_all)
    return calls


def run(*arguments):
    out = StringIO()
    call_command("run_schedule", *arguments, stdout=out)
    return out.getvalue()


def test_json_is_one_document(asked):
    assert json.loads(run("--format", "json", "--dry-run", "--as-of", "2026-03-02T04:00")) == {
        "retention": {"deleted": 2}
    }
    assert asked == [{"as_of": moment("2026-03-02T04:00"), "dry_run": True}]


def test_text_has_a_line_per_job(asked):
    assert run() == 'retention: {"deleted": 2}\n'
    assert len(asked) == 1 and not asked[0].get("dry_run")


def test_a_moment_without_an_offset_is_local():
    assert moment("2026-07-01T04:00").isoformat() == "2026-07-01T04:00:00+02:00"
    assert moment("2026-07-01T04:00+00:00").isoformat() == "2026-07-01T04:00:00+00:00"


def test_a_failed_job_ends_in_a_sentence(monkeypatch):
    monkeypatch.setattr(schedule, "run_all", lambda **_: {"retention": {"error": "KeyError"}, "consent": {}})
    with pytest.raises(CommandError, match="These jobs failed, the others were run: retention"):
        run()


def test_an_unreadable_moment_is_refused():
    with pytest.raises(CommandError, match="--as-of"):
        run("--as-of", "yesterday")
