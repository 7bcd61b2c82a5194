import io
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import FileResponse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from privacy import vault
from privacy.actions import files
from privacy.actions.files import (
    EmptyFile,
    FilesRemain,
    delete_orphans,
    erase_files,
    files_follow_transaction,
    open_file,
    reconcile_files,
    store_file,
    tidy_name,
)
from privacy.models import DataSubject, PersonKey, StoredFile, TrailEntry

CONTENT = b"%PDF-1.7 Kari Nordmann " * 10_000


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture(params=["folder", "bucket"])
def storage(request):
    """The storage of people's files: a folder, and a versioned bucket on a real object store."""
    if request.param == "bucket":
        request.getfixturevalue("s3")
    return storages["people"]


@pytest.fixture
def folder():
    return storages["people"]


@pytest.fixture
def kari(db):
    return DataSubject.objects.create()


def stored(subject, content=CONTENT, name="cv.pdf", **options):
    return store_file(
        subject, stream=io.BytesIO(content), display_name=name, media_type="application/pdf", by=None, **options
    )


def objects(storage):
    return set(files._names_in(storage, ""))


def contents(storage, name):
    with storage.open(name) as source:
        return source.read()


def opened(file):
    with open_file(file) as reader:
        return reader.read()


# Storing and opening, on both storages


def test_a_file_comes_back_as_it_was_and_shows_nothing_in_the_storage(storage, kari):
    file = stored(kari)
    found = StoredFile.objects.get(pk=file.pk)
    assert opened(found) == CONTENT
    assert (found.display_name, found.size, found.media_type) == ("cv.pdf", len(CONTENT), "application/pdf")
    assert (found.compartment, found.scan_state, str(found)) == ("main", "not_scanned", f"File {str(file.pk)[:8]}")
    sealed = contents(storage, found.storage_name)
    assert b"Kari" not in sealed and len(sealed) > len(CONTENT)


def test_a_neighbours_file_is_untouched_by_an_erasure_with_proof(storage, kari):
    mine, other = stored(kari), stored(DataSubject.objects.create(), b"other")
    assert objects(storage) == {mine.storage_name, other.storage_name}
    assert erase_files([mine]) == 1
    assert objects(storage) == {other.storage_name} and storage.versions(mine.storage_name) == []
    assert list(StoredFile.objects.all()) == [other] and opened(other) == b"other"


def test_every_version_in_a_bucket_goes(s3, kari):
    file = stored(kari)
    key = f"people/{file.storage_name}"
    s3.client.put_object(Bucket=s3.bucket, Key=key, Body=b"second version")
    s3.client.delete_object(Bucket=s3.bucket, Key=key)
    neighbour = s3.client.put_object(Bucket=s3.bucket, Key=f"{key}-longer", Body=b"x")["VersionId"]
    before = s3.client.list_object_versions(Bucket=s3.bucket, Prefix=key)
    assert len(before["Versions"]) == 3 and len(before["DeleteMarkers"]) == 1
    erase_files([file])
    after = s3.client.list_object_versions(Bucket=s3.bucket, Prefix=key)
    assert [version["VersionId"] for version in after["Versions"]] == [neighbour] and "DeleteMarkers" not in after


def test_orphans_and_missing_objects_are_found_on_both_sides(storage, kari):
    kept, lost = stored(kari), stored(kari)
    orphan = stored(kari)
    StoredFile.objects.filter(pk=orphan.pk).delete()
    storage.erase(lost.storage_name)
    tomorrow = timezone.now() + timedelta(days=1)
    assert reconcile_files(now=tomorrow) == {
        "rows_without_object": [str(lost.pk)],
        "objects_without_row": [orphan.storage_name],
    }
    assert delete_orphans([orphan.storage_name, kept.storage_name], by=None) == 1
    assert objects(storage) == {kept.storage_name}
    assert reconcile_files(now=tomorrow)["objects_without_row"] == []


# Names


