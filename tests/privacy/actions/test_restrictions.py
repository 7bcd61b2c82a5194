from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from cn_portal.accounts.models import User
from privacy.actions import (
    RestrictionRefused,
    announce_lift,
    carry_out,
    claim_subject,
    lift_restriction,
    log_disclosure,
    open_request,
    place_hold,
    plan_erasure,
    request_erasure,
    restrict,
    run_jobs,
    run_retention,
)
from privacy.actions.subjects import project
from privacy.models import DataSubject, OutgoingMail, RecipientNotice, Restriction, TrailEntry
from privacy.queries import active
from privacy.rules.deadlines import oslo_date
from tests.toy.factories import bill, house, person
from tests.toy.models import Bill, Booking, Guest, GuestFile, Meal, Room

MAIL = "kari@gjest.example"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def today():
    return oslo_date(timezone.now())


def noted():
    return list(TrailEntry.objects.filter(action__contains="restrict").order_by("pk").values_list("action", "reason"))


def state(subject):
    return DataSubject.objects.get(pk=subject.pk).state


def ended(restriction, by=None):
    """The restriction, announced and lifted on its day."""
    announce_lift(restriction, on=today() + timedelta(days=1), by=by)
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=1)):
        return lift_restriction(restriction, by=by)


# Made


def test_a_person_is_paused_under_every_key_until_the_pause_has_ended(kari, ola, siv):
    claimed = house(MAIL, word="Kari2")
    claim_subject(kari.subject, claimed=claimed.subject, by=None)
    made = restrict(claimed.subject, ground="accuracy", by=siv)
    assert made.subject == kari.subject and made.opened_by == siv.pk and str(made).startswith("Restriction ")
    assert list(active(Guest.objects.all())) == [ola.guest]
    ended(made)
    assert active(Guest.objects.all()).count() == 3
    assert noted() == [
        ("subject.restricted", "accuracy"),
        ("restriction.lift_announced", ""),
        ("subject.restriction_lifted", "accuracy"),
    ]


def test_the_same_pause_again_is_the_same_one(kari):
    first = restrict(kari.subject, ground="accuracy", by=None)
    assert restrict(kari.subject, ground="accuracy", by=None) == first
    assert restrict(kari.subject, ground="claim", by=None) != first
    assert Restriction.objects.count() == 2 and len(noted()) == 2


def test_one_record_is_paused_and_its_neighbours_are_not(kari, ola):
    other = bill(kari.subject)
    made = restrict(kari.subject, ground="accuracy", record=kari.bill, by=None)
    assert (made.model, made.object_pk) == ("toy.Bill", str(kari.bill.pk))
    assert set(active(Bill.objects.all())) == {other, ola.bill}
    assert state(kari.subject) == "active" and active(Guest.objects.all()).count() == 2
    ended(made)
    assert active(Bill.objects.all()).count() == 3
    assert [action for action, _reason in noted()] == [
        "record.restricted",
        "restriction.lift_announced",
        "record.restriction_lifted",
    ]


def test_what_hangs_on_a_paused_record_is_paused_with_it(kari, ola):
    restrict(kari.subject, ground="accuracy", record=kari.guest, by=None)
    for model, rest in ((Guest, ola.guest), (Booking, ola.booking), (Meal, ola.meal), (GuestFile, ola.file)):
        assert list(active(model.objects.all())) == [rest]
    assert active(Bill.objects.all()).count() == 2


def test_only_a_record_of_that_very_person_can_be_paused(kari, ola):
    for record in (ola.guest, Room.objects.create(name="1")):
        with pytest.raises(RestrictionRefused, match="Nothing was paused"):
            restrict(kari.subject, ground="accuracy", record=record, by=None)
    with pytest.raises(ValueError):
        restrict(kari.subject, ground="because", by=None)
    assert not Restriction.objects.exists() and active(Guest.objects.all()).count() == 2


def test_nothing_is_left_to_pause_of_somebody_erased(kari):
    DataSubject.objects.update(state="erased")
    with pytest.raises(RestrictionRefused, match="nothing left"):
        restrict(kari.subject, ground="claim", by=None)


def test_a_pause_brings_nobody_back_who_is_being_erased(kari):
    DataSubject.objects.filter(pk=kari.subject.pk).update(state="erasing")
    made = restrict(kari.subject, ground="claim", by=None)
    assert state(kari.subject) == "erasing"
    ended(made)
    assert state(kari.subject) == "erasing" and not active(Guest.objects.all()).exists()


