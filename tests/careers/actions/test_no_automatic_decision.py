"""Nothing but a named person's own act leads to a decision, and nothing ranks (L17, T42, GDPR Art 22)."""

import ast
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.utils import timezone

from careers import actions
from careers.models import Application, BulkRefusal, Hiring, StageEvent
from cn_portal import schedule
from privacy import registry
from tests.careers import factories

ROOT = Path(__file__).resolve().parents[3]
CODE = [*sorted((ROOT / "careers").rglob("*.py"))]


def test_no_automatic_decision(vacancy, frozen_day):
    """Every function that decides is refused without a person, and a year of nights decides nothing."""
    frozen_day(timezone.localdate().isoformat())
    rows = [factories.submit(vacancy, cv=None) for _number in range(3)]
    hr = factories.make_staff(actions.HR)
    actions.move_application(rows[1], to="shortlist", by=hr, reason="")
    actions.move_application(rows[2], to="interview_2", by=hr, reason="")
    for row in rows:
        with pytest.raises(actions.NotPossible):
            actions.move_application(row, to="rejected", by=None, reason="Ikke valgt.")
    texts = {"nb": actions.Text("Ikke valgt.")}
    plan = actions.plan_refusal(vacancy.reference, texts=texts, steps=["new"])
    hiring = Hiring.objects.of(vacancy)
    with pytest.raises(actions.NotPossible):
        actions.order_refusal(hiring, texts=texts, shown=plan.digest, by=None, steps=["new"])
    assert len(plan.told) == 1 and not BulkRefusal.objects.exists()
    decided_by_people = StageEvent.objects.count()
    first = timezone.localdate()
    seen = set()
    for day in (first + timedelta(days=number) for number in range(1, 366, 7)):
        frozen_day(day.isoformat())
        moment = datetime(day.year, day.month, day.day, 3, 30, tzinfo=ZoneInfo("Europe/Oslo"))
        assert schedule.failed(schedule.run_all(as_of=moment)) == []
        seen |= set(Application.objects.values_list("state", flat=True))
        assert not StageEvent.objects.filter(actor__isnull=True).exists()
        assert StageEvent.objects.count() <= decided_by_people
    # All three lay undecided until their six months were over, and went; none was refused.
    assert seen == {"submitted", "screening", "interview"} and not Application.objects.exists()


def test_only_acts_with_a_person_reach_a_decision():
    """Who calls what moves an application: the act of a person, the list a person ordered, and a withdrawal."""
    callers = {"record_move": set(), "move_application": set(), "move_locked": set()}
    for path in CODE:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
                if name in callers:
                    callers[name].add(path.relative_to(ROOT).as_posix())
                    assert "by" in {word.arg for word in call.keywords}, f"{path}:{call.lineno}"
    assert callers["record_move"] <= {"careers/actions/deciding.py", "careers/actions/withdrawing.py"}
    assert "careers/actions/deciding.py" in callers["record_move"]
    assert callers["move_locked"] == {"careers/actions/deciding.py", "careers/actions/refusing.py"}
    assert "careers/screens/hr_applications.py" in callers["move_application"]
    daily = {function.__module__ for function in registry.daily_jobs().values()}
    moving = {path[:-3].replace("/", ".") for each in callers.values() for path in each}
    assert daily and not daily & moving


def test_nothing_writes_a_state_beside_the_one_act():
    """`state` and `step` of an application are written in one place, and nowhere by a bulk update."""
    written = set()
    for path in CODE:
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            flat = [each for target in targets for each in getattr(target, "elts", [target])]
            if any(isinstance(each, ast.Attribute) and each.attr in ("step", "step_since") for each in flat):
                written.add(path.relative_to(ROOT).as_posix())
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("update", "bulk_update"):
                words = {word.arg for word in node.keywords}
                assert not words & {"step", "step_since", "decided_on"}, f"{path}:{node.lineno}"
    assert written == {"careers/actions/stages.py"}


def test_no_column_holds_a_score_of_a_person_and_nothing_is_sorted_by_one():
    names = {field.name for model in apps.get_app_config("careers").get_models() for field in model._meta.fields}
    assert {"full_name", "step"} <= names
    assert not {name for name in names if any(word in name for word in ("score", "rank", "points", "rating"))}
    for path in CODE:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("order_by", "Avg", "Sum", "aggregate"):
                said = " ".join(each.value for each in call.args if isinstance(each, ast.Constant))
                assert not any(word in said for word in ("score", "rank", "level", "points", "rating")), path
