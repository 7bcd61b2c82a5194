"""Telling those a breach touched: once each, whatever is killed, and never what was held about them (Art 34, L35)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from privacy.actions import breach_decisions, breach_messages, breaches
from privacy.actions.breach_case import BreachRefused
from privacy.actions.jobs import run_jobs
from privacy.actions.mail import fail_mail
from privacy.models import BreachPerson, DataSubject, Job, OutgoingMail, TrailEntry
from privacy.queries import held_about
from privacy.queries.breaches import progress, to_tell_by_hand
from tests.privacy.actions.breaching import confirmed, notified, told
from tests.toy.factories import house, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_everybody_is_told_once_in_their_language(kari):
    house("ann@guest.example", word="Ann", language="en")
    breach = told()
    assert sorted(message.to[0] for message in mail.outbox) == ["ann@guest.example", "kari@gjest.example"]
    by_address = {message.to[0]: message for message in mail.outbox}
    english, norwegian = by_address["ann@guest.example"], by_address["kari@gjest.example"]
    assert "What may follow from it:" in english.body and "Hva det kan føre til:" in norwegian.body
    for message in (english, norwegian):
        for words in (
            "A list lay open",
            "Somebody may write to you in our name.",
            "The server is shut.",
            breach.number,
        ):
            assert words in message.body
        assert "Kari" not in message.body and "Ann Gjest" not in message.body
    assert breach.state == "subjects_notified"
    Job.objects.create(kind=breach_messages.JOB, ref=breach.pk)
    run_jobs()
    assert len(mail.outbox) == 2
    assert TrailEntry.objects.filter(action="breach.person_told").count() == 2


def test_nobody_is_written_to_before_the_decision_or_without_words_or_without_persons(kari):
    first = confirmed(consequences="Some.", measures="Some.")
    with pytest.raises(BreachRefused, match="Decide first"):
        breach_messages.tell_persons(first, by=None)
    for gap in ({"consequences": ""}, {"measures": ""}):
        with pytest.raises(BreachRefused, match="write both"):
            breach_messages.tell_persons(notified(**gap), by=None)
    with pytest.raises(BreachRefused, match="Nobody is known"):
        breach_messages.tell_persons(notified(classes=["toy.Meal"], window_to=timezone.now() - timedelta(9)), by=None)
    assert not Job.objects.filter(kind=breach_messages.JOB).exists()


def test_killed_between_two_batches_it_goes_on_and_tells_nobody_twice(kari, monkeypatch):
    for number in range(4):
        house(f"gjest{number}@gjest.example")
    monkeypatch.setattr(breach_messages, "BATCH", 2)
    breach = notified()
    breach_messages.tell_persons(breach, by=None)

    def die(name):
        raise KeyboardInterrupt

    monkeypatch.setattr(breach_messages, "failpoint", die)
    with pytest.raises(KeyboardInterrupt):
        breach_messages.send_messages(breach.pk)
    assert (progress(breach).mailed, progress(breach).waiting) == (2, 3)
    monkeypatch.setattr(breach_messages, "failpoint", lambda name: None)
    breach_messages.send_messages(breach.pk)
    run_jobs()
    addresses = [message.to[0] for message in mail.outbox]
    assert len(addresses) == len(set(addresses)) == 5
    breach.refresh_from_db()
    assert breach.state == "subjects_notified"


def test_whom_no_mail_reaches_is_told_by_hand_before_it_can_be_closed(kari, siv):
    unknown = person(email=None)
    gone = house("borte@gjest.example").subject
    breach = notified(persons=[unknown])
    DataSubject.objects.filter(pk=gone.pk).update(state="erasing")
    breach_messages.tell_persons(breach, by=siv)
    run_jobs()
    breach.refresh_from_db()
    assert breach.state == "authority_notified"
    assert {row.subject for row in to_tell_by_hand(breach)} == {unknown, gone}
    for row in to_tell_by_hand(breach):
        breach_messages.note_told_by_hand(row, by=siv)
    breach.refresh_from_db()
    assert breach.state == "subjects_notified" and progress(breach).told_by_hand == 2
    assert breach_decisions.close_breach(breach, reason="All told.", by=siv).state == "closed"
    with pytest.raises(BreachRefused, match="already"):
        breach_messages.note_told_by_hand(BreachPerson.objects.get(subject=unknown), by=siv)


def test_a_mail_that_could_not_be_sent_has_told_nobody(kari, siv):
    breach = told()
    row = BreachPerson.objects.get()
    OutgoingMail.objects.filter(pk=row.mail_id).update(state="queued")
    fail_mail(row.mail_id)
    assert (progress(breach).failed, progress(breach).mailed) == (1, 0)
    with pytest.raises(BreachRefused, match="Not everybody"):
        breach_decisions.close_breach(breach, reason="All told.", by=siv)
    breach_messages.note_told_by_hand(row, by=siv)
    assert breach_decisions.close_breach(breach, reason="All told.", by=siv).state == "closed"


def shown_to(person):
    groups = held_about(person, day=timezone.localdate(), language="en").groups
    return [row for group in groups if group.label == "privacy.breachperson" for row in group.records]


def test_the_person_finds_the_breach_on_their_page_once_told(kari):
    breach = notified(classes=["toy.Booking"])
    assert shown_to(kari.subject) == []
    breach_messages.tell_persons(breach, by=None)
    run_jobs()
    (row,) = shown_to(kari.subject)
    assert row.heading == breach.number and breach.number in [value.value for value in row.values]


def test_who_is_found_later_is_told_later(kari, siv):
    breach = notified(classes=["toy.Booking"])
    breach_messages.tell_persons(breach, by=siv)
    house("siri@gjest.example")
    breaches.count_affected(breach, by=siv)
    run_jobs()
    assert len(mail.outbox) == 2
