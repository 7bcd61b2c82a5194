"""The first page of HR and of hiring leaders: each vacancy in numbers, and what nobody has begun to read."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers import actions, queries
from privacy.actions import restrict
from tests.careers import factories

HOME = "/admin/"


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR, language="en")


@pytest.fixture
def hr(hr_user, client):
    factories.sign_in(client, hr_user)
    return client


@pytest.fixture
def leader(db):
    return factories.make_staff(actions.HIRING_LEADERS, first_name="Lars", last_name="Leder", language="en")


def numbers(user):
    return {
        found.page.reference: (found.is_open, found.total)
        for found in queries.vacancy_numbers(user, now=timezone.now())
    }


def test_hr_meets_vacancies_with_their_numbers_and_new_applications(hr, hr_user, vacancy):
    first = factories.submit(vacancy, name="Ingrid Prøve")
    second = factories.submit(vacancy, name="Jon Lest")
    actions.move_application(second, to="screening", reason="", by=hr_user)
    page = hr.get(HOME).text
    assert vacancy.title in page and "open until" in page and "1 received" in page and "1 being read" in page
    assert "Ingrid Prøve" in page and reverse("careers_applications:inspect", args=[first.pk]) in page
    assert "Jon Lest" not in page


def test_empty_parts_say_what_will_stand_there(hr, client, leader):
    page = hr.get(HOME).text
    assert "No vacancy is open." in page and "All applications have been taken up." in page
    factories.sign_in(client, leader)
    assert "No vacancy is shared with you." in client.get(HOME).text


def test_a_closed_vacancy_stays_until_everybody_is_decided(hr_user, vacancy):
    undecided = factories.submit(vacancy)
    vacancy.closes_at = timezone.now() - timedelta(minutes=1)
    vacancy.save()
    assert numbers(hr_user) == {vacancy.reference: (False, 1)}
    actions.move_application(undecided, to="rejected", reason="Valgt en annen", by=hr_user)
    assert numbers(hr_user) == {}


def test_two_languages_of_a_vacancy_are_one(hr_user, vacancy):
    english = factories.make_vacancy("en", reference=vacancy.reference, translation_key=vacancy.translation_key)
    factories.submit(vacancy)
    factories.submit(english)
    assert numbers(hr_user) == {vacancy.reference: (True, 2)}


def test_a_leader_meets_what_is_shared_and_nothing_else(client, leader, vacancy):
    other = factories.make_vacancy()
    factories.submit(vacancy, name="Delt Søker")
    factories.submit(other, name="Skjult Søker")
    actions.share_vacancy(vacancy, user=leader, until=timezone.localdate(), by=None)
    factories.sign_in(client, leader)
    page = client.get(HOME).text
    assert "Delt Søker" in page and vacancy.title in page
    assert "Skjult Søker" not in page and other.title not in page
    assert numbers(leader) == {vacancy.reference: (True, 1)}


def test_who_may_not_read_applications_meets_nothing_of_it(client, vacancy):
    factories.submit(vacancy, name="Ingrid Prøve")
    colleague = factories.make_staff()
    group = Group.objects.create(name="Only inside")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    colleague.groups.add(group)
    factories.sign_in(client, colleague)
    answer = client.get(HOME)
    assert answer.status_code == 200
    assert "home-careers" not in answer.text and "Ingrid Prøve" not in answer.text


def test_a_restricted_applicant_is_neither_shown_nor_counted(hr, hr_user, vacancy):
    hidden = factories.submit(vacancy, name="Ragna Ro")
    factories.submit(vacancy, name="Ingrid Prøve")
    assert "Ragna Ro" in hr.get(HOME).text
    restrict(hidden.subject, ground="accuracy", by=None)
    page = hr.get(HOME).text
    assert "Ragna Ro" not in page and "Ingrid Prøve" in page
    assert numbers(hr_user) == {vacancy.reference: (True, 1)}


def test_ten_rows_cost_as_many_queries_as_one(hr, vacancy):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert hr.get(HOME).status_code == 200
        return len(seen)

    factories.submit(vacancy)
    hr.get(HOME)
    one = count()
    for _number in range(9):
        factories.submit(factories.make_vacancy())
    assert count() == one
