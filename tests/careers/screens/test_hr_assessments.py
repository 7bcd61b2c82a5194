"""Criteria, assessments, notes, shares and the pack in the staff pages, and the answer on the applicant's own page."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from careers import actions
from careers.models import Assessment, Criterion, DecisionRecord, HireQuestion, Hiring, Judgement, Note, VacancyShare
from privacy import tasks
from privacy.models import StaffRead, TrailEntry
from tests.careers import assessing, factories


@pytest.fixture
def staff(client, db):
    return factories.sign_in(client, factories.make_staff(actions.HR, language="en"))


@pytest.fixture
def row(vacancy):
    return factories.submit(vacancy, cv=False)


def url(name, vacancy, *more):
    return reverse(name, args=[vacancy.reference, *more])


def act(name, row):
    return reverse(f"careers_applications:{name}", args=[row.pk])


def test_hr_builds_criteria_and_begins_a_blind_review(staff, vacancy):
    page = url("careers_criteria", vacancy)
    assert staff.get(page).status_code == 200 and not Hiring.objects.exists()
    said = {"title": "Fagbrev", "meaning": "Bestått prøve", "need": "must"}
    assert staff.post(page, said).status_code == 302
    refused = staff.post(page, {**said, "title": "Ikke gravid"})
    assert refused.status_code == 422 and "§ 30" in refused.content.decode()
    assert staff.post(page, {**said, "title": "Truck"}).status_code == 302
    first, second = Criterion.objects.all()
    change = url("careers_criterion", vacancy, first.pk)
    assert "Fagbrev" in staff.get(change).content.decode()
    assert staff.post(change, {**said, "title": "Er du gift?"}).status_code == 422
    assert staff.post(change, {**said, "need": "should"}).status_code == 302
    staff.post(url("careers_criterion_act", vacancy, second.pk), {"do": "up"})
    staff.post(url("careers_criterion_act", vacancy, first.pk), {"do": "end"})
    assert [each.title for each in Criterion.objects.all()] == ["Truck"]
    staff.post(url("careers_review", vacancy), {"do": "begin"})
    assert Hiring.objects.get().blind
    staff.post(url("careers_abstain", vacancy))
    assert "You do not assess in this hiring" in staff.get(page).content.decode()


def test_a_hiring_leader_assesses_what_is_shared_and_builds_nothing(client, vacancy, row):
    leader = factories.make_staff(actions.HIRING_LEADERS, language="en")
    factories.sign_in(client, leader)
    assert client.get(url("careers_criteria", vacancy)).status_code == 404
    factories.share(vacancy, leader, until=timezone.localdate())
    key = assessing.criterion(vacancy).pk
    assert client.get(url("careers_criteria", vacancy)).status_code == 200
    assert client.post(url("careers_criteria", vacancy), {"title": "X", "need": "must"}).status_code == 403
    for name in ("careers_pack", "careers_pack_file", "careers_vacancy_shares"):
        assert client.get(url(name, vacancy)).status_code == 403
    said = {f"level-{key}": "4", f"reason-{key}": "", "do": "submit"}
    assert "no level or no reason" in client.post(act("assess", row), said).content.decode()
    assert client.post(act("assess", row), {**said, f"reason-{key}": "Fagbrev"}).status_code == 302
    assert Assessment.objects.get(submitted_at__isnull=False).author == leader
    html = client.get(act("inspect", row)).content.decode()
    assert "4: well" in html and "Fagbrev" in html


def test_notes_are_written_corrected_covered_and_removed(staff, row):
    staff.post(act("note", row), {"text": "Kari Nes ringte.", "about_others": "Kari Nes"})
    note = Note.objects.get()
    assert note.text == "[…] ringte." and "Kari Nes ringte." in staff.get(act("inspect", row)).content.decode()
    tail = f"?note={note.pk}"
    assert staff.get(act("note-correct", row) + "?note=x").status_code == 404
    staff.post(act("note-correct", row) + tail, {"text": "Ola ringte.", "about_others": ""})
    assert Note.objects.get().text == "Ola ringte."
    staff.post(act("note-cover", row) + tail, {"passages": "Ola"})
    assert "[…] ringte." in staff.get(act("note-cover", row) + tail).content.decode()
    staff.post(act("note-correct", row) + tail, {"do": "remove"})
    assert "application.note_removed" in TrailEntry.objects.values_list("action", flat=True)


def test_a_reason_that_names_others_is_covered_by_who_may_read_it(client, vacancy, row):
    writer, reader = (factories.make_staff(actions.HR, language="en") for _n in range(2))
    assessing.criterion(vacancy)
    assessing.assess(row, writer, reason="Kari Nes roste sveisene.")
    judgement = Judgement.objects.get()
    page = act("reason-cover", row) + f"?reason={judgement.pk}"
    factories.sign_in(client, reader)
    # Another's judgement is not there for who has not handed in their own.
    assert client.get(page).status_code == 404 and client.get(act("reason-cover", row)).status_code == 404
    assessing.assess(row, reader, reason="Fagbrev.")
    assert f'href="{page}"' in client.get(act("inspect", row)).content.decode()
    assert "does not stand in the text" in client.post(page, {"passages": "Ola"}).content.decode()
    assert client.post(page, {"passages": "Kari Nes"}).status_code == 302
    assert Judgement.objects.get(pk=judgement.pk).reason == "[…] roste sveisene."
    html = client.get(page).content.decode()
    assert "Kari Nes roste sveisene." in html and "[…] roste sveisene." in html
    html = client.get(act("inspect", row)).content.decode()
    assert "Kari Nes roste sveisene." in html and "partly covered for the applicant" in html
    # Whoever corrects theirs goes on from their own words, and sees the first version beside the new one.
    author = factories.sign_in(type(client)(), writer)
    assert "Kari Nes roste sveisene." in author.get(act("assess", row)).content.decode()
    assessing.assess(row, writer, reason="Kari Nes roste alt.")
    html = author.get(act("inspect", row)).content.decode()
    assert "Kari Nes roste sveisene." in html and "Kari Nes roste alt." in html and "corrected later" in html


def test_the_pack_names_nobody_says_what_for_and_is_written_down(staff, vacancy, row):
    assessing.criterion(vacancy)
    assessing.assess(row, factories.make_staff(actions.HR), reason="Ingrid Prøve har fagbrev.")
    page = url("careers_pack", vacancy)
    assert "har fagbrev" not in staff.get(page).content.decode()
    assert not StaffRead.objects.filter(object_pk=str(row.pk)).exists()
    html = staff.get(page + "?for=complaint").content.decode()
    assert "har fagbrev" in html and "Ingrid" not in html and row.email not in html
    assert StaffRead.objects.filter(object_pk=str(row.pk)).count() == 1
    assert TrailEntry.objects.filter(action="hiring.pack_opened", reason="complaint").count() == 1
    assert staff.get(url("careers_pack_file", vacancy)).status_code == 302
    told = json.loads(staff.get(url("careers_pack_file", vacancy) + "?for=own").content)
    assert told["applicants"][0]["judgements"][0]["criterion"] == "Fagbrev"
    assert str(row.pk)[:4] not in json.dumps(told) and "Prøve" not in json.dumps(told)


def test_an_applicant_asks_who_was_hired_and_reads_it_on_their_own_page(staff, vacancy):
    applicant = factories.make_user(language="en")
    row = factories.submit(vacancy, user=applicant, cv=False)
    own = reverse("careers:application", args=[row.pk])
    other = factories.sign_in(type(staff)(), applicant)
    assert "Who was hired?" not in other.get(own).content.decode()
    actions.close_vacancy(Hiring.objects.of(vacancy), by=factories.make_staff(actions.HR))
    assert "Who was hired?" in other.get(own).content.decode()
    assert other.post(reverse("careers:who-was-hired", args=[row.pk])).status_code == 302
    due = [each for each in tasks.open_tasks(day=timezone.localdate()) if each.kind == "who-was-hired"]
    assert [each.due_on for each in due] == [actions.due_on(HireQuestion.objects.get())]
    page = url("careers_pack", vacancy)
    assert "1 applicant has asked" in staff.get(page).content.decode()
    said = {"decided_on": timezone.localdate().isoformat(), "education": "Fagbrev", "experience": "Seks år"}
    assert staff.post(page, {**said, "other": "Ingrid Prøve"}).status_code == 422
    assert staff.post(page, said).status_code == 302 and DecisionRecord.objects.count() == 1
    assert "Seks år" in other.get(own).content.decode()
    assert not [each for each in tasks.open_tasks(day=timezone.localdate()) if each.kind == "who-was-hired"]
    staff.post(url("careers_pack_nobody", vacancy))
    assert HireQuestion.objects.get().answer == "written"


def test_hr_shares_extends_and_stops_on_the_vacancys_own_page(staff, vacancy):
    leader = factories.make_staff(actions.HIRING_LEADERS, first_name="Lars", last_name="Leder")
    page = url("careers_vacancy_shares", vacancy)
    assert "shared with nobody" in staff.get(page).content.decode()
    for day in ("2099-01-01", "2099-02-01"):
        assert staff.post(page, {"user": leader.pk, "until": day}).status_code == 302
    assert VacancyShare.objects.get().until.isoformat() == "2099-02-01"
    assert staff.post(page, {"user": leader.pk, "until": "2020-01-01"}).status_code == 422
    assert "Lars Leder" in staff.get(page).content.decode()
    staff.post(page, {"stop": str(VacancyShare.objects.get().pk)})
    assert not VacancyShare.objects.exists()
