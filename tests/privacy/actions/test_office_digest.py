"""What is late is told once a day to whom it concerns, without a name, and never a second time by another mail."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from privacy import tasks
from privacy.actions.jobs import run_jobs
from privacy.actions.office_digest import tell_what_is_late
from privacy.actions.roles import MANAGERS, OFFICE, ensure_roles
from privacy.models import OfficeDigest
from privacy.rules.deadlines import oslo_date

pytestmark = pytest.mark.django_db
RIGHT = "privacy.view_recipientnotice"


@pytest.fixture
def waiting(monkeypatch):
    """Tasks by kind; a test fills them."""
    found = {}
    sources = {"agreements": lambda day: found.get("agreements", []), "requests": lambda day: found.get("requests", [])}
    monkeypatch.setattr(tasks, "_sources", sources)
    return found


@pytest.fixture
def office(siv, per):
    ensure_roles()
    siv.groups.add(Group.objects.get(name=OFFICE), Group.objects.get(name=MANAGERS))
    per.groups.add(Group.objects.get(name=MANAGERS))
    return siv, per


def late(kind="agreements", days=1, right=RIGHT, title="Renew with Postbudet AS"):
    due = oslo_date(timezone.now()) - timedelta(days=days)
    return tasks.Task(kind=kind, title=title, url="/", right=right, due_on=due, law="Art 28")


def tell(**more):
    told = tell_what_is_late(as_of=timezone.now(), **more)
    run_jobs()
    return told


def test_the_queue_nobody_opens_is_told_by_mail_once_a_day(waiting, office):
    waiting["agreements"] = [late()]
    assert tell() == {"late": 1, "told": 2}
    assert {message.to[0] for message in mail.outbox} == {"siv@cn.example", "per@cn.example"}
    assert all("Renew with Postbudet AS (Art 28)" in message.body for message in mail.outbox)
    assert tell() == {"late": 1, "told": 0} and len(mail.outbox) == 2
    OfficeDigest.objects.update(on=date(2020, 1, 1))
    assert tell()["told"] == 2


def test_what_is_due_today_or_has_mails_of_its_own_is_not_told(waiting, office):
    waiting["agreements"], waiting["requests"] = [late(days=0)], [late(kind="requests")]
    assert tell() == {"late": 0, "told": 0}
    assert not mail.outbox and not OfficeDigest.objects.exists()


def test_who_lacks_the_right_is_not_told(waiting, office):
    waiting["agreements"] = [late(right="privacy.nobody_has_this")]
    assert tell() == {"late": 1, "told": 0} and not mail.outbox


def test_a_dry_run_sends_nothing_and_claims_no_day(waiting, office):
    waiting["agreements"] = [late()]
    assert tell(dry_run=True) == {"late": 1, "told": 0}
    assert tell()["told"] == 2


def test_a_long_list_is_cut_and_says_so(waiting, office):
    waiting["agreements"] = [late(title=f"Task {number:02}") for number in range(23)]
    tell()
    body = mail.outbox[0].body
    assert "Task 19" in body and "Task 20" not in body and "3 " in body
