"""Nobody approves what they asked for: the rule, and a walk over everything that approves."""

import ast
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from privacy.second_person import OwnApproval, second_person

ACTIONS = Path(__file__).resolve().parents[2] / "privacy" / "actions"
KARI, OLA = SimpleNamespace(pk=uuid.UUID(int=1)), SimpleNamespace(pk=uuid.UUID(int=2))
# Acts that say yes to what a colleague asked for without being called an approval.
ALSO = {"grant_access", "review_authority_case"}
FEWEST = 11


def functions(source):
    """{name: names it calls} of a module's own functions."""
    tree = ast.parse(source)
    return {
        node.name: {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and hasattr(call.func, "id")}
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def approvals(found):
    return {name for name in found if name.startswith("approve") or name in ALSO}


def asks_who(name, found, seen=()):
    """Whether a function calls second_person, itself or through others of its module."""
    called = found.get(name, set())
    return "second_person" in called or any(
        asks_who(each, found, (*seen, name)) for each in called - set(seen) - {name}
    )


def test_everything_that_approves_asks_who_asked():
    modules = {path.stem: functions(path.read_text(encoding="utf-8")) for path in ACTIONS.glob("*.py")}
    every = {(module, name) for module, found in modules.items() for name in approvals(found)}
    assert len(every) >= FEWEST and {name for _module, name in every} >= ALSO
    assert sorted(each for each in every if not asks_who(each[1], modules[each[0]])) == []


def test_an_approval_that_does_not_ask_is_seen():
    planted = functions(
        "def approve_all(x, *, by):\n    _ok(x)\n"
        "def approve_one(x, *, by):\n    _check(x, by)\n"
        "def _check(x, by):\n    second_person(by, asked_by=x)\n"
        "def _ok(x):\n    _ok(x)\n"
    )
    assert {name: asks_who(name, planted) for name in approvals(planted)} == {"approve_all": False, "approve_one": True}


def test_another_person_approves():
    second_person(OLA, asked_by=KARI.pk)
    second_person(OLA, asked_by=str(KARI.pk))
    second_person(OLA, asked_by=None)


@pytest.mark.parametrize("asked_by", [KARI.pk, str(KARI.pk)])
@override("en")
def test_nobody_approves_their_own(asked_by):
    with pytest.raises(OwnApproval, match="yourself"):
        second_person(KARI, asked_by=asked_by)


@pytest.mark.parametrize("by", [None, SimpleNamespace(pk=None)])
@override("en")
def test_the_system_approves_nothing(by):
    with pytest.raises(OwnApproval, match="person"):
        second_person(by, asked_by=KARI.pk)
