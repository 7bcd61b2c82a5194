"""One contract for people's files and public pictures, held in a folder and in a bucket on a real server process."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages


@pytest.fixture(params=["folder", "bucket"])
def people(request):
    if request.param == "bucket":
        request.getfixturevalue("s3")
    return storages["people"]


@pytest.fixture(params=["folder", "bucket"])
def public(request):
    if request.param == "bucket":
        request.getfixturevalue("s3")
    return storages["default"]


def test_what_is_saved_is_opened_and_listed(people):
    name = people.save("cv/one.bin", ContentFile(b"\x00sealed"))
    with people.open(name) as stored:
        assert stored.read() == b"\x00sealed"
    assert people.exists(name)
    assert people.size(name) == 7
    assert people.listdir("cv") == ([], ["one.bin"])
    assert len(people.versions(name)) == 1


def test_the_same_name_twice_never_overwrites(people):
    first = people.save("cv/one.bin", ContentFile(b"first"))
    second = people.save("cv/one.bin", ContentFile(b"second"))
    assert first != second
    with people.open(first) as stored:
        assert stored.read() == b"first"


def test_erasing_leaves_nothing_and_spares_the_neighbour(people):
    name = people.save("cv/one.bin", ContentFile(b"one"))
    neighbour = people.save("cv/one.bin.other", ContentFile(b"other"))
    assert people.versions(name)
    people.erase(name)
    assert not people.exists(name)
    assert people.versions(name) == []
    with people.open(neighbour) as stored:
        assert stored.read() == b"other"


def test_erasing_twice_and_erasing_nothing_are_quiet(people):
    name = people.save("cv/one.bin", ContentFile(b"one"))
    people.erase(name)
    people.erase(name)
    people.erase("cv/never-there.bin")
    assert people.versions(name) == []


def test_a_person_s_file_has_no_address(people):
    name = people.save("cv/one.bin", ContentFile(b"one"))
    with pytest.raises(ValueError, match="have no address"):
        people.url(name)


@pytest.mark.parametrize("name", ["../outside.bin", "/etc/outside.bin", "cv/../../outside.bin"])
def test_a_name_cannot_leave_the_store(people, name):
    with pytest.raises(Exception) as refused:  # noqa: PT011  each backend has its own words
        people.save(name, ContentFile(b"x"))
    assert type(refused.value).__name__ == "SuspiciousFileOperation"


def test_a_deleted_object_leaves_versions_that_erasing_removes(s3):
    people = storages["people"]
    name = people.save("cv/one.bin", ContentFile(b"one"))
    s3.client.put_object(Bucket=s3.bucket, Key=f"people/{name}", Body=b"two")
    people.delete(name)
    assert not people.exists(name)
    # Two versions and a delete marker: what a bucket with versions keeps although the object is gone.
    assert len(people.versions(name)) == 3
    people.erase(name)
    assert people.versions(name) == []
    listed = s3.client.list_object_versions(Bucket=s3.bucket)
    assert (listed.get("Versions", []), listed.get("DeleteMarkers", [])) == ([], [])


def test_a_person_s_object_is_refused_without_credentials(s3):
    name = storages["people"].save("cv/one.bin", ContentFile(b"one"))
    address = f"{s3.endpoint}/{s3.bucket}/people/{name}"
    assert s3.client.get_object(Bucket=s3.bucket, Key=f"people/{name}")["Body"].read() == b"one"
    with pytest.raises(HTTPError) as refused:
        urlopen(address, timeout=5)
    assert refused.value.code == 403
    refused.value.close()


def test_public_pictures_have_a_plain_address(public):
    name = public.save("images/one.png", ContentFile(b"png"))
    with public.open(name) as stored:
        assert stored.read() == b"png"
    assert public.url(name).endswith("media/images/one.png")
    public.delete(name)
    assert not public.exists(name)


def test_both_kinds_lie_apart(s3):
    storages["people"].save("one.bin", ContentFile(b"one"))
    storages["default"].save("one.bin", ContentFile(b"one"))
    keys = [item["Key"] for item in s3.client.list_objects_v2(Bucket=s3.bucket)["Contents"]]
    assert sorted(keys) == ["media/one.bin", "people/one.bin"]


def test_a_folder_of_people_s_files_is_closed_to_others():
    people = storages["people"]
    assert isinstance(people, FileSystemStorage)
    name = people.save("cv/one.bin", ContentFile(b"one"))
    from pathlib import Path

    path = Path(people.path(name))
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"
