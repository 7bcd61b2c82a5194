"""The office corrects a record from its case, and tells when a pause ends, by letter without a mailbox (L11, L13)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from privacy.actions import (
    RequestRefused,
    announce_end,
    announce_lift,
    ask,
    correct_for,
    end_pause,
    letter_printed,
    log_disclosure,
    restrict,
)
from privacy.actions.request_case import today
from privacy.actions.request_corrections import correctable_fields
from privacy.models import (
    DataSubject,
    Restriction,
    SubjectIdentifier,
    TrailEntry,
)
from privacy.registry import declaration_of
from tests.privacy.actions.requesting import answers, notices, on_paper, proved, tasks
from tests.toy.factories import guest, person
from tests.toy.models import Bill, Guest, GuestFile


def test_a_record_is_corrected_the_fields_named_and_the_recipients_become_tasks(kari, ola, siv, ferry):
    log_disclosure(
        kari.subject, recipient=ferry, payload={"name": "K"}, activity="toy-stays", by=None, about=kari.guest
    )
    request = proved(kari, "correction", language="en")
    correct_for(request, row=kari.guest, changes={"name": "Kari Rett", "email": kari.guest.email}, by=siv)
    kari.guest.refresh_from_db()
    assert kari.guest.name == "Kari Rett" and Guest.objects.get(pk=ola.guest.pk).name == "Ola Gjest"
    assert answers(request) == ["We have corrected this, and it counts from now on: guest: Name."]
    assert tasks(request).get().recipient == ferry and request.state == "fulfilled"
    assert TrailEntry.objects.filter(action="record.corrected", actor=siv.pk).count() == 1


def test_what_may_not_be_corrected_is_refused(kari, ola, siv):
    request = proved(kari, "correction")
    for row, changes in (
        (ola.guest, {"name": "X"}),
        (kari.guest, {"door_code": "X"}),
        (kari.guest, {"visited_on": today()}),
        (kari.guest, {"name": kari.guest.name}),
        (kari.bill, {"buyer_name": "X"}),
    ):
        with pytest.raises(RequestRefused):
            correct_for(request, row=row, changes=changes, by=siv)
    with pytest.raises(ValidationError):
        correct_for(request, row=kari.guest, changes={"email": "no address"}, by=siv)
    assert request.is_open and not TrailEntry.objects.filter(action="record.corrected").exists()


def test_a_corrected_address_finds_the_person_from_now_on(kari, siv):
    request = proved(kari, "correction")
    before = SubjectIdentifier.objects.filter(subject=kari.subject).count()
    correct_for(request, row=kari.guest, changes={"email": "kari.rett@gjest.example"}, by=siv)
    assert SubjectIdentifier.objects.filter(subject=kari.subject).count() == before + 1


def test_only_facts_about_the_person_can_be_corrected():
    assert correctable_fields(declaration_of(Guest)) == ["name", "email", "phone"]
    assert correctable_fields(declaration_of(Bill)) == ["note", "whisper", "tip"]
    assert correctable_fields(declaration_of(GuestFile)) == ["caption"]
    assert correctable_fields(declaration_of(DataSubject)) == []
    # The state of an order is moved by the acts of its owner, and never typed.
    order = correctable_fields(declaration_of("crm.order"))
    assert "reference" in order and "state" not in order
    user = correctable_fields(declaration_of(get_user_model()))
    assert user == ["first_name", "last_name", "language"]


def contested(someone, **more):
    request = proved(someone, "correction", about=someone.guest, language="en", **more)
    return request, restrict(someone.subject, ground="accuracy", record=someone.guest, request=request, by=None)


def test_the_pause_of_what_was_contested_is_announced_and_the_answer_says_until_when(kari, siv):
    request, pause = contested(kari)
    other = restrict(kari.subject, ground="unlawful", record=kari.guest, by=None)
    correct_for(request, row=kari.guest, changes={"name": "Rett"}, by=siv)
    for each in (pause, other):
        each.refresh_from_db()
    assert pause.lift_on == today() + timedelta(days=1) and other.lift_on is None and pause.lifted_at is None
    assert f"From {pause.lift_on.day} " in answers(request)[0]


def test_an_end_that_was_announced_stays_as_it_was(kari, siv):
    request, pause = contested(kari)
    announce_lift(pause, on=today() + timedelta(days=9), by=siv)
    correct_for(request, row=kari.guest, changes={"name": "Rett"}, by=siv)
    pause.refresh_from_db()
    assert pause.lift_on == today() + timedelta(days=9)
    assert TrailEntry.objects.filter(action="restriction.lift_announced").count() == 1


# Told on paper


def lone():
    subject = person(email=None)
    return subject, guest(subject, email="")


def test_who_has_no_mailbox_is_told_the_end_of_a_pause_by_letter(siv):
    subject, row = lone()
    request = on_paper("correction", subject=subject, language="en")
    pause = restrict(subject, ground="accuracy", request=request, by=None)
    one = restrict(subject, ground="claim", record=row, request=request, by=None)
    with pytest.raises(RequestRefused):
        announce_lift(pause, on=today() + timedelta(days=3), by=siv)
    announce_end(request, pause, on=today() + timedelta(days=3), by=siv)
    announce_end(request, one, on=today() + timedelta(days=4), by=siv)
    pause.refresh_from_db()
    assert pause.lift_told_at is not None and pause.lift_on == today() + timedelta(days=3)
    assert "everything we hold about you" in notices(request)[0] and "guest" in notices(request)[1]
    assert request.messages.filter(kind="notice", channel="letter", sent_at=None).count() == 2
    trail = TrailEntry.objects.filter(action="restriction.lift_announced")
    assert [entry.reason for entry in trail] == ["letter", "letter"]


def test_a_pause_told_on_paper_ends_when_the_letter_is_posted_and_its_day_has_come(siv, kari):
    subject, row = lone()
    request = on_paper("correction", subject=subject, language="en")
    pause = restrict(subject, ground="accuracy", record=row, request=request, by=None)
    announce_end(request, pause, on=today() + timedelta(days=1), by=siv)
    Restriction.objects.update(lift_on=today())
    with pytest.raises(RequestRefused, match="post|send"):
        end_pause(request, pause, by=siv)
    assert subject.restrictions.filter(lifted_at=None).exists()
    letter_printed(request, by=siv)
    assert end_pause(request, pause, by=siv).lifted_at is not None
    mailed, other = contested(kari)
    ask(mailed, what="clarification", text="Hva?", by=siv)
    announce_end(mailed, other, on=today() + timedelta(days=1), by=siv)
    Restriction.objects.update(lift_on=today())
    # A mailed notice has gone, whatever else lies in the case to be printed.
    assert mailed.messages.filter(direction="to_person", sent_at=None).exists()
    assert end_pause(mailed, other, by=siv).lifted_at is not None


def test_who_has_a_mailbox_is_told_there_and_no_letter_is_written(kari, siv):
    request, pause = contested(kari)
    announce_end(request, pause, on=today() + timedelta(days=3), by=siv)
    assert notices(request) == []
    assert TrailEntry.objects.get(action="restriction.lift_announced").reason == ""


def test_a_correction_answered_by_letter_leaves_it_time_to_arrive(siv):
    subject, row = lone()
    request = on_paper("correction", subject=subject, language="en")
    pause = restrict(subject, ground="accuracy", record=row, by=None)
    correct_for(request, row=row, changes={"name": "Rett"}, by=siv)
    pause.refresh_from_db()
    assert pause.lift_on == today() + timedelta(days=7) and notices(request) == []
    assert request.state == "fulfilled" and "We have not used it" in answers(request)[0]
