from datetime import date, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone

from privacy import registry, vault
from privacy.actions import (
    FilesRemain,
    carry_out,
    files,
    log_disclosure,
    place_hold,
    plan_erasure,
    queue_mail,
    release_hold,
    request_copy,
    request_erasure,
    resume_waiting,
    run_jobs,
)
from privacy.actions import erasure as erasure_module
from privacy.actions import erasure_steps as steps
from privacy.actions.disclosure_notices import settle_notice
from privacy.actions.erasure import UnderWay
from privacy.models import (
    Copy,
    Erasure,
    ErasureLedger,
    Job,
    OutgoingMail,
    PersonKey,
    RecipientNotice,
    StoredFile,
    TrailEntry,
)
from privacy.queries import notices_due
from tests.privacy.actions.erasing import (
    EVIDENCE,
    OSLO,
    TODAY,
    Killed,
    erase,
    keep_bill,
    objects,
    order,
    state_of,
    today,
)
from tests.toy.factories import guest, guest_file, house, rows_of_person
from tests.toy.models import Bill, Booking, DoorLog, Guest, GuestFile, Meal, Room
from tests.toy.personal_data import LAW

__all__ = ["today"]

# What holds


def test_a_hold_keeps_the_smallest_part_and_the_rest_goes(kari, ola):
    keep_bill(kari)
    plan = plan_erasure(kari.subject, day=TODAY)
    (held,) = plan.held
    assert (held.model, held.count, held.law, held.until) == ("toy.Bill", 1, LAW, date(2031, 12, 31))
    done = erase(kari)
    assert (done.state, done.finished_at, state_of(kari)) == ("waiting", None, "erasing")
    bill = Bill.objects.get(pk=kari.bill.pk)
    assert (bill.buyer_name, bill.amount, bill.note, bill.whisper, bill.tip) == ("Kari AS", 0, "", "", None)
    assert [row.compartment for row in PersonKey.objects.filter(subject=kari.subject)] == ["kept"]
    assert not Guest.objects.filter(pk=kari.guest.pk).exists()
    assert Bill.objects.get(pk=ola.bill.pk).note == "Ola noted"
    kept = {"model": "toy.Bill", "count": 1, "action": "restrict", "law": LAW, "until": "2031-12-31"}
    assert kept in done.kept and "the law" not in str(done.kept)
    assert order(kari) is None


def test_a_dispute_keeps_the_whole_row_and_the_key_it_needs(kari):
    place_hold(
        kari.bill, subject=kari.subject, ground="claim", law="tvisteloven", reason="a dispute", until=None, by=None
    )
    assert erase(kari).state == "waiting"
    bill = Bill.objects.get(pk=kari.bill.pk)
    assert (bill.note, bill.whisper, bill.buyer_name) == ("Kari noted", "Kari whispers", "Kari AS")
    assert PersonKey.objects.filter(subject=kari.subject).count() == 2


def test_it_goes_on_by_itself_the_day_after_the_hold_and_not_before(kari):
    keep_bill(kari, until=date(2026, 5, 31))
    erase(kari)
    assert resume_waiting(as_of=datetime(2026, 5, 31, 23, 59, tzinfo=OSLO)) == {"resumed": 0}
    assert resume_waiting(as_of=datetime(2026, 6, 1, tzinfo=OSLO), dry_run=True) == {"resumed": 1}
    assert Bill.objects.exists()
    assert resume_waiting(as_of=datetime(2026, 6, 1, tzinfo=OSLO)) == {"resumed": 1}
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.counts["toy.Bill"], state_of(kari)) == ("done", 1, "erased")
    assert not Bill.objects.exists() and not PersonKey.objects.filter(subject=kari.subject).exists()
    assert ErasureLedger.objects.get().finished_at is not None
    assert resume_waiting(as_of=datetime(2026, 6, 2, tzinfo=OSLO)) == {"resumed": 0}
    run_jobs()
    assert len(outbox.outbox) == 1


