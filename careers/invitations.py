"""What the applicant's calendar is told of an interview: one entry with one name, invited, changed or called off.

RFC 5545 and 5546: the same UID, a SEQUENCE that counts up, times in Europe/Oslo with the zone's own rules beside them.
Nobody is invited but the applicant, no name stands in the UID or in the summary, and the organiser is a role.
"""

from datetime import UTC, datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from careers.rules.interviews import OSLO, ends_at
from privacy import queries as engine

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
FILE_NAME = "interview.ics"


def calendar_text(interview, *, method: str) -> str:
    """The whole iCalendar object of a meeting that has a time. `method` is REQUEST (new or changed), CANCEL or PUBLISH.

    PUBLISH is for a file somebody opens themselves: it invites nobody, so no address stands in it.
    """
    with translation.override(interview.application.language):
        entry = _event(interview, method)
    calendar = Calendar()
    calendar.add("prodid", "-//CN//careers//NB")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_oslo())
    calendar.add_component(entry)
    return calendar.to_ical().decode()


def organiser_of(application) -> str:
    """The mailbox of a role that answers for the vacancy; never a person's."""
    role = application.vacancy.contact_email if application.vacancy else ""
    return role or engine.controller()["email"]


def _event(interview, method: str) -> Event:
    application = interview.application
    title = _("Interview: %(vacancy)s") % {"vacancy": application.vacancy_title}
    entry = Event()
    entry.add("uid", str(interview.uid))
    entry.add("sequence", interview.sequence)
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("dtstart", interview.starts_at.astimezone(OSLO))
    entry.add("dtend", ends_at(interview.starts_at, interview.minutes))
    entry.add("summary", title)
    entry.add("location", interview.place)
    if text := _description(interview):
        entry.add("description", text)
    entry.add("class", "PRIVATE")
    entry.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    if method != PUBLISH:
        entry.add("organizer", _organiser(application))
        entry.add("attendee", _attendee(application), encode=0)
    return entry


def _description(interview) -> str:
    said = [_("You meet: %(who)s") % {"who": interview.with_whom}] if interview.with_whom else []
    return "\n\n".join([*said, *([interview.message] if interview.message else [])])


def _organiser(application) -> vCalAddress:
    address = vCalAddress(f"mailto:{organiser_of(application)}")
    address.params["cn"] = vText(_("HR"))
    return address


def _attendee(application) -> vCalAddress:
    # No answer is asked of the calendar: it is given on the page, where it is seen.
    address = vCalAddress(f"mailto:{application.email}")
    address.params["cutype"] = vText("INDIVIDUAL")
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText("ACCEPTED")
    address.params["rsvp"] = vText("FALSE")
    return address


def _oslo() -> Timezone:
    """Summer time from the last Sunday of March, 02:00, to the last of October, 03:00, each by the clock before."""
    zone, winter, summer = Timezone(), timedelta(hours=1), timedelta(hours=2)
    zone.add("tzid", "Europe/Oslo")
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
