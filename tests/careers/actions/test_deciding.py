"""Stages, decisions and notes: by a named person, told to the applicant, written down."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import actions
from careers.models import Application, Note, StageEvent
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
    assert to == application.email and "3. september 2027" in context["text"] and "valgt andre" in context["text"]


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
    said = [context["text"] for _to, context in reading.mails("moved")]
    assert ["møte deg" in said[0], "tilby deg" in said[1], "er din" in said[2]] == [True] * 3 and len(said) == 3


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


def move(application, to, by, **said):
    return actions.move_application(application, to=to, by=by, **{"reason": "", **said})


def test_inner_steps_of_one_state_send_nothing_and_leave_the_public_state(application, hr):
    """The hiring team's own steps: history keeps them, the applicant's state and clock stay as they were."""
    for step, state in (("read", "screening"), ("shortlist", "screening"), ("reserve", "screening")):
        application = move(application, step, hr)
        assert (application.step, application.state) == (step, state)
    assert reading.mails() == reading.mails("confirm") and application.decided_on is None
    events = list(StageEvent.objects.values_list("before", "after", "step_before", "step_after"))
    assert events == [
        ("submitted", "screening", "new", "read"),
        ("screening", "screening", "read", "shortlist"),
        ("screening", "screening", "shortlist", "reserve"),
    ]
    assert reading.acts(application)[-3:] == ["application.moved"] + ["application.step_changed"] * 2


def test_a_step_says_since_when(application, hr, frozen_day):
    frozen_day("2027-03-02")
    move(application, "read", hr)
    frozen_day("2027-03-05")
    application = move(application, "shortlist", hr)
    assert timezone.localdate(application.step_since).isoformat() == "2027-03-05"


def test_the_mail_that_arrives_is_the_mail_that_was_shown(application, hr, smtp, drain):
    """Template mail went out blank or to the wrong people (Horilla#106): what the preview shows is what is sent."""
    drain()
    smtp.messages.clear()
    said = {
        "to": "interview_1",
        "reason": "",
        "words": "Ta med sertifikatene dine.\r\n\r\nVi har kaffe & «kaker» <hele> dagen.",
    }
    shown = actions.preview_move(application, **said)
    move(application, said["to"], hr, words=said["words"], shown=shown.digest)
    drain()
    [mail] = smtp.messages
    assert mail["To"] == shown.letter.to == application.email
    assert mail["Subject"] == shown.letter.title and application.vacancy_title in shown.letter.title
    # SMTP ends its lines in its own way; every other letter is the same.
    assert (
        mail.get_content().replace("\r\n", "\n") == shown.letter.text and "kaffe & «kaker» <hele>" in shown.letter.text
    )


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_mail_is_in_the_applicants_language_and_holds_no_key_to_anything(application, language):
    application.language = language
    letter = actions.preview_move(application, to="rejected", reason="x").letter
    assert letter.language == language and ("Hei!" in letter.text) is (language == "nb")
    assert ("Hello," in letter.text) is (language == "en")
    # Staff read this text: no link in it does anything by itself.
    assert "/withdraw/" not in letter.text and f"/applications/{application.pk}/" in letter.text


def test_another_text_than_was_shown_is_not_sent(application, hr):
    shown = actions.preview_move(application, to="rejected", reason="Manglet fagbrev.")
    before = reading.row_of(application), reading.counts()
    for changed in ({"reason": "Noe annet."}, {"words": "Lykke til!"}):
        with pytest.raises(actions.NotAsShown):
            move(application, "rejected", hr, **{"reason": "Manglet fagbrev.", "shown": shown.digest, **changed})
    assert (reading.row_of(application), reading.counts()) == before and reading.mails("moved") == []
    move(application, "rejected", hr, reason="Manglet fagbrev.", shown=shown.digest)
    assert len(reading.mails("moved")) == 1


def test_a_stage_that_moved_or_a_day_that_passed_is_shown_anew(application, hr, frozen_day):
    frozen_day("2027-03-02")
    shown = actions.preview_move(application, to="rejected", reason="Manglet fagbrev.").digest
    frozen_day("2027-03-03")
    with pytest.raises(actions.NotAsShown):
        move(application, "rejected", hr, reason="Manglet fagbrev.", shown=shown)
    shown = actions.preview_move(application, to="rejected", reason="Manglet fagbrev.").digest
    move(application, "read", hr)
    with pytest.raises(actions.NotAsShown):
        move(application, "rejected", hr, reason="Manglet fagbrev.", shown=shown)


@pytest.mark.parametrize("column", ["reason", "words"])
def test_a_national_identity_number_is_not_sent(application, hr, column):
    with pytest.raises(actions.NotPossible, match="identity|fødselsnummer"):
        move(application, "rejected", hr, **{"reason": "Grunn", column: "Du er 01010750160."})
    assert not StageEvent.objects.exists()


def test_an_own_paragraph_has_an_end(application, hr):
    with pytest.raises(actions.NotPossible, match="800"):
        move(application, "interview", hr, words="x" * 801)
    move(application, "interview", hr, words="x" * 800)
    assert "x" * 800 in reading.mails("moved")[0][1]["text"]


def test_somebody_without_an_address_is_moved_and_nothing_is_mailed(application, hr):
    Application.objects.filter(pk=application.pk).update(email=b"")
    application = Application.objects.get(pk=application.pk)
    assert actions.preview_move(application, to="interview", reason="").letter.to == ""
    assert move(application, "interview", hr).state == "interview" and reading.mails("moved") == []


def test_a_word_that_is_no_step_moves_nothing(application, hr):
    with pytest.raises(actions.NotPossible):
        move(application, "promoted", hr)
