"""Referees and what was closed off, on the applicant's own page."""

import pytest
from django.urls import reverse

from careers import actions
from careers.models import Finding, Referee
from tests.careers import factories, meetings


@pytest.fixture
def user(db):
    return factories.make_user()


@pytest.fixture
def application(vacancy, user):
    return factories.submit(vacancy, user=user)


@pytest.fixture
def own_page(client, user, application):
    factories.sign_in(client, user)
    return reverse("careers:application", args=[application.pk])


def form(**values):
    text = meetings.wording(actions.REFEREE)
    said = {
        "full_name": "Bjørn Verksmester",
        "relation": "min leder",
        "email": "bjorn@verksted.example",
        "phone": "",
        "consent": "on",
        "wording": text.sha256,
        **values,
    }
    return {f"referee-{name}": value for name, value in said.items()}


def levels(response):
    return [each.level_tag for each in response.context["messages"]]


def add(client, application, **values):
    return client.post(reverse("careers:add-referee", args=[application.pk]), form(**values), follow=True)


def answer(client, referee, **values):
    address = reverse("careers:referee", args=[referee.application_id, referee.pk])
    return client.post(address, values, follow=True)


def test_the_box_is_not_ticked_beforehand(client, own_page):
    html = client.get(own_page).content.decode()
    assert 'name="referee-consent"' in html
    box = html.split('name="referee-consent"')[1].split(">")[0]
    assert "checked" not in box and meetings.wording(actions.REFEREE).wording in html


def test_one_names_a_referee_and_takes_it_back(client, own_page, application, drain):
    assert levels(add(client, application)) == ["success"]
    referee = Referee.objects.get()
    assert actions.may_ask(referee) and "Bjørn Verksmester" in client.get(own_page).content.decode()
    assert levels(answer(client, referee, act="remove")) == ["success"] and not actions.may_ask(referee)
    drain()
    assert not Referee.objects.exists() and "Bjørn" not in client.get(own_page).content.decode()


@pytest.mark.parametrize(
    "values",
    [{"consent": ""}, {"wording": "0" * 64}, {"email": "", "phone": ""}, {"full_name": ""}, {"email": "ikke"}],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client, own_page, application, values):
    assert levels(add(client, application, **values)) == ["error"] and not Referee.objects.exists()


def test_one_hr_has_noted_waits_for_the_answer(client, own_page, application):
    referee = meetings.refer(application, agree=False)
    assert 'value="agree"' in client.get(own_page).content.decode()
    text = meetings.wording(actions.REFEREE)
    for said in ({"wording": text.sha256}, {"consent": "yes"}, {"wording": "0", "consent": "yes"}):
        assert levels(answer(client, referee, act="agree", **said)) == ["error"]
    assert not actions.may_ask(referee)
    assert levels(answer(client, referee, act="agree", consent="yes", wording=text.sha256)) == ["success"]
    assert actions.may_ask(referee)


def test_while_the_question_is_not_published_nobody_is_named(client, own_page, application):
    from privacy.models import Screening

    Screening.objects.filter(activity="referee-contact").delete()
    assert "referee-consent" not in client.get(own_page).content.decode()
    assert levels(add(client, application)) == ["error"] and not Referee.objects.exists()


def test_nobody_answers_for_somebody_else(client, own_page, vacancy):
    other = meetings.refer(factories.submit(vacancy, cv=None))
    address = reverse("careers:referee", args=[other.application_id, other.pk])
    assert client.post(address, {"act": "remove"}).status_code == 404
    assert client.post(reverse("careers:add-referee", args=[other.application_id]), form()).status_code == 404
    assert Referee.objects.count() == 1


# What was closed off


def flag(application, **values):
    said = {"kind": "letter", "target": None, "reason": "health", "by": None, **values}
    return actions.flag_content(application, **said)


def settle(client, finding, **values):
    address = reverse("careers:finding", args=[finding.application_id, finding.pk])
    return client.post(address, values, follow=True)


def test_the_applicant_sees_what_is_closed_off_and_removes_it(client, own_page, application):
    assert "closed-off" not in client.get(own_page).content.decode()
    finding = flag(application)
    assert reverse("careers:finding", args=[application.pk, finding.pk]) in client.get(own_page).content.decode()
    assert levels(settle(client, finding, act="remove")) == ["success"]
    application.refresh_from_db()
    assert application.message == "" and Finding.objects.get().state == "removed"
    assert levels(settle(client, finding, act="remove")) == ["error"]


def test_the_applicant_insists_and_takes_it_back(client, own_page, application):
    cv = application.files.get()
    finding = flag(application, kind="file", target=cv.pk)
    assert "cv.pdf" in client.get(own_page).content.decode()
    text = meetings.wording(actions.SPECIAL_ITEM)
    for said in ({}, {"consent": "yes"}, {"wording": text.sha256}, {"wording": "0", "consent": "yes"}):
        assert levels(settle(client, finding, act="keep", **said)) == ["error"]
    assert levels(settle(client, finding, act="keep", consent="yes", wording=text.sha256)) == ["success"]
    assert Finding.objects.get().state == "kept" and 'value="take-back"' in client.get(own_page).content.decode()
    assert levels(settle(client, finding, act="take-back")) == ["success"]
    assert Finding.objects.get().state == "removed"
    assert levels(settle(client, finding, act="take-back")) == ["error"]


def test_what_we_wrote_ourselves_is_not_theirs_to_keep(client, own_page, application):
    note = actions.add_note(application, text="Var syk.", by=factories.make_staff(actions.HR))
    flag(application, kind="note", target=note.pk)
    html = client.get(own_page).content.decode()
    assert 'value="remove"' in html and 'value="keep"' not in html


def test_while_that_question_is_not_published_there_is_only_removing(client, own_page, application):
    from privacy.models import Screening

    Screening.objects.filter(activity="special-category-item").delete()
    finding = flag(application)
    assert 'value="keep"' not in client.get(own_page).content.decode()
    assert levels(settle(client, finding, act="keep", consent="yes", wording="")) == ["error"]


def test_enough_is_enough_and_the_page_says_so(client, own_page, application):
    for number in range(5):
        meetings.refer(application, full_name=f"Referanse {number}")
    assert levels(add(client, application)) == ["error"] and Referee.objects.count() == 5
