"""/privacy/request/ over HTTP: one answer for everybody, GET never acts, the code only in the browser that asked."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from privacy import queries
from privacy.actions.mail import open_mail
from privacy.models import MailboxProof, OutgoingMail, SubjectRequest
from privacy.rules.deadlines import due, oslo_date
from privacy.screens.request_without_account import PLAINLY, cookie_name

ASK, CODE, DONE = "/privacy/request/", "/privacy/request/code/", "/privacy/request/done/"
EMAIL = "nora.ny@gjest.example"
GOOD = {"right": "access", "email": EMAIL, "name": "Nora Ny", "text": "Hva har dere om meg?"}


@pytest.fixture
def visitor(db):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nb"
    return client


def latest_code():
    mail = OutgoingMail.objects.filter(template="privacy/mail/proof_code").order_by("queued_at", "pk").last()
    return open_mail(mail)[1]["code"]


def words(answer):
    return " ".join(unescape(answer.content.decode()).split())


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_form_says_beforehand_what_article_13_asks_for(visitor, language):
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = visitor.get(ASK)
    page, us = words(answer), queries.controller()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    for said in (us["name"], us["represented_by"], us["address"], us["phone"], us["email"]):
        assert said in page
    assert "GDPR Art 6(1)(c)" in page
    assert "Datatilsynet, Postboks 458 Sentrum, 0105 Oslo" in page
    assert ("36 måneder" if language == "nb" else "36 months") in page
    assert [page.count(f'value="{right}"') for right in SubjectRequest.Right.values] == [1] * 8
    assert set(PLAINLY) == set(SubjectRequest.Right)
    assert not re.search(r"<input[^>]* checked", page)


def test_opening_any_of_the_pages_changes_nothing(visitor):
    assert [visitor.get(address).status_code for address in (ASK, CODE, DONE)] == [200, 200, 302]
    assert [visitor.head(address).status_code for address in (ASK, CODE, DONE)] == [200, 200, 302]
    visitor.post(ASK, GOOD)
    tries = MailboxProof.objects.get().tries
    for _turn in range(5):
        assert visitor.get(CODE).status_code == visitor.head(CODE).status_code == 200
        visitor.get(CODE, {"code": latest_code()})
    assert MailboxProof.objects.get().tries == tries == 0
    assert not SubjectRequest.objects.exists()
    assert [visitor.put(address).status_code for address in (ASK, CODE, DONE)] == [405, 405, 405]
    assert visitor.post(DONE).status_code == 405


def test_from_the_form_to_the_number(visitor):
    answer = visitor.post(ASK, GOOD)
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    kept = answer.cookies[cookie_name()]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 15 * 60)
    assert "Nora" not in kept.value
    answer = visitor.post(CODE, {"code": latest_code()})
    assert (answer.status_code, answer["Location"]) == (302, DONE)
    case = SubjectRequest.objects.get()
    assert (case.right, case.identity, case.language) == ("access", "mailbox", "nb")
    assert case.due_on == due(oslo_date(timezone.now()))
    page = words(visitor.get(DONE))
    assert case.number in page
    assert "Se hva dere har om meg" in page
    assert "Datatilsynet" in page
    assert visitor.get(DONE).headers["Cache-Control"] == "private, no-store"
    # Somebody else's browser is told nothing.
    assert Client().get(DONE)["Location"] == ASK


def test_the_mail_goes_in_the_language_of_the_page(visitor):
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    visitor.post(ASK, GOOD)
    assert OutgoingMail.objects.get().language == "en"
    visitor.post(CODE, {"code": latest_code()})
    assert SubjectRequest.objects.get().language == "en"


def test_known_unknown_and_too_many_get_the_same_page(visitor, kari, ola):
    def answer_to(email):
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nb"
        sent = client.post(ASK, GOOD | {"email": email}, REMOTE_ADDR="203.0.113.7")
        page = client.get(CODE).content.decode()
        head = {name: value for name, value in sent.headers.items() if name != "Set-Cookie"}
        return sent.status_code, head, sorted(sent.cookies), _without_token(page), len(page)

    known, unknown = answer_to(kari.email), answer_to("ukjent@gjest.example")
    assert OutgoingMail.objects.filter(template="privacy/mail/proof_code").count() == 2
    answers = [answer_to(ola.email) for _turn in range(4)]
    assert OutgoingMail.objects.filter(template="privacy/mail/proof_code").count() == 5
    assert all(answer == known for answer in (unknown, *answers))


def _without_token(page):
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w{64}"', r"\1", page)


def test_the_code_works_only_in_the_browser_that_asked(visitor):
    visitor.post(ASK, GOOD)
    code = latest_code()
    elsewhere = Client()
    elsewhere.cookies[settings.LANGUAGE_COOKIE_NAME] = "nb"
    page = elsewhere.get(CODE)
    assert "venter ikke på noen kode" in words(page)
    assert elsewhere.post(CODE, {"code": code}).status_code == 422
    elsewhere.cookies[cookie_name()] = "made-up"
    assert elsewhere.post(CODE, {"code": code}).status_code == 422
    assert not SubjectRequest.objects.exists()
    assert visitor.post(CODE, {"code": code}).status_code == 302
    assert SubjectRequest.objects.count() == 1
    assert visitor.post(CODE, {"code": code}).status_code == 422
    assert SubjectRequest.objects.count() == 1


def test_whoever_asked_twice_may_type_either_code(visitor):
    visitor.post(ASK, GOOD)
    first = latest_code()
    visitor.post(ASK, GOOD | {"right": "correction"})
    second = latest_code()
    assert visitor.post(CODE, {"code": first}).status_code == 302
    assert visitor.post(CODE, {"code": second}).status_code == 302
    assert sorted(SubjectRequest.objects.values_list("right", flat=True)) == ["access", "correction"]


def test_a_wrong_code_says_what_to_do_and_keeps_the_page(visitor):
    visitor.post(ASK, GOOD)
    wrong = f"{(int(latest_code().replace(' ', '')) + 1) % 10**6:06d}"
    answer = visitor.post(CODE, {"code": wrong})
    assert answer.status_code == 422
    assert "Koden virker ikke" in words(answer)
    assert "Send henvendelsen" in words(answer)
    assert visitor.post(CODE, {"code": ""}).status_code == 422
    assert visitor.post(CODE, {"code": latest_code()}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("right", "", "Velg én"),
        ("right", "everything", "Velg"),
        ("email", "", "Skriv e-postadressen din"),
        ("email", "not an address", "gyldig"),
        ("text", "x" * 4001, "4000"),
        ("name", "x" * 121, "120"),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_is_kept(visitor, field, value, said):
    answer = visitor.post(ASK, GOOD | {field: value})
    page = words(answer)
    assert answer.status_code == 422
    assert said in page
    assert "Det du skrev, står her fortsatt" in page
    kept = {"email": EMAIL, "text": "Hva har dere om meg?", "name": "Nora Ny"}
    assert all(text in page for name, text in kept.items() if name != field)
    assert not MailboxProof.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_name_and_text_may_be_left_out(visitor):
    visitor.post(ASK, {"right": "erasure", "email": EMAIL})
    visitor.post(CODE, {"code": latest_code()})
    assert SubjectRequest.objects.get().right == "erasure"


def test_somebody_signed_in_is_shown_the_shorter_way(kari, sign_in):
    assert "Du er logget inn" in words(sign_in(kari).get(ASK))
    assert "Logg inn på siden din" in words(Client(headers={"accept-language": "nb"}).get(ASK))


def test_links_lead_here_from_every_page(visitor):
    for address in ("/account/sign-in/", ASK, "/nb/finnes-ikke/"):
        assert f'href="{ASK}"' in visitor.get(address).content.decode()
