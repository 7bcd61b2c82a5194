"""Each failpoint is on the list, is called, and has a kill test that names it."""

import ast
import re
import signal
from itertools import chain
from pathlib import Path

import pytest

from privacy import failpoints
from privacy.actions.erasure import STEPS
from privacy.failpoints import NAMES, Failed, failpoint

ROOT = Path(__file__).resolve().parents[2]
CODE = [path for app in ("privacy", "cn_portal", "crm", "careers") for path in sorted((ROOT / app).rglob("*.py"))]
KILLS = sorted((ROOT / "tests/privacy/kills").glob("test_*.py"))


def called():
    """Every name a call of failpoint may have: a text, or a text with the erasure's step in it."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "failpoint":
                yield from _names(node.args[0])


def _names(argument):
    if isinstance(argument, ast.Constant):
        return [argument.value]
    assert isinstance(argument, ast.JoinedStr), "name a failpoint by a text, so that it can be found"
    return [
        "".join(part.value if isinstance(part, ast.Constant) else step for part in argument.values) for step in STEPS
    ]


def test_the_list_and_the_calls_are_the_same():
    found = list(called())
    assert len(found) > 25
    # A step that each database does in its own way has one name and two places.
    assert set(found) == set(NAMES) and len(NAMES) == len(set(NAMES))


def test_each_has_a_kill_test():
    texts = [path.read_text(encoding="utf-8") for path in KILLS]
    assert len(texts) >= 3 and "NAMES if name not in ELSEWHERE" in "".join(texts)
    named = set(chain.from_iterable(re.findall(r'"((?:job|erase|file|mail|copy)\.[a-z_]+)"', text) for text in texts))
    erasure = next(text for text in texts if "ELSEWHERE" in text)
    elsewhere = set(re.findall(r'"([a-z.]+[a-z_]+)"', erasure.split("ELSEWHERE = {")[1].split("}")[0]))
    assert elsewhere and elsewhere <= set(NAMES)
    others = {name for text in texts if text is not erasure for name in re.findall(r'"([a-z]+\.[a-z_]+)"', text)}
    # What the test of erasures leaves out is killed in one of the others, or by a test of its own there.
    assert elsewhere - others <= {"erase.ordered"} and 'die_at("erase.ordered"' in erasure
    assert named <= set(NAMES) | {"file.pdf"}
    prefixes = ("retention.", "breach.", "trail.", "redact.", "backup.", "restore.", "rotate.")
    other_work = {name for name in NAMES if name.startswith(prefixes)}
    assert len(other_work) > 14 and other_work <= others


def test_nothing_happens_unless_this_point_is_named(settings):
    for spec in ("", "erase.after_keys:kill"):
        settings.FAILPOINT = spec
        failpoint("erase.before_keys")


def test_it_can_raise(settings):
    settings.FAILPOINT = "erase.before_keys:raise"
    with pytest.raises(Failed, match="erase.before_keys"):
        failpoint("erase.before_keys")


def test_it_kills_as_nobody_can_prevent(settings, monkeypatch):
    sent = []
    monkeypatch.setattr(failpoints.os, "kill", lambda pid, number: sent.append((pid, number)))
    settings.FAILPOINT = "erase.before_keys:kill"
    failpoint("erase.before_keys")
    assert sent == [(failpoints.os.getpid(), signal.SIGKILL)]
