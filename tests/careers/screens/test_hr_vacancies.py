"""The staff's list of vacancies, and the page that closes one: who enters, what it says before and after the press."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers import actions, vacancy_queries
from careers.kept import deleted_on
from careers.models import ApplicationDraft, Hiring
from privacy.actions import register_subject, restrict
from tests.careers import factories

LIST = "/admin/careers/vacancies/"


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR, language="en")


@pytest.fixture
def hr(hr_user, client):
    factories.sign_in(client, hr_user)
    return client


@pytest.fixture
def leader(db):
    return factories.make_staff(actions.HIRING_LEADERS, language="en")


def closing_url(vacancy):
    return reverse("careers_vacancy_closing", args=[vacancy.reference])


def states(user):
    return {row.page.reference: row.state for row in vacancy_queries.vacancy_list(user, now=timezone.now())}


def decide(row, by):
    actions.move_application(row, to="rejected", by=by, reason="Vi valgte en med fagbrev.")


def test_the_list_says_where_each_vacancy_stands(hr, hr_user, vacancy):
    now = timezone.now()
    gone = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(hours=2)}
    coming = factories.make_vacancy(opens_at=now + timedelta(days=1))
    draft = factories.make_vacancy()
    draft.unpublish()
    waiting, decided, nobody = (factories.make_vacancy(**gone) for _each in range(3))
    factories.submit(waiting, cv=False)
    decide(factories.submit(decided, cv=False), hr_user)
    factories.submit(vacancy, cv=False)
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        assert states(hr_user) == {
            vacancy.reference: vacancy_queries.OPEN,
            coming.reference: vacancy_queries.PLANNED,
            draft.reference: vacancy_queries.DRAFT,
            waiting.reference: vacancy_queries.WAITING,
            decided.reference: vacancy_queries.DECIDED_ALL,
            nobody.reference: vacancy_queries.NOBODY,
        }
        page = hr.get(LIST).text
    for words in ("not yet open", "draft", "closed, waits for decisions", "decided", "closed, nobody applied"):
        assert words in page
    assert "closes in 20 days" in page and "1 received" in page
    assert (
        reverse("careers_board", args=[vacancy.reference]) in page
        and reverse("wagtailadmin_pages:edit", args=[vacancy.pk]) in page
    )
    assert reverse("wagtailadmin_pages:add", args=["careers", "vacancypage", vacancy.get_parent().pk]) in page
    order = [row.state for row in vacancy_queries.vacancy_list(hr_user, now=now)]
    assert order == sorted(order, key=vacancy_queries._ORDER.index)


@pytest.mark.parametrize(("hours", "words"), [(2, "closes today at 11:00"), (26, "closes tomorrow")])
def test_the_last_days_are_said_in_words(hr, wordings, hours, words):
    with time_machine.travel("2026-11-24T08:00:00+00:00", tick=False):
        factories.make_vacancy(closes_at=timezone.now() + timedelta(hours=hours))
        assert words in hr.get(LIST).text


def test_the_languages_of_a_vacancy_are_one_row(hr, hr_user, vacancy):
    factories.make_vacancy(
        "en", title="Technician", reference=vacancy.reference, translation_key=vacancy.translation_key
    )
    page = hr.get(LIST).text
    assert "Technician" in page and vacancy.title not in page and "nb, en" in page
    assert len(states(hr_user)) == 1


def test_an_empty_list_says_what_to_do(hr, client, leader):
    assert "No vacancy has been written yet." in hr.get(LIST).text
    factories.sign_in(client, leader)
    assert "No vacancy is shared with you." in client.get(LIST).text


def test_a_draft_without_a_reference_has_no_pages_yet(hr, vacancy):
    type(vacancy).objects.filter(pk=vacancy.pk).update(reference="", live=False)
    page = hr.get(LIST).text
    assert vacancy.title in page and "/closing/" not in page


def test_a_leader_sees_what_is_shared_and_closes_nothing(client, leader, vacancy):
    other = factories.make_vacancy()
    factories.share(vacancy, leader)
    factories.sign_in(client, leader)
    page = client.get(LIST).text
    assert vacancy.title in page and other.title not in page
    assert "/closing/" not in page and "Edit the page" not in page and "Write a new vacancy" not in page
    assert client.get(closing_url(vacancy)).status_code == 403
    assert client.post(closing_url(vacancy), {"close": "1"}).status_code == 403
    assert vacancy.is_open(timezone.now())


def test_who_may_not_read_applications_does_not_enter(client, vacancy):
    factories.sign_in(client, factories.make_staff())
    assert client.get(LIST).status_code in (302, 403)
    assert client.get(closing_url(vacancy)).status_code in (302, 403)


def test_an_address_of_no_vacancy_is_not_found(hr, db):
    assert hr.get(reverse("careers_vacancy_closing", args=["2026-99"])).status_code == 404


def test_thirty_vacancies_cost_as_many_queries_as_one(hr, vacancy):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert hr.get(LIST).status_code == 200
        return len(seen)

    factories.submit(vacancy, cv=False)
    count()
    one = count()
    for number in range(29):
        page = factories.make_vacancy()
        if number % 10 == 0:
            factories.submit(page, cv=False)
    assert count() == one


def test_a_long_list_goes_on_over_pages(hr, vacancy, monkeypatch):
    monkeypatch.setattr("careers.screens.hr_vacancies.PER_PAGE", 1)
    other = factories.make_vacancy(closes_at=vacancy.closes_at + timedelta(days=1))
    first, second = hr.get(LIST).text, hr.get(LIST + "?p=2").text
    assert vacancy.title in first and other.title not in first and "?p=2" in first
    assert other.title in second and "?p=1" in second


def test_before_the_press_it_says_exactly_what_will_happen(hr, hr_user, vacancy):
    factories.submit(vacancy, cv=False)
    factories.submit(vacancy, cv=False)
    decide(factories.submit(vacancy, cv=False), hr_user)
    restrict(factories.submit(vacancy, cv=False).subject, ground="accuracy", by=None)
    page = hr.get(closing_url(vacancy)).text
    assert "Close the vacancy now" in page and "The time limits of 2 applications count from today." in page
    assert not Hiring.objects.exists()
    plan = vacancy_queries.closing_plan(Hiring(reference=vacancy.reference), vacancy, now=timezone.now())
    goes = deleted_on(timezone.localdate())
    assert [(group.kind, group.number, group.first, group.last) for group in plan.groups] == [
        ("undecided", 2, goes, goes),
        ("rejected", 1, goes, goes),
    ]
    assert f"{goes.day} " in page and "Not decided, if nobody decides" in page


def test_the_press_does_what_was_said_and_then_shows_the_dates(hr, hr_user, vacancy):
    row = factories.submit(vacancy, cv=False)
    answer = hr.post(closing_url(vacancy), {"close": "1"}, follow=True)
    assert answer.redirect_chain == [(closing_url(vacancy), 302)]
    assert "The vacancy is closed in all languages. Time limits moved: 1." in answer.text
    assert "Closed on" in answer.text and "Close the vacancy now" not in answer.text
    row.refresh_from_db()
    plan = vacancy_queries.closing_plan(Hiring.objects.get(), vacancy, now=timezone.now())
    assert [group.first for group in plan.groups] == [deleted_on(row.clock_from)]
    assert Hiring.objects.get().closed_by == hr_user


def test_a_second_press_says_that_it_is_done_and_changes_nothing(hr, vacancy):
    hr.post(closing_url(vacancy), {"close": "1"})
    at = Hiring.objects.get().closed_at
    answer = hr.post(closing_url(vacancy), {"close": "1"})
    assert answer.status_code == 422 and "The vacancy has closed already. Nothing was changed." in answer.text
    assert Hiring.objects.get().closed_at == at


def test_it_is_opened_again_from_the_same_page(hr, vacancy):
    factories.submit(vacancy, cv=False)
    hr.post(closing_url(vacancy), {"close": "1"})
    assert "the time limit of 1 application counts from the new closing day" in hr.get(closing_url(vacancy)).text
    empty = hr.post(closing_url(vacancy), {"reopen": "1", "until": ""})
    assert empty.status_code == 422 and not vacancy.is_open(timezone.now())
    past = hr.post(closing_url(vacancy), {"reopen": "1", "until": "2020-01-01"})
    assert past.status_code == 422 and "The last day has passed already." in past.text
    until = timezone.localdate() + timedelta(days=5)
    answer = hr.post(closing_url(vacancy), {"reopen": "1", "until": until.isoformat()}, follow=True)
    assert "The vacancy is open again in all languages. Time limits moved: 1." in answer.text
    vacancy.refresh_from_db()
    assert vacancy.is_open(timezone.now())


def test_after_a_decision_it_offers_no_way_back(hr, hr_user, vacancy):
    row = factories.submit(vacancy, cv=False)
    hr.post(closing_url(vacancy), {"close": "1"})
    decide(row, hr_user)
    page = hr.get(closing_url(vacancy)).text
    assert "Somebody has been decided, so this vacancy stays closed." in page and 'name="reopen"' not in page


def test_a_page_that_is_not_public_has_nothing_to_close(hr, vacancy):
    vacancy.unpublish()
    page = hr.get(closing_url(vacancy)).text
    assert "The page is not public, so there is nothing to close." in page and 'name="close"' not in page
    assert "Nobody has applied." in page


def test_begun_applications_are_counted_with_the_day_they_go(hr, vacancy):
    subject = register_subject(role="applicant", language="nb", by=None)
    ApplicationDraft.objects.create(
        subject=subject,
        vacancy=vacancy,
        vacancy_reference=vacancy.reference,
        vacancy_title=vacancy.title,
        full_name="Ingrid Prøve",
        email="ingrid@soker.example",
    )
    plan = vacancy_queries.closing_plan(Hiring(reference=vacancy.reference), vacancy, now=timezone.now())
    assert (plan.drafts.number, plan.drafts.first) == (1, timezone.localdate() + timedelta(days=31))
    page = hr.get(closing_url(vacancy)).text
    assert "Begun and not sent" in page and "Ingrid Prøve" not in page


def test_the_menu_entry_is_for_those_who_may_enter(hr, client, vacancy):
    assert LIST in hr.get("/admin/").text
    editor = factories.make_staff()
    group = Group.objects.create(name="Only inside")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    editor.groups.add(group)
    factories.sign_in(client, editor)
    answer = client.get("/admin/")
    assert answer.status_code == 200 and LIST not in answer.text
    assert client.get(LIST).status_code == 403
