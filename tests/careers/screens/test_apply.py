"""Applying in steps over HTTP: layered information, unticked consents, refusals that keep what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions
from careers.models import Application, ApplicationDraft, TalentPoolEntry
from privacy import actions as engine
from privacy.models import ConsentText, DataSubject
from tests.careers import factories, reading, steps
from tests.careers.steps import DETAILS, LETTER, address, send, sent, written


def html_of(answer):
    return answer.content.decode()


def test_the_first_page_says_what_is_kept_and_asks_for_little(client, vacancy, settings):
    html = html_of(client.get(address(vacancy)))
    for told in ("Datatilsynet", "artikkel 6 nr. 1 bokstav b", "30 dager", vacancy.reference):
        assert told in html
    names = set(steps.fields(client, vacancy))
    assert {"full_name", "email", "phone"} <= names
    assert not names & {"birth_date", "age", "gender", "consent"}
    assert "<script>" not in html and 'style="' not in html
    assert html.count('aria-current="step"') == 1
    assert settings.SESSION_COOKIE_NAME not in client.cookies and not ApplicationDraft.objects.exists()


def test_the_last_page_tells_everything_and_ticks_nothing(client, vacancy):
    written(client, vacancy)
    html = html_of(client.get(address(vacancy, "send")))
    assert "checked" not in html
    for purpose in ("recruitment", "talent-pool"):
        text = engine.text_for(purpose, "nb")
        assert text.wording in html and text.how_to_withdraw in html
    for told in ("Datatilsynet", "artikkel 6 nr. 1 bokstav a", "måneder etter", "under 18"):
        assert told in html


def test_there_is_a_warning_before_free_text_and_files(client, vacancy):
    steps.ask(vacancy)
    assert send(client, vacancy, **DETAILS).url == address(vacancy, "questions")
    for step, first in (("questions", 'name="q_'), ("documents", 'name="message"')):
        html = html_of(client.get(address(vacancy, step)))
        assert 0 < html.index("Ikke skriv om helse") < html.index(first)
    assert html.index("Se også etter slikt") < html.index('name="cv"')


def test_sending_stores_once_and_leads_to_a_page_that_can_be_reloaded(client, vacancy):
    response = sent(client, vacancy)
    assert response.status_code == 302 and response.url == f"{vacancy.url}apply/received/"
    application = Application.objects.get()
    assert (application.full_name, application.message, application.files.count()) == ("Ingrid Prøve", LETTER, 1)
    assert not application.minor and not TalentPoolEntry.objects.exists() and not ApplicationDraft.objects.exists()
    before = reading.counts()
    for _again in range(2):
        page = client.get(response.url)
        assert page.status_code == 200 and "Ingrid" not in html_of(page) and vacancy.contact_phone in html_of(page)
    assert reading.counts() == before


def test_the_same_post_twice_is_one_application(client, vacancy):
    written(client, vacancy)
    form = {**steps.fields(client, vacancy, "send"), "consent": "on", "go": "next"}
    first, second = (client.post(address(vacancy, "send"), form) for _time in range(2))
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert reading.counts()["Application"] == 1 and len(reading.mails("confirm")) == 1
    # Somebody else at the same computer begins with nothing filled in.
    assert steps.fields(client, vacancy)["full_name"] == ""


def test_without_consent_nothing_is_sent_and_the_draft_stays(client, vacancy):
    written(client, vacancy)
    response = send(client, vacancy, "send", talent_pool="on")
    assert response.status_code == 422 and 'role="alert"' in html_of(response)
    assert not Application.objects.exists() and ApplicationDraft.objects.get().message == LETTER
    assert not reading.counts()["ConsentEvent"]


def test_the_talent_pool_and_being_under_age_take_ticks_of_their_own(client, vacancy):
    assert sent(client, vacancy, talent_pool="on", minor="on").status_code == 302
    application = Application.objects.get()
    assert TalentPoolEntry.objects.get().subject == application.subject and application.minor


def test_a_wording_that_changed_meanwhile_must_be_read_again(client, vacancy):
    written(client, vacancy)
    form = {**steps.fields(client, vacancy, "send"), "consent": "on", "talent_pool": "on", "go": "next"}
    old = engine.text_for("recruitment", "nb")
    new = engine.publish_text(
        purpose="recruitment", language="nb", wording="Ny ordlyd.", how_to_withdraw="Si fra.", valid_months=12, by=None
    )
    response = client.post(address(vacancy, "send"), form)
    html = html_of(response)
    assert response.status_code == 422 and not Application.objects.exists()
    assert "Ny ordlyd." in html and old.wording not in html and new.sha256 in html
    assert send(client, vacancy, "send", consent="on").status_code == 302
    assert Application.objects.get().consent.text == new


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cv.pdf", b"", "tom"),
        ("cv.pdf", b"<!doctype html><h1>CV</h1>", "PDF"),
        ("cv.pdf", b"%PDF-1.7\n" + b"0" * (11 * 1024 * 1024) + b"\n%%EOF", "10 MB"),
    ],
    ids=["empty", "html", "11 MB"],
)
def test_a_bad_document_is_one_sentence_and_the_rest_is_kept(client, vacancy, name, content, said):
    assert send(client, vacancy, **DETAILS).status_code == 302
    response = send(client, vacancy, "documents", message=LETTER, cv=factories.upload(name, content))
    html = html_of(response)
    assert response.status_code == 422 and said in html and LETTER in html and 'href="#id_cv"' in html
    assert reading.counts()["StoredFile"] == 0 and ApplicationDraft.objects.get().message == LETTER


def test_three_links_are_enough(client, vacancy):
    send(client, vacancy, **DETAILS)
    links = [f"https://example.org/{number}" for number in range(4)]
    assert send(client, vacancy, "documents", links="\n".join(links)).status_code == 422
    assert send(client, vacancy, "documents", links="\n".join(links[1:])).status_code == 302
    assert ApplicationDraft.objects.get().links.split() == links[1:]


def test_a_draft_that_was_deleted_meanwhile_is_said_so(client, vacancy, monkeypatch):
    send(client, vacancy, **DETAILS)

    def refuse(*args, **kwargs):
        raise actions.NotPossible("Utkastet er borte.")

    monkeypatch.setattr("careers.screens.apply_steps.actions.save_draft", refuse)
    answer = send(client, vacancy, "documents", go="back", message=LETTER)
    assert answer.status_code == 422 and "Utkastet er borte." in html_of(answer) and LETTER in html_of(answer)


def test_a_good_file_is_kept_when_something_else_is_wrong(client, vacancy):
    send(client, vacancy, **DETAILS)
    response = send(client, vacancy, "documents", links="linkedin", cv=factories.upload())
    assert response.status_code == 422 and "https://" in html_of(response) and "cv.pdf" in html_of(response)
    assert reading.counts()["StoredFile"] == 1


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("", "full_name", "Per {number}"),
        ("documents", "message", "Kort: 4111 1111 1111 1111"),
        ("documents", "links", "https://example.org/{number}"),
    ],
)
def test_numbers_that_have_no_place_here(client, vacancy, step, field, value):
    from tests.careers.rules.test_numbers import some

    if step:
        send(client, vacancy, **DETAILS)
    said = {**(DETAILS if not step else {}), field: value.format(number=some("018190"))}
    assert send(client, vacancy, step, **said).status_code == 422
    kept = ApplicationDraft.objects.first()
    assert kept is None or not getattr(kept, field)


def test_a_cv_is_required_where_the_vacancy_says_so(client, wordings):
    page = factories.make_vacancy(cv_required=True)
    send(client, page, **DETAILS)
    assert send(client, page, "documents", message=LETTER).status_code == 422
    # Going round the page does not help.
    assert "CV" in html_of(client.get(address(page, "check")))
    assert client.post(address(page, "check"), {"go": "next"}).status_code == 422
    assert send(client, page, "send", consent="on").status_code == 422 and not Application.objects.exists()
    assert send(client, page, "documents", cv=factories.upload()).status_code == 302
    assert client.post(address(page, "check"), {"go": "next"}).url == address(page, "send")
    assert send(client, page, "send", consent="on").status_code == 302 and Application.objects.exists()


def test_without_a_cv_where_it_is_optional(client, vacancy):
    assert sent(client, vacancy, cv=False).status_code == 302
    assert Application.objects.get().files.count() == 0


def test_back_keeps_everything_also_what_is_not_filled_in(client, vacancy):
    send(client, vacancy, **DETAILS)
    answer = send(client, vacancy, "documents", go="back", message=LETTER, cv=factories.upload())
    assert answer.url == address(vacancy)
    assert steps.fields(client, vacancy)["full_name"] == "Ingrid Prøve"
    # The name is emptied on the way: the one before stays.
    assert send(client, vacancy, go="back", full_name="").status_code == 302
    assert steps.fields(client, vacancy)["full_name"] == "Ingrid Prøve"
    assert steps.fields(client, vacancy, "documents")["message"].strip() == LETTER
    assert "cv.pdf" in html_of(client.get(address(vacancy, "documents")))
    assert send(client, vacancy, "send", go="back").url == address(vacancy, "check")
    assert send(client, vacancy, "check", go="back").url == address(vacancy, "documents")


def test_a_file_can_be_replaced_and_removed_before_it_is_sent(client, vacancy):
    written(client, vacancy)
    first = ApplicationDraft.objects.get().files.get().file
    send(client, vacancy, "documents", cv=factories.upload("ny.pdf"), letter=factories.upload("brev.pdf"), drop_cv="on")
    names = sorted(each.file.display_name for each in ApplicationDraft.objects.get().files.select_related("file"))
    assert names == ["brev.pdf", "ny.pdf"] and not reading.has_object(first)
    send(client, vacancy, "documents", drop_cv="on")
    assert [each.kind for each in ApplicationDraft.objects.get().files.all()] == ["letter"]


def test_questions_are_a_step_of_their_own_and_are_checked(client, vacancy):
    steps.ask(vacancy, kind="yes-no", nb="Har du førerkort?", en="Do you drive?", required=True)
    steps.ask(
        vacancy, kind="choice", nb="Hvor?", en="Where?", choices_nb="Drammen\nBergen", choices_en="Drammen\nBergen"
    )
    steps.ask(vacancy, kind="number", nb="Hvor mange år?", en="How many years?")
    steps.ask(vacancy, kind="long", nb="Hvorfor?", en="Why?")
    yes_no, choice, number, long = (f"q_{each.pk.hex}" for each in vacancy.hiring().questions.all())
    send(client, vacancy, **DETAILS)
    assert "steg 2 av 5" in html_of(client.get(address(vacancy, "questions")))
    response = send(client, vacancy, "questions", **{number: "mange", choice: "Oslo", long: "Fordi."})
    html = html_of(response)
    assert response.status_code == 422 and html.count('href="#id_q_') == 3 and "Fordi." in html
    assert "Noe mangler" in html_of(client.get(address(vacancy, "check")))
    answer = send(client, vacancy, "questions", **{yes_no: "yes", choice: "Bergen", number: "3,5", long: "Fordi."})
    assert answer.url == address(vacancy, "documents")
    shown = html_of(client.get(address(vacancy, "check")))
    for text in ("Har du førerkort?", "Ja", "Bergen", "3,5", "Fordi."):
        assert text in shown
    assert "Noe mangler" not in shown
    # An answer can be taken away again.
    send(client, vacancy, "questions", **{number: ""})
    assert "3,5" not in html_of(client.get(address(vacancy, "check")))
    assert send(client, vacancy, "send", consent="on").status_code == 302
    answers = [(each.question_text, each.text) for each in Application.objects.get().answers.all()]
    assert answers == [("Har du førerkort?", "Ja"), ("Hvor?", "Bergen"), ("Hvorfor?", "Fordi.")]


def test_a_step_that_is_not_there(client, vacancy):
    assert client.get(address(vacancy, "nonsense")).status_code == 404
    assert client.get(address(vacancy, "questions")).url == address(vacancy, "documents")
    assert client.get(address(vacancy, "delete")).url == vacancy.url
    for step in ("documents", "check", "send", "later"):
        assert client.get(address(vacancy, step)).url == address(vacancy)
        assert client.post(address(vacancy, step), {"go": "next"}).url == address(vacancy)


def test_somebody_signed_in_applies_once(client, vacancy):
    user = factories.make_user("ingrid@soker.example")
    factories.sign_in(client, user)
    assert steps.fields(client, vacancy)["email"] == "ingrid@soker.example"
    written(client, vacancy)
    other = steps.draft(vacancy, user=user)
    assert send(client, vacancy, "send", consent="on").status_code == 302
    assert Application.objects.get().subject == user.subject
    # The other draft, started in another browser, is refused in words and stays.
    answer = send(client, vacancy, "send", consent="on")
    assert answer.status_code == 422 and "allerede søkt" in html_of(answer)
    other.delete()
    assert "Mine søknader" in html_of(client.get(address(vacancy)))
    assert Application.objects.count() == 1


def close(page, opens=-5, closes=-1):
    now = timezone.now()
    type(page).objects.filter(pk=page.pk).update(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )


def test_after_the_deadline_nothing_is_taken_and_the_letter_is_given_back(client, vacancy):
    written(client, vacancy)
    form = {**steps.fields(client, vacancy, "send"), "consent": "on", "go": "next"}
    close(vacancy)
    response = client.post(address(vacancy, "send"), form)
    assert response.status_code == 410 and LETTER in html_of(response) and "Slett utkastet" in html_of(response)
    assert not Application.objects.exists()
    assert client.post(address(vacancy, "delete")).status_code == 302
    assert LETTER not in html_of(client.get(address(vacancy)))


def test_before_it_opens_there_is_no_form(client, vacancy):
    close(vacancy, opens=1, closes=5)
    response = client.get(address(vacancy))
    assert response.status_code == 404 and '<form method="post" class="form"' not in html_of(response)
    assert client.post(address(vacancy), DETAILS).status_code == 404 and not DataSubject.objects.exists()


def test_without_a_wording_the_other_ways_are_shown(client, vacancy):
    ConsentText.objects.filter(purpose="talent-pool").update(live=False)
    written(client, vacancy)
    html = html_of(client.get(address(vacancy, "send")))
    assert 'name="consent"' in html and 'name="talent_pool"' not in html
    assert send(client, vacancy, "send", consent="on").status_code == 302
    ConsentText.objects.update(live=False)
    response = client.get(address(vacancy))
    assert response.status_code == 503 and vacancy.reference in html_of(response)
    assert client.post(address(vacancy), DETAILS).status_code == 503


def test_english_and_back(client, vacancy):
    page = factories.make_vacancy("en", reference=vacancy.reference, translation_key=vacancy.translation_key)
    question = steps.ask(page, kind="yes-no", nb="Har du førerkort?", en="Do you drive?")
    send(client, vacancy, **DETAILS)
    send(client, vacancy, "questions", **{f"q_{question.pk.hex}": "yes"})
    # The same draft under the other language's address.
    assert steps.fields(client, page)["full_name"] == "Ingrid Prøve"
    send(client, page, "documents", message="I have changed many nozzles.")
    html = html_of(client.get(address(page, "send")))
    assert engine.text_for("recruitment", "en").wording in html and "Send the application" in html
    assert send(client, page, "send", consent="on").status_code == 302
    application = Application.objects.get()
    assert application.language == "en" and application.consent.text.language == "en"
    assert [(each.question_text, each.text) for each in application.answers.all()] == [("Do you drive?", "Yes")]


def test_forms_of_other_sites_are_refused(vacancy):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(vacancy), DETAILS).status_code == 403
    assert not ApplicationDraft.objects.exists()
