"""First review without names: a crawl of every staff page of a vacancy finds nobody (N31)."""

import re

import pytest
from django.urls import reverse

from careers import actions, blindness, queries
from careers.models import Application
from tests.careers import assessing, factories

NAME, PHONE = "Synnøve Skjulesen", "99887766"


@pytest.fixture
def blind(vacancy):
    """An application whose letter and phone say who it is, in a blind review."""
    actions.set_blind(assessing.hiring_of(vacancy), blind=True, by=None)
    assessing.criterion(vacancy)
    return factories.submit(
        vacancy, name=NAME, phone=PHONE, message=f"Jeg kan mye. Hilsen {NAME}, tlf. 99 88 77 66", cv=True
    )


def pages_of(client, application):
    """Every page of the vacancy and of the application this reader can come to by following links and by address."""
    reference = application.vacancy_reference
    todo = {
        reverse("careers_applications:index"),
        reverse("careers_applications:inspect", args=[application.pk]),
        reverse("careers_board", args=[reference]),
        reverse("wagtailadmin_home"),
    }
    from careers.screens.hr_applications import ApplicationViewSet

    todo |= {reverse(f"careers_applications:{name}", args=[application.pk]) for name in ApplicationViewSet.own_views}
    done = {}
    while todo:
        url = todo.pop()
        response = client.get(url, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        done[url] = body.decode(errors="replace")
        if "html" not in response.get("Content-Type", ""):
            continue
        links = re.findall(r'href="(/admin/careers/(?:applications|vacancies|interviews)/[^"#]*)"', done[url])
        todo |= {link.replace("&amp;", "&") for link in links if len(done) < 80} - set(done)
    return done


def hits(pages, application):
    wanted = (NAME, "Skjulesen", "Synnøve", application.email, PHONE, "99 88 77 66")
    return [(url, each) for url, html in pages.items() for each in wanted if each in html]


def test_a_blind_reader_finds_nobody_on_any_page_and_everybody_after_their_own_assessment(client, blind):
    hr = factories.make_staff(actions.HR, language="en")
    factories.sign_in(client, hr)
    pages = pages_of(client, blind)
    assert len(pages) > 15
    assert hits(pages, blind) == []
    number = str(blind.pk)[:4].upper()
    assert any(f"Applicant {number}" in html for html in pages.values())
    assessing.assess(blind, hr)
    assert hits(pages_of(client, blind), blind) != []


def test_one_assessment_opens_one_application_for_one_reader(blind, vacancy):
    hr, other = (factories.make_staff(actions.HR) for _n in range(2))
    second = factories.submit(vacancy, name="Per Annen")
    assessing.assess(blind, hr, submit=False)
    assert blindness.is_blind(blind, hr)
    assessing.assess(blind, hr)
    assert queries.shown_name(blind, hr) == NAME
    assert queries.shown_name(second, hr) != "Per Annen"
    assert queries.shown_name(blind, other) != NAME
    rows = queries.readable_by(Application.objects.all(), hr)
    assert {row.pk: queries.is_blind(row, hr) for row in rows} == {blind.pk: False, second.pk: True}


def test_without_a_blind_review_names_are_there(vacancy):
    row, hr = factories.submit(vacancy, name=NAME), factories.make_staff(actions.HR)
    assert queries.shown_name(row, hr) == NAME and not queries.is_blind(row, hr)


def test_who_abstains_sees_names_once_the_vacancy_has_closed(blind):
    hr = factories.make_staff(actions.HR)
    hiring = assessing.hiring_of(blind.vacancy)
    actions.abstain(hiring, by=hr)
    assert blindness.is_blind(blind, hr)
    actions.close_vacancy(hiring, by=hr)
    assert not blindness.is_blind(blind, hr)
    assert blindness.is_blind(blind, factories.make_staff(actions.HR))


def test_acts_that_need_a_name_wait_for_the_assessment(client, blind):
    hr = factories.make_staff(actions.HR, language="en")
    factories.sign_in(client, hr)
    url = reverse("careers_applications:move", args=[blind.pk])
    answer = client.post(url, {"to": "interview_1"}, follow=True)
    assert "Hand in your own assessment first" in answer.content.decode()
    blind.refresh_from_db()
    assert blind.step == "new"
    assessing.assess(blind, hr)
    assert "Hand in your own assessment first" not in client.post(url, {"to": "interview_1"}).content.decode()


def test_a_blind_review_begins_before_the_closing_and_may_end_any_time(vacancy):
    hiring = assessing.hiring_of(vacancy)
    actions.set_blind(hiring, blind=True, by=None)
    actions.close_vacancy(hiring, by=factories.make_staff(actions.HR))
    hiring.refresh_from_db()
    assert actions.set_blind(hiring, blind=False, by=None).blind is False
    with pytest.raises(actions.NotPossible):
        actions.set_blind(hiring, blind=True, by=None)
