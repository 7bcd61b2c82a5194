"""The copy as anybody can check it: with sha256sum, a ZIP reader and a JSON reader."""

import hashlib
import io
import json
import re
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.utils.translation import get_language, override

from privacy import bag, bag_documents, vault
from privacy.actions import build_copy, give_consent, log_disclosure, place_hold
from privacy.models import ConsentState
from tests.toy.factories import guest_file
from tests.toy.models import Guest

NOW = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


def build(person, language="nb", **more):
    return build_copy(person.subject, language=language, as_of=NOW, **more)


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def contents(person, **more):
    return opened(b"".join(build(person, **more)))


def lines_of(manifest):
    return dict(reversed(line.split("  ", 1)) for line in manifest.decode().splitlines())


@pytest.fixture
def full(kari, wording, ferry):
    """Kari with a consent, a disclosure and a hold."""
    give_consent(kari.subject, text=wording, method="form", by=None)
    log_disclosure(kari.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
    hold = {"ground": "statutory", "law": "bokføringsloven § 13", "reason": "x", "until": date(2031, 12, 31)}
    place_hold(kari.bill, subject=kari.subject, by=None, **hold)
    return kari


def test_every_file_is_listed_and_every_sum_is_right(full):
    files = contents(full)
    payload, tags = lines_of(files["manifest-sha256.txt"]), lines_of(files["tagmanifest-sha256.txt"])
    assert set(payload) == {name for name in files if name.startswith("data/")}
    assert set(tags) == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"}
    assert set(files) == set(payload) | set(tags) | {"tagmanifest-sha256.txt"}
    assert {name: hashlib.sha256(files[name]).hexdigest() for name in payload | tags} == payload | tags
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    total = sum(len(files[name]) for name in payload)
    assert f"Payload-Oxum: {total}.{len(payload)}" in files["bag-info.txt"].decode()


def test_one_changed_byte_shows(full):
    files = contents(full)
    name = "data/records/toy.guest.json"
    changed = files[name].replace(b"Kari", b"Kira", 1)
    assert changed != files[name]
    assert hashlib.sha256(changed).hexdigest() != lines_of(files["manifest-sha256.txt"])[name]


def test_every_json_parses_and_no_name_comes_from_the_person(full):
    files = contents(full)
    documents = {name: json.loads(data) for name, data in files.items() if name.endswith(".json")}
    assert len(documents) > 10
    assert all(re.fullmatch(r"[a-z0-9./_-]+", name) and ".." not in name for name in files)
    assert "kari" not in " ".join(files).lower()


def test_the_export_says_who_why_and_what(full):
    files = contents(full)
    export = json.loads(files["data/export.json"])
    assert (export["schema"], export["complete"], export["generated"]) == (
        "cn-export/1.0", True, "2026-03-01T11:30:00Z",
    )  # fmt: skip
    assert export["controller"]["country"] == "NO" and export["authority"]["name"] == "Datatilsynet"
    assert export["subject"]["id"] == str(full.subject.pk)
    stays = next(row for row in export["processing"] if row["code"] == "toy-stays")
    assert stays["dpv:hasLegalBasis"] == "eu-gdpr:A6-1-a" and "eu-gdpr:A7-3" in stays["dpv:hasRight"]
    bills = next(row for row in export["records"] if row["file"] == "records/toy.bill.json")
    assert (bills["items"], bills["keptUntil"]) == (1, "2031-12-31")
    assert export["recipients"] == [{"name": "Fergen AS", "role": "dpv:ThirdParty", "country": "NO", "disclosures": 1}]
    listed = {part["path"]: part["sha256"] for part in export["manifest"]}
    assert listed == {
        name: digest for name, digest in lines_of(files["manifest-sha256.txt"]).items() if name != "data/export.json"
    }


def test_records_consents_and_disclosures(full):
    files = contents(full)
    (item,) = json.loads(files["data/records/toy.bill.json"])["items"]
    assert item["values"]["buyer_name"] == "Kari AS" and item["hold"]["law"] == "bokføringsloven § 13"
    (consent,) = json.loads(files["data/consents.json"])
    assert (consent["state"], consent["wording"]) == ("given", "Kan vi skrive til deg?")
    (disclosure,) = json.loads(files["data/disclosures.json"])
    assert (disclosure["recipient"], disclosure["fields"]) == ("Fergen AS", ["name"])
    state = ConsentState.objects.get()
    state.event.text = state.valid_until = None
    assert bag_documents.consent_json(state)["wording"] == ""


def test_secrets_and_what_is_about_others_is_withheld_with_the_reason(full):
    files = contents(full)
    everything = b"".join(files.values()).decode(errors="ignore")
    assert "Kari-code" not in everything and "Karis mother" not in everything
    withheld = {(row["file"], row["field"]): row["reason"] for row in json.loads(files["data/withheld.json"])}
    assert withheld["records/toy.guest.json", "door_code"] and "15" in withheld["records/toy.guest.json", "next_of_kin"]
    assert all(reason for reason in withheld.values())


def test_files_are_as_they_were_uploaded(full):
    files = contents(full)
    assert files[f"data/files/{full.file.file.pk}.pdf"] == b"passport of Kari"
    odd = guest_file(full.guest, b"odd", name="x.exe", media_type="application/x-odd")
    assert contents(full)[f"data/files/{odd.file.pk}.bin"] == b"odd"


@pytest.mark.parametrize("damage", ["missing", "first byte", "last byte", "key"])
def test_a_damaged_file_is_noted_and_the_rest_is_delivered(full, damage):
    stored = guest_file(full.guest, b"x" * 200_000, compartment="kept").file
    path = Path(storages["people"].path(stored.storage_name))
    if damage == "missing":
        path.unlink()
    elif damage == "key":
        vault.destroy_keys([full.subject.pk], ["kept"])
    else:
        sealed = bytearray(path.read_bytes())
        sealed[100 if damage == "first byte" else -1] ^= 1
        path.write_bytes(sealed)
    built = build(full)
    files = opened(b"".join(built))
    assert built.damaged == [str(stored.pk)]
    assert not any(str(stored.pk) in name for name in files)
    assert files[f"data/files/{full.file.file.pk}.pdf"] == b"passport of Kari"
    assert json.loads(files["data/export.json"])["complete"] is False
    assert f"files/{stored.pk}" in [row["file"] for row in json.loads(files["data/withheld.json"])]


def test_a_missing_house_key_is_no_damage_and_stops_the_copy(full, settings):
    settings.FIELD_KEYS = ["b" * 43 + "="]
    with pytest.raises(vault.WrongKey):
        contents(full)


def test_two_copies_of_the_same_are_the_same(full):
    assert b"".join(build(full)) == b"".join(build(full))
    assert contents(full, language="en")["data/index.html"] != contents(full)["data/index.html"]


def test_it_speaks_its_language_and_leaves_the_callers_alone(full):
    with override("en"):
        pieces = iter(build(full, language="nb"))
        for _number in range(3):
            next(pieces)
            assert get_language() == "en"
        b"".join(pieces)
    assert (
        b'lang="nb"' in contents(full)["data/index.html"]
        and b'lang="en"' in contents(full, language="en")["data/index.html"]
    )


def test_it_says_how_far_it_has_come(full):
    seen = []
    b"".join(build(full, on_part=lambda done, everything: seen.append((done, everything))))
    assert seen[-1][0] == seen[-1][1] == len(seen) and [done for done, _all in seen] == list(range(1, len(seen) + 1))


def test_a_big_file_needs_little_memory(kari):
    big = 30 * 1024 * 1024
    Guest.objects.filter(pk=kari.guest.pk).update(name="x")
    guest_file(kari.guest, b"0" * big)
    assert Path(django_settings.VAR).exists()
    size = 0
    tracemalloc.start()
    for piece in build(kari):
        size += len(piece)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > big and peak < 8 * 1024 * 1024


def test_a_reader_over_pieces_gives_what_was_asked_for():
    def reader():
        return bag.Readable([b"abc", b"", b"defg"])

    assert reader().read() == b"abcdefg"
    stream = reader()
    assert [stream.read(2), stream.read(4), stream.read(9), stream.read(1)] == [b"ab", b"cdef", b"g", b""]


def test_the_sink_of_the_archive_holds_nothing_back():
    sink = bag._Sink()
    assert sink.write(b"ab") == 2 and sink.flush() is None
    assert (sink.take(), sink.take()) == (b"ab", b"")
