"""The copy as anybody can check it: with sha256sum, a ZIP reader and a JSON reader."""

import hashlib
import json
import re
import subprocess
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.utils.translation import get_language, override

from privacy import registry, vault
from privacy.actions import give_consent, log_disclosure, place_hold
from privacy.bag import IN_HAND
from privacy.models import ConsentEvent, DataSubject, Restriction, StoredFile
from tests.privacy.bags import NOW, build, contents, document, lines_of, opened
from tests.toy.factories import guest_file
from tests.toy.models import Guest


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


def test_sha256sum_agrees_and_one_changed_byte_shows(full, tmp_path):
    files = contents(full)
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)

    def check():
        command = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={"LC_ALL": "C"})

    assert (check().returncode, check().stdout) == (0, "")
    name = "data/records/toy.guest.json"
    changed = files[name].replace(b"Kari", b"Kira", 1)
    assert changed != files[name] and len(changed) == len(files[name])
    (tmp_path / name).write_bytes(changed)
    assert check().returncode == 1 and check().stdout == f"{name}: FAILED\n"


def test_every_json_parses_and_no_name_comes_from_the_person(full):
    files = contents(full)
    documents = {name: json.loads(data) for name, data in files.items() if name.endswith((".json", ".jsonld"))}
    assert len(documents) > 20
    assert all(re.fullmatch(r"[a-z0-9./_-]+", name) and not name.startswith("/") for name in files)
    assert not any(".." in name for name in files)
    assert "kari" not in " ".join(files).lower()


def test_the_records_are_complete(full):
    guests = document(full, "records/toy.guest.json")
    assert set(guests) == {"title", "activity", "purpose", "basis", "rule", "items"}
    (item,) = guests["items"]
    assert item["id"] == str(full.guest.pk) and item["values"]["diet"] == ["Kari eats fish"]
    assert item["scope"]["name"] == "provided" and item["labels"]["name"] == "Name"
    (bill,) = document(full, "records/toy.bill.json")["items"]
    assert bill["values"]["buyer_name"] == "Kari AS" and bill["hold"]["law"] == "bokføringsloven § 13"
    assert bill["keptUntil"] == "2031-12-31"


def test_one_file_has_it_all(full):
    files = contents(full)
    everything = json.loads(files["data/everything.json"])
    assert everything["schema"] == "cn-export/1.0"
    one_by_one = [json.loads(files[f"data/{row['file']}"]) for row in everything["records"]]
    assert everything["classes"] == one_by_one and len(one_by_one) > 10


def test_each_consent_has_its_record_and_each_answer_its_receipt(full):
    files = contents(full)
    event = ConsentEvent.objects.get()
    assert "Kan vi skrive til deg?" in files[f"data/consents/{event.pk}.jsonld"].decode()
    assert [name for name in files if "/consents/" in name] == [f"data/consents/{event.pk}.jsonld"]
    assert [name for name in files if "/receipts/" in name] == [f"data/receipts/{event.pk}.json"]


def test_secrets_and_what_is_about_others_are_nowhere(full):
    everything = b"".join(contents(full).values()).decode(errors="ignore")
    assert "Kari says" in everything
    assert "Kari-code" not in everything and "Karis mother" not in everything


def test_a_person_whose_use_is_stopped_gets_everything_all_the_same(full):
    before = document(full, "everything.json")["classes"]
    DataSubject.objects.filter(pk=full.subject.pk).update(state="restricted")
    Restriction.objects.create(subject=full.subject, model="toy.Guest", object_pk=str(full.guest.pk), ground="claim")
    after = {row["title"]: row["items"] for row in document(full, "everything.json")["classes"]}
    assert all(len(after[row["title"]]) == len(row["items"]) for row in before) and len(after) == len(before) + 1


def test_files_are_as_they_were_uploaded(full):
    odd = guest_file(full.guest, b"odd", name="x.exe", media_type="application/x-odd")
    files = contents(full)
    assert files[f"data/uploads/{full.file.file.pk}.pdf"] == b"passport of Kari"
    assert files[f"data/uploads/{odd.file.pk}.bin"] == b"odd"
    page = files["data/index.html"].decode()
    assert f'<a href="uploads/{full.file.file.pk}.pdf">' in page


def test_an_owner_places_its_files_and_adds_its_documents(full, monkeypatch):
    def stays(about):
        yield "stays/all.json", (record.key for _row, record in about.rows(Guest))
        yield f"stays/files/{full.file.file.pk}", StoredFile.objects.get()
        yield "stays/none.json", []

    monkeypatch.setattr(registry, "_documents", {"stays": stays, "nothing": lambda about: iter(())})
    files = contents(full)
    assert json.loads(files["data/stays/all.json"]) == [str(full.guest.pk)]
    assert files[f"data/stays/files/{full.file.file.pk}.pdf"] == b"passport of Kari"
    assert not any(name.startswith("data/uploads/") for name in files)
    export = json.loads(files["data/export.json"])
    assert export["documents"]["stays"] == ["stays/all.json", "stays/none.json"]
    assert export["notHeld"]["nothing"] == "nothing held"


