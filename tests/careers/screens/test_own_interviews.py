"""Interviews as the applicant meets them: on the own page and behind the mailed link. GET shows, POST answers."""

import icalendar
import pytest
from django.urls import reverse

from careers import interview_links
from careers.models import Interview
from tests.careers import factories, meetings, reading


@pytest.fixture
def user(db):
    return factories.make_user()


@pytest.fixture
def application(vacancy, user):
    return factories.submit(vacancy, user=user, cv=None)


def path_of(interview):
    return "/" + interview_links.interview_url(interview).split("/", 3)[3]


def own(name, application, interview):
    return reverse(f"careers:{name}", args=[application.pk, interview.pk])


def test_behind_the_link_one_chooses_without_signing_in(client, application):
    interview = meetings.offer(application)
    page = client.get(path_of(interview))
    assert page.status_code == 200 and "Rom 2" in page.content.decode() and "noindex" in page.content.decode()
    assert client.head(path_of(interview)).status_code == 200
    interview.refresh_from_db()
    assert interview.state == "offered"
    slot = interview.slots.first()
    assert str(slot.pk) in page.content.decode()
    assert client.post(path_of(interview), {"choice": str(slot.pk)}).status_code == 302
    interview.refresh_from_db()
    assert (interview.state, interview.starts_at) == ("agreed", slot.starts_at)
    assert application.full_name not in client.get(path_of(interview)).content.decode()


def test_none_fits_with_a_word(client, application):
    interview = meetings.offer(application)
    client.post(path_of(interview), {"choice": "none", "answer": "Er på ferie"})
    interview.refresh_from_db()
    assert (interview.state, interview.answer) == ("no_time", "Er på ferie")
    assert client.get(path_of(interview)).status_code == 200


@pytest.mark.parametrize("said", [{}, {"choice": "tull"}, {"choice": "cannot"}, {"choice": "x" * 50}])
def test_an_answer_that_is_none_changes_nothing_and_says_so(client, application, said):
    interview = meetings.offer(application)
    page = client.post(path_of(interview), said, follow=True)
    interview.refresh_from_db()
    assert interview.state == "offered" and [each.level_tag for each in page.context["messages"]] == ["error"]


def test_a_wrong_link_and_one_whose_application_is_withdrawn_lead_nowhere(client, application):
    interview = meetings.agreed(application)
    link = path_of(interview)
    assert client.get(link).status_code == 200 and client.get(link + "calendar/").status_code == 200
    type(application).objects.update(state="withdrawn")
    for address in (link, link.replace(str(interview.pk), str(application.pk)), link[:-3] + "x/"):
        assert client.get(address).status_code == 410 and client.get(address + "calendar/").status_code == 404


def test_the_calendar_file_has_no_name_and_nobody_in_it(client, application):
    interview = meetings.agreed(application)
    response = client.get(path_of(interview) + "calendar/")
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert 'filename="interview.ics"' in response.headers["Content-Disposition"]
    calendar = icalendar.Calendar.from_ical(response.content.decode())
    assert (str(calendar["method"]), calendar.events[0].start) == ("PUBLISH", interview.starts_at)
    assert application.email not in response.content.decode()
    offered = meetings.offer(application)
    assert client.get(path_of(offered) + "calendar/").status_code == 404


def test_on_the_own_page_one_sees_and_calls_off(client, user, application):
    interview = meetings.agreed(application)
    factories.sign_in(client, user)
    page = client.get(reverse("careers:application", args=[application.pk])).content.decode()
    for said in ("Rom 2", "Serviceleder", "Ta med fagbrev.", own("interview-calendar", application, interview)):
        assert said in page, said
    assert client.get(own("interview", application, interview)).status_code == 405
    assert client.get(own("interview-calendar", application, interview)).status_code == 200
    client.post(own("interview", application, interview), {"choice": "cannot", "answer": "Syk"})
    interview.refresh_from_db()
    assert (interview.state, interview.answer) == ("no_time", "Syk") and reading.mails("interview_cancelled")
    assert client.post(own("interview", application, interview), {"choice": "none"}).status_code == 302


def test_nobody_reaches_somebody_elses(client, application):
    interview = meetings.agreed(application)
    for someone in (None, factories.make_user()):
        if someone:
            factories.sign_in(client, someone)
        assert client.get(own("interview-calendar", application, interview)).status_code in (302, 404)
        assert client.post(own("interview", application, interview), {"choice": "cannot"}).status_code in (302, 404)
    other = factories.submit(application.vacancy, cv=None)
    assert client.get(own("interview-calendar", other, interview)).status_code == 404
    assert Interview.objects.get(pk=interview.pk).state == "agreed"
