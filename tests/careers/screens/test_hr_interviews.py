"""Interviews in the staff pages: who sees which, and each act by its form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers import actions, meeting_times
from careers.models import Interview
from careers.rules.interviews import OSLO
from tests.careers import factories, meetings, reading


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, cv=None, name="Ingrid Prøve")


@pytest.fixture
def hr(db, client):
    return factories.sign_in(client, factories.make_staff(actions.HR))


@pytest.fixture
def leader(db):
    return factories.make_staff(actions.HIRING_LEADERS, first_name="Lars", last_name="Leder")


def row_url(name, row):
    return reverse(f"careers_applications:{name}", args=[row.pk])


def url(name, row=None):
    return reverse(f"careers_interviews:{name}", args=[row.pk] if row else [])


def typed(moment):
    return moment.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")


def form(**values):
    return {
        "time_1": typed(meetings.at(3)),
        "kind": "place",
        "place": "Rom 2",
        "minutes": "60",
        "with_whom": "",
        "message": "",
        **values,
    }


def test_hr_offers_times_from_the_application(client, hr, application):
    page = client.get(row_url("inspect", application)).content.decode()
    assert row_url("interview", application) in page
    assert client.get(row_url("interview", application)).status_code == 200
    response = client.post(row_url("interview", application), form(time_2=typed(meetings.at(4)), time_3="4.12.26"))
    assert response.status_code == 200 and "time_3" in response.context["form"].errors
    assert client.post(row_url("interview", application), form(time_2=typed(meetings.at(4)))).status_code == 302
    interview = Interview.objects.get()
    assert (interview.state, interview.slots.count()) == ("offered", 2) and reading.mails("interview_offer")
    assert url("inspect", interview) in client.get(row_url("inspect", application)).content.decode()
    assert client.post(row_url("interview", application), form(agreed="on")).status_code == 302
    assert Interview.objects.filter(state="agreed").count() == 1


@pytest.mark.parametrize(
    ("time", "word"),
    [("2026-10-25T02:30", "twice"), ("2027-03-28T02:30", "never"), ("i morgen", "day and a time")],
)
def test_a_time_that_cannot_be_is_refused_in_its_field(client, hr, application, time, word):
    response = client.post(row_url("interview", application), form(time_1=time), HTTP_ACCEPT_LANGUAGE="en")
    said = str(response.context["form"].errors["time_1"])
    assert word in said or not word.isascii() or said
    assert not Interview.objects.exists()


def test_each_act_on_an_interview(client, hr, application):
    interview = meetings.agreed(application)
    page = client.get(url("inspect", interview)).content.decode()
    assert "Rom 2" in page and "Ingrid Prøve" in page and reading.acts(interview)[-1] == "interview.viewed"
    changed = form(place="Rom 9", starts_at=typed(meetings.at(6)))
    assert client.get(url("change", interview)).context["form"].initial["place"] == "Rom 2"
    assert client.post(url("change", interview), changed).status_code == 302
    interview.refresh_from_db()
    assert (interview.place, interview.sequence, interview.starts_at) == ("Rom 9", 1, meetings.at(6))
    assert client.post(url("offer-again", interview), form()).context["form"].errors
    assert client.get(url("call-off", interview)).status_code == 200
    assert client.post(url("call-off", interview)).status_code == 302
    offered = meetings.offer(application)
    assert client.post(url("offer-again", offered), form()).status_code == 302 and offered.slots.count() == 1
    assert "Rom 2" in client.get(url("inspect", offered)).content.decode()


def test_the_list_shows_what_lies_ahead_today_or_this_week(client, hr, application):
    ahead = meetings.agreed(application)
    offered = meetings.offer(application)
    past = meetings.agreed(application)
    Interview.objects.filter(pk=past.pk).update(starts_at=timezone.now() - timedelta(days=3))

    def shown(**query):
        page = client.get(url("index"), query).content.decode()
        return {each for each in (ahead, offered, past) if url("inspect", each) in page}

    assert shown() == {ahead, offered}
    assert shown(when="past") == {past} and shown(when="") == {ahead, offered, past}
    assert shown(when="ahead", state="offered") == {offered} and shown(when="today") == set()
    page = client.get(url("index")).content.decode()
    assert "Ingrid Prøve" in page and application.vacancy_title in page


def test_an_empty_list_says_so(client, hr):
    assert client.get(url("index")).status_code == 200


def test_stretches_of_days(application):
    interview = meetings.agreed(application)
    sunday = timezone.now().astimezone(OSLO).replace(year=2026, month=11, day=29, hour=23, minute=59)
    monday = sunday + timedelta(minutes=1)
    now = sunday.replace(day=24, hour=10)
    for when, today, week, ahead, past in (
        (now.replace(hour=0, minute=0), True, True, True, False),
        (now.replace(day=25, hour=0, minute=0), False, True, True, False),
        (sunday, False, True, True, False),
        (monday, False, False, True, False),
        (now.replace(day=23, hour=23, minute=59), False, False, False, True),
    ):
        Interview.objects.filter(pk=interview.pk).update(starts_at=when.replace(second=0, microsecond=0))
        found = [
            meeting_times.between(Interview.objects.all(), stretch, now=now).exists()
            for stretch in ("today", "week", "ahead", "past")
        ]
        assert found == [today, week, ahead, past], when


def test_a_hiring_leader_sees_the_shared_ones_and_changes_none(client, application, leader):
    interview = meetings.agreed(application)
    elsewhere = meetings.agreed(factories.submit(factories.make_vacancy(), cv=None, name="Ola Prøve"))
    factories.share(application.vacancy, leader)
    factories.sign_in(client, leader)
    page = client.get(url("index")).content.decode()
    assert url("inspect", interview) in page and "Ola Prøve" not in page
    assert client.get(url("inspect", interview)).status_code == 200
    assert client.get(url("inspect", elsewhere)).status_code == 404
    for address in (url("change", interview), url("call-off", interview), row_url("interview", application)):
        assert client.post(address, form()).status_code in (302, 403)
    interview.refresh_from_db()
    assert interview.state == "agreed" and Interview.objects.count() == 2


def test_nobody_else_on_staff_sees_any(client, application):
    interview = meetings.agreed(application)
    factories.sign_in(client, factories.make_staff())
    for address in (url("index"), url("inspect", interview), url("change", interview)):
        response = client.get(address)
        assert response.status_code in (302, 403) and b"Ingrid" not in response.content


def test_under_age_means_a_guardian_first(client, hr, application):
    application.minor = True
    application.save()
    assert client.post(row_url("interview", application), form()).context["form"].errors
    assert client.get(row_url("guardian", application)).status_code == 200
    said = {"guardian": "Mor Prøve", "how": "phone", "checked_on": timezone.localdate().isoformat()}
    assert client.post(row_url("guardian", application), said).status_code == 302
    assert client.post(row_url("interview", application), form()).status_code == 302
    assert "Mor Prøve" in client.get(row_url("inspect", application)).content.decode()


def test_a_reported_child_is_erased_from_the_page(client, hr, application, drain):
    assert client.get(row_url("child", application)).status_code == 200
    assert client.post(row_url("child", application)).url == reverse("careers_applications:index")
    drain()
    assert not type(application).objects.filter(pk=application.pk).exists()
