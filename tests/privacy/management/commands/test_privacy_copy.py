import errno
import hashlib
import json
import os
import zipfile
from types import SimpleNamespace

import pytest

from privacy import bag, vault
from privacy.actions import claim_subject
from privacy.management.commands import privacy_copy
from privacy.models import TrailEntry
from tests.toy.factories import person


@pytest.fixture
def copy(run, tmp_path):
    """`copy(WHO)` writes copy.zip into an empty folder."""

    def write(who, *arguments, output=tmp_path / "copy.zip"):
        return run("privacy_copy", who, "--output", output, *arguments)

    return write


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_document_describes_the_file_that_lies_there(copy, kari, tmp_path):
    ended = copy(kari.email, "--format", "json")
    path = tmp_path / "copy.zip"
    written = path.read_bytes()
    assert (ended.code, ended.err) == (0, "") and set(ended.document) == {"path", "bytes", "sha256", "records"}
    assert (ended.document["path"], ended.document["bytes"]) == (str(path), len(written))
    assert ended.document["sha256"] == hashlib.sha256(written).hexdigest()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        rows = json.loads(archive.read("data/export.json"))["records"]
    assert ended.document["records"] == sum(row["items"] for row in rows) > 5


def test_it_is_one_persons_and_says_so_in_words(copy, kari, ola, tmp_path):
    ended = copy(kari.subject.pk)
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        contents = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Kari says" in contents and b"Ola" not in contents
    assert ended.out.endswith(f" bytes, written to {tmp_path / 'copy.zip'}.\n") and len(ended.out.splitlines()) == 1


@pytest.mark.parametrize(("arguments", "language"), [([], "en"), (["--language", "nb"], "nb")])
def test_it_is_in_the_persons_language_unless_another_is_asked_for(copy, db, tmp_path, arguments, language):
    person(language="en")
    assert copy("kari@gjest.example", *arguments).code == 0
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert f'lang="{language}"'.encode() in archive.read("data/index.html")


def test_what_a_person_claimed_is_in_the_copy_of_both_keys(copy, kari, tmp_path):
    stray = person(verified=True)
    claim_subject(kari.subject, claimed=stray, by=None)
    copy(stray.pk)
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert json.loads(archive.read("data/export.json"))["subject"]["id"] == str(kari.subject.pk)


def test_it_is_noted_after_it_was_written(copy, kari, ola):
    copy(kari.email)
    entry = TrailEntry.objects.get(action="copy.exported")
    assert (entry.subject, entry.actor, entry.reason) == (kari.subject.pk, None, "privacy_copy")


def test_only_its_owner_may_read_it_and_an_older_one_is_replaced(copy, kari, tmp_path):
    older = tmp_path / "copy.zip"
    older.write_bytes(b"older")
    older.chmod(0o644)
    assert copy(kari.email).code == 0
    assert older.stat().st_mode & 0o777 == 0o600 and zipfile.is_zipfile(older) and names_in(tmp_path) == ["copy.zip"]


def test_what_somebody_laid_beside_it_is_never_written_into(copy, kari, tmp_path):
    trap, elsewhere = tmp_path / ".copy.zip.part", tmp_path / "elsewhere"
    trap.symlink_to(elsewhere)
    assert copy(kari.email).code == 0
    assert names_in(tmp_path) == [".copy.zip.part", "copy.zip"] and not elsewhere.exists()


# What goes wrong


@pytest.fixture
def refused(copy, kari, everything, tmp_path):
    """`refused(WHO, …)` must end badly, write nothing into the database and leave the folder as it was."""

    def refuse(*arguments, code=1, **more):
        rows, names = everything(), names_in(tmp_path)
        ended = copy(*arguments, "--format", "json", **more)
        assert ended.is_refused(code) and ended.out == ""
        assert everything() == rows and names_in(tmp_path) == names
        return ended.err

    return refuse


def test_unknown_malformed_and_ambiguous_persons_are_refused(refused):
    assert "Nobody here" in refused("nobody@gjest.example")
    assert "UUID" in refused("Kari Gjest", code=2)
    for _ in range(2):
        person("twice@gjest.example", verified=False)
    assert "Several persons" in refused("twice@gjest.example")


def test_output_and_language_are_checked(run, kari, refused):
    assert "--output" in run("privacy_copy", kari.email).err
    assert run("privacy_copy", kari.email).is_refused(2)
    assert "--language" in refused(kari.email, "--language", "se", code=2)


class FullDisk:
    """A disk with room for a hundred bytes."""

    def __init__(self, number, mode):
        self.file, self.room = os.fdopen(number, mode), 100

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.file.close()

    def write(self, data):
        self.file.write(data[: self.room])
        self.file.flush()
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_nothing_behind_and_an_older_copy_as_it_was(refused, kari, monkeypatch, tmp_path):
    monkeypatch.setattr(privacy_copy, "os", SimpleNamespace(fdopen=FullDisk))
    assert os.strerror(errno.ENOSPC) in refused(kari.email) and names_in(tmp_path) == []
    (tmp_path / "copy.zip").write_bytes(b"older")
    refused(kari.email)
    assert (tmp_path / "copy.zip").read_bytes() == b"older"


@pytest.mark.parametrize(
    ("problem", "word"), [(vault.Damaged(), "damaged"), (vault.WrongKey(), "FIELD_KEYS"), (TimeoutError(), "Timeout")]
)
def test_what_fails_half_way_leaves_nothing_behind(refused, kari, monkeypatch, problem, word):
    def fail(self, archive):
        raise problem

    monkeypatch.setattr(bag.Bag, "_finish", fail)
    assert word in refused(kari.email)


def test_where_nothing_can_be_written_nothing_is(refused, kari, tmp_path):
    (tmp_path / "file").write_text("a file")
    (tmp_path / "folder").mkdir()
    for place in ("missing/copy.zip", "file/copy.zip", "folder"):
        assert str(tmp_path / place) in refused(kari.email, output=tmp_path / place)
    assert names_in(tmp_path / "folder") == []


@pytest.mark.parametrize("output", ["", ".", "/"])
def test_an_output_that_names_no_file_is_a_mistake_of_use(refused, kari, output):
    assert "copy.zip" in refused(kari.email, output=output, code=2)
