"""Referees, sensitive content and registering by hand, in the staff pages."""

import uuid

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from careers import actions
from careers.models import Application, Finding, Referee, RefereeNote
from careers.screens import hr_forms, hr_register, meeting_forms
from privacy import tasks
from privacy.models import StaffRead, TrailEntry
from tests.careers import factories, meetings, reading


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, name="Ingrid Prøve")


@pytest.fixture
def hr(db, client):
    return factories.sign_in(client, factories.make_staff(actions.HR))


@pytest.fixture
def leader(application, client):
    user = factories.make_staff(actions.HIRING_LEADERS)
    factories.share(application.vacancy, user)
    return user


def url(name, row, **query):
    address = reverse(f"careers_applications:{name}", args=[row.pk])
    return address + "".join(f"?{key}={value}" for key, value in query.items())


def page_of(client, application):
    return client.get(url("inspect", application)).content.decode()


def test_a_referee_from_the_name_to_what_was_said(client, hr, application, drain):
    said = {"full_name": "Bjørn Verksmester", "relation": "leder", "email": "b@verksted.example", "phone": ""}
    assert client.get(url("referee", application)).status_code == 200
    assert client.post(url("referee", application), said).status_code == 302
    referee = Referee.objects.get()
    own = {"referee": referee.pk}
    assert client.post(url("referee-tell", application, **own), {"how": "mail"}).context["form"].errors
    wording = client.get(url("referee-agree", application, **own)).content.decode()
    assert meetings.wording(actions.REFEREE).wording in wording
    assert client.post(url("referee-agree", application, **own), {"how": "phone"}).context["form"].errors
    assert client.post(url("referee-agree", application, **own), {"how": "phone", "read_out": "on"}).status_code == 302
    assert "Bjørn Verksmester" in client.get(url("referee-tell", application, **own)).content.decode()
    assert client.post(url("referee-tell", application, **own), {"how": "mail"}).status_code == 302
    note = {"said": "Referansen er fornøyd.", "identifying": "Leder i Drammen"}
    assert client.post(url("referee-note", application, **own), {**note, "said": "Bjørn er"}).context["form"].errors
    assert client.post(url("referee-note", application, **own), note).status_code == 302
    html = page_of(client, application)
    assert "Referansen er fornøyd." in html and "Leder i Drammen" in html
    assert StaffRead.objects.filter(model="careers.Referee", object_pk=str(referee.pk)).count() == 1
    assert client.post(url("referee-remove", application, **own)).status_code == 302
    drain()
    assert not Referee.objects.exists() and not RefereeNote.objects.exists()


@pytest.mark.parametrize("key", ["", "tull", str(uuid.UUID(int=3))])
def test_a_referee_of_nobody_is_not_found(client, hr, application, key):
    for name in ("referee-agree", "referee-tell", "referee-note", "referee-remove"):
        assert client.get(url(name, application, referee=key)).status_code == 404


def test_a_referee_of_another_application_is_not_found(client, hr, application):
    other = meetings.refer(factories.submit(application.vacancy, cv=None))
    assert client.post(url("referee-remove", application, referee=other.pk)).status_code == 404
    assert Referee.objects.count() == 1


def test_a_hiring_leader_meets_no_referee(client, application, leader):
    referee = meetings.refer(application)
    factories.sign_in(client, leader)
    assert "Bjørn" not in page_of(client, application)
    for name in ("referee", "referee-tell", "referee-note", "referee-remove"):
        response = client.get(url(name, application, referee=referee.pk))
        assert response.status_code in (302, 403) and "Bjørn" not in response.content.decode()


def test_no_form_of_staff_has_a_field_for_a_profile_on_a_network(db):
    """N15: a profile comes only from the applicant's own link, so staff have nowhere to type one."""
    forms = [
        each
        for module in (hr_forms, meeting_forms, hr_register)
        for each in vars(module).values()
        if isinstance(each, type) and hasattr(each, "base_fields")
    ]
    names = {name for form in forms for name in form.base_fields}
    assert len(forms) >= 10 and {"full_name", "relation", "email"} <= names
    assert not {name for name in names if any(word in name for word in ("link", "profile", "url", "social"))}
    columns = {field.name for model in (Referee, RefereeNote) for field in model._meta.concrete_fields}
    assert not any("link" in name or "profile" in name for name in columns)


# Sensitive content


def test_a_leader_closes_a_file_off_and_nobody_on_staff_reads_it(client, application, leader):
    factories.sign_in(client, leader)
    cv = application.files.get()
    assert "cv.pdf" in page_of(client, application)
    assert client.get(url("flag", application)).status_code == 200
    assert client.post(url("flag", application), {"what": "letter:x", "reason": "health"}).context["form"].errors
    said = {"what": f"file:{cv.pk}", "reason": "health"}
    assert client.post(url("flag", application), said).status_code == 302
    assert client.post(url("flag", application), {**said, "what": f"letter:{application.pk}"}).status_code == 302
    html = page_of(client, application)
    assert application.message not in html and "cv.pdf" not in html
    assert client.get(url("document", application), {"file": str(cv.pk)}).status_code == 404
    assert not TrailEntry.objects.filter(action="application.file_opened").exists()
    assert client.get(url("finding", application, finding=Finding.objects.first().pk)).status_code in (302, 403)
    factories.sign_in(client, factories.make_staff(actions.HR))
    assert client.get(url("document", application), {"file": str(cv.pk)}).status_code == 404
    assert application.message not in page_of(client, application)


