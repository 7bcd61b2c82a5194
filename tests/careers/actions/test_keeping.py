"""What the nights do: clocks follow vacancies, and nothing outlives its consent or its time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions
from careers.kept import deleted_on, kept_until
from careers.models import Application, TalentPoolEntry
from privacy import actions as engine
from privacy import registry
from tests.careers import factories, reading


def now():
    return timezone.now()


def move_closing(vacancy, days):
    vacancy.closes_at += timedelta(days=days)
    vacancy.save()


def test_undecided_applications_follow_the_closing_day(vacancy):
    application = factories.submit(vacancy)
    refused = factories.submit(vacancy)
    actions.move_application(refused, to="rejected", by=factories.make_staff(actions.HR), reason="Nei.")
    elsewhere = factories.submit(factories.make_vacancy())
    before = reading.row_of(refused), reading.row_of(elsewhere)
    move_closing(vacancy, 10)
    assert actions.follow_closing_days(as_of=now(), dry_run=True) == {"moved": 1}
    first = application.clock_from
    application.refresh_from_db()
    assert application.clock_from == first
    assert actions.follow_closing_days(as_of=now()) == {"moved": 1}
    application.refresh_from_db()
    assert application.clock_from == first + timedelta(days=10)
    assert reading.acts(application)[-1] == "application.clock_moved"
    assert (reading.row_of(refused), reading.row_of(elsewhere)) == before
    assert actions.follow_closing_days(as_of=now()) == {"moved": 0}


def test_the_clock_never_starts_before_the_application(vacancy):
    application = factories.submit(vacancy)
    type(vacancy).objects.filter(pk=vacancy.pk).update(
        opens_at=now() - timedelta(days=9), closes_at=now() - timedelta(days=5)
    )
    actions.follow_closing_days(as_of=now())
    application.refresh_from_db()
    assert application.clock_from == timezone.localdate(application.submitted_at)


def test_a_decision_taken_meanwhile_keeps_its_own_day(vacancy):
    from careers.actions import keeping

    application = factories.submit(vacancy)
    actions.move_application(application, to="rejected", by=factories.make_staff(actions.HR), reason="Nei.")
    before = reading.row_of(application), reading.acts(application)
    keeping._set_clock(application, timezone.localdate() + timedelta(days=99))
    assert (reading.row_of(application), reading.acts(application)) == before


def test_a_deleted_vacancy_leaves_its_applications_readable(vacancy):
    application = factories.submit(vacancy)
    vacancy.delete()
    application.refresh_from_db()
    assert application.vacancy is None and application.vacancy_title == vacancy.title
    assert actions.follow_closing_days(as_of=now()) == {"moved": 0}


def test_a_consent_withdrawn_elsewhere_ends_what_it_carried_at_once(vacancy, drain):
    gone, stays = factories.submit(vacancy, pool=True), factories.submit(vacancy, pool=True)
    engine.withdraw_consent(gone.subject, purpose="recruitment", about=str(gone.pk), method="page", by=None)
    engine.withdraw_consent(gone.subject, purpose="talent-pool", method="page", by=None)
    gone.refresh_from_db()
    assert gone.state == "withdrawn"
    drain()
    assert Application.objects.get() == stays and TalentPoolEntry.objects.get().subject == stays.subject


def test_a_consent_that_runs_out_ends_what_it_carried(vacancy, drain):
    application = factories.submit(vacancy)
    last_day = application.consent.valid_until
    assert engine.expire_consents(as_of=midnight_of(last_day)) == {"expired": 0}
    assert engine.expire_consents(as_of=midnight_of(last_day + timedelta(days=1))) == {"expired": 1}
    drain()
    assert not Application.objects.exists()


def midnight_of(day):
    return timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time()) + timedelta(hours=3))


@pytest.mark.parametrize("is_decided", [False, True])
def test_retention_takes_an_application_the_day_after_its_last(vacancy, drain, is_decided):
    application = factories.submit(vacancy)
    if is_decided:
        actions.move_application(application, to="rejected", by=factories.make_staff(actions.HR), reason="Nei.")
        application.refresh_from_db()
    stored = application.files.get().file
    engine.run_retention(as_of=midnight_of(kept_until(application.clock_from)))
    assert Application.objects.get() == application and reading.has_object(stored)
    engine.run_retention(as_of=midnight_of(deleted_on(application.clock_from)))
    assert not Application.objects.exists() and not reading.has_object(stored)
    assert reading.counts()["ApplicationFile"] == reading.counts()["StageEvent"] == 0


def test_closing_days_are_followed_every_night():
    assert "careers.closing-days" in registry.daily_jobs()
