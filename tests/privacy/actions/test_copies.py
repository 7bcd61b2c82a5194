import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail as outbox
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from privacy.actions import CopyGone, build_copy, files, open_copy, request_copy, run_jobs, store_file
from privacy.actions.copies import expire_copies, fill_copy, is_readable
from privacy.failpoints import Failed
from privacy.models import Copy, Job, StoredFile, TrailEntry
from tests.toy.factories import guest_file


@pytest.fixture(autouse=True)
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ready(person):
    copy = request_copy(person.subject, by=None)
    run_jobs()
    copy.refresh_from_db()
    assert copy.state == "ready"
    return copy


def read(copy):
    with open_copy(copy, by=None) as reader:
        return reader.read()


def test_a_copy_is_built_by_the_worker_and_lies_sealed(kari, ola):
    copy = request_copy(kari.subject, by=None)
    assert (copy.state, copy.language, str(copy)) == ("queued", "nb", f"Copy {str(copy.pk)[:8]}")
    assert not is_readable(copy, now=timezone.now())
    run_jobs()
    copy.refresh_from_db()
    assert copy.state == "ready" and copy.done_parts == copy.all_parts > 5 and copy.records > 5
    assert copy.expires_at == copy.ready_at + timedelta(days=7)
    with storages["people"].open(copy.file.storage_name) as source:
        assert b"PK" not in source.read()[:100]
    with zipfile.ZipFile(BytesIO(read(copy))) as archive:
        assert archive.testzip() is None and "Ola" not in archive.read("data/records/toy.guest.json").decode()
    noted = TrailEntry.objects.filter(action__startswith="copy.").order_by("pk").values_list("action", flat=True)
    assert list(noted) == ["copy.requested", "copy.ready", "copy.downloaded"]


def test_while_one_is_under_way_that_one_is_returned(kari, ola):
    first = request_copy(kari.subject, by=None)
    assert request_copy(kari.subject, by=None, language="en") == first
    assert request_copy(ola.subject, by=None) != first
    run_jobs()
    assert request_copy(kari.subject, by=None) != first


def test_asking_again_puts_one_back_in_line_that_was_given_up(kari):
    first = request_copy(kari.subject, by=None)
    Job.objects.filter(ref=first.pk).update(state="failed")
    assert request_copy(kari.subject, by=None) == first
    run_jobs()
    first.refresh_from_db()
    assert first.state == "ready"


def test_it_is_built_outside_a_transaction_so_that_nobody_waits(kari, monkeypatch):
    depth = len(connection.savepoint_ids)
    copy, seen = request_copy(kari.subject, by=None), []
    from privacy.actions import copies

    monkeypatch.setattr(copies, "extend_lease", lambda ref: seen.append(len(connection.savepoint_ids)))
    fill_copy(copy)
    assert len(seen) > 5 and set(seen) == {depth}


def test_a_copy_killed_while_building_is_built_again(kari, monkeypatch):
    copy = request_copy(kari.subject, by=None)
    Copy.objects.update(state="building", done_parts=3)
    copy.refresh_from_db()
    fill_copy(copy)
    assert Copy.objects.get().state == "ready" and StoredFile.objects.filter(subject=kari.subject).count() == 2


def test_one_that_cannot_be_finished_leaves_no_object(kari, monkeypatch):
    from privacy.actions import copies

    def broken(copy):
        raise RuntimeError("no mail today")

    before = set(files._names_in(storages["people"], ""))
    monkeypatch.setattr(copies, "_tell", broken)
    request_copy(kari.subject, by=None)
    run_jobs()
    assert Copy.objects.get().state == "building" and Job.objects.get(kind="privacy.copy").last_error == "RuntimeError"
    assert set(files._names_in(storages["people"], "")) == before and StoredFile.objects.count() == 1


def test_what_is_ready_or_gone_is_not_built_again(kari):
    copy = ready(kari)
    assert fill_copy(copy).file == copy.file
    Copy.objects.all().delete()
    Job.objects.update(state="queued")
    assert run_jobs() >= 1


def test_it_is_fetched_three_times_and_not_a_fourth(kari):
    copy = ready(kari)
    assert len({read(copy) for _number in range(3)}) == 1
    copy.refresh_from_db()
    assert copy.downloads == 3 and not is_readable(copy, now=timezone.now())
    with pytest.raises(CopyGone):
        open_copy(copy, by=None)
    assert TrailEntry.objects.filter(action="copy.downloaded").count() == 3


