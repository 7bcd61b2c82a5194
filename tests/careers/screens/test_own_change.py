"""Changing one's own application over HTTP: until the deadline, whole or not at all, and nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers import actions
from tests.careers import factories, reading, steps
from tests.trips.visitor import Reader


@pytest.fixture
def user(db):
    return factories.make_user("ingrid@soker.example")


@pytest.fixture
def application(vacancy, user):
    question = steps.ask(vacancy, kind="choice", nb="Hvor?", en="Where?", choices_nb="Oslo\nBergen", choices_en="A\nB")
    draft = steps.draft(vacancy, user=user, message="Hei.", links="https://example.org/ingrid")
    answers = actions.answers_to_keep([question], {str(question.pk): "Oslo"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=user)
    return steps.submit(draft, vacancy, user=user)


def address(application):
    return reverse("careers:change", args=[application.pk])


def form_of(client, application):
    forms = Reader(client.get(address(application)).content.decode()).forms
    return next(form["fields"] for form in forms if "message" in form["fields"])


def close(vacancy):
    type(vacancy).objects.filter(pk=vacancy.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def test_the_page_shows_what_was_sent_and_saves_what_is_changed(client, application, user, vacancy):
    factories.sign_in(client, user)
    own = client.get(reverse("careers:application", args=[application.pk])).content.decode()
    assert address(application) in own and "Hvor?" in own and "Oslo" in own and "https://example.org/ingrid" in own
    said = form_of(client, application)
    name = f"q_{vacancy.hiring().questions.get().pk.hex}"
    assert said["message"].strip() == "Hei." and said[name] == "Oslo"
    response = client.post(
        address(application), {**said, "message": "Hei igjen.", name: "Bergen", "cv": factories.upload()}
    )
    assert response.status_code == 302
    application.refresh_from_db()
    assert application.message == "Hei igjen." and application.answers.get().text == "Bergen"
    assert application.files.get().file.display_name == "cv.pdf"
    assert "cv.pdf" in client.get(address(application)).content.decode()


def test_what_is_wrong_is_said_and_nothing_is_saved(client, application, user):
    factories.sign_in(client, user)
    response = client.post(address(application), {"message": "Kort 4111 1111 1111 1111", "links": "ftp://x"})
    html = response.content.decode()
    assert response.status_code == 422 and html.count('role="alert"') == 1 and 'href="#id_message"' in html
    application.refresh_from_db()
    assert application.message == "Hei." and application.changed_at is None


def test_when_the_time_is_over_it_says_so(client, application, user, vacancy, monkeypatch):
    factories.sign_in(client, user)
    said = form_of(client, application)
    # Between the form and the press: the act itself refuses.
    monkeypatch.setattr("careers.screens.own_change.actions.change_application", lambda *args, **kwargs: _refuse())
    response = client.post(address(application), {**said, "message": "Sent"})
    assert response.status_code == 422 and "Sent" in response.content.decode()
    monkeypatch.undo()
    close(vacancy)
    assert "Fristen for endringer er ute" in client.get(address(application)).content.decode()
    response = client.post(address(application), {**said, "message": "For sent"})
    assert response.status_code == 410
    application.refresh_from_db()
    assert application.message == "Hei."
    own = client.get(reverse("careers:application", args=[application.pk])).content.decode()
    assert address(application) not in own and "Fristen er ute" in own


def _refuse():
    raise actions.NotPossible("Nei.")


def test_the_day_hr_gave_is_the_one_that_counts(client, application, user, vacancy):
    close(vacancy)
    until = timezone.localdate() + timedelta(days=2)
    actions.reopen_for_changes(application, until=until, by=None)
    factories.sign_in(client, user)
    assert str(until.day) in client.get(address(application)).content.decode()
    assert client.post(address(application), {**form_of(client, application), "message": "Ny."}).status_code == 302


def test_a_decided_application_offers_nothing(client, application, user):
    type(application).objects.filter(pk=application.pk).update(
        state="rejected", step="rejected", decided_on=timezone.localdate()
    )
    factories.sign_in(client, user)
    own = client.get(reverse("careers:application", args=[application.pk])).content.decode()
    assert address(application) not in own and "Oslo" in own


def test_nobody_else_reaches_it(client, application):
    assert client.get(address(application)).status_code == 302
    factories.sign_in(client, factories.make_user())
    before = reading.row_of(application)
    for method in (client.get, client.post):
        assert method(address(application), {"message": "Kuppet"}).status_code == 404
    assert reading.row_of(application) == before
