"""Who reaches a draft: the browser that wrote it, the person signed in, and whoever has the mailed link (T01, T05)."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from careers import actions, draft_links
from careers.models import ApplicationDraft
from tests.careers import factories, reading, steps
from tests.careers.steps import DETAILS, address, send


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()
    yield
    cache.clear()


def link_of(draft):
    return draft_links.draft_url(draft).partition("/applications")[2].join(["/applications", ""])


def test_another_browser_meets_nothing_of_it(client, vacancy):
    send(client, vacancy, **DETAILS)
    other = Client()
    assert steps.fields(other, vacancy)["full_name"] == ""
    for step in ("documents", "check", "send", "delete"):
        assert other.get(address(vacancy, step)).status_code == 302
    other.post(address(vacancy, "delete"))
    assert ApplicationDraft.objects.get().ended_at is None


def test_the_session_holds_a_key_and_no_word_of_it(client, vacancy, settings):
    send(client, vacancy, **DETAILS)
    assert str(ApplicationDraft.objects.get().pk) in str(dict(client.session))
    assert "ingrid" not in str(dict(client.session)).lower()
    assert client.cookies[settings.SESSION_COOKIE_NAME]["httponly"]


def test_the_person_signed_in_goes_on_in_any_browser(client, vacancy):
    user = factories.make_user()
    steps.draft(vacancy, user=user, full_name="Åse Ødegård")
    factories.sign_in(client, user)
    assert steps.fields(client, vacancy)["full_name"] == "Åse Ødegård"
    stranger = factories.sign_in(Client(), factories.make_user())
    assert steps.fields(stranger, vacancy)["full_name"] == ""


def test_save_and_go_on_later_mails_the_way_back(client, vacancy):
    answer = send(client, vacancy, go="later", **DETAILS)
    assert answer.url == address(vacancy, "later")
    html = client.get(answer.url).content.decode()
    assert "ingrid@soker.example" in html and "Lagret" in html
    [(to, context)] = reading.mails("draft")
    assert to == "ingrid@soker.example"
    path = context["draft_url"].partition("//")[2].partition("/")[2]
    elsewhere = Client()
    # Opening the link alone opens nothing and changes nothing.
    before = reading.row_of(ApplicationDraft.objects.get())
    page = elsewhere.get(f"/{path}")
    assert page.status_code == 200 and steps.fields(elsewhere, vacancy)["full_name"] == ""
    assert reading.row_of(ApplicationDraft.objects.get()) == before
    assert elsewhere.post(f"/{path}").url == address(vacancy)
    assert steps.fields(elsewhere, vacancy)["full_name"] == "Ingrid Prøve"


def test_the_answer_is_the_same_whatever_address_is_typed(client, vacancy):
    factories.make_user("kjent@soker.example")
    factories.submit(vacancy, email="kjent@soker.example")
    pages = []
    for email in ("kjent@soker.example", "ukjen@soker.example"):
        browser = Client()
        answer = send(browser, vacancy, go="later", **{**DETAILS, "email": email})
        html = browser.get(answer.url).content.decode().replace(email, "…")
        pages.append((answer.status_code, answer.url, html[html.index("<main") : html.index("</main>")]))
    assert pages[0] == pages[1]
    assert {to for to, _context in reading.mails("draft")} == {"kjent@soker.example", "ukjen@soker.example"}


def test_one_mailbox_gets_three_links_in_an_hour(client, vacancy):
    send(client, vacancy, **DETAILS)
    for _press in range(5):
        assert send(client, vacancy, "check", go="later").url == address(vacancy, "later")
    assert len(reading.mails("draft")) == 3


def test_one_network_starts_forty_applications_in_an_hour(vacancy):
    answers = [send(Client(), vacancy, **DETAILS).status_code for _person in range(41)]
    assert answers == [302] * 40 + [429] and ApplicationDraft.objects.count() == 40
    html = send(Client(), vacancy, **DETAILS).content.decode()
    assert "Ingrid Prøve" in html and "nettverket ditt" in html and vacancy.reference in html
    user = factories.make_user()
    assert send(factories.sign_in(Client(), user), vacancy, **DETAILS).status_code == 302


def test_too_many_sent_from_one_network(client, vacancy, monkeypatch):
    steps.written(client, vacancy)
    monkeypatch.setattr("careers.screens.apply.MOST_SENT", 0)
    answer = send(client, vacancy, "send", consent="on")
    assert answer.status_code == 429 and ApplicationDraft.objects.exists()


def test_it_is_asked_once_before_a_draft_is_deleted(client, vacancy, drain):
    send(client, vacancy, **DETAILS)
    html = client.get(address(vacancy, "delete")).content.decode()
    assert "Slette utkastet?" in html and ApplicationDraft.objects.get().ended_at is None
    assert client.post(address(vacancy, "delete")).url == vacancy.url
    assert steps.fields(client, vacancy)["full_name"] == ""
    drain()
    assert not ApplicationDraft.objects.exists()


def test_the_mailed_link_can_delete_it_too(client, vacancy, drain):
    user = factories.make_user()
    draft = steps.draft(vacancy, user=user)
    url = link_of(draft)
    assert "Slette utkastet?" in client.get(f"{url}delete/").content.decode()
    factories.sign_in(client, user)
    assert client.post(f"{url}delete/").status_code == 302
    drain()
    assert not ApplicationDraft.objects.exists()
    for address_ in (url, f"{url}delete/", reverse("careers:draft", args=["noe:annet"])):
        assert client.get(address_).status_code == 410


def test_a_vacancy_that_is_not_there_any_more(client, vacancy):
    draft = steps.draft(vacancy)
    url = link_of(draft)
    ApplicationDraft.objects.update(vacancy=None)
    html = client.get(url).content.decode()
    assert "finnes ikke her lenger" in html and "Åpne utkastet" not in html
    assert client.post(url).url == url
    assert client.post(f"{url}delete/").url == "/"


def test_a_sent_draft_has_no_way_back(client, vacancy):
    draft = steps.draft(vacancy)
    url = link_of(draft)
    actions.mail_draft_link(draft, by=None)
    steps.submit(draft, vacancy)
    assert client.get(url).status_code == 410 and client.post(url).status_code == 410