def test_of_two_holds_each_frees_its_own(kari, ola):
    keep_bill(kari, until=date(2026, 5, 31))
    hold = place_hold(
        kari.guest, subject=kari.subject, ground="claim", law="tvisteloven", reason="a dispute", until=None, by=None
    )
    erase(kari)
    assert Guest.objects.filter(pk=kari.guest.pk).exists() and Meal.objects.filter(pk=kari.meal.pk).exists()
    resume_waiting(as_of=datetime(2026, 6, 1, tzinfo=OSLO))
    assert Erasure.objects.get().state == "waiting" and not Bill.objects.filter(pk=kari.bill.pk).exists()
    release_hold(hold, by=None)
    resume_waiting(as_of=datetime(2026, 6, 2, tzinfo=OSLO))
    assert Erasure.objects.get().state == "done" and objects() == {ola.file.file.storage_name}


def test_an_erasure_that_somebody_else_resumes_is_left_to_them(kari, monkeypatch):
    keep_bill(kari, until=date(2026, 5, 31))
    erase(kari)
    monkeypatch.setattr(erasure_module, "take_job", lambda kind, *, ref: None)
    with pytest.raises(UnderWay):
        resume_waiting(as_of=datetime(2026, 6, 1, tzinfo=OSLO))


def test_asking_again_takes_a_waiting_erasure_up_when_a_hold_is_over(kari, frozen_day):
    keep_bill(kari, until=date(2026, 5, 31))
    waiting = erase(kari)
    frozen_day("2026-06-01")
    again = order(kari)
    assert again == waiting and again.state == "executing"
    run_jobs()
    assert Erasure.objects.get().state == "done"


@pytest.mark.parametrize("step", ["keys", "rows"])
def test_a_hold_placed_in_between_counts(kari, monkeypatch, step):
    real = getattr(steps, step)

    def with_hold(erasure, plan):
        keep_bill(kari)
        real(erasure, plan)

    monkeypatch.setattr(steps, step, with_hold)
    done = erase(kari)
    assert done.state == "waiting" and not done.counts.get("toy.Bill")
    assert Bill.objects.filter(pk=kari.bill.pk).exists()


def test_a_hold_on_the_parent_placed_in_between_keeps_what_goes_with_it(kari, monkeypatch):
    real = steps.rows

    def with_hold(erasure, plan):
        values = {"ground": "claim", "law": "tvisteloven", "reason": "a dispute", "until": None, "by": None}
        place_hold(kari.guest, subject=kari.subject, **values)
        real(erasure, plan)

    monkeypatch.setattr(steps, "rows", with_hold)
    assert erase(kari).state == "waiting"
    assert Guest.objects.get() and Booking.objects.get() and Meal.objects.get() and GuestFile.objects.get()


def test_an_open_booking_holds_its_guest_its_meals_and_its_files(kari):
    Booking.objects.update(open=True)
    done = erase(kari)
    assert done.state == "waiting"
    assert {item["model"] for item in done.kept if item["action"] == "restrict"} == {
        "toy.Booking", "toy.Guest", "toy.Meal", "toy.GuestFile", "privacy.StoredFile",
    }  # fmt: skip
    stored = StoredFile.objects.get(subject=kari.subject)
    with files.open_file(stored) as reader:
        assert reader.read() == b"passport of Kari"
    assert Guest.objects.get().phone == "Kari 22" and not DoorLog.objects.exists()
    Booking.objects.update(open=False)
    assert resume_waiting(as_of=timezone.now()) == {"resumed": 1}
    assert state_of(kari) == "erased" and objects() == set()


def test_a_file_in_the_other_compartment_keeps_only_that_key(kari, ola):
    stored = kari.file.file
    guests_file = house("per@gjest.example", word="Per")
    kept = guest_file(guests_file.guest, b"papers", compartment="kept")
    place_hold(
        kept.file, subject=guests_file.subject, ground="claim", law="tvisteloven", reason="x", until=None, by=None
    )
    erase(guests_file)
    assert [key.compartment for key in PersonKey.objects.filter(subject=guests_file.subject)] == ["kept"]
    with files.open_file(StoredFile.objects.get(subject=guests_file.subject)) as reader:
        assert reader.read() == b"papers"
    assert objects() == {stored.storage_name, ola.file.file.storage_name, kept.file.storage_name}


