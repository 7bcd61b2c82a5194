"""Mailed links: opening them changes nothing, the button does, and a stranger's link opens nothing."""

from datetime import timedelta
from urllib.parse import urlparse

import pytest
import time_machine
from django.utils import timezone

from careers import actions, links
from careers.models import Application
from cn_portal.accounts.models import User
from privacy import actions as engine
from privacy.models import DataSubject
from tests.careers import factories, reading
from tests.crm import factories as customers


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, pool=True)


def confirm_path(application):
    return urlparse(links.confirm_url(application)).path


def withdraw_path(application):
    return urlparse(links.withdraw_url(application)).path


@pytest.mark.parametrize(("language", "word"), [("nb", "Bekreft"), ("en", "Confirm")])
def test_the_mail_as_it_is_sent(vacancy, drain, mailoutbox, language, word):
    application = factories.submit(vacancy, language=language)
    drain()
    [mail] = mailoutbox
    assert mail.to == [application.email] and application.vacancy_title in mail.subject
    assert f"/applications/confirm/{application.pk}:" in mail.body and word in mail.body
    assert f"/applications/withdraw/{application.pk}:" in mail.body and "{" not in mail.body


@pytest.mark.parametrize(
    "stages", [["interview"], ["interview", "offer"], ["interview", "offer", "hired"], ["rejected"]]
)
def test_news_is_written_for_every_stage(vacancy, drain, mailoutbox, stages):
    application, hr = factories.submit(vacancy), factories.make_staff(actions.HR)
    for stage in stages:
        actions.move_application(application, to=stage, by=hr, reason="Manglet fagbrev.")
    drain()
    bodies = {mail.body for mail in mailoutbox}
    assert len(bodies) == len(stages) + 1
    assert all("/applications/" in body and "Manglet" not in body and "{" not in body for body in bodies)
    actions.withdraw_application(application, by=None)
    drain()
    told, last = mailoutbox[-2:]
    assert "Trukket" in told.subject and last.subject.startswith("Alt vi har om deg, blir slettet")


def test_opening_the_link_changes_nothing(client, application):
    before = reading.counts(), reading.row_of(application), reading.acts(application)
    for method in (client.get, client.head, client.get):
        assert method(confirm_path(application)).status_code == 200
    assert (reading.counts(), reading.row_of(application), reading.acts(application)) == before
    assert not User.objects.exists()


def test_the_button_confirms_once(client, application):
    path = confirm_path(application)
    response = client.post(path)
    assert (response.status_code, response.url) == (302, path)
    application.refresh_from_db()
    assert application.confirmed_at and User.objects.get().email == application.email
    before = reading.row_of(application)
    assert client.post(path).status_code == 302 and reading.row_of(application) == before
    assert f"/applications/{application.pk}/" in client.get(path).content.decode()


@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 410)])
def test_the_link_works_for_14_days(client, application, days, status):
    path = confirm_path(application)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert client.get(path).status_code == status
        client.post(path)
    application.refresh_from_db()
    assert bool(application.confirmed_at) is (status == 200)


@pytest.mark.parametrize("make", [confirm_path, withdraw_path])
def test_a_link_that_is_not_ours_opens_nothing(client, application, make):
    path = make(application)
    broken = path[:-3] + "xx/"
    assert client.get(path).status_code == 200
    assert client.get(broken).status_code == client.post(broken).status_code == 410
    other = "withdraw" if "confirm" in path else "confirm"
    swapped = path.replace("confirm" if other == "withdraw" else "withdraw", other)
    assert client.get(swapped).status_code == 410
    assert Application.objects.get().state == "submitted"


def test_withdrawing_by_link_takes_one_button(client, application, drain):
    path = withdraw_path(application)
    before = reading.row_of(application)
    assert client.get(path).status_code == client.head(path).status_code == 200
    assert reading.row_of(application) == before
    assert client.post(path, {"what": "this"}).url == path
    assert "danger" not in client.get(path).content.decode()
    drain()
    assert not Application.objects.exists() and reading.counts()["TalentPoolEntry"] == 1
    assert client.get(path).status_code == 200 and client.post(path).status_code == 200
    assert client.get(confirm_path(application)).status_code == 410


def test_the_talent_pool_can_be_left_in_the_same_step(client, application, drain):
    assert client.get(withdraw_path(application)).content.decode().count('type="radio"') == 2
    assert client.post(withdraw_path(application)).status_code == 422, "neither answer is chosen beforehand"
    assert Application.objects.get().state == "submitted"
    client.post(withdraw_path(application), {"what": "everything"})
    drain()
    assert reading.counts()["TalentPoolEntry"] == 0 and not Application.objects.exists()


def test_where_there_is_nothing_else_one_button_means_it_and_says_that_the_person_goes(client, vacancy, drain):
    application = factories.submit(vacancy, cv=False, language="en")
    html = client.get(withdraw_path(application)).content.decode()
    assert "radio" not in html and "nothing about you is left here but that proof" in html
    client.post(withdraw_path(application))
    drain()
    assert DataSubject.objects.get(pk=application.subject_id).state == "erased"


def test_a_link_names_nothing_that_is_held_elsewhere(client, vacancy):
    """Whoever holds the mail need not be the person: what they are as a customer is told to nobody but themselves."""
    user = factories.make_user("ingrid@soker.example")
    customer = customers.contact(full_name="Ingrid Kunde", email="")
    engine.prove_mailbox(customer.subject, email=user.email, by=None)
    engine.claim_subject(user.subject, claimed=customer.subject, by=user)
    application = factories.submit(vacancy, user=user, cv=False, language="en")
    html = client.get(withdraw_path(application)).content.decode()
    assert "for example as a customer" in html and "Contact details" not in html and "Kunde" not in html


@pytest.mark.parametrize(("language", "words"), [("nb", "Bekreft adressen"), ("en", "Confirm the address")])
def test_the_page_behind_the_mail_speaks_the_language_of_the_mail(client, vacancy, language, words):
    application = factories.submit(vacancy, cv=False, language=language)
    for asked in ("nb", "en"):
        answer = client.get(confirm_path(application), headers={"accept-language": asked})
        assert words in answer.content.decode() and answer.headers["Content-Language"] == language
        assert f'<html lang="{language}"' in answer.content.decode()


def test_a_withdrawn_application_is_confirmed_no_more(client, application):
    actions.withdraw_application(application, by=None)
    assert client.post(confirm_path(application)).status_code == 410
    assert not User.objects.exists()


def test_who_presses_while_signed_in_is_written_down(client, vacancy):
    from privacy.models import TrailEntry

    user = factories.make_user()
    application = factories.submit(vacancy, user=user)
    factories.sign_in(client, user)
    client.post(confirm_path(application))
    assert TrailEntry.objects.get(action="application.confirmed").actor == user.pk


def test_a_vacancy_that_is_gone_is_no_obstacle(client, application):
    application.vacancy.delete()
    assert client.get(withdraw_path(application)).status_code == 200
