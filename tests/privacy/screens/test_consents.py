"""Withdrawing: one press, effective at once, and only one's own."""

import pytest
from django.test import Client

from privacy import actions, registry
from privacy.models import ConsentState
from privacy.queries import may_use

URL = "/my-data/consents/withdraw/newsletter-test/"


def state_of(user, about=""):
    return ConsentState.objects.get(subject=user.subject, about=about).state


def test_one_press_withdraws_and_says_what_happens_now(kari, ola, sign_in, agree, today):
    agree(kari)
    agree(ola)
    client = sign_in(kari, language="en", confirmed=False)
    assert may_use(kari.subject, purpose="newsletter-test", day=today)
    answer = client.post(URL, {"about": ""}, follow=True)
    assert answer.redirect_chain == [("/my-data/", 302)]
    assert "From now on we use nothing about you for this." in answer.content.decode()
    assert not may_use(kari.subject, purpose="newsletter-test", day=today)
    assert state_of(kari) == "withdrawn"
    assert state_of(ola) == "given"


def test_once_more_changes_nothing_and_says_so(kari, sign_in, agree):
    agree(kari)
    client = sign_in(kari, language="en")
    client.post(URL)
    answer = client.post(URL, follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert kari.subject.consent_events.filter(kind="withdrawn").count() == 1
    assert f'action="{URL}"' not in answer.content.decode()


def test_only_the_answer_that_was_named_is_withdrawn(kari, sign_in, agree):
    agree(kari, about="first")
    agree(kari, about="second")
    sign_in(kari).post(URL, {"about": "first"})
    assert (state_of(kari, "first"), state_of(kari, "second")) == ("withdrawn", "given")
    sign_in(kari).post(URL)
    assert state_of(kari, "second") == "withdrawn"


def test_a_consent_of_a_claimed_record_is_withdrawn_too(kari, sign_in, agree):
    earlier = actions.register_subject(role="enquirer", email=kari.email, verified=True, by=None)
    agree(kari)
    kept, kari.subject = kari.subject, earlier
    agree(kari)
    kari.subject = kept
    actions.claim_subject(kept, claimed=earlier, by=kari)
    sign_in(kari).post(URL)
    assert set(ConsentState.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize("purpose", ["newsletter-test", "never-heard-of"])
def test_what_one_never_agreed_to_is_not_found(purpose, kari, ola, sign_in, agree):
    agree(ola)
    assert sign_in(kari).post(f"/my-data/consents/withdraw/{purpose}/").status_code == 404
    assert state_of(ola) == "given"


def test_looking_does_not_withdraw(kari, sign_in, agree):
    agree(kari)
    assert sign_in(kari).get(URL).status_code == 405
    assert Client().post(URL).status_code == 302
    assert sign_in(kari, enforce_csrf_checks=True).post(URL).status_code == 403
    assert state_of(kari) == "given"


def test_what_rests_on_it_is_ended_and_said(kari, sign_in, agree, monkeypatch):
    ended = []
    act = [lambda subject, *, about, by: ended.append((subject, about, by))]
    monkeypatch.setattr(registry, "withdrawal_acts", lambda purpose: act if purpose == "newsletter-test" else [])
    agree(kari, about="a-1")
    answer = sign_in(kari, language="en").post(URL, follow=True)
    assert ended == [(kari.subject, "a-1", kari)]
    assert "what rested on it is being deleted" in answer.content.decode()
