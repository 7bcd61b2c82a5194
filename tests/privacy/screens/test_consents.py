"""Your consents: one press to take back, never less to say yes, and only one's own."""

import json
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client

from privacy import actions, registry
from privacy.models import ConsentEvent, ConsentState, ConsentText, SubjectRequest, TrailEntry
from privacy.queries import may_use
from tests.privacy.actions.test_consent import noon

PAGE = "/my-data/consents/"
URL = "/my-data/consents/withdraw/newsletter-test/"
EMAIL = "marketing-email"


class Forms(HTMLParser):
    """The forms of a page: address → fields, buttons, and the boxes that must be ticked by hand."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.open = {}, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.open = self.forms.setdefault(attrs.get("action", ""), {"fields": {}, "ticks": {}, "buttons": 0})
        elif self.open is not None and tag == "input" and attrs.get("type") == "checkbox":
            assert "checked" not in attrs, "a box is ticked beforehand"
            self.open["ticks"][attrs["name"]] = attrs["value"]
        elif self.open is not None and tag == "input":
            self.open["fields"][attrs["name"]] = attrs.get("value", "")
        elif self.open is not None and tag == "button":
            self.open["buttons"] += 1

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None

    def presses(self, action):
        """How often one has to press to send this form: every box, and the button."""
        form = self.forms[action]
        assert form["buttons"] == 1
        return len(form["ticks"]) + form["buttons"]

    def filled(self, action):
        form = self.forms[action]
        return {**form["fields"], **form["ticks"]}


@pytest.fixture
def texts(db):
    actions.publish_texts()


def forms(client):
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return Forms(answer.content.decode())


def give_url(code=EMAIL):
    return f"/my-data/consents/give/{code}/"


def withdraw_url(code=EMAIL):
    return f"/my-data/consents/withdraw/{code}/"


def say_yes(client, code=EMAIL, **changes):
    return client.post(give_url(code), {**forms(client).filled(give_url(code)), **changes}, follow=True)


def yes_of(user, code=EMAIL):
    text = actions.text_for(code, "nb")
    return actions.give_consent(user.subject, text=text, method="form", by=user, from_age=15)


def state_of(user, about="", purpose=None):
    more = {"purpose": purpose} if purpose else {}
    return ConsentState.objects.get(subject=user.subject, about=about, **more).state


# Giving


def test_every_question_is_asked_alone_unticked_and_says_how_it_is_taken_back(kari, sign_in, texts):
    html = sign_in(kari, language="en").get(PAGE).content.decode()
    asked = Forms(html).forms
    offered = [purpose.code for purpose in registry.purposes() if purpose.on_page]
    assert len(offered) >= 7
    for code in offered:
        form = asked[give_url(code)]
        assert form["ticks"] == {"yes": "1", "from_age": "15"} and form["buttons"] == 1
        text = actions.text_for(code, "en")
        assert text.wording in html and text.how_to_withdraw in html
    assert give_url("recruitment") not in asked and "24 months" in html


def test_a_yes_is_stored_with_its_words_and_method_and_shown(kari, ola, sign_in, texts, today):
    client = sign_in(kari, language="en")
    answer = say_yes(client)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "We have stored your yes: Marketing by e-mail." in answer.content.decode()
    event = kari.subject.consent_events.get()
    assert (event.kind, event.method, event.actor) == ("given", "my-data", kari.pk)
    assert event.text == actions.text_for(EMAIL, "en") and event.evidence["from_age"] == 15
    assert may_use(kari.subject, purpose=EMAIL, day=today)
    assert not may_use(kari.subject, purpose="marketing-sms", day=today)
    assert not ola.subject.consent_events.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"yes": ""}, "the box was not ticked"),
        ({"wording": "0" * 64}, "has been reworded since you opened the page"),
        ({"from_age": ""}, "15 or older"),
        ({"from_age": "14"}, "15 or older"),
        ({"from_age": "old enough"}, "15 or older"),
    ],
)
def test_half_a_yes_is_no_yes_and_says_what_is_missing(kari, sign_in, texts, changes, sentence):
    answer = say_yes(sign_in(kari, language="en"), **changes)
    assert sentence in answer.content.decode()
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("code", ["never-heard-of", "recruitment"])
def test_what_is_not_asked_here_cannot_be_answered_here(kari, sign_in, texts, code):
    assert sign_in(kari).post(give_url(code), {"yes": "1"}).status_code == 404


def test_a_question_without_a_stored_wording_is_not_asked(kari, sign_in, texts):
    ConsentText.objects.filter(purpose=EMAIL).update(live=False)
    client = sign_in(kari)
    assert give_url() not in forms(client).forms and give_url("marketing-sms") in forms(client).forms
    assert client.post(give_url(), {"yes": "1"}).status_code == 404


def test_looking_gives_nothing_and_only_the_person_gives(kari, sign_in, texts):
    assert sign_in(kari).get(give_url()).status_code == 405
    assert sign_in(kari).get(PAGE).status_code == 200
    assert Client().post(give_url(), {"yes": "1"}).status_code == 302
    assert Client().get(PAGE).status_code == 302
    assert sign_in(kari, enforce_csrf_checks=True).post(give_url(), {"yes": "1"}).status_code == 403
    assert not ConsentEvent.objects.exists()


# Never more presses to take back than to give


def test_taking_back_takes_one_press_and_never_more_than_saying_yes(kari, sign_in, texts):
    client = sign_in(kari)
    before = forms(client)
    codes = [purpose.code for purpose in registry.purposes() if purpose.on_page]
    for code in codes:
        say_yes(client, code)
    after = forms(client)
    for code in codes:
        assert after.presses(withdraw_url(code)) == 1 <= before.presses(give_url(code))
        assert after.presses(give_url(code)) == 1


def test_one_press_renews_before_the_end(kari, sign_in, texts, frozen_day):
    frozen_day("2026-01-31")
    yes_of(kari)
    frozen_day("2028-01-30")
    client = sign_in(kari, language="nb")
    assert "Det løper ut av seg selv den dagen" in client.get(PAGE).content.decode()
    say_yes(client)
    state = ConsentState.objects.get(subject=kari.subject)
    assert (state.state, state.valid_until.isoformat()) == ("renewed", "2030-01-30")


def test_a_reworded_question_shows_what_was_agreed_to_and_what_a_renewal_means(kari, sign_in, texts):
    yes_of(kari)
    actions.publish_text(
        purpose=EMAIL, language="nb", wording="Nye ord om e-post.", how_to_withdraw="Slik.", valid_months=24, by=None
    )
    client = sign_in(kari)
    html = client.get(PAGE).content.decode()
    assert "Ja, dere kan sende meg nyheter og tilbud på e-post." in html and "Nye ord om e-post." in html
    assert may_use(kari.subject, purpose=EMAIL, day=noon("2026-03-01").date())
    say_yes(client)
    assert kari.subject.consent_events.get(kind="renewed").text.wording == "Nye ord om e-post."
    assert "Spørsmålet lyder nå slik" not in client.get(PAGE).content.decode()


def test_an_old_yes_without_proof_is_said_to_be_unused_and_made_good_in_one_press(kari, sign_in, texts, today):
    actions.take_over_consent(kari.subject, purpose=EMAIL, method="import", by=None)
    client = sign_in(kari, language="en")
    page = forms(client)
    assert "We have an old yes without proof. We do not use it." in client.get(PAGE).content.decode()
    assert page.presses(give_url()) == page.presses(withdraw_url()) == 1
    assert not may_use(kari.subject, purpose=EMAIL, day=today)
    say_yes(client)
    assert may_use(kari.subject, purpose=EMAIL, day=today)
    assert kari.subject.consent_events.get(kind="given").evidence["from_age"] == 15


def test_an_old_yes_without_proof_is_taken_away_in_one_press(kari, sign_in, texts):
    actions.take_over_consent(kari.subject, purpose=EMAIL, method="import", by=None)
    client = sign_in(kari)
    client.post(withdraw_url(), forms(client).filled(withdraw_url()))
    assert state_of(kari) == "withdrawn"


def test_what_has_run_out_says_so_before_and_after_the_night(kari, sign_in, texts, frozen_day):
    frozen_day("2026-01-31")
    yes_of(kari)
    frozen_day("2028-02-01")
    for _night in range(2):
        html = sign_in(kari, language="en").get(PAGE).content.decode()
        assert "Your yes ended by itself after 31 January 2028." in html
        assert withdraw_url() not in Forms(html).forms and give_url() in Forms(html).forms
        actions.expire_consents(as_of=noon("2028-02-01"))
    assert state_of(kari) == "expired"


# Taking back


def test_one_press_withdraws_and_says_what_happens_now(kari, ola, sign_in, agree, today):
    agree(kari)
    agree(ola)
    client = sign_in(kari, language="en", confirmed=False)
    assert may_use(kari.subject, purpose="newsletter-test", day=today)
    answer = client.post(URL, {"about": ""}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "From now on we use nothing about you for this." in answer.content.decode()
    assert not may_use(kari.subject, purpose="newsletter-test", day=today)
    assert state_of(kari) == "withdrawn"
    assert state_of(ola) == "given"


def test_a_withdrawal_is_a_finished_case_of_the_person(kari, ola, sign_in, texts):
    yes_of(kari)
    sign_in(kari, language="en").post(withdraw_url())
    case = SubjectRequest.objects.get()
    assert (case.subject, case.right, case.state, case.activity) == (kari.subject, "withdrawal", "closed", EMAIL)
    assert case.outcome == "fulfilled" and case.identity == "signed_in"


def test_a_case_that_cannot_be_recorded_leaves_the_yes_as_it_was(kari, sign_in, texts, monkeypatch):
    from privacy.actions import consent_requests

    def refuse(*args, **more):
        raise RuntimeError("no case can be written")

    monkeypatch.setattr(consent_requests, "record_done", refuse)
    yes_of(kari)
    with pytest.raises(RuntimeError):
        sign_in(kari).post(withdraw_url())
    assert state_of(kari) == "given"
    assert not TrailEntry.objects.filter(action="consent.withdrawn").exists()


def test_once_more_changes_nothing_and_says_so(kari, sign_in, agree):
    agree(kari)
    client = sign_in(kari, language="en")
    client.post(URL)
    answer = client.post(URL, follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert kari.subject.consent_events.filter(kind="withdrawn").count() == 1
    assert f'action="{URL}"' not in answer.content.decode()
    assert SubjectRequest.objects.count() == 1


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


def test_that_everything_goes_is_said(kari, sign_in, agree, monkeypatch):
    from privacy.actions import consent_ends

    monkeypatch.setattr(consent_ends, "is_left_empty", lambda person: True)
    agree(kari)
    answer = sign_in(kari, language="en").post(URL)
    said = [str(message) for message in answer.wsgi_request._messages]
    assert len(said) == 1 and "so all of it is being deleted" in said[0]


# History and receipts


def test_every_answer_is_listed_with_its_receipt(kari, ola, sign_in, texts):
    yes_of(ola)
    client = sign_in(kari, language="en")
    say_yes(client)
    client.post(withdraw_url())
    say_yes(client)
    html = client.get(PAGE).content.decode()
    events = kari.subject.consent_events.order_by("at")
    assert [event.kind for event in events] == ["given", "withdrawn", "given"]
    for event in events:
        address = f"{PAGE}{event.pk}/receipt.json"
        assert address in html
        answer = client.get(address)
        receipt = json.loads(answer.content)
        assert answer["Content-Type"] == "application/json" and "no-store" in answer["Cache-Control"]
        assert "attachment" in answer["Content-Disposition"] and receipt["receipt_id"] == str(event.pk)
        assert receipt["record"]["processing"]["wording"]["text"] == actions.text_for(EMAIL, "en").wording
        assert client.get(address).content == answer.content


def test_a_receipt_is_only_for_the_person_who_answered(kari, ola, sign_in, texts):
    event = yes_of(ola)
    address = f"{PAGE}{event.pk}/receipt.json"
    assert sign_in(ola).get(address).status_code == 200
    assert sign_in(kari).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_what_is_asked_elsewhere_shows_as_given_and_as_over(kari, sign_in, texts):
    text = actions.text_for("talent-pool", "nb")
    actions.give_consent(kari.subject, text=text, method="form", by=kari)
    client = sign_in(kari, language="en")
    assert give_url("talent-pool") not in forms(client).forms
    assert forms(client).presses(withdraw_url("talent-pool")) == 1
    client.post(withdraw_url("talent-pool"))
    html = client.get(PAGE).content.decode()
    assert "What is over" in html and text.wording in html


def test_the_page_takes_no_more_queries_for_more_answers(kari, sign_in, texts, django_assert_max_num_queries):
    client = sign_in(kari)
    for code in ("marketing-email", "marketing-sms", "recommendations"):
        yes_of(kari, code)
        yes_of(kari, code)
    with django_assert_max_num_queries(45):
        client.get(PAGE)


def test_a_year_old_no_is_shown_as_a_no(kari, sign_in, texts, frozen_day):
    actions.refuse_consent(kari.subject, text=actions.text_for(EMAIL, "nb"), method="form", by=None)
    state = ConsentState.objects.get(subject=kari.subject)
    frozen_day((state.since + timedelta(days=365)).date().isoformat())
    html = sign_in(kari, language="en").get(PAGE).content.decode()
    assert "declined" in html and give_url() in Forms(html).forms and withdraw_url() not in Forms(html).forms