@pytest.mark.parametrize("path", ["../up.json", "Kari.json", "/abs.json", "a//b.json", "index.html", "a b.json"])
def test_a_path_that_may_not_be_is_refused(full, monkeypatch, path):
    first = "index.html" if path == "index.html" else "fine.json"
    monkeypatch.setattr(registry, "_documents", {"x": lambda about: iter([(first, [1]), (path, [1])])})
    with pytest.raises(ValueError, match="small letters, and used once") as refused:
        contents(full)
    assert path not in str(refused.value)


def test_documents_are_registered_once():
    assert {"applications", "interactions", "orders"} <= set(registry.document_makers())
    with pytest.raises(registry.DeclarationError, match="orders are registered twice"):
        registry.documents("orders")(lambda about: ())


@pytest.mark.parametrize("size", [200_000, IN_HAND + 1])
@pytest.mark.parametrize("damage", ["missing", "first byte", "last byte", "key"])
def test_a_damaged_file_is_noted_and_the_rest_is_delivered(full, damage, size):
    stored = guest_file(full.guest, b"x" * size, compartment="kept").file
    path = Path(storages["people"].path(stored.storage_name))
    assert contents(full)[f"data/uploads/{stored.pk}.pdf"] == b"x" * size
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
    assert files[f"data/uploads/{full.file.file.pk}.pdf"] == b"passport of Kari"
    assert json.loads(files["data/export.json"])["complete"] is False
    withheld = {row["file"]: row["reason"] for row in json.loads(files["data/withheld.json"])}
    assert withheld[f"uploads/{stored.pk}.pdf"] in files["data/index.html"].decode()


def test_a_missing_house_key_is_no_damage_and_stops_the_copy(full, settings):
    settings.FIELD_KEYS = ["b" * 43 + "="]
    with pytest.raises(vault.WrongKey):
        contents(full)


def test_two_copies_of_the_same_differ_in_time_and_number_only(full):
    assert b"".join(build(full)) == b"".join(build(full))
    later = NOW + timedelta(hours=1)
    files, again = contents(full), contents(full, as_of=later)
    assert list(files) == list(again)
    other = {name for name in files if files[name] != again[name]}
    assert other == {
        "data/index.html",
        "data/export.json",
        "data/everything.json",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
    }
    export, exported = json.loads(files["data/export.json"]), json.loads(again["data/export.json"])
    assert {name for name in export if export[name] != exported[name]} == {"generated", "dct:identifier", "manifest"}


def test_it_speaks_its_language_and_leaves_the_callers_alone(full):
    with override("en"):
        pieces = iter(build(full, language="nb"))
        for _number in range(3):
            next(pieces)
            assert get_language() == "en"
        b"".join(pieces)
    for language, title in (("nb", "Det vi har om deg"), ("en", "What we hold about you")):
        page = contents(full, language=language)["data/index.html"].decode()
        assert f'<html lang="{language}">' in page and f"<h1>{title}</h1>" in page


def test_the_page_needs_nothing_from_elsewhere_and_says_where_to_complain(full):
    page = contents(full)["data/index.html"].decode()
    assert "Kari eats fish" in page and "Postboks 458 Sentrum, 0105 Oslo" in page
    assert not re.search(r"<script|<link|<img|<iframe|https?://|javascript:|url\(", page)
    assert all(address.startswith(("#", "uploads/")) for address in re.findall(r'href="([^"]*)"', page))
    # One h1, and no level left out.
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    anchors, ids = set(re.findall(r'href="#([^"]*)"', page)), re.findall(r' id="([^"]*)"', page)
    assert anchors <= set(ids) and len(ids) == len(set(ids))


def test_what_somebody_typed_stays_text_on_the_page(full):
    Guest.objects.filter(pk=full.guest.pk).update(name="<script>alert(1)</script>")
    page = contents(full)["data/index.html"].decode()
    assert "&lt;script&gt;alert(1)" in page and "<script" not in page


def test_somebody_about_whom_nothing_is_held_gets_a_copy_that_says_so(db):
    from tests.toy.factories import person

    subject = person(verified=False)
    export = document(type("Nobody", (), {"subject": subject}), "export.json")
    assert {"account.json", "profile.json", "events.jsonl", "orders", "applications"} <= set(export["notHeld"])
    assert export["complete"] is True and export["recipients"] == []


def test_it_says_how_far_it_has_come_and_that_it_is_alive(full):
    seen, signs = [], []
    b"".join(
        build(full, on_part=lambda done, everything: seen.append((done, everything)), alive=lambda: signs.append(1))
    )
    assert seen[-1][0] == seen[-1][1] == len(seen) and [done for done, _all in seen] == list(range(1, len(seen) + 1))
    assert len(signs) > len(seen)


def test_a_big_file_needs_little_memory(kari):
    big = 30 * 1024 * 1024
    guest_file(kari.guest, b"0" * big)
    b"".join(build(kari))
    size = 0
    tracemalloc.start()
    for piece in build(kari):
        size += len(piece)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > big and peak < 8 * 1024 * 1024