def test_a_record_that_joins_a_paused_person_is_paused_with_them(kari):
    other = person(MAIL)
    restrict(kari.subject, ground="accuracy", by=None)
    claim_subject(kari.subject, claimed=other, by=None)
    assert state(other) == "restricted"
    project(kari.subject)
    assert state(other) == state(kari.subject) == "restricted"


def test_whoever_was_sent_it_is_told_that_it_is_paused(kari, ferry):
    payload = {"name": "Kari", "phone": "22"}
    log_disclosure(kari.subject, recipient=ferry, payload=payload, activity="toy-stays", by=None, about=kari.guest)
    asked = open_request(kari.subject, right="restriction", by=None)
    contested = open_request(kari.subject, right="correction", by=None)
    restrict(kari.subject, ground="accuracy", record=kari.guest, request=contested, by=None)
    assert not RecipientNotice.objects.exists()
    restrict(kari.subject, ground="unlawful", request=asked, by=None)
    notice = RecipientNotice.objects.get()
    assert (notice.about, notice.request, notice.recipient) == ("restriction", asked, ferry)


# Ended


def test_it_does_not_end_before_the_person_has_been_told(kari):
    made = restrict(kari.subject, ground="accuracy", by=None)
    with pytest.raises(RestrictionRefused, match="Tell them first"):
        lift_restriction(made, by=None)
    assert state(kari.subject) == "restricted"


def test_it_ends_on_the_day_the_person_was_told_and_not_the_day_before(kari):
    made = restrict(kari.subject, ground="accuracy", by=None)
    with time_machine.travel("2026-06-10T12:00:00+02:00", tick=False) as clock:
        with pytest.raises(RestrictionRefused, match="from tomorrow on"):
            announce_lift(made, on=date(2026, 6, 10), by=None)
        announce_lift(made, on=date(2026, 6, 11), by=None)
        announce_lift(made, on=date(2026, 6, 12), by=None)
        for moment in ("2026-06-10T12:00:00+02:00", "2026-06-11T23:59:59+02:00"):
            clock.move_to(moment)
            # A day to come does not make it later than it is.
            for on in (None, date(2026, 6, 12)):
                with pytest.raises(RestrictionRefused, match="2026-06-12 at the earliest"):
                    lift_restriction(made, by=None, on=on)
        clock.move_to("2026-06-12T00:00:01+02:00")
        done = lift_restriction(made, by=None, on=date(2026, 6, 12))
    assert done.lifted_at is not None and state(kari.subject) == "active"


def test_what_has_ended_is_neither_announced_nor_ended_again(kari):
    made = restrict(kari.subject, ground="accuracy", by=None)
    ended(made)
    for act in (lambda: lift_restriction(made, by=None), lambda: announce_lift(made, on=date(2099, 1, 1), by=None)):
        with pytest.raises(RestrictionRefused, match="ended already"):
            act()


def test_while_another_pause_is_open_the_person_stays_paused(kari):
    first = restrict(kari.subject, ground="accuracy", by=None)
    second = restrict(kari.subject, ground="objection", by=None)
    ended(first)
    assert state(kari.subject) == "restricted"
    ended(second)
    assert state(kari.subject) == "active"


@pytest.mark.parametrize(
    "language, title, day",
    [("nb", "Pausen du ba om, tar slutt", "12. juni 2026"), ("en", "The pause you asked for ends", "12 June 2026")],
)
def test_the_person_is_told_in_their_language_and_without_a_fact(db, language, title, day):
    kari = house(MAIL, language=language)
    made = restrict(kari.subject, ground="accuracy", record=kari.guest, by=None)
    with time_machine.travel("2026-06-10T12:00:00+02:00"):
        announce_lift(made, on=date(2026, 6, 12), by=None)
        run_jobs()
    [sent] = mail.outbox
    assert sent.to == [MAIL] and sent.subject == title and day in sent.body and "Datatilsynet" in sent.body
    assert "Kari" not in sent.body and "/my-data/" not in sent.body


def test_who_has_an_account_is_told_there(kari):
    User.objects.create_user("konto@gjest.example", subject=kari.subject)
    announce_lift(restrict(kari.subject, ground="accuracy", by=None), on=date(2099, 1, 1), by=None)
    run_jobs()
    [sent] = mail.outbox
    assert sent.to == ["konto@gjest.example"] and "/my-data/" in sent.body


def test_who_cannot_be_told_stays_paused(kari):
    Guest.objects.update(email="")
    made = restrict(kari.subject, ground="accuracy", by=None)
    with pytest.raises(RestrictionRefused, match="no e-mail address"):
        announce_lift(made, on=date(2099, 1, 1), by=None)
    made.refresh_from_db()
    assert made.lift_told_at is None and not OutgoingMail.objects.exists()


