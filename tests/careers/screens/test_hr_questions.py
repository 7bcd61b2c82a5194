"""The questions of a vacancy in the staff pages: HR builds them, forbidden ones are refused, used ones are locked."""

import pytest
from django.urls import reverse

from careers import actions
from careers.models import Hiring, Question
from tests.careers import factories, steps

SAID = {"kind": "text", "text_nb": "Hva kan du?", "text_en": "What can you do?"}


@pytest.fixture
def hr(client, db):
    return factories.sign_in(client, factories.make_staff(actions.HR, language="en"))


def list_url(page):
    return reverse("careers_questions", args=[page.reference])


def act(client, question, do):
    url = reverse("careers_question_act", args=[question.hiring.reference, question.pk])
    return client.post(url, {"do": do}, follow=True)


def test_hr_adds_changes_moves_and_removes(hr, vacancy):
    page = hr.get(list_url(vacancy))
    assert page.status_code == 200 and not Hiring.objects.exists()
    assert hr.post(list_url(vacancy), SAID).status_code == 302
    choice = {"kind": "choice", "text_nb": "Hvor?", "text_en": "Where?", "choices_nb": "A\nB", "choices_en": "C\nD"}
    assert hr.post(list_url(vacancy), {**choice, "required": "on"}).status_code == 302
    first, second = Question.objects.all()
    html = hr.get(list_url(vacancy)).content.decode()
    for text in ("Hva kan du?", "Where?", "A", "D"):
        assert text in html
    act(hr, second, "up")
    assert list(Question.objects.all()) == [second, first]
    act(hr, second, "down")
    url = reverse("careers_question", args=[vacancy.reference, first.pk])
    assert "Hva kan du?" in hr.get(url).content.decode()
    assert hr.post(url, {**SAID, "text_nb": "Hva vil du?"}).status_code == 302
    first.refresh_from_db()
    assert first.text_nb == "Hva vil du?"
    act(hr, first, "remove")
    assert list(Question.objects.all()) == [second] and second.required is True


def test_a_forbidden_question_is_refused_with_the_law_and_what_to_ask_instead(hr, vacancy):
    response = hr.post(list_url(vacancy), {**SAID, "text_nb": "Er du gravid?"})
    html = response.content.decode()
    assert response.status_code == 422 and "§ 30" in html and "Er du gravid?" in html
    assert not Question.objects.exists()
    question = steps.ask(vacancy)
    url = reverse("careers_question", args=[vacancy.reference, question.pk])
    response = hr.post(url, {**SAID, "text_en": "How old are you?"})
    assert response.status_code == 422 and "§ 13-1" in response.content.decode()
    question.refresh_from_db()
    assert question.text_en == "What can you do?"


def test_a_form_that_is_not_whole_is_shown_again(hr, vacancy):
    assert hr.post(list_url(vacancy), {"kind": "text", "text_nb": "Hva?"}).status_code == 422
    question = steps.ask(vacancy)
    url = reverse("careers_question", args=[vacancy.reference, question.pk])
    assert hr.post(url, {"kind": "nonsense"}).status_code == 422


def test_locked_once_somebody_has_applied(hr, vacancy):
    question = steps.ask(vacancy)
    factories.submit(vacancy)
    html = hr.get(list_url(vacancy)).content.decode()
    assert "Somebody has applied already" in html and 'name="text_nb"' not in html and 'value="remove"' not in html
    assert (
        'name="text_nb"'
        not in hr.get(reverse("careers_question", args=[vacancy.reference, question.pk])).content.decode()
    )
    assert hr.post(list_url(vacancy), SAID).status_code == 422
    assert "Somebody has applied already" in act(hr, question, "remove").content.decode()
    assert list(Question.objects.all()) == [question]


def test_a_question_of_another_vacancy_is_not_found(hr, vacancy):
    question = steps.ask(vacancy)
    other = factories.make_vacancy()
    for name in ("careers_question", "careers_question_act"):
        assert hr.post(reverse(name, args=[other.reference, question.pk]), {"do": "remove"}).status_code == 404
    assert Question.objects.exists()


@pytest.mark.parametrize("group", [actions.HIRING_LEADERS, None])
def test_nobody_but_hr_builds_questions(client, vacancy, group):
    question = steps.ask(vacancy)
    user = factories.make_staff(group, is_superuser=False)
    factories.share(vacancy, user)
    factories.sign_in(client, user)
    for url in (
        list_url(vacancy),
        reverse("careers_question", args=[vacancy.reference, question.pk]),
        reverse("careers_question_act", args=[vacancy.reference, question.pk]),
    ):
        assert client.post(url, {**SAID, "do": "remove"}).status_code in (302, 403)
    assert list(Question.objects.all()) == [question]