def test_it_can_be_read_until_its_last_moment_and_not_after(kari):
    copy = ready(kari)
    for seconds, readable in ((-1, True), (0, False)):
        moment = copy.expires_at + timedelta(seconds=seconds)
        assert is_readable(copy, now=moment) is readable
        with time_machine.travel(moment, tick=False):
            if readable:
                assert read(copy)
            else:
                with pytest.raises(CopyGone):
                    open_copy(copy, by=None)


def test_expired_and_used_up_copies_lose_their_object(kari, ola):
    old, used = ready(kari), ready(ola)
    Copy.objects.filter(pk=used.pk).update(downloads=3)
    name = used.file.storage_name
    young = timezone.now()
    assert expire_copies(as_of=young, dry_run=True) == {"expired": 1}
    assert expire_copies(as_of=young) == {"expired": 1}
    assert Copy.objects.get(pk=used.pk).state == "gone" and storages["people"].versions(name) == []
    assert Copy.objects.get(pk=old.pk).state == "ready"
    assert expire_copies(as_of=old.expires_at) == {"expired": 1} and expire_copies(as_of=old.expires_at) == {
        "expired": 0
    }
    assert StoredFile.objects.count() == 2


def test_one_that_lost_its_file_expires_all_the_same(kari):
    copy = ready(kari)
    StoredFile.objects.filter(pk=copy.file_id).delete()
    assert expire_copies(as_of=copy.expires_at) == {"expired": 1} and Copy.objects.get().state == "gone"


def test_earlier_copies_are_not_put_into_a_copy_but_a_file_of_that_name_is(kari):
    ready(kari)
    own = guest_file(kari.guest, b"my own archive", name="copy.zip", media_type="application/zip")
    bag = b"".join(build_copy(kari.subject, language="nb", as_of=timezone.now()))
    with zipfile.ZipFile(BytesIO(bag)) as archive:
        names = [name for name in archive.namelist() if name.startswith("data/uploads/")]
    assert sorted(names) == sorted([f"data/uploads/{kari.file.file.pk}.pdf", f"data/uploads/{own.file.pk}.zip"])


def test_whoever_has_an_account_is_told_and_the_mail_gives_nothing_away(kari, siv):
    request_copy(kari.subject, by=None)
    copy = request_copy(siv.subject, by=siv)
    run_jobs()
    (sent,) = outbox.outbox
    assert sent.to == [siv.email] and str(copy.pk) in sent.body and "Kari" not in sent.body


def test_a_file_is_stored_with_what_belongs_to_it_or_not_at_all(kari):
    def refuse(stored):
        assert StoredFile.objects.filter(pk=stored.pk).exists()
        raise RuntimeError

    before = set(files._names_in(storages["people"], ""))
    with pytest.raises(RuntimeError):
        store_file(kari.subject, stream=BytesIO(b"x"), display_name="x", media_type="text/plain", by=None, then=refuse)
    assert StoredFile.objects.count() == 1 and set(files._names_in(storages["people"], "")) == before


def test_a_copy_that_takes_long_keeps_its_place_with_the_worker(kari, monkeypatch):
    from privacy.actions import copies

    said = []
    monkeypatch.setattr(copies, "extend_lease", said.append)
    monkeypatch.setattr(copies, "SAY_ALIVE_AFTER", -1)
    often = fill_copy(request_copy(kari.subject, by=None))
    frequent = said.count(often.pk)
    monkeypatch.setattr(copies, "SAY_ALIVE_AFTER", 1000)
    seldom = fill_copy(request_copy(kari.subject, by=None))
    assert frequent > said.count(seldom.pk) >= seldom.all_parts > 5


@pytest.mark.parametrize(("point", "state"), [("copy.building", "building"), ("copy.stored", "building")])
def test_a_worker_that_dies_on_the_way_leaves_a_copy_that_is_built_again(kari, settings, point, state):
    before = set(files._names_in(storages["people"], ""))
    copy, settings.FAILPOINT = request_copy(kari.subject, by=None), f"{point}:raise"
    with pytest.raises(Failed):
        fill_copy(copy)
    assert Copy.objects.get().state == state and set(files._names_in(storages["people"], "")) == before
    settings.FAILPOINT = "copy.ready:raise"
    with pytest.raises(Failed):
        fill_copy(Copy.objects.get())
    copy.refresh_from_db()
    assert copy.state == "ready" and copy.done_parts == copy.all_parts and read(copy)
    assert Copy.objects.count() == 1
