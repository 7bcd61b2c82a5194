import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command


def test_json_holds_the_three_dates(capsys):
    call_command("privacy_due", "2026-03-02", format="json")
    assert json.loads(capsys.readouterr().out) == {
        "received": "2026-03-02",
        "due": "2026-04-07",
        "extended_due": "2026-06-02",
    }


def test_text_names_the_dates(capsys):
    call_command("privacy_due", "2026-03-02")
    out = capsys.readouterr().out
    assert all(day in out for day in ("2026-03-02", "2026-04-07", "2026-06-02")) and len(out.splitlines()) == 1


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "02.03.2026", "", "9999-12-31", "0001-01-01"])
def test_what_is_no_date_is_a_mistake_of_use(text):
    with pytest.raises(CommandError, match="2026-03-02") as problem:
        call_command("privacy_due", text)
    assert problem.value.returncode == 2


def test_the_process_ends_with_2_and_a_sentence_on_stderr():
    done = subprocess.run(
        [sys.executable, "manage.py", "privacy_due", "soon"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "2026-03-02" in done.stderr and "Traceback" not in done.stderr