def test_hr_settles(client, hr, application):
    answer = application.answers.create(order=1, question_text="Har du førerkort?", text="Ja")
    actions.add_note(application, text="Var syk.", by=factories.make_staff(actions.HR))
    parts = client.get(url("flag", application)).context["form"].fields["what"].choices
    assert {code.partition(":")[0] for code, _label in parts} == {"letter", "file", "answer", "note"}
    letter = actions.flag_content(application, kind="letter", target=None, reason="union", by=None)
    other = actions.flag_content(application, kind="answer", target=answer.pk, reason="union", by=None)
    assert client.get(url("finding", application, finding=letter.pk)).status_code == 200
    assert client.post(url("finding", application, finding=letter.pk), {"act": "clear"}).status_code == 302
    assert client.post(url("finding", application, finding=other.pk), {"act": "remove"}).status_code == 302
    assert set(Finding.objects.values_list("state", flat=True)) == {"cleared", "removed"}
    assert application.message in page_of(client, application)
    for key in (letter.pk, "tull"):
        assert client.get(url("finding", application, finding=key)).status_code == 404


# What HR has to do


def test_tasks_name_nobody_and_have_their_day(application):
    finding = actions.flag_content(application, kind="letter", target=None, reason="health", by=None)
    Application.objects.filter(pk=application.pk).update(minor=True)
    interview = meetings.offer(factories.submit(application.vacancy, cv=None))
    actions.no_time_fits(interview, answer="", by=None)
    found = {task.kind: task for task in tasks.open_tasks(day=timezone.localdate())}
    assert found["findings"].due_on == finding.due_on and str(application.pk)[:8] in found["findings"].title
    assert found["guardians"].url == url("guardian", application) and found["guardians"].due_on is None
    assert found["interview-answers"].url.endswith(f"{interview.pk}/")
    assert not any("Ingrid" in task.title for task in found.values())


# Registering by hand


def register_form(**values):
    today = timezone.localdate().isoformat()
    return {
        "received_by": "mail",
        "arrived_on": today,
        "name": "Olav Prøve",
        "email": "olav@soker.example",
        "phone": "",
        "language": "nb",
        "message": "Jeg liker verktøy.",
        "how": "mail",
        "agreed_on": today,
        "evidence": factories.upload("epost.pdf"),
        "read": "on",
        **values,
    }


def register_url(vacancy):
    return reverse("careers_vacancy_register", args=[vacancy.reference])


def test_hr_registers_and_finds_how_it_came(client, hr, vacancy):
    page = client.get(register_url(vacancy)).content.decode()
    assert meetings.wording(actions.RECRUITMENT).wording in page
    response = client.post(register_url(vacancy), register_form())
    row = Application.objects.get()
    assert response.url == url("inspect", row)
    html = page_of(client, row)
    assert url("evidence", row) in html
    response = client.get(url("evidence", row))
    assert b"".join(response.streaming_content) == factories.upload().read()
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert reading.acts(row.registration)[-1] == "application.file_opened"
    assert client.get(url("evidence", factories.submit(vacancy, cv=None))).status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"read": ""},
        {"evidence": ""},
        {"name": ""},
        {"message": "Mitt nummer er 01010750160"},
        {"received_by": "form"},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(client, hr, vacancy, values):
    response = client.post(register_url(vacancy), register_form(**values))
    assert response.status_code == 200 and response.context["form"].errors and not Application.objects.exists()


def test_a_paper_that_is_none_is_refused(client, hr, vacancy):
    response = client.post(register_url(vacancy), register_form(evidence=factories.upload("a.pdf", b"hei")))
    assert "evidence" in response.context["form"].errors


def test_without_the_question_nothing_can_be_registered(client, hr, vacancy):
    ConsentText = apps.get_model("privacy", "ConsentText")
    ConsentText.objects.filter(purpose=actions.RECRUITMENT).update(live=False)
    assert 'name="name"' not in client.get(register_url(vacancy)).content.decode()
    assert client.post(register_url(vacancy), register_form()).context["form"].errors


def test_only_hr_registers(client, application, leader):
    factories.sign_in(client, leader)
    assert client.get(register_url(application.vacancy)).status_code == 403
    assert client.get(url("evidence", application)).status_code in (302, 403)


def test_a_letter_that_is_closed_off_is_not_judged_by(client, hr, application):
    address = url("assess", application)
    assert application.message in client.get(address).content.decode()
    actions.flag_content(application, kind="letter", target=None, reason="health", by=None)
    assert application.message not in client.get(address).content.decode()