def test_the_object_is_named_by_chance_and_the_row_seals_the_name(folder, kari):
    file = stored(kari, name="Kari Nordmann.pdf")
    assert len(file.storage_name) == 33 and set(file.storage_name) <= set("0123456789abcdef/")
    assert b"Kari" not in bytes(StoredFile.objects.get().display_name_sealed.data)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Kari\\cv.pdf", "cv.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\u2028b", "a b"),
        ("A\u030a.pdf", "Å.pdf"),
        ("  spaced \t out .pdf ", "spaced out .pdf"),
        ("", "file"),
        ("\x00", "file"),
        ("folder/", "file"),
        (".", "."),
        ("..", ".."),
        ("x" * 120, "x" * 120),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 50 + "." + "y" * 200, "x" * 50 + "." + "y" * 69),
        ("." + "x" * 200, "." + "x" * 119),
    ],
)
def test_names_are_made_harmless_to_show(given_name, shown):
    assert tidy_name(given_name) == shown


@given(st.text(max_size=400))
def test_no_name_keeps_what_could_break_a_header_or_a_page(name):
    shown = tidy_name(name)
    assert 1 <= len(shown) <= 120 and "/" not in shown and "\\" not in shown
    assert not any(unicodedata.category(char)[0] == "C" for char in shown)
    assert len(shown.splitlines()) == 1


# When something fails


def test_an_empty_upload_leaves_nothing(folder, kari):
    with pytest.raises(EmptyFile, match="empty"):
        stored(kari, b"")
    assert objects(folder) == set() and not StoredFile.objects.exists()


def test_a_stream_that_breaks_leaves_nothing(folder, kari):
    class Broken:
        def read(self, size):
            raise OSError("connection lost")

    with pytest.raises(OSError, match="lost"):
        store_file(kari, stream=Broken(), display_name="x", media_type="x/y", by=None)
    assert objects(folder) == set() and not StoredFile.objects.exists()


def test_a_row_that_is_refused_takes_its_object_along(folder, kari, monkeypatch):
    def refuse(*args, **kwargs):
        assert len(objects(folder)) == 1
        raise IntegrityError("refused")

    monkeypatch.setattr(files, "note", refuse)
    with pytest.raises(IntegrityError), transaction.atomic():
        stored(kari)
    assert objects(folder) == set() and not StoredFile.objects.exists()


def test_a_later_failure_of_the_caller_takes_the_objects_along(folder, kari):
    before = stored(kari, b"before")
    with pytest.raises(RuntimeError), files_follow_transaction(), transaction.atomic():
        stored(kari), stored(kari)
        assert len(objects(folder)) == 3
        raise RuntimeError("the rest of the act failed")
    assert objects(folder) == {before.storage_name} and list(StoredFile.objects.all()) == [before]


def test_files_of_a_block_that_succeeds_stay(folder, kari):
    with files_follow_transaction(), transaction.atomic():
        file = stored(kari)
    with pytest.raises(RuntimeError), files_follow_transaction():
        raise RuntimeError
    assert objects(folder) == {file.storage_name}


class StubbornStorage:
    """Answers like the real one, and keeps one object."""

    def __init__(self, real, kept, *, silent):
        self._real, self._kept, self._silent = real, kept, silent

    def __getattr__(self, name):
        return getattr(self._real, name)

    def erase(self, name):
        if name != self._kept:
            self._real.erase(name)
        elif not self._silent:
            raise PermissionError(name)


@pytest.mark.parametrize("silent", [True, False], ids=["says nothing", "raises"])
def test_rows_stay_while_one_object_remains_and_erasing_again_finishes(folder, kari, monkeypatch, caplog, silent):
    one, two = stored(kari), stored(kari)
    monkeypatch.setattr(files, "storages", {"people": StubbornStorage(folder, two.storage_name, silent=silent)})
    with pytest.raises(FilesRemain, match="1 of 2 files") as problem:
        erase_files([one, two])
    assert (problem.value.count, problem.value.total) == (1, 2)
    assert objects(folder) == {two.storage_name} and StoredFile.objects.count() == 2
    assert two.storage_name not in caplog.text
    with pytest.raises(FilesRemain):
        delete_orphans(_without_rows(one, two), by=None)
    monkeypatch.undo()
    assert delete_orphans([two.storage_name], by=None) == 1
    assert objects(folder) == set()


