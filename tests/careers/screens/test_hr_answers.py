"""Answers on the staff's page; HR opens an application for changes, and no staff page changes the applicant's words."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from careers import actions
from careers.models import Answer
from careers.screens.hr_applications import ApplicationViewSet
from tests.careers import factories, reading, steps

WORDS = {
    "full_name": "Kuppet",
    "email": "kuppet@x.example",
    "phone": "1",
    "message": "Kuppet",
    "links": "https://x.example",
}


@pytest.fixture
def application(vacancy):
    question = steps.ask(vacancy, nb="Hva kan du?", en="What can you do?")
    draft = steps.draft(vacancy, message="Hei.", links="https://example.org/ingrid")
    answers = actions.answers_to_keep([question], {str(question.pk): "Sveise"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=None)
    return steps.submit(draft, vacancy)


@pytest.fixture
def hr(client, db):
    return factories.sign_in(client, factories.make_staff(actions.HR, language="en"))


def page_of(client, application):
    return client.get(reverse("careers_applications:inspect", args=[application.pk])).content.decode()


def close(vacancy):
    type(vacancy).objects.filter(pk=vacancy.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def test_staff_read_answers_and_links(hr, application, vacancy):
    html = page_of(hr, application)
    assert "Hva kan du?" in html and "Sveise" in html
    assert 'href="https://example.org/ingrid" rel="noopener noreferrer nofollow"' in html
    assert "/reopen/" not in html
    assert "No questions were answered." in page_of(hr, factories.submit(vacancy))


def test_an_answer_that_was_closed_off_is_not_shown(hr, application):
    answer = application.answers.get()
    by = factories.make_staff(actions.HR)
    actions.flag_content(application, kind="answer", target=answer.pk, reason="health", by=by)
    assert "Sveise" not in page_of(hr, application)


def test_hr_opens_it_for_changes_once(hr, application, vacancy):
    close(vacancy)
    url = reverse("careers_applications:reopen", args=[application.pk])
    assert url in page_of(hr, application) and hr.get(url).status_code == 200
    until = timezone.localdate() + timedelta(days=2)
    assert hr.post(url, {"until": until.isoformat()}).status_code == 302
    application.refresh_from_db()
    assert application.reopened_until == until and len(reading.mails("draft_reopened")) == 1
    assert url not in page_of(hr, application)
    assert "once already" in hr.post(url, {"until": until.isoformat()}).content.decode()
    actions.change_application(application, changes={"message": "Ny."}, answers={}, files={}, by=None)
    assert "Changed by the applicant" in page_of(hr, application)


def test_a_hiring_leader_reads_and_does_not_open(client, application, vacancy):
    leader = factories.make_staff(actions.HIRING_LEADERS, language="en")
    factories.share(vacancy, leader)
    close(vacancy)
    factories.sign_in(client, leader)
    url = reverse("careers_applications:reopen", args=[application.pk])
    html = page_of(client, application)
    assert "Sveise" in html and url not in html
    client.post(url, {"until": timezone.localdate().isoformat()})
    application.refresh_from_db()
    assert application.reopened_until is None


def test_no_staff_page_changes_a_word_of_the_applicant(hr, application, vacancy):
    """Every staff address of careers, posted to with the applicant's own fields, leaves them as they were sent."""
    names = _addresses(application, vacancy)
    assert len(names) > 10 and any("/move/" in url for url in names)
    said = _words(application)
    question = vacancy.hiring().questions.get()
    for url in names:
        answers = {f"q_{question.pk.hex}": "Kuppet", "text": "Kuppet", "answer": "Kuppet"}
        hr.post(url, {**WORDS, **answers})
        assert _words(application) == said, url


def _words(application):
    row = type(application).objects.get(pk=application.pk)
    answers = list(Answer.objects.filter(application=row).values_list("pk", flat=True))
    texts = [Answer.objects.get(pk=pk).text for pk in answers]
    return [getattr(row, name) for name in WORDS] + texts


def _addresses(application, vacancy):
    """What stands below /admin/careers/, with this application and this vacancy in every place."""
    found = set()
    for route in _walk(get_resolver().url_patterns):
        if not route.startswith("admin/careers/") or "child" in route or "withdraw" in route:
            continue
        url = "/" + route
        for place in ("<str:pk>", "<uuid:pk>", "<path:pk>"):
            url = url.replace(place, str(application.pk))
        url = url.replace("<str:reference>", vacancy.reference)
        if "<" not in url and "(" not in url:
            found.add(url)
    assert ApplicationViewSet.model is type(application)
    return sorted(found)


def _walk(patterns, before=""):
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from _walk(pattern.url_patterns, here)