# What comes first


def fates(subject):
    plan = plan_erasure(subject)
    return {
        (item.model, item.action, item.law) for item in plan.items if item.action in ("delete", "blank", "restrict")
    }


@pytest.mark.parametrize("ground, law", [("unlawful", "GDPR Art 18(1)(b)"), ("claim", "GDPR Art 18(1)(c)")])
def test_what_the_person_wants_kept_is_kept_by_their_own_erasure_and_nothing_else(kari, ola, ground, law):
    other = bill(kari.subject)
    made = restrict(kari.subject, ground=ground, record=kari.bill, by=None)
    done = carry_out(request_erasure(kari.subject, cause="request", by=None))
    assert done.state == "waiting" and Bill.objects.filter(subject=kari.subject).get() == kari.bill
    assert Bill.objects.get(pk=kari.bill.pk).note == "Kari noted" and not Bill.objects.filter(pk=other.pk).exists()
    assert [(item["model"], item["law"]) for item in done.kept if item["action"] == "restrict"] == [("toy.Bill", law)]
    assert not Guest.objects.filter(subject=kari.subject).exists() and Guest.objects.get() == ola.guest
    assert made.lifted_at is None


@pytest.mark.parametrize("ground", ["accuracy", "objection"])
def test_a_dispute_does_not_stop_the_persons_own_erasure(kari, ground):
    restrict(kari.subject, ground=ground, record=kari.bill, by=None)
    restrict(kari.subject, ground=ground, by=None)
    assert {action for _model, action, _law in fates(kari.subject)} == {"delete", "blank"}
    assert carry_out(request_erasure(kari.subject, cause="request", by=None)).state == "done"
    assert state(kari.subject) == "erased" and not Bill.objects.exists()


def test_a_whole_person_who_wants_it_all_kept_is_kept_under_every_key(kari, ola):
    claimed = house(MAIL, word="Kari2")
    claim_subject(kari.subject, claimed=claimed.subject, by=None)
    restrict(kari.subject, ground="claim", by=None)
    assert {action for _model, action, _law in fates(kari.subject)} == {"restrict"}
    carry_out(request_erasure(kari.subject, cause="request", by=None))
    assert Guest.objects.count() == 3 and Meal.objects.count() == 3
    assert Guest.objects.get(pk=claimed.guest.pk).phone == "Kari2 22"


def test_a_hold_and_a_pause_together_keep_the_row_until_both_are_over(kari):
    place_hold(
        kari.bill, subject=kari.subject, ground="statutory", law="§ 13", reason="law", until=date(2098, 1, 1), by=None
    )
    made = restrict(kari.subject, ground="claim", record=kari.bill, by=None)
    kept = {law for model, action, law in fates(kari.subject) if model == "toy.Bill" and action == "restrict"}
    assert kept == {"GDPR Art 18(1)(c)"}
    ended(made)
    kept = {law for model, action, law in fates(kari.subject) if model == "toy.Bill" and action == "restrict"}
    assert kept == {"§ 13"}


# The clock of a rule


def counted(label):
    result = run_retention(as_of=datetime(2028, 2, 1, 12, tzinfo=UTC), allow_large=True)
    [found] = [each for each in result.classes if each.model == label]
    return found.due, found.deleted, found.restricted + found.held


@pytest.mark.parametrize("ground", Restriction.Ground.values)
def test_the_clock_leaves_a_paused_record_whatever_the_ground(kari, ola, ground):
    made = restrict(kari.subject, ground=ground, record=kari.guest, by=None)
    assert counted("toy.Guest") == (2, 1, 1)
    assert Guest.objects.get() == kari.guest and Meal.objects.get() == kari.meal
    ended(made)
    assert counted("toy.Guest") == (1, 1, 0) and not Guest.objects.exists()


def test_the_clock_leaves_a_row_that_a_paused_record_goes_with(kari, ola):
    restrict(kari.subject, ground="accuracy", record=kari.meal, by=None)
    assert counted("toy.Guest") == (2, 1, 1)
    assert Guest.objects.get() == kari.guest and Meal.objects.get() == kari.meal


def test_a_pause_ends_with_the_erasure_of_what_was_paused_and_a_neighbours_goes_on(kari, ola):
    paused, neighbours = (restrict(each.subject, ground="accuracy", by=None) for each in (kari, ola))
    erasure = request_erasure(kari.subject, cause="request", by=None)
    assert carry_out(erasure).state == "done"
    paused.refresh_from_db()
    neighbours.refresh_from_db()
    assert paused.lifted_at == paused.lift_told_at == erasure.finished_at
    assert neighbours.lifted_at is None