def _without_rows(*stored_files):
    StoredFile.objects.filter(pk__in=[file.pk for file in stored_files]).delete()
    return [file.storage_name for file in stored_files]


def test_erasing_twice_and_erasing_nothing_do_no_harm(folder, kari):
    file = stored(kari)
    assert erase_files(StoredFile.objects.all()) == 1
    assert erase_files([file]) == 1
    assert erase_files([]) == 0 and objects(folder) == set()


# Opening what cannot be opened


def test_a_destroyed_key_a_missing_object_and_a_flipped_bit_are_told_apart(folder, kari):
    file, missing = stored(kari), stored(kari)
    folder.erase(missing.storage_name)
    with pytest.raises(vault.Damaged, match="missing"):
        open_file(missing)
    path = Path(folder.path(file.storage_name))
    sealed = bytearray(path.read_bytes())
    sealed[100] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(vault.Damaged), open_file(file) as reader:
        reader.read()
    vault.destroy_keys([kari.pk], ["main"])
    with pytest.raises(vault.KeyDestroyed):
        open_file(file)


def test_one_files_object_does_not_open_as_anothers(folder, kari):
    one, two = stored(kari), stored(kari)
    Path(folder.path(one.storage_name)).write_bytes(Path(folder.path(two.storage_name)).read_bytes())
    with pytest.raises(vault.Damaged), open_file(one) as reader:
        reader.read()


def test_a_file_that_must_be_kept_outlives_the_main_key(folder, kari):
    file = stored(kari, compartment="kept")
    stored(kari)
    vault.destroy_keys([kari.pk], ["main"])
    found = StoredFile.objects.get(pk=file.pk)
    assert opened(found) == CONTENT and found.display_name == "cv.pdf"
    assert set(PersonKey.objects.values_list("compartment", flat=True)) == {"kept"}


# How it meets the rest


def test_an_upload_that_was_read_already_is_taken_from_its_start(folder, kari):
    upload = SimpleUploadedFile("cv.pdf", CONTENT)
    upload.read(100)
    file = store_file(kari, stream=upload, display_name=upload.name, media_type="application/pdf", by=None)
    assert opened(file) == CONTENT


def test_a_response_can_stream_it(folder, kari):
    response = FileResponse(open_file(stored(kari)), as_attachment=True, filename="cv.pdf")
    assert b"".join(response.streaming_content) == CONTENT
    response.close()


def test_the_trail_says_what_happened_and_no_name(folder, kari):
    file = stored(kari, name="Kari Nordmann.pdf")
    erase_files([file])
    entries = TrailEntry.objects.order_by("pk").values_list("action", "subject", "object_pk")
    assert list(entries) == [("file.stored", kari.pk, str(file.pk)), ("file.erased", kari.pk, str(file.pk))]


def test_an_object_is_no_orphan_while_its_upload_may_still_be_under_way(folder, kari):
    file = stored(kari)
    StoredFile.objects.all().delete()
    now = timezone.now()
    assert reconcile_files(now=now + timedelta(minutes=59))["objects_without_row"] == []
    assert reconcile_files(now=now + timedelta(minutes=61))["objects_without_row"] == [file.storage_name]
    assert reconcile_files()["objects_without_row"] == []


def test_an_object_that_vanishes_while_we_look_is_no_orphan(folder, kari, monkeypatch):
    monkeypatch.setattr(files, "_names_in", lambda storage, inside: ["aa/gone"])
    assert reconcile_files()["objects_without_row"] == []


def test_nothing_stored_means_nothing_to_reconcile(db, folder):
    assert not (Path(django_settings.VAR) / "people").exists()
    assert reconcile_files() == {"rows_without_object": [], "objects_without_row": []}
    assert delete_orphans([], by=None) == 0