# Everything around the rows


def test_whoever_acted_is_taken_out_and_the_rows_stay(kari, ola, siv, per):
    Guest.objects.filter(pk=ola.guest.pk).update(host=siv)
    rooms = [Room.objects.create(name="1", cleaned_by=siv, first_guest_of=siv, built_by=siv) for _ in range(2)]
    others = Room.objects.create(name="2", cleaned_by=per, first_guest_of=per)
    plan = plan_erasure(siv.subject, day=TODAY)
    blanked = [(item.model, item.count) for item in plan.items if item.action == "blank"]
    assert sorted(blanked) == [("toy.Guest", 1), ("toy.Room", 2), ("toy.Room", 2)]
    carry_out(request_erasure(siv.subject, cause="staff", by=per))
    assert not get_user_model().objects.filter(pk=siv.pk).exists()
    assert Guest.objects.get(pk=ola.guest.pk).host is None
    for room in rooms:
        room.refresh_from_db()
        assert (room.name, room.cleaned_by_id, room.first_guest_of_id) == ("1", None, None)
        assert room.built_by_id == siv.pk
    others.refresh_from_db()
    assert (others.cleaned_by, others.first_guest_of) == (per, per)


def test_sessions_end_and_queued_mail_is_cancelled_at_once(siv, kari, client, monkeypatch):
    from cn_portal.accounts.models import AccountSession

    client.force_login(siv, backend="cn_portal.accounts.backends.PasswordBackend")
    for to, subject in (("x@cn.example", siv.subject), (siv.email, None), ("kari@gjest.example", None)):
        queue_mail(to=to, template="privacy/mail/erased", context={}, language="nb", subject=subject)
    assert AccountSession.objects.filter(user=siv).exists()
    monkeypatch.setattr(steps, "objects", lambda *args: (_ for _ in ()).throw(Killed()))
    with pytest.raises(Killed):
        carry_out(request_erasure(siv.subject, cause="request", by=siv))
    assert not AccountSession.objects.filter(user=siv).exists()
    states = OutgoingMail.objects.filter(final=False).order_by("queued_at", "to_index").values_list("state", flat=True)
    assert sorted(states) == ["cancelled", "cancelled", "queued"]


@pytest.mark.parametrize(("cause", "count"), [("request", 1), ("staff", 1), ("rule", 0), ("withdrawal", 0)])
def test_the_last_mail_goes_once_and_only_when_it_is_done(kari, monkeypatch, cause, count):
    erasure = order(kari, cause=cause)
    monkeypatch.setattr(steps, "objects", lambda *args: (_ for _ in ()).throw(Killed()))
    with pytest.raises(Killed):
        carry_out(erasure)
    Job.objects.filter(kind="privacy.erase").update(state="done")
    run_jobs()
    assert outbox.outbox == []
    monkeypatch.undo()
    carry_out(erasure)
    run_jobs()
    carry_out(erasure)
    run_jobs()
    assert [sent.to for sent in outbox.outbox] == [["kari@gjest.example"]] * count
    assert all(str(erasure.pk)[:8] in sent.body for sent in outbox.outbox)
    assert not OutgoingMail.objects.exclude(to_sealed=b"").exists()


def test_sealed_addresses_get_the_last_mail_too(kari, monkeypatch):
    declaration = registry.declaration_of("toy.Guest")
    monkeypatch.setitem(declaration.fields, "phone", declaration.fields["email"])
    Guest.objects.all().delete()
    guest(kari.subject, email="", phone="kari2@gjest.example")
    assert steps.addresses_of(kari.subject.group()) == ["kari2@gjest.example"]
    vault.destroy_keys([kari.subject.pk], ["main"])
    assert steps.addresses_of(kari.subject.group()) == []


