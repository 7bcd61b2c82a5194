"""What an applicant's calendar is told, read back by two other libraries."""

import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import icalendar
import pytest
import vobject

from careers.invitations import CANCEL, PUBLISH, REQUEST, calendar_text
from careers.rules.interviews import OSLO

NAME, ADDRESS = "Ingrid Prøve", "ingrid@soker.example"


def interview(**values):
    application = SimpleNamespace(
        language="nb",
        full_name=NAME,
        email=ADDRESS,
        vacancy=SimpleNamespace(contact_email="hr@cn.example"),
        vacancy_title="Servicetekniker, Drammen",
    )
    said = {
        "application": application,
        "uid": uuid.UUID(int=7),
        "sequence": 0,
        "starts_at": datetime(2026, 12, 3, 13, 0, tzinfo=UTC),
        "minutes": 90,
        "place": "Rom 2; 3. etasje",
        "with_whom": "Serviceleder",
        "message": "Ta med fagbrev.\nRing på.",
    }
    return SimpleNamespace(**(said | values))


@pytest.fixture
def no_settings(monkeypatch):
    monkeypatch.setattr("careers.invitations.engine.controller", lambda: {"email": "post@cn.example"})


def read(text):
    calendar = icalendar.Calendar.from_ical(text)
    return calendar, calendar.events[0]


@pytest.mark.parametrize(("method", "status"), [(REQUEST, "CONFIRMED"), (CANCEL, "CANCELLED")])
def test_both_libraries_read_what_was_meant(method, status):
    text = calendar_text(interview(sequence=3), method=method)
    calendar, event = read(text)
    other = vobject.readOne(text)
    assert (calendar["method"], other.method.value) == (method, method)
    assert (event["sequence"], event["status"], other.vevent.sequence.value) == (3, status, "3")
    assert event.start == datetime(2026, 12, 3, 14, 0, tzinfo=OSLO) == other.vevent.dtstart.value
    assert event.end - event.start == timedelta(minutes=90) == other.vevent.dtend.value - other.vevent.dtstart.value
    assert event["dtstart"].params["TZID"] == "Europe/Oslo"
    assert event["location"] == "Rom 2; 3. etasje" == other.vevent.location.value
    assert "Serviceleder" in event["description"] and "Ring på." in other.vevent.description.value
    assert str(event["attendee"]) == f"mailto:{ADDRESS}" and not isinstance(event["attendee"], list)
    assert str(event["organizer"]) == "mailto:hr@cn.example"
    assert "Servicetekniker, Drammen" in event["summary"]


def test_no_name_stands_in_it_and_the_uid_is_random():
    text = calendar_text(interview(), method=REQUEST)
    assert NAME not in text.replace("\r\n ", "") and "Ingrid" not in text
    assert read(text)[1]["uid"] == str(uuid.UUID(int=7))


def test_a_file_to_open_invites_nobody():
    text = calendar_text(interview(), method=PUBLISH)
    assert "ATTENDEE" not in text and "ORGANIZER" not in text and ADDRESS not in text


def test_without_a_role_of_the_vacancy_the_house_answers(no_settings):
    without = interview()
    without.application.vacancy.contact_email = ""
    assert "mailto:post@cn.example" in calendar_text(without, method=REQUEST)
    without.application.vacancy = None
    without.with_whom = without.message = ""
    text = calendar_text(without, method=REQUEST)
    assert "mailto:post@cn.example" in text and "DESCRIPTION" not in text


@pytest.mark.parametrize(
    ("starts", "offset"),
    [
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 12, 0, tzinfo=UTC), 1),
        (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), 1),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), 2),
        (datetime(2027, 3, 28, 12, 0, tzinfo=UTC), 2),
    ],
)
def test_the_zone_that_is_sent_along_gives_the_right_hour_on_both_sides_of_a_change(starts, offset):
    text = calendar_text(interview(starts_at=starts), method=REQUEST)
    calendar, event = read(text)
    # Only by what the object itself says of the zone, as a calendar that knows no Oslo reads it.
    zone = calendar.timezones[0].to_tz(lookup_tzid=False)
    wall = event.start.replace(tzinfo=None)
    assert zone.utcoffset(wall) == timedelta(hours=offset)
    assert wall - zone.utcoffset(wall) == starts.replace(tzinfo=None)
