from datetime import datetime

import pytest
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone

from privacy import registry
from privacy.actions import (
    carry_out,
    claim_subject,
    erase_rows,
    log_disclosure,
    plan_erasure,
    replay_erasures,
    request_erasure,
    resume_waiting,
    run_jobs,
)
from privacy.actions import erasure_steps as steps
from privacy.actions.erasure import STEPS, StillThere, UnderWay, erase_now, is_erased
from privacy.actions.jobs import take_job
from privacy.models import (
    DataSubject,
    Erasure,
    ErasureLedger,
    Job,
    OutgoingMail,
    PersonKey,
    StoredFile,
    TrailEntry,
)
from privacy.queries import find_text, notices_due, open_erasure
from tests.privacy.actions.erasing import (
    EVIDENCE,
    OSLO,
    TODAY,
    TOY,
    Killed,
    copy_of,
    erase,
    keep_bill,
    objects,
    order,
    state_of,
    today,
)
from tests.toy.factories import booking, counts_of, guest, house, rows_of_person
from tests.toy.models import Bill, Booking, DoorLog, Guest, Remark

__all__ = ["today"]

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