def test_an_address_that_somebody_else_has_proved_is_left_alone(kari, ola):
    Guest.objects.filter(pk=kari.guest.pk).update(email="ola@gjest.example")
    queue_mail(to="ola@gjest.example", template="privacy/mail/erased", context={}, language="nb")
    erase(kari)
    run_jobs()
    assert [sent.to for sent in outbox.outbox] == [["ola@gjest.example"]]
    assert OutgoingMail.objects.filter(final=True).count() == 0


def test_stores_outside_the_database_forget_the_address(kari, ola, monkeypatch):
    class Folder(registry.Store):
        forgotten = []

        def forget(self, addresses):
            self.forgotten.append(addresses)

    monkeypatch.setattr(registry, "_stores", {"folder": Folder()})
    erase(kari)
    assert Folder.forgotten == [["kari@gjest.example"]]


def test_a_storage_that_fails_stops_it_with_rows_intact_and_it_goes_on_later(kari, monkeypatch):
    before = rows_of_person(kari.subject, but=EVIDENCE | {"privacy.OutgoingMail"})
    erasure = order(kari)
    monkeypatch.setattr(files, "erase_object", lambda name: False)
    with pytest.raises(FilesRemain):
        carry_out(erasure)
    assert rows_of_person(kari.subject, but=EVIDENCE | {"privacy.OutgoingMail"}) == before
    assert state_of(kari) == "erasing" and PersonKey.objects.filter(subject=kari.subject).count() == 2
    monkeypatch.undo()
    assert carry_out(erasure).state == "done" and objects() == set()


def test_a_copy_that_lies_ready_goes_as_well(kari, ola):
    request_copy(kari.subject, by=None)
    run_jobs()
    assert Copy.objects.get().state == "ready" and len(objects()) == 3
    erase(kari)
    assert not Copy.objects.exists() and objects() == {ola.file.file.storage_name}


def test_everyone_who_received_something_is_to_be_told_once(kari, ola, ferry):
    for someone in (kari, kari, ola):
        log_disclosure(someone.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
    log_disclosure(
        kari.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None, direction="received"
    )
    assert plan_erasure(kari.subject, day=TODAY).recipients == ("Fergen AS",)
    keep_bill(kari, until=date(2026, 5, 31))
    erasure = erase(kari)
    resume_waiting(as_of=datetime(2026, 6, 1, tzinfo=OSLO))
    (notice,) = notices_due()
    assert (notice.erasure, notice.recipient, len(notice.references)) == (erasure, ferry, 2)
    with pytest.raises(ValueError, match="stays open"):
        settle_notice(notice, told=False, by=None, reason=" ")
    settle_notice(notice, told=False, by=None, reason="the company is wound up")
    notice.refresh_from_db()
    assert notice.state == "impossible" and not notices_due().exists() and str(notice).startswith("Notice ")
    settle_notice(notice, told=True, by=None)
    assert RecipientNotice.objects.get().state == "told"
    assert list(TrailEntry.objects.filter(action__startswith="recipient.").values_list("action", flat=True)) == [
        "recipient.impossible",
        "recipient.told",
    ]


@pytest.mark.django_db(transaction=True)
def test_deleted_bytes_do_not_stay_in_the_database_or_its_log(kari):
    if connection.vendor != "sqlite":
        # PostgreSQL has no such log of ours; its own ages out with the backups.
        steps.truncate_wal()
        return
    path = Path(connection.settings_dict["NAME"])
    log = path.with_name(f"{path.name}-wal")
    assert b"Kari noted" in path.read_bytes() + log.read_bytes()
    erase(kari)
    run_jobs()
    assert log.read_bytes() == b"" or b"Kari noted" not in log.read_bytes()
    assert b"Kari noted" not in path.read_bytes()


def test_inside_a_transaction_the_log_is_left_alone(kari):
    steps.truncate_wal()
    assert Guest.objects.exists()
