"""Referees: nobody is asked before the yes to this one, the copy does not name them, all goes with the yes."""

import json

import pytest
from django.utils import timezone

from careers import actions
from careers.models import Referee, RefereeNote
from privacy import queries
from privacy.models import ConsentEvent
from tests.careers import factories, meetings, reading
from tests.privacy.bags import contents

SAID = "Referansen sier at Ingrid skifter dyser raskt."


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, cv=None)


def heard(referee, **values):
    actions.tell_referee(referee, how="mail", by=None)
    return actions.note_referee(referee, said=SAID, identifying="Var lederen i Drammen.", by=None, **values)


def test_the_applicant_names_one_with_a_yes_of_its_own(application):
    referee = meetings.refer(application)
    assert actions.may_ask(referee)
    event = ConsentEvent.objects.get(purpose=actions.REFEREE)
    assert (event.about, event.kind, event.method) == (str(referee.pk), "given", "form") and event.text_sha256
    assert reading.acts(referee) == ["referee.added"] and not reading.mails("referee_question")
    other = meetings.refer(application, agree=False, full_name="Kari Annen")
    assert not actions.may_ask(other)


def test_hr_notes_a_name_and_the_applicant_is_asked_before_anybody_is_contacted(application):
    hr = factories.make_staff(actions.HR)
    referee = meetings.refer(application, agree=False, by=hr)
    ((address, words),) = reading.mails("referee_question")
    assert address == application.email and "Bjørn" not in str(words) and "bjorn" not in str(words)
    for act in (
        lambda: actions.tell_referee(referee, how="mail", by=hr),
        lambda: actions.tell_referee(referee, how="phone", by=hr),
        lambda: actions.note_referee(referee, said=SAID, identifying="", by=hr),
        lambda: actions.agree_to_referee(referee, text=meetings.wording(actions.RECRUITMENT), method="form", by=hr),
        lambda: actions.agree_to_referee(referee, text=None, method="form", by=hr),
    ):
        with pytest.raises(actions.NotPossible):
            act()
    assert not reading.mails("referee_told") and not RefereeNote.objects.exists()
    actions.agree_to_referee(referee, text=meetings.wording(actions.REFEREE), method="phone", by=hr)
    assert actions.tell_referee(referee, how="phone", by=hr).told_how == "phone"
    assert not reading.mails("referee_told")


def test_the_referee_is_told_once_who_named_them_and_what_for(application):
    referee = meetings.refer(application)
    first = actions.tell_referee(referee, how="mail", by=None)
    assert actions.tell_referee(referee, how="mail", by=None).told_at == first.told_at
    ((address, words),) = reading.mails("referee_told")
    assert address == "bjorn@verksted.example"
    assert (words["applicant"], words["reference"]) == (application.full_name, application.vacancy_reference)
    assert reading.acts(referee) == ["referee.added", "referee.told"]
    without = meetings.refer(application, email="")
    with pytest.raises(actions.NotPossible):
        actions.tell_referee(without, how="mail", by=None)


def test_the_mail_to_the_referee_says_all_of_article_14(application, drain):
    from django.core import mail

    application.language = "en"
    application.save()
    meetings.refer(application, text=meetings.wording(actions.REFEREE, "en"))
    actions.tell_referee(Referee.objects.get(), how="mail", by=None)
    drain()
    body = next(each.body for each in mail.outbox if each.to == ["bjorn@verksted.example"])
    for said in ("Art 14", "phone number", "We have them from", "consent", "6 months", "Datatilsynet", "object"):
        assert said in body, said


def test_what_was_said_is_kept_without_the_name(application):
    referee = meetings.refer(application)
    with pytest.raises(actions.NotPossible):
        actions.note_referee(referee, said=SAID, identifying="", by=None)
    note = heard(referee)
    assert (note.said, note.identifying) == (SAID, "Var lederen i Drammen.")
    for said in ("  ", "Bjørn sier ja.", "skriv til bjorn@verksted.example"):
        with pytest.raises(actions.NotPossible):
            actions.note_referee(referee, said=said, identifying="", by=None)
    assert RefereeNote.objects.count() == 1


def test_the_copy_shows_what_was_said_and_lists_the_referee_as_withheld(application):
    heard(meetings.refer(application))
    about = queries.held_about(application.subject, day=timezone.localdate(), language="nb")
    groups = {group.label: group for group in about.groups}
    shown = {value.name: value for value in groups["careers.referee"].records[0].values}
    said = {value.name: value for value in groups["careers.refereenote"].records[0].values}
    assert said["said"].value == SAID
    for name in ("full_name", "relation", "email", "phone"):
        assert "Bjørn" not in str(shown[name].value) and "9999" not in str(shown[name].value)
    files = contents(application, as_of=timezone.now())
    words = b"".join(files.values()).decode("utf-8", "replace")
    assert SAID in words
    for hidden in ("Bjørn", "verksted.example", "99 99 99 98", "min leder", "Var lederen"):
        assert hidden not in words, hidden
    listed = {row["field"] for row in json.loads(files["data/withheld.json"])}
    assert {"full_name", "relation", "email", "phone", "identifying"} <= listed


def test_taking_the_yes_back_erases_the_referee_and_stops_the_mail(application, drain):
    referee, other = meetings.refer(application), meetings.refer(application, full_name="Kari Annen")
    heard(referee)
    before = reading.row_of(other)
    actions.remove_referee(referee, by=None)
    assert not reading.mails("referee_told") and not actions.may_ask(referee)
    drain()
    assert list(Referee.objects.values_list("pk", flat=True)) == [other.pk] and not RefereeNote.objects.exists()
    assert reading.row_of(other) == before and actions.may_ask(other)
    assert reading.acts(referee)[-1] == "referee.removed"


def test_one_without_a_yes_can_be_taken_out_as_well(application, drain):
    referee = meetings.refer(application, agree=False, email="")
    actions.remove_referee(referee, by=None)
    drain()
    assert not Referee.objects.exists()
    actions.remove_referee(referee, by=None)


def test_what_is_refused(application):
    with pytest.raises(actions.NotPossible):
        meetings.refer(application, email=" ", phone="")
    for number in range(5):
        meetings.refer(application, full_name=f"Referanse {number}", agree=False)
    with pytest.raises(actions.NotPossible):
        meetings.refer(application)
    application.state, application.decided_on = "rejected", timezone.localdate()
    application.save()
    with pytest.raises(actions.NotPossible):
        meetings.refer(application)
    assert Referee.objects.count() == 5


def test_a_withdrawn_application_leaves_no_yes_standing(application, drain):
    heard(meetings.refer(application))
    actions.withdraw_application(application, by=None)
    assert not application.subject.consents.filter(state__in=("given", "renewed")).exists()
    drain()
    assert not Referee.objects.exists() and not RefereeNote.objects.exists()
