"""The 72 hours told to the office and the managers, once each; and the end of the register's words (L35)."""

import io
from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from privacy.actions import breach_decisions, breach_mails, breaches
from privacy.actions.jobs import run_jobs
from privacy.actions.roles import MANAGERS, OFFICE, ensure_roles
from privacy.models import Breach, BreachPerson, OfficeDocument, StaffRead
from tests.privacy.actions.breaching import WHAT, notified, opened, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(siv, per):
    ensure_roles()
    siv.groups.add(Group.objects.get(name=OFFICE), Group.objects.get(name=MANAGERS))
    per.groups.add(Group.objects.get(name=MANAGERS))
    return siv, per


def at(breach, **before):
    return breach.due_at - timedelta(**before)


def test_the_office_and_the_managers_are_told_at_24_and_6_hours_and_when_late_once_each(office):
    breach = opened()
    steps = [
        (at(breach, hours=24, seconds=1), 0),
        (at(breach, hours=24), 2),
        (at(breach, hours=23), 2),
        (at(breach, hours=6), 4),
        (at(breach, seconds=0), 4),
        (at(breach, seconds=-1), 6),
        (at(breach, days=-3), 6),
    ]
    for moment, mails in steps:
        breach_mails.remind_of_breaches(as_of=moment)
        run_jobs()
        assert len(mail.outbox) == mails
    assert {message.to[0] for message in mail.outbox} == {"siv@cn.example", "per@cn.example"}
    assert [row.kind for row in breach.events.order_by("at", "pk")][1:] == ["due_24", "due_6", "late"]
    assert all(breach.number in message.subject and WHAT not in message.body for message in mail.outbox)


def test_a_dry_run_says_what_is_owed_and_sends_nothing(office):
    breach = opened()
    assert breach_mails.remind_of_breaches(as_of=at(breach, hours=5), dry_run=True) == {"reminded": 1, "late": 0}
    assert breach_mails.remind_of_breaches(as_of=at(breach, hours=-1), dry_run=True) == {"reminded": 0, "late": 1}
    assert not mail.outbox and breach.events.count() == 1


def test_what_is_decided_is_left_alone(office, kari):
    breach = notified()
    assert breach_mails.remind_of_breaches(as_of=at(breach, hours=-1)) == {"reminded": 0, "late": 0}


def test_the_moments_in_line_do_the_telling_without_the_night(office):
    breach = opened(hours=71)
    run_jobs(now=timezone.now() + timedelta(hours=2))
    run_jobs()
    assert [row.kind for row in breach.events.order_by("at", "pk")][1:] == ["due_6"]


def closed_for(months, *, days=0, **scope):
    breach = breach_decisions.close_breach(told(**scope), reason="All told.", by=None)
    day = timezone.localdate() - relativedelta(months=months) - timedelta(days=days)
    Breach.objects.filter(pk=breach.pk).update(closed_on=day)
    return breach


def test_five_years_after_closing_words_papers_and_events_go_and_the_numbers_stay(kari, siv):
    old = closed_for(60, days=1, by=siv, scope_recipient=None)
    paper = breaches.file_paper(
        Breach.objects.get(pk=old.pk), io.BytesIO(b"x"), display_name="a.pdf", media_type="application/pdf", by=siv
    )
    young = closed_for(60, by=siv)
    assert breach_mails.empty_old_breaches(as_of=timezone.now()) == {"emptied": 0}
    BreachPerson.objects.filter(breach=old).delete()
    BreachPerson.objects.filter(breach=young).delete()
    assert breach_mails.empty_old_breaches(as_of=timezone.now(), dry_run=True) == {"emptied": 1}
    assert breach_mails.empty_old_breaches(as_of=timezone.now()) == {"emptied": 1}
    old.refresh_from_db()
    young.refresh_from_db()
    words = (old.description, old.consequences, old.measures, old.closing_reason, old.registered_by, old.scope_actor)
    assert not any(words) and old.emptied_on == timezone.localdate()
    assert (old.number, old.state, old.counts["persons"]) == (old.number, "closed", 1)
    assert not old.events.exists() and not OfficeDocument.objects.filter(pk=paper.pk).exists()
    assert young.description == WHAT and young.events.exists() and young.emptied_on is None
    assert breach_mails.empty_old_breaches(as_of=timezone.now()) == {"emptied": 0}


def test_the_rows_of_persons_go_by_the_declared_clock(kari):
    from privacy.actions.retention import due_rows
    from privacy.personal_data.breaches import BreachPersonData

    old, young = closed_for(60, days=1), closed_for(60)
    open_one = told()
    due = due_rows(BreachPersonData, timezone.localdate())
    assert {row.breach for row in due} == {old}
    assert BreachPerson.objects.filter(breach__in=[young, open_one]).count() == 2
    assert not StaffRead.objects.exists()
