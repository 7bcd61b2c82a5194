"""Interviews from the offer to the meeting, or to its end: one act, one mail, one entry in a calendar."""

import icalendar
import pytest
from django.core import mail
from django.utils import timezone

from careers import actions
from careers.models import Interview, InterviewSlot
from privacy.models import OutgoingMail
from tests.careers import factories, meetings, reading


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, cv=None)


def sent(name):
    """What waits of one kind: (address, its words, its calendar or None)."""
    found = []
    for address, context in reading.mails(name):
        text = context.pop("_calendar", "")
        found.append((address, context, icalendar.Calendar.from_ical(text) if text else None))
    return found


def entry(calendar):
    event = calendar.events[0]
    return str(calendar["method"]), event["sequence"], event["uid"], event["status"]


def test_times_are_offered_and_nothing_is_in_a_calendar_yet(application):
    hr = factories.make_staff(actions.HR)
    interview = meetings.offer(application, by=hr)
    assert (interview.state, interview.starts_at, interview.slots.count()) == ("offered", None, 2)
    ((address, words, calendar),) = sent("interview_offer")
    assert address == application.email and len(words["times"]) == 2 and calendar is None
    assert words["place"] == "Rom 2" and words["answer_url"].startswith("http")
    assert reading.acts(interview) == ["interview.offered"] and interview.made_by == hr
    application.refresh_from_db()
    assert application.state == "submitted"


def test_the_applicant_takes_one_and_is_invited(application):
    interview = meetings.offer(application)
    slot = interview.slots.last()
    row = actions.choose_time(interview, slot=slot.pk, by=None)
    assert (row.state, row.starts_at) == ("agreed", slot.starts_at) and row.answered_at
    ((address, _words, calendar),) = sent("interview_agreed")
    assert entry(calendar) == ("REQUEST", 0, str(interview.uid), "CONFIRMED")
    assert str(calendar.events[0]["attendee"]) == f"mailto:{address}"
    again = actions.choose_time(interview, slot=slot.pk, by=None)
    assert again.pk == row.pk and len(sent("interview_agreed")) == 1
    assert reading.acts(interview) == ["interview.offered", "interview.agreed"]


def test_a_time_that_was_not_offered_or_has_passed_is_refused(application):
    interview = meetings.offer(application, meetings.at(1), meetings.at(9))
    other = meetings.offer(factories.submit(application.vacancy, cv=None))
    first = interview.slots.first()
    InterviewSlot.objects.filter(pk=first.pk).update(starts_at=meetings.at(-1))
    for slot in (other.slots.first().pk, first.pk, None):
        with pytest.raises(actions.NotPossible):
            actions.choose_time(interview, slot=slot, by=None)
    assert not sent("interview_agreed") and Interview.objects.filter(state="agreed").count() == 0
    assert actions.choose_time(interview, slot=interview.slots.last().pk, by=None).state == "agreed"


def test_what_was_agreed_on_the_phone_is_invited_at_once(application):
    interview = meetings.agreed(application)
    assert interview.state == "agreed" and not interview.slots.exists()
    ((_address, _words, calendar),) = sent("interview_agreed")
    assert entry(calendar)[:2] == ("REQUEST", 0)
    with pytest.raises(actions.NotPossible):
        meetings.offer(application, meetings.at(3), meetings.at(4), agreed=True)
    with pytest.raises(actions.NotPossible):
        meetings.offer(application, meetings.at(-1))
    assert Interview.objects.count() == 1


def test_a_change_is_the_same_entry_one_version_on(application):
    interview = meetings.agreed(application)
    later = meetings.at(5)
    row = actions.change_interview(
        interview,
        starts_at=later,
        minutes=30,
        kind="video",
        place="https://m.example/1",
        with_whom="",
        message="",
        by=None,
    )
    assert (row.starts_at, row.minutes, row.kind, row.sequence) == (later, 30, "video", 1)
    ((_address, words, calendar),) = sent("interview_changed")
    assert (
        entry(calendar) == ("REQUEST", 1, str(interview.uid), "CONFIRMED") and words["place"] == "https://m.example/1"
    )
    assert calendar.events[0].start == later
    same = {"minutes": 30, "kind": "phone", "place": "vi ringer", "with_whom": "", "message": "", "by": None}
    assert actions.change_interview(row, starts_at=later, **same).sequence == 2
    with pytest.raises(actions.NotPossible):
        actions.change_interview(row, starts_at=meetings.at(-1), **same)
    with pytest.raises(actions.NotPossible):
        actions.change_interview(meetings.offer(application), starts_at=later, **same)
    assert len(sent("interview_changed")) == 2


