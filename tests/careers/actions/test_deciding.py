"""Stages, decisions and notes: by a named person, told to the applicant, written down."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import actions
from careers.models import Note, StageEvent
from tests.careers import factories, reading


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy)


@pytest.fixture
def hr(db):
    return factories.make_staff(actions.HR, first_name="Hanne", last_name="Ressurs")


def test_a_refusal_has_a_person_a_reason_a_day_and_a_mail(application, hr, frozen_day):
    frozen_day("2027-03-02")
    actions.move_application(application, to="rejected", by=hr, reason=" Manglet fagbrev. ")
    application.refresh_from_db()
    assert (application.state, application.decided_on) == ("rejected", timezone.localdate())
    assert application.clock_from == timezone.localdate()
    stage = StageEvent.objects.get()
    assert (stage.before, stage.after, stage.actor, stage.reason) == ("submitted", "rejected", hr, "Manglet fagbrev.")
    assert reading.acts(application)[-1] == "application.moved"
    [(to, context)] = reading.mails("moved")
    assert (to, context["state"], context["deleted_on"]) == (application.email, "rejected", "3. september 2027")


def test_being_read_is_no_decision_and_no_mail(application, hr):
    clock = application.clock_from
    actions.move_application(application, to="screening", by=hr, reason="")
    application.refresh_from_db()
    assert (application.state, application.decided_on, application.clock_from) == ("screening", None, clock)
    assert reading.mails("moved") == []


def test_somebody_is_hired(application, hr):
    for stage in ("interview", "offer", "hired"):
        actions.move_application(application, to=stage, by=hr, reason="")
    application.refresh_from_db()
    assert application.state == "hired" and application.decided_on == timezone.localdate()
    assert [context["state"] for _to, context in reading.mails("moved")] == ["interview", "offer", "hired"]


@pytest.mark.parametrize(
    ("to", "reason", "is_named"),
    [
        ("rejected", "Manglet fagbrev.", False),
        ("rejected", "  ", True),
        ("hired", "", True),
        ("withdrawn", "", True),
        ("submitted", "", True),
    ],
)
def test_what_is_refused_changes_nothing(application, hr, to, reason, is_named):
    before = reading.row_of(application), reading.counts()
    with pytest.raises(actions.NotPossible):
        actions.move_application(application, to=to, by=hr if is_named else None, reason=reason)
    assert (reading.row_of(application), reading.counts()) == before
    assert reading.mails("moved") == []


def test_the_database_wants_a_day_and_a_move(application):
    with pytest.raises(IntegrityError), transaction.atomic():
        StageEvent.objects.create(application=application, before="submitted", after="submitted")


def test_a_note_is_kept_with_its_author(application, hr):
    written = actions.add_note(application, text=" Ring referansen. ", by=hr)
    stored = Note.objects.get()
    assert (stored, stored.text, stored.author) == (written, "Ring referansen.", hr)
    assert reading.acts(written) == ["application.note_added"]


def test_an_empty_note_is_refused(application, hr):
    with pytest.raises(actions.NotPossible):
        actions.add_note(application, text="  ", by=hr)
    assert not Note.objects.exists()
