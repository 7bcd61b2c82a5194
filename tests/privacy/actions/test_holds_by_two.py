"""What a person asks to be kept: it holds at once, another decides within fourteen days, somebody looks again."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils.translation import override

from privacy.actions import HoldRefused, approve_holds, propose_holds, refuse_holds, release_hold, review_holds
from privacy.actions.documents import file_document
from privacy.actions.files import FilesRemain
from privacy.actions.holds import MOST_RECORDS, lapse_holds
from privacy.actions.retention import run_retention
from privacy.holding import active_holds
from privacy.models import DataSubject, LegalHold, OfficeDocument, TrailEntry
from privacy.second_person import OwnApproval
from tests.toy.models import DoorLog, Guest

OSLO = ZoneInfo("Europe/Oslo")
DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day(DAY.isoformat())
    with override("en"):
        yield


@pytest.fixture
def ask(siv):
    """Siv asks that records stay."""

    def asked(*records, **changes):
        values = {"kind": "claim", "law": "GDPR Art 17(3)(e)", "reason": "open-dispute", "by": siv}
        return propose_holds(list(records), **values | changes)

    return asked


def at(day, hour=2):
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


def states():
    return sorted(LegalHold.objects.values_list("state", flat=True))


def test_one_decision_holds_several_records_from_the_moment_of_asking(kari, ask, siv):
    batch = ask(kari.guest, kari.bill)
    held = LegalHold.objects.filter(batch=batch)
    assert {hold.object_pk for hold in held} == {str(kari.guest.pk), str(kari.bill.pk)}
    assert {(hold.state, hold.ground, hold.opened_by, hold.review_on) for hold in held} == {
        ("proposed", "claim", siv.pk, date(2027, 3, 1))
    }
    assert active_holds(DAY).count() == 2
    assert TrailEntry.objects.filter(action="hold.proposed", actor=siv.pk, subject=kari.subject.pk).count() == 2


def test_tonight_s_run_takes_nothing_that_was_asked_for_today(kari, ola, ask):
    Guest.objects.update(visited_on=date(2020, 1, 1))
    ask(kari.guest)
    run_retention(as_of=at(date(2026, 3, 2)), allow_large=True)
    assert list(Guest.objects.all()) == [kari.guest]


def test_another_approves_and_nobody_their_own(kari, ask, siv, per):
    batch = ask(kari.guest)
    for by in (siv, None):
        with pytest.raises(OwnApproval), transaction.atomic():
            approve_holds(batch, by=by)
    assert states() == ["proposed"]
    [hold] = approve_holds(batch, by=per)
    hold.refresh_from_db()
    assert (hold.state, hold.approved_by, hold.approved_at is not None) == ("active", per.pk, True)
    assert TrailEntry.objects.get(action="hold.approved").actor == per.pk
    with pytest.raises(HoldRefused, match="waits for nobody"):
        approve_holds(batch, by=per)


def test_another_refuses_and_the_record_is_free(kari, ola, ask, siv, per):
    batch, other = ask(kari.guest), ask(ola.guest)
    with pytest.raises(OwnApproval), transaction.atomic():
        refuse_holds(batch, by=siv)
    refuse_holds(batch, by=per)
    assert states() == ["proposed", "refused"]
    assert active_holds(DAY).get().batch == other


@pytest.mark.parametrize(("day", "state"), [(date(2026, 3, 15), "proposed"), (date(2026, 3, 16), "lapsed")])
def test_without_approval_it_lapses_after_fourteen_days(kari, ask, day, state):
    ask(kari.guest)
    assert lapse_holds(as_of=at(day), dry_run=True)["lapsed"] == (state == "lapsed")
    assert states() == ["proposed"]
    assert lapse_holds(as_of=at(day)) == {"lapsed": int(state == "lapsed"), "papers": 0, "failed": 0}
    assert states() == [state]
    assert lapse_holds(as_of=at(day))["lapsed"] == 0


def test_what_has_lapsed_is_not_approved_before_the_night_has_said_so(kari, ask, per, frozen_day):
    batch = ask(kari.guest)
    frozen_day("2026-03-15")
    approve_holds(batch, by=per)
    later = ask(kari.bill)
    frozen_day("2026-03-30")
    with pytest.raises(HoldRefused, match="fourteen days"):
        approve_holds(later, by=per)


def test_one_that_is_decided_while_the_night_looks_is_left(kari, ask, per, monkeypatch, frozen_day):
    batch = ask(kari.guest)
    monkeypatch.setattr("privacy.actions.holds.rules.has_lapsed", lambda opened, day: _decide(batch, per))
    assert lapse_holds(as_of=at(date(2026, 4, 1)))["lapsed"] == 0
    assert states() == ["refused"]


def _decide(batch, per):
    for hold in LegalHold.objects.filter(batch=batch, state="proposed"):
        release_hold(hold, by=per)
    return True


def test_a_hold_without_an_end_is_looked_at_again_by_another(kari, ask, siv, per):
    batch = ask(kari.guest, kari.bill)
    approve_holds(batch, by=per)
    with pytest.raises(OwnApproval), transaction.atomic():
        review_holds(batch, review_on=date(2027, 2, 1), by=siv)
    with pytest.raises(HoldRefused, match="twelve months"), transaction.atomic():
        review_holds(batch, review_on=date(2027, 3, 2), by=per)
    assert {hold.review_on for hold in review_holds(batch, review_on=date(2027, 2, 1), by=per)} == {date(2027, 2, 1)}
    assert TrailEntry.objects.filter(action="hold.reviewed").count() == 2
    dated = ask(kari.booking, until=date(2026, 12, 31))
    with pytest.raises(HoldRefused, match="without an end"):
        review_holds(dated, review_on=date(2027, 2, 1), by=per)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"by": None}, "by a person"),
        ({"law": "  "}, "which law"),
        ({"kind": "whim"}, "no such class"),
        ({"reason": "incident-investigation"}, "does not go with"),
        ({"until": date(2026, 2, 28)}, "over already"),
        ({"kind": "other_law", "reason": "law-demands-it"}, "needs the day"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_and_nothing_is_held(kari, ask, change, sentence):
    with pytest.raises(HoldRefused, match=sentence), transaction.atomic():
        ask(kari.guest, **change)
    assert not LegalHold.objects.exists()


def test_a_record_of_nobody_and_one_of_the_engine_are_not_held_by_hand(kari, ask):
    kari.remark.__class__.objects.update(subject=None)
    for record, sentence in (
        (kari.remark, "names no person"),
        (DoorLog.objects.create(address_key="x", door="front"), "not held by hand"),
        (DataSubject.objects.get(pk=kari.subject.pk), "not held by hand"),
    ):
        with pytest.raises(HoldRefused, match=sentence), transaction.atomic():
            ask(record)
    assert not LegalHold.objects.exists()


def test_too_many_at_once_and_what_is_held_already(kari, ask):
    with pytest.raises(HoldRefused, match="At most 50"):
        ask(*[kari.guest] * (MOST_RECORDS + 1))
    ask(kari.guest)
    with pytest.raises(HoldRefused, match="already"), transaction.atomic():
        ask(kari.guest)
    ask(kari.guest, kari.bill)
    assert LegalHold.objects.count() == 2


def paper(by):
    return file_document(
        io.BytesIO(b"%PDF-1.7 x %%EOF"), kind="hold", display_name="stevning.pdf", media_type="application/pdf", by=by
    )


def test_a_paper_goes_when_no_hold_names_it_any_more(kari, ask, siv, monkeypatch):
    kept, loose, order = paper(siv), paper(siv), paper(siv)
    OfficeDocument.objects.filter(pk=order.pk).update(kind="order")
    ask(kari.guest, paper=kept)
    assert lapse_holds(as_of=at(DAY), dry_run=True) == {"lapsed": 0, "papers": 1, "failed": 0}
    monkeypatch.setattr("privacy.actions.holds.destroy_document", _refuse)
    assert lapse_holds(as_of=at(DAY)) == {"lapsed": 0, "papers": 0, "failed": 1}
    monkeypatch.undo()
    assert lapse_holds(as_of=at(DAY)) == {"lapsed": 0, "papers": 1, "failed": 0}
    assert set(OfficeDocument.objects.all()) == {kept, order} and loose.pk


def _refuse(paper, *, by):
    raise FilesRemain(1, 1)
