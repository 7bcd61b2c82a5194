"""What a breach asks of the office where it stands: one task, with its date while the 72 hours run (Art 33, 34)."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from privacy.actions import breach_decisions, breaches
from privacy.models import Breach
from privacy.queries.breach_tasks import breach_tasks
from privacy.rules.deadlines import oslo_date
from tests.privacy.actions.breaching import confirmed, notified, opened, told


def only_task():
    with override("en"):
        [task] = breach_tasks(oslo_date(timezone.now()))
    return task


@pytest.mark.parametrize("make", [opened, confirmed])
def test_while_the_hours_run_the_authority_comes_first_and_has_its_day(kari, make):
    breach = make()
    task = only_task()
    assert "notify Datatilsynet or decide that it need not be" in task.title and breach.number in task.title
    assert (task.due_on, task.law, task.right) == (oslo_date(breach.due_at), "Art 33(1)", "privacy.change_breach")
    assert task.url.endswith(f"/privacy/breaches/{breach.pk}/")


def unnotified():
    return breach_decisions.decide_not_notifiable(confirmed(risk="unlikely"), reason="Nobody came.", by=None)


@pytest.mark.parametrize("make", [notified, unnotified])
def test_then_the_persons_without_a_day(kari, make):
    breach = make()
    task = only_task()
    assert "tell the persons, or decide that they need not be told" in task.title and breach.number in task.title
    assert (task.due_on, task.law) == (None, "Art 34")


def dismissed():
    breach = opened()
    breaches.assess_breach(breach, by=None)
    return breaches.dismiss_breach(breach, reason="A drill.", by=None)


@pytest.mark.parametrize("make", [told, dismissed])
def test_what_is_decided_is_to_be_closed_and_asks_for_nothing_afterwards(kari, make):
    breach = make()
    task = only_task()
    assert "close it with the reason" in task.title and (task.due_on, task.law) == (None, "Art 33(5)")
    breach_decisions.close_breach(Breach.objects.get(pk=breach.pk), reason="Done.", by=None)
    assert list(breach_tasks(oslo_date(timezone.now()))) == []