def test_none_fits_and_other_times_are_offered(application):
    interview = meetings.offer(application)
    row = actions.no_time_fits(interview, answer=" Jeg er på ferie. ", by=None)
    assert (row.state, row.answer) == ("no_time", "Jeg er på ferie.")
    assert actions.no_time_fits(interview, answer="igjen", by=None).answer == "Jeg er på ferie."
    before = set(InterviewSlot.objects.values_list("pk", flat=True))
    row = actions.offer_other_times(interview, times=[meetings.at(8)], by=None)
    assert (row.state, row.answer, row.slots.count()) == ("offered", "", 1)
    assert not before & set(InterviewSlot.objects.values_list("pk", flat=True))
    assert len(sent("interview_offer")) == 2
    actions.choose_time(row, slot=row.slots.get().pk, by=None)
    for act in (
        lambda: actions.no_time_fits(row, answer="", by=None),
        lambda: actions.offer_other_times(row, times=[meetings.at(9)], by=None),
    ):
        with pytest.raises(actions.NotPossible):
            act()


def test_an_applicant_who_cannot_come_leaves_the_calendar_and_may_get_another_time(application):
    interview = meetings.agreed(application)
    row = actions.cannot_come(interview, answer="Syk", by=None)
    assert (row.state, row.answer, row.starts_at) == ("no_time", "Syk", None)
    ((_address, words, calendar),) = sent("interview_cancelled")
    assert entry(calendar) == ("CANCEL", 1, str(interview.uid), "CANCELLED") and words["by_applicant"]
    with pytest.raises(actions.NotPossible):
        actions.cannot_come(interview, answer="", by=None)
    row = actions.offer_other_times(interview, times=[meetings.at(8)], by=None)
    actions.choose_time(row, slot=row.slots.get().pk, by=None)
    assert entry(sent("interview_agreed")[-1][2])[:3] == ("REQUEST", 2, str(interview.uid))


def test_hr_calls_off(application):
    told = meetings.agreed(application)
    offered = meetings.offer(application)
    for interview in (told, offered, told):
        assert actions.cancel_interview(interview, by=None).state == "cancelled"
    with_entry, without = sent("interview_cancelled")
    assert entry(with_entry[2])[:2] == ("CANCEL", 1) and not with_entry[1]["by_applicant"]
    assert without[2] is None and not offered.slots.exists()
    with pytest.raises(actions.NotPossible):
        actions.cannot_come(told, answer="", by=None)


def test_a_decided_application_is_offered_nothing_more(application):
    application.state, application.decided_on = "rejected", timezone.localdate()
    application.save()
    with pytest.raises(actions.NotPossible):
        meetings.offer(application)
    assert not Interview.objects.exists() and not sent("interview_offer")


def test_an_application_without_an_address_gets_no_mail(application):
    application.email = ""
    application.save()
    meetings.offer(application)
    assert not sent("interview_offer") and Interview.objects.count() == 1


def test_a_withdrawn_application_leaves_the_calendar_and_takes_its_interviews_along(application, drain):
    ahead, neighbour = meetings.agreed(application), meetings.agreed(factories.submit(application.vacancy, cv=None))
    meetings.offer(application)
    actions.withdraw_application(application, by=None)
    calendars = [entry(calendar) for _address, _words, calendar in sent("interview_cancelled")]
    assert calendars == [("CANCEL", 1, str(ahead.uid), "CANCELLED")]
    drain()
    assert list(Interview.objects.values_list("pk", flat=True)) == [neighbour.pk]
    assert not InterviewSlot.objects.exists()
    assert any("text/calendar" in part[1] for each in mail.outbox for part in getattr(each, "alternatives", []))


def test_the_mail_carries_the_calendar_as_a_part_of_its_own_and_keeps_nothing(application, drain):
    interview = meetings.agreed(application)
    waiting = OutgoingMail.objects.get(template="careers/mail/interview_agreed")
    assert b"BEGIN:VCALENDAR" not in bytes(waiting.context_sealed)
    drain()
    message = next(each for each in mail.outbox if "Intervju" in each.subject or "Interview" in each.subject)
    parts = {part.get_content_type(): part for part in message.message().walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["text/calendar"].get_content_charset() == "utf-8"
    read = icalendar.Calendar.from_ical(parts["text/calendar"].get_payload(decode=True).decode())
    assert read.events[0]["uid"] == str(interview.uid)
    assert "Rom 2" in parts["text/plain"].get_payload(decode=True).decode()
    waiting.refresh_from_db()
    assert (waiting.state, bytes(waiting.context_sealed)) == ("sent", b"")


def test_english_applicants_are_written_to_in_english(vacancy, drain):
    application = factories.submit(vacancy, cv=None, language="en")
    meetings.offer(application)
    drain()
    body = next(each.body for each in mail.outbox if "choose a time" in each.subject)
    assert " at " in body and "Hello" in body and "Place: Rom 2" in body
