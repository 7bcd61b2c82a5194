"""The application form over HTTP: layered information, unticked consents, refusals that keep what was typed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from careers.models import Application, TalentPoolEntry
from privacy import actions as engine
from privacy.models import ConsentText
from tests.careers import factories, reading


def address(page):
    return f"{page.url}apply/"


def filled(client, page, **changed):
    """The form as a browser would send it, hidden values included. None takes a field out."""
    html = client.get(address(page)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(token|wording|pool_wording)"(?: value="([^"]*)")?', html))
    form = {
        **hidden,
        "name": "Ingrid Prøve",
        "email": "ingrid@soker.example",
        "phone": "",
        "message": "Jeg har skiftet mange dyser.",
        "consent": "on",
        "cv": factories.upload(),
        **changed,
    }
    return {name: value for name, value in form.items() if value is not None}


def send(client, page, **changed):
    return client.post(address(page), filled(client, page, **changed))


def test_the_form_tells_everything_and_ticks_nothing(client, vacancy):
    html = client.get(address(vacancy)).content.decode()
    assert "checked" not in html
    for purpose in ("recruitment", "talent-pool"):
        text = engine.text_for(purpose, "nb")
        assert text.wording in html and text.how_to_withdraw in html
    for told in ("Datatilsynet", "artikkel 6 nr. 1 bokstav a", "seks måneder", "post@" if "post@" in html else "@"):
        assert told in html
    assert vacancy.reference in html and "Vil du heller ikke søke her?" not in html
    assert "<script>" not in html and 'style="' not in html


def test_sending_stores_once_and_leads_to_a_page_that_can_be_reloaded(client, vacancy):
    response = send(client, vacancy)
    assert response.status_code == 302 and response.url == f"{vacancy.url}apply/received/"
    application = Application.objects.get()
    assert (application.full_name, application.files.count()) == ("Ingrid Prøve", 1)
    assert not TalentPoolEntry.objects.exists()
    before = reading.counts()
    for _again in range(2):
        page = client.get(response.url)
        assert page.status_code == 200 and "Ingrid" not in page.content.decode()
    assert reading.counts() == before


def test_the_same_post_twice_is_one_application(client, vacancy):
    form = filled(client, vacancy)
    first = client.post(address(vacancy), form)
    before = reading.counts()
    form["cv"] = factories.upload()
    second = client.post(address(vacancy), form)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert reading.counts() == before and before["Application"] == 1


def test_without_consent_nothing_is_stored(client, vacancy):
    assert send(client, vacancy).status_code == 302
    before = reading.counts()
    response = send(client, vacancy, consent=None, name="Åse Ødegård", message="Дорогие дамы")
    html = response.content.decode()
    assert response.status_code == 422 and reading.counts() == before
    assert "Åse Ødegård" in html and "Дорогие дамы" in html and 'role="alert"' in html


def test_the_talent_pool_takes_a_tick_of_its_own(client, vacancy):
    assert send(client, vacancy, talent_pool="on").status_code == 302
    assert TalentPoolEntry.objects.get().subject == Application.objects.get().subject


def test_a_wording_that_changed_meanwhile_must_be_read_again(client, vacancy):
    form = filled(client, vacancy, talent_pool="on")
    old = engine.text_for("recruitment", "nb")
    new = engine.publish_text(
        purpose="recruitment", language="nb", wording="Ny ordlyd.", how_to_withdraw="Si fra.", valid_months=12, by=None
    )
    response = client.post(address(vacancy), form)
    assert response.status_code == 422 and not Application.objects.exists()
    html = response.content.decode()
    assert "Ny ordlyd." in html and old.wording not in html and new.sha256 in html
    assert send(client, vacancy).status_code == 302
    assert Application.objects.get().consent.text == new


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cv.pdf", b"", "tom"),
        ("cv.pdf", b"<!doctype html><h1>CV</h1>", "PDF"),
        ("cv.pdf", b"%PDF-1.7\n" + b"0" * (50 * 1024 * 1024) + b"\n%%EOF", "10 MB"),
        ("cv.pdf", factories.pdf_bytes(b"\ntrailer << /Encrypt 5 0 R >>"), "passord"),
        ("cv.docx", factories.docx_bytes(**{"word/vbaProject.bin": "x"}), "makroer"),
        ("cv.docx", factories.docx_bytes(**{"word/media/a.xml": b"\x00" * 5_000_000}), "pakke"),
    ],
    ids=["empty", "html", "50 MB", "locked", "macros", "bomb"],
)
def test_a_bad_document_is_one_sentence_and_nothing_stored(client, vacancy, name, content, said):
    response = send(client, vacancy, cv=factories.upload(name, content))
    html = response.content.decode()
    assert response.status_code == 422 and said in html and "Ingrid Prøve" in html
    assert reading.counts() == dict.fromkeys(reading.counts(), 0)


@pytest.mark.parametrize(("field", "value"), [("message", "Kort: 4111 1111 1111 1111"), ("name", "01819010087 Per")])
def test_numbers_that_have_no_place_here(client, vacancy, field, value):
    from careers.rules.numbers import holds_card_number, holds_national_number
    from tests.careers.rules.test_numbers import some

    value = value if holds_card_number(value) else f"Per {some('018190')}"
    assert holds_card_number(value) or holds_national_number(value)
    response = send(client, vacancy, **{field: value})
    assert response.status_code == 422 and not Application.objects.exists()


@pytest.mark.parametrize("token", [None, "not-a-key"])
def test_a_form_without_its_key_is_refused(client, vacancy, token):
    assert send(client, vacancy, token=token).status_code == 422
    assert not Application.objects.exists()


def test_a_cv_is_required_where_the_vacancy_says_so(client, wordings):
    page = factories.make_vacancy(cv_required=True)
    assert send(client, page, cv=None).status_code == 422 and not Application.objects.exists()
    assert send(client, page).status_code == 302


def test_without_a_cv_where_it_is_optional(client, vacancy):
    assert send(client, vacancy, cv=None).status_code == 302
    assert Application.objects.get().files.count() == 0


def test_somebody_signed_in_applies_once(client, vacancy):
    user = factories.make_user("ingrid@soker.example")
    factories.sign_in(client, user)
    assert 'value="ingrid@soker.example"' in client.get(address(vacancy)).content.decode()
    assert send(client, vacancy).status_code == 302
    response = send(client, vacancy)
    assert response.status_code == 422 and Application.objects.get().subject == user.subject
    assert "Ingrid Prøve" in response.content.decode()


def close(page, opens=-5, closes=-1):
    now = timezone.now()
    type(page).objects.filter(pk=page.pk).update(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )


def test_after_the_deadline_nothing_is_taken_and_the_letter_is_given_back(client, vacancy):
    form = filled(client, vacancy, message="Mitt lange brev")
    close(vacancy)
    response = client.post(address(vacancy), form)
    assert response.status_code == 410 and "Mitt lange brev" in response.content.decode()
    assert not Application.objects.exists()
    assert client.get(address(vacancy)).status_code == 410


def test_before_it_opens_there_is_no_form(client, vacancy):
    close(vacancy, opens=1, closes=5)
    response = client.get(address(vacancy))
    assert response.status_code == 404 and '<form method="post" class="form"' not in response.content.decode()


def test_without_a_wording_the_other_ways_are_shown(client, vacancy):
    ConsentText.objects.filter(purpose="talent-pool").update(live=False)
    html = client.get(address(vacancy)).content.decode()
    assert 'name="consent"' in html and 'name="talent_pool"' not in html
    assert send(client, vacancy).status_code == 302
    ConsentText.objects.update(live=False)
    response = client.get(address(vacancy))
    assert response.status_code == 503 and vacancy.reference in response.content.decode()
    assert client.post(address(vacancy), {"name": "x"}).status_code == 503


def test_english(client, wordings):
    page = factories.make_vacancy("en", title="Service technician")
    html = client.get(address(page)).content.decode()
    assert engine.text_for("recruitment", "en").wording in html and "Send the application" in html
    assert send(client, page).status_code == 302
    application = Application.objects.get()
    assert application.language == "en" and application.consent.text.language == "en"


def test_forms_of_other_sites_are_refused(vacancy):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(vacancy), {"name": "x"}).status_code == 403
    assert not Application.objects.exists()
