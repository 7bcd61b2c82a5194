from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as outbox
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from privacy import registry, vault
from privacy.actions import (
    FilesRemain,
    build_copy,
    carry_out,
    claim_subject,
    erase_rows,
    files,
    log_disclosure,
    place_hold,
    plan_erasure,
    queue_mail,
    release_hold,
    replay_erasures,
    request_copy,
    request_erasure,
    resume_waiting,
    run_jobs,
)
from privacy.actions import erasure as erasure_module
from privacy.actions import erasure_steps as steps
from privacy.actions.disclosure_notices import settle_notice
from privacy.actions.erasure import STEPS, StillThere, UnderWay, erase_now, is_erased
from privacy.actions.jobs import take_job
from privacy.models import (
    Copy,
    DataSubject,
    Erasure,
    ErasureLedger,
    Job,
    OutgoingMail,
    PersonKey,
    RecipientNotice,
    StoredFile,
    TrailEntry,
)
from privacy.queries import find_text, notices_due, open_erasure
from tests.toy.factories import booking, counts_of, guest, guest_file, house, rows_of_person
from tests.toy.models import Bill, Booking, DoorLog, Guest, GuestFile, Meal, Remark, Room
from tests.toy.personal_data import LAW

OSLO = ZoneInfo("Europe/Oslo")
TODAY = date(2026, 3, 1)
EVIDENCE = {"privacy.DataSubject", "privacy.TrailEntry", "privacy.Erasure", "privacy.RecipientNotice"}
TOY = {"toy.Guest", "toy.Booking", "toy.Meal", "toy.Bill", "toy.Remark", "toy.GuestFile", "toy.DoorLog"}


