"""Deleting one's data over HTTP: the plan, one tick, one button, signed out, and then really gone."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from privacy import actions, queries
from privacy.models import DataSubject, Erasure, OutgoingMail, StoredFile

URL = "/my-data/erase/"


def test_the_plan_is_shown_before_anything_happens(kari, sign_in, bring, today):
    payload = {"email": kari.email}
    actions.log_disclosure(kari.subject, recipient=bring, payload=payload, activity="accounts", by=kari)
    actions.place_hold(
        kari.subject.files.get(),
        subject=kari.subject,
        ground="statutory",
        law="bokføringsloven § 13",
        until=today + timedelta(days=900),
        by=kari,
        reason="accounting-document",
    )
    page = sign_in(kari, language="en").get(URL).content.decode()
    assert "Nothing has been deleted yet." in page
    assert "Account (1)" in page
    assert "because it is part of our accounts (bokføringsloven § 13)." in page
    assert "you have asked for deletion: Postbudet AS." in page
    assert "What we have shared (1)" in page
    assert 'name="confirm" class="' not in page and "checked" not in page
    assert not Erasure.objects.exists()


def test_nothing_shared_is_said(kari, sign_in):
    page = sign_in(kari, language="en").get(URL).content.decode()
    assert "Nobody: nothing about you has been shared." in page
    assert "Stays for now, locked away" not in page


def test_both_answers_weigh_the_same_and_nobody_is_talked_out_of_it(kari, sign_in):
    page = sign_in(kari, language="en").get(URL).content.decode()
    assert page.count('class="button even"') == 2
    for plea in ("sorry", "sure", "miss", "stay with", "instead"):
        assert plea not in page.split("<main")[1].split("</main>")[0].lower()


def test_from_the_button_to_nothing_left(kari, ola, sign_in, drain, mailoutbox):
    client = sign_in(kari, language="en")
    answer = client.post(URL, {"confirm": "on"})
    erasure = Erasure.objects.get()
    assert answer.url == f"/my-data/erased/?erasure={erasure.pk}"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert f">{str(erasure.pk)[:8]}<" in page.content.decode()
    assert f'href="/privacy/erased/{erasure.pk}/"' in page.content.decode()
    assert "Postboks 458 Sentrum, 0105 Oslo" in page.content.decode()
    assert client.get("/my-data/").status_code == 302
    drain()
    assert not get_user_model().objects.filter(pk=kari.pk).exists()
    assert StoredFile.objects.filter(subject=kari.subject).count() == 0
    assert DataSubject.objects.get(pk=kari.subject_id).state == "erased"
    assert get_user_model().objects.filter(pk=ola.pk).exists()
    assert "Olakanari" in sign_in(ola).get("/my-data/").content.decode()
    (mail,) = mailoutbox
    assert mail.to == ["karikanari@kunde.example"]
    assert str(erasure.pk)[:8] in mail.subject and "Datatilsynet" in mail.body
    assert f"/privacy/erased/{erasure.pk}/\n" in mail.body
    assert "Karikanari" not in mail.body and "kunde.example" not in mail.body
    assert not OutgoingMail.objects.exclude(to_sealed=b"").exists()


def test_without_the_tick_nothing_is_ordered(kari, sign_in):
    answer = sign_in(kari, language="en").post(URL)
    assert answer.status_code == 200
    assert "Tick the box if you want us to delete your data." in answer.content.decode()
    assert not Erasure.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_proof_is_asked_for_again(method, kari, sign_in):
    values = {"confirm": "on"} if method == "post" else {}
    answer = getattr(sign_in(kari, confirmed=False), method)(URL, values)
    assert (answer.status_code, answer.url) == (302, "/account/confirm/?next=%2Fmy-data%2Ferase%2F")
    assert not Erasure.objects.exists()


def test_no_token_no_erasure(kari, sign_in):
    assert sign_in(kari, enforce_csrf_checks=True).post(URL, {"confirm": "on"}).status_code == 403
    assert Client().post(URL, {"confirm": "on"}).url == f"/account/sign-in/?next={URL}"
    assert not Erasure.objects.exists()


def test_ordering_twice_is_one_erasure(kari, sign_in):
    first, second = sign_in(kari), sign_in(kari)
    assert first.post(URL, {"confirm": "on"}).url == second.post(URL, {"confirm": "on"}).url
    assert Erasure.objects.count() == 1


def test_when_nothing_is_left_to_go_it_says_so(kari, sign_in, monkeypatch):
    monkeypatch.setattr("privacy.screens.erasure.actions.order_erasure", lambda *args, **kwargs: None)
    client = sign_in(kari, language="en")
    answer = client.post(URL, {"confirm": "on"}, follow=True)
    assert answer.redirect_chain == [("/my-data/", 302)]
    assert "Everything that can go is gone already." in answer.content.decode()


@pytest.mark.parametrize("key", ["", "hallo", "1a2b3c4d", "<b>x</b>", "1A2B3C4D-0000-4000-8000-000000000000"])
def test_only_a_key_that_looks_like_ours_is_shown_back(key, client, db):
    page = client.get("/my-data/erased/", {"erasure": key}).content.decode()
    assert "The number of this erasure" not in page and "Nummeret på denne slettingen" not in page
    assert "<b>x</b>" not in page


def test_an_account_of_somebody_who_works_here_stays_and_says_why(make_person, sign_in, drain):
    user = make_person("Stafkanari", is_staff=True)
    client = sign_in(user, language="en")
    assert "You work here and need the account" in client.get(URL).content.decode()
    client.post(URL, {"confirm": "on"})
    drain()
    assert get_user_model().objects.filter(pk=user.pk).exists()
    assert queries.open_erasure(user.subject).state == "waiting"
