"""Withdrawing: at once, everything, and nothing of anybody else's."""

import pytest

from careers import actions
from careers.models import Application, ApplicationFile, TalentPoolEntry
from privacy.models import ConsentEvent, StoredFile
from tests.careers import factories, reading


def consent_of(application, purpose="recruitment"):
    about = str(application.pk) if purpose == "recruitment" else ""
    # The events outlive a person of whom nothing else is left.
    return ConsentEvent.objects.filter(subject=application.subject, purpose=purpose, about=about).latest("at").kind


@pytest.fixture
def neighbour(vacancy):
    return factories.submit(vacancy, name="Nabo Prøve")


def test_withdrawing_erases_rows_and_objects_and_leaves_the_neighbour(vacancy, neighbour, drain):
    application = factories.submit(vacancy)
    staff = factories.make_staff(actions.HR)
    actions.add_note(application, text="Ring referansen.", by=staff)
    actions.move_application(application, to="interview", by=staff, reason="")
    stored = application.files.get().file
    next_door = neighbour.files.get()
    before = reading.row_of(neighbour), reading.row_of(next_door), reading.row_of(next_door.file)
    assert reading.has_object(stored) and StoredFile.objects.filter(pk=stored.pk).exists()
    actions.withdraw_application(application, by=None)
    assert consent_of(application) == "withdrawn"
    drain()
    left = reading.counts()
    assert (left["Application"], left["ApplicationFile"], left["Note"], left["StageEvent"]) == (1, 1, 0, 0)
    assert not reading.has_object(stored) and not StoredFile.objects.filter(pk=stored.pk).exists()
    assert (reading.row_of(neighbour), reading.row_of(next_door), reading.row_of(next_door.file)) == before
    assert reading.has_object(next_door.file) and consent_of(neighbour) == "given"


def test_withdrawing_stops_everything_at_once(vacancy):
    application = factories.submit(vacancy)
    assert reading.mails("confirm")
    actions.withdraw_application(application, by=None)
    application.refresh_from_db()
    assert application.state == "withdrawn" and reading.mails("confirm") == []
    [(to, context)] = reading.mails("withdrawn")
    assert to == application.email and context["reference"] == vacancy.reference
    assert reading.acts(application) == ["application.submitted", "application.withdrawn"]


def test_mail_of_somebody_with_a_page_of_their_own_still_arrives(vacancy):
    user = factories.make_user()
    actions.withdraw_application(factories.submit(vacancy, user=user), by=user)
    assert len(reading.mails("confirm")) == 1


def test_withdrawing_twice_changes_nothing_more(vacancy, drain):
    application = factories.submit(vacancy)
    actions.withdraw_application(application, by=None)
    events = ConsentEvent.objects.count()
    actions.withdraw_application(application, by=None)
    assert ConsentEvent.objects.count() == events and len(reading.mails("withdrawn")) == 1
    drain()
    assert not Application.objects.exists()
    actions.withdraw_application(application, by=None)
    assert ConsentEvent.objects.count() == events


def test_each_application_has_a_consent_of_its_own(vacancy, drain):
    user = factories.make_user()
    first, second = factories.submit(vacancy, user=user), factories.submit(factories.make_vacancy(), user=user)
    actions.withdraw_application(first, by=user)
    assert (consent_of(first), consent_of(second)) == ("withdrawn", "given")
    drain()
    assert list(Application.objects.all()) == [second] and ApplicationFile.objects.get().application == second


def test_a_consent_that_was_withdrawn_elsewhere_is_no_obstacle(vacancy, drain):
    from privacy import actions as engine

    application = factories.submit(vacancy)
    engine.withdraw_consent(
        application.subject, purpose="recruitment", about=str(application.pk), method="page", by=None
    )
    actions.withdraw_application(application, by=None)
    drain()
    assert not Application.objects.exists()


def test_one_may_apply_again_after_withdrawing(vacancy, drain):
    user = factories.make_user()
    actions.withdraw_application(factories.submit(vacancy, user=user), by=user)
    drain()
    again = factories.submit(vacancy, user=user)
    assert Application.objects.get() == again and consent_of(again) == "given"


def test_the_talent_pool_is_left_only_when_asked(vacancy, drain):
    stays, goes = factories.submit(vacancy, pool=True), factories.submit(vacancy, pool=True)
    actions.withdraw_application(stays, by=None)
    actions.withdraw_everything(goes, by=None)
    drain()
    assert TalentPoolEntry.objects.get().subject == stays.subject
    assert (consent_of(stays, "talent-pool"), consent_of(goes, "talent-pool")) == ("given", "withdrawn")


def test_leaving_the_pool_leaves_the_application(vacancy, drain):
    application = factories.submit(vacancy, pool=True)
    entry = TalentPoolEntry.objects.get()
    actions.leave_talent_pool(entry, by=None)
    drain()
    assert not TalentPoolEntry.objects.exists() and Application.objects.get() == application
    assert reading.acts(entry)[-1] == "talent_pool.left" and consent_of(application) == "given"


def test_leaving_the_pool_twice_changes_nothing_more(vacancy):
    factories.submit(vacancy, pool=True)
    entry = TalentPoolEntry.objects.get()
    actions.leave_talent_pool(entry, by=None)
    events = ConsentEvent.objects.count()
    actions.leave_talent_pool(entry, by=None)
    assert ConsentEvent.objects.count() == events


def test_a_consent_about_an_application_that_is_gone_ends_nothing_else(vacancy, neighbour):
    from careers.actions.withdrawing import end_application

    before = reading.row_of(neighbour)
    end_application(neighbour.subject, about="00000000-0000-4000-8000-000000000000", by=None)
    assert reading.row_of(neighbour) == before and reading.mails("withdrawn") == []