@pytest.fixture(autouse=True)
def today(frozen_day, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    frozen_day(TODAY.isoformat())


def order(someone, cause="request"):
    return request_erasure(someone.subject, cause=cause, by=None)


def erase(someone, **more):
    return carry_out(order(someone, **more))


def keep_bill(someone, until=date(2031, 12, 31)):
    return place_hold(
        someone.bill, subject=someone.subject, ground="statutory", law=LAW, reason="the law", until=until, by=None
    )


def state_of(someone):
    someone.subject.refresh_from_db()
    return someone.subject.state


def copy_of(someone):
    made = build_copy(someone.subject, language="nb", as_of=datetime(2026, 3, 1, 12, tzinfo=OSLO))
    return b"".join(made)


def objects():
    return set(files._names_in(storages["people"], ""))


# The plan, and the plan carried out


def test_the_plan_counts_every_row_and_changes_nothing(kari, ola):
    before = rows_of_person(kari.subject)
    plan = plan_erasure(kari.subject, day=TODAY)
    assert {item.model: (item.action, item.count) for item in plan.items} == {
        "toy.Guest": ("delete", 1),
        "toy.Booking": ("delete", 1),
        "toy.Meal": ("delete", 1),
        "toy.Bill": ("delete", 1),
        "toy.Remark": ("blank", 1),
        "toy.GuestFile": ("delete", 1),
        "toy.DoorLog": ("delete", 1),
        "privacy.StoredFile": ("delete", 1),
        "privacy.SubjectIdentifier": ("delete", 1),
        "privacy.DataSubject": ("keep", 1),
        "privacy.TrailEntry": ("keep", len(before["privacy.TrailEntry"])),
    }
    assert plan.files == (kari.file.file_id,) and plan.recipients == ()
    assert all(item.law and item.reason for item in plan.staying)
    assert rows_of_person(kari.subject) == before


def test_what_was_planned_is_what_is_carried_out(kari, ola):
    plan = plan_erasure(kari.subject, day=TODAY)
    done = erase(kari)
    assert done.counts == {item.model: item.count for item in plan.going}
    assert (done.state, done.files, done.finished_at is not None) == ("done", len(plan.files), True)
    assert [item["model"] for item in done.kept] == [item.model for item in plan_erasure(kari.subject).staying]
    assert set(counts_of(kari.subject)) <= EVIDENCE
    assert state_of(kari) == "erased" and kari.subject.roles == []
    remark = Remark.objects.get(pk=kari.remark.pk)
    assert (remark.subject, remark.text, remark.stars, remark.tags, remark.more) == (None, "", 0, [], {})
    assert remark.signature == "" and bytes(remark.raw) == b"" and remark.written_at == kari.remark.written_at
    assert not PersonKey.objects.filter(subject=kari.subject).exists()
    assert not StoredFile.objects.filter(subject=kari.subject).exists()
    assert objects() == {ola.file.file.storage_name}
    assert str(done) == f"Erasure {str(done.pk)[:8]}"


def test_a_neighbours_rows_and_copy_are_the_same_to_the_byte(kari, ola):
    rows, copy = rows_of_person(ola.subject), copy_of(ola)
    assert all(rows[name] for name in TOY) and len(copy) > 1000
    erase(kari)
    assert rows_of_person(ola.subject) == rows and copy_of(ola) == copy
    assert state_of(ola) == "active"


def test_a_second_erasure_has_nothing_to_do(kari):
    erase(kari)
    trail = TrailEntry.objects.count()
    assert order(kari) is None and TrailEntry.objects.count() == trail
    assert erase_now(kari.subject, cause="request", by=None) is None


def test_the_same_order_again_is_the_same_order(kari):
    first = order(kari)
    assert order(kari) == first and open_erasure(kari.subject) == first
    assert Erasure.objects.count() == 1 and Job.objects.filter(kind="privacy.erase").count() == 1
    carry_out(first)
    assert open_erasure(kari.subject) is None


def test_the_worker_carries_an_order_out(kari):
    order(kari)
    assert run_jobs() >= 1
    assert state_of(kari) == "erased" and not Job.objects.filter(state="queued").exists()


def test_somebody_of_whom_nothing_is_held_is_erased_all_the_same(db):
    nobody = DataSubject.objects.create()
    done = carry_out(request_erasure(nobody, cause="rule", by=None))
    nobody.refresh_from_db()
    assert (done.state, done.counts, nobody.state) == ("done", {}, "erased")


def test_claimed_records_are_one_person_and_go_together(kari, ola):
    second = house("kari@gjest.example", word="Kari2")
    claim_subject(kari.subject, claimed=second.subject, by=None)
    second.subject.refresh_from_db()
    assert plan_erasure(second.subject, day=TODAY).items == plan_erasure(kari.subject, day=TODAY).items
    erase(second)
    for someone in (kari, second):
        assert state_of(someone) == "erased"
        assert not Guest.objects.filter(pk=someone.guest.pk).exists()
        assert not PersonKey.objects.filter(subject=someone.subject).exists()
    assert Guest.objects.filter(pk=ola.guest.pk).exists()


# Killed at any point


class Killed(BaseException):
    """Stands for a process that ends without another word."""


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_step_is_carried_on(kari, ola, monkeypatch, step, when):
    neighbour = rows_of_person(ola.subject)
    erasure, real = order(kari), getattr(steps, step)

    def killed(*args):
        if when == "after":
            real(*args)
        raise Killed

    monkeypatch.setattr(steps, step, killed)
    with pytest.raises(Killed):
        carry_out(erasure)
    erasure.refresh_from_db()
    assert erasure.state in ("planned", "executing")
    assert erasure.step == (STEPS[STEPS.index(step) - 1] if step != "ledger" else "")
    assert ErasureLedger.objects.exists() == ((step, when) != ("ledger", "before"))
    monkeypatch.undo()
    done = carry_out(erasure)
    assert done.state == "done" and done.counts["toy.Guest"] == 1 and done.files == 1
    assert set(counts_of(kari.subject)) <= EVIDENCE and objects() == {ola.file.file.storage_name}
    assert rows_of_person(ola.subject) == neighbour
    assert ErasureLedger.objects.get().counts == done.counts
    run_jobs()
    assert [sent.to for sent in outbox.outbox] == [["kari@gjest.example"]]


@pytest.mark.parametrize("label", sorted(TOY | {"privacy.SubjectIdentifier", "privacy.StoredFile"}))
def test_a_kill_between_two_classes_is_carried_on(kari, ola, monkeypatch, label):
    erasure, real = order(kari), steps.remove_rows

    def killed(declaration, keys):
        if declaration.name() == label:
            raise Killed
        return real(declaration, keys)

    monkeypatch.setattr(steps, "remove_rows", killed)
    with pytest.raises(Killed):
        carry_out(erasure)
    monkeypatch.undo()
    assert carry_out(erasure).state == "done"
    assert set(counts_of(kari.subject)) <= EVIDENCE
    assert list(DoorLog.objects.all()) == [ola.door] and list(Guest.objects.all()) == [ola.guest]
    run_jobs()
    assert find_text("Kari", now=timezone.now()) == []


def test_the_ledger_is_written_before_anything_goes(kari, monkeypatch):
    def killed(erasure, plan):
        assert ErasureLedger.objects.get().subject == kari.subject.pk
        raise Killed

    before = rows_of_person(kari.subject, but=EVIDENCE)
    monkeypatch.setattr(steps, "freeze", killed)
    with pytest.raises(Killed):
        erase(kari)
    assert rows_of_person(kari.subject, but=EVIDENCE) == before
    assert str(ErasureLedger.objects.get()).startswith("Ledger entry ")


def test_rows_go_in_batches_and_each_is_counted(kari, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 2)
    for number in range(4):
        booking(kari.guest, wish=f"wish {number}")
    assert erase(kari).counts["toy.Booking"] == 5 and not Booking.objects.exists()


def test_what_is_written_meanwhile_keeps_it_from_being_called_done(kari, monkeypatch):
    erasure, real = order(kari), steps.told

    def late(*args):
        real(*args)
        guest(kari.subject, name="written by a page that was open")

    monkeypatch.setattr(steps, "told", late)
    with pytest.raises(StillThere):
        carry_out(erasure)
    erasure.refresh_from_db()
    assert erasure.state == "executing" and state_of(kari) == "erasing"
    monkeypatch.undo()
    assert carry_out(erasure).state == "done" and not Guest.objects.exists()
    run_jobs()
    assert len(outbox.outbox) == 1


def test_only_one_at_a_time_carries_it_out(kari):
    erasure = order(kari)
    take_job("privacy.erase", ref=erasure.pk)
    with pytest.raises(UnderWay):
        erase_now(kari.subject, cause="request", by=None)
    assert Guest.objects.exists() and run_jobs() == 0


def test_ordered_and_carried_out_at_once(kari):
    assert erase_now(kari.subject, cause="staff", by=None).state == "done"
    assert Job.objects.get(kind="privacy.erase").state == "done"


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
    assert {"model": "toy.Bill", "count": 1, "action": "restrict", "reason": "the law", "law": LAW,
            "until": "2031-12-31"} in done.kept  # fmt: skip
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
    monkeypatch.setattr(files, "_object_gone", lambda name: False)
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
        pytest.skip("PostgreSQL keeps deleted rows until it is vacuumed; docs/operations.md says so.")
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


# A part of a person


def test_a_part_goes_with_what_hangs_on_it_and_the_rest_stays(kari, ola, ferry):
    other = guest(kari.subject, name="Another visit")
    stays = booking(other, wish="stays")
    disclose = {"recipient": ferry, "payload": {"name": "x"}, "activity": "toy-stays", "by": None}
    log_disclosure(kari.subject, about=kari.booking, **disclose)
    log_disclosure(kari.subject, about=stays, **disclose)
    neighbour = rows_of_person(ola.subject)
    erasure = erase_rows(Guest, subject=kari.subject, pks=[kari.guest.pk], cause="withdrawal", by=None)
    assert (erasure.whole, erasure.scope) == (False, {"toy.Guest": [str(kari.guest.pk)]})
    done = carry_out(erasure)
    assert done.counts == {"toy.Guest": 1, "toy.Booking": 1, "toy.Meal": 1, "toy.GuestFile": 1}
    assert (done.state, done.files, state_of(kari)) == ("done", 1, "active")
    assert Guest.objects.get(subject=kari.subject) == other and Booking.objects.get(guest=other).wish == "stays"
    assert Bill.objects.get(subject=kari.subject).note == "Kari noted"
    assert not StoredFile.objects.filter(subject=kari.subject).exists()
    (notice,) = notices_due()
    assert len(notice.references) == 1
    assert rows_of_person(ola.subject) == neighbour
    run_jobs()
    assert outbox.outbox == []


def test_a_part_that_is_blanked_stays_and_is_nobodys(kari):
    done = carry_out(erase_rows(Remark, subject=kari.subject, pks=[kari.remark.pk], cause="request", by=None))
    assert (done.state, done.counts) == ("done", {"toy.Remark": 1})
    assert Remark.objects.get().subject is None


def test_nobody_elses_row_can_be_named(kari, ola):
    done = carry_out(erase_rows(Guest, subject=kari.subject, pks=[ola.guest.pk], cause="request", by=None))
    assert (done.state, done.counts) == ("done", {}) and Guest.objects.filter(pk=ola.guest.pk).exists()


def test_a_held_part_waits(kari):
    Booking.objects.update(open=True, open_until=TODAY)
    done = carry_out(erase_rows(Guest, subject=kari.subject, pks=[kari.guest.pk], cause="withdrawal", by=None))
    assert done.state == "waiting" and Guest.objects.exists() and StoredFile.objects.exists()
    assert state_of(kari) == "active"
    assert resume_waiting(as_of=datetime(2026, 3, 2, tzinfo=OSLO)) == {"resumed": 1}
    assert not Guest.objects.exists() and Erasure.objects.get().state == "done"


# After a restore


def take_backup(subject):
    """Every row of a person as a backup holds it, by model."""
    models = [declaration.model for declaration in registry.declarations() if declaration.name() not in EVIDENCE]
    return [(model, _rows(model)) for model in models if _rows(model)]


def _rows(model):
    if model._meta.label in ("privacy.ErasureLedger",):
        return []
    names = [field.attname for field in model._meta.concrete_fields]
    return [dict(zip(names, row, strict=True)) for row in model._base_manager.values_list(*names)]


def restore(backup, someone):
    """Put back what a backup of the main database held; the ledger is not part of it."""
    with connection.constraint_checks_disabled():
        for model, rows in backup:
            model._base_manager.bulk_create([_instance(model, row) for row in rows], ignore_conflicts=True)
    for model in (Erasure, OutgoingMail, Job):
        model.objects.all().delete()
    DataSubject.objects.filter(pk=someone.subject.pk).update(state="active", roles=["guest"])
    Remark.objects.filter(pk=someone.remark.pk).update(subject=someone.subject, text="Kari says")


def _instance(model, row):
    made = model()
    made.__dict__.update(row)
    return made


def test_what_a_restore_brings_back_goes_again_and_counts_are_right(kari, ola):
    backup = take_backup(kari.subject)
    neighbour = rows_of_person(ola.subject)
    erase(kari)
    restore(backup, kari)
    assert Guest.objects.filter(pk=kari.guest.pk).exists() and state_of(kari) == "active"
    assert Guest.objects.get(pk=kari.guest.pk).phone == "Kari 22"
    assert replay_erasures() == {"replayed": 1, "already": 0}
    assert set(counts_of(kari.subject)) <= EVIDENCE and state_of(kari) == "erased"
    assert not PersonKey.objects.filter(subject=kari.subject).exists()
    assert Erasure.objects.get().cause == "replay"
    assert ErasureLedger.objects.get().replayed_at is not None
    assert rows_of_person(ola.subject) == neighbour
    assert replay_erasures() == {"replayed": 0, "already": 1}
    run_jobs()
    assert len(outbox.outbox) == 0


def test_a_restore_of_a_part(kari):
    backup = take_backup(kari.subject)
    carry_out(erase_rows(Guest, subject=kari.subject, pks=[kari.guest.pk], cause="withdrawal", by=None))
    restore(backup, kari)
    assert replay_erasures() == {"replayed": 1, "already": 0}
    assert not Guest.objects.exists() and Bill.objects.get(subject=kari.subject) and state_of(kari) == "active"
    assert replay_erasures() == {"replayed": 0, "already": 1}


def test_two_entries_of_one_person_with_a_hold(kari):
    keep_bill(kari)
    erase(kari)
    ErasureLedger.objects.create(subject=kari.subject.pk, cause="request")
    Erasure.objects.all().delete()
    DataSubject.objects.update(state="active")
    assert replay_erasures() == {"replayed": 1, "already": 1}
    assert Erasure.objects.get().state == "waiting"


def test_an_erasure_half_way_in_the_backup_is_carried_on(kari, monkeypatch):
    erasure = order(kari)
    monkeypatch.setattr(steps, "rows", lambda *args: (_ for _ in ()).throw(Killed()))
    with pytest.raises(Killed):
        carry_out(erasure)
    monkeypatch.undo()
    assert replay_erasures() == {"replayed": 1, "already": 0}
    assert Erasure.objects.get().pk == erasure.pk and state_of(kari) == "erased"


def test_the_open_erasure_of_a_person_serves_for_an_entry_it_does_not_know(kari):
    waiting = order(kari)
    ErasureLedger.objects.create(subject=kari.subject.pk, cause="request")
    assert replay_erasures() == {"replayed": 1, "already": 0}
    assert Erasure.objects.get() == waiting


def test_a_person_the_restored_database_never_knew_is_gone_already(db):
    ErasureLedger.objects.create(subject="00000000-0000-4000-8000-000000000000", cause="request")
    assert replay_erasures() == {"replayed": 0, "already": 1}


def test_is_erased(kari):
    assert not is_erased(kari.subject)
    for state in ("erasing", "erased"):
        kari.subject.state = state
        assert is_erased(kari.subject)
    kari.subject.state = "restricted"
    assert not is_erased(kari.subject)
