"""Every place that can hold a text is searched, and a place a law keeps says which."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from cn_portal.accounts.models import AccountSession
from privacy import registry, vault
from privacy.actions import give_consent, place_hold, queue_mail
from privacy.actions.mail import write_mail
from privacy.fields import SealedTextField
from privacy.models import StoredFile
from privacy.queries import find_text
from tests.toy.factories import guest, guest_file, person
from tests.toy.models import Booking, Guest, Meal, Remark, Room


def find(text):
    with override("en"):
        return {hit.place: (hit.count, hit.kept_because) for hit in find_text(text, now=timezone.now())}


def places(text):
    return set(find(text))


def test_a_neighbours_text_is_found_with_its_neighbours_only(kari, ola):
    assert places("Ola") and places("Ola") == places("Kari")
    assert find("Ola")["default:toy_guest.name"] == (1, "")


def test_nothing_is_found_for_nothing(kari):
    assert find_text("", now=timezone.now()) == find_text("  ", now=timezone.now()) == []
    assert places("nobody ever wrote this") == set()


@pytest.mark.parametrize("text", ["Åse Bjørnøy", "åse bjørnøy", "D'Arc 100% _x!", 'quote " and \\'])
def test_texts_in_columns_json_and_sealed_columns(db, text):
    subject = person()
    written = text if text != "åse bjørnøy" else "Åse Bjørnøy"
    guest(subject, name=f"x {text} y", diet=[f"{text} eats fish"], phone=written[:40])
    Remark.objects.create(subject=subject, more={"said": {text: 1}}, tags=[text], raw=b"x" + text.encode())
    found = places(text)
    assert {"default:toy_guest.name", "default:toy_guest.diet", "default:toy_guest.phone (sealed)"} <= found
    assert {"default:toy_remark.more", "default:toy_remark.tags"} <= found
    assert text != "D'Arc 100% _x!" or "default:toy_remark.raw" in found


def test_signs_of_the_database_are_taken_literally(kari):
    assert places("Ka%") == places("K_ri") == set()


def test_a_table_nobody_declared_is_searched_too(kari):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE stray_notes (note varchar(100))")
        cursor.execute("INSERT INTO stray_notes VALUES ('forgotten canary')")
    try:
        assert find("forgotten canary") == {"default:stray_notes.note": (1, "")}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE stray_notes")


def test_the_other_database_is_searched_too(kari):
    from privacy.models import ErasureLedger

    ErasureLedger.objects.create(subject=kari.subject.pk, cause="canary-cause")
    assert places("canary-cause") == {"ledger:privacy_erasureledger.cause"}


def test_contents_and_names_of_files(kari):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:t>zipped-canary</w:t>" * 100)
        archive.writestr("name-canary.txt", "x")
    guest_file(kari.guest, packed.getvalue(), name="cv.docx")
    guest_file(kari.guest, "bred-kanari Å".encode("utf-16-le"), name="wide.txt")
    guest_file(kari.guest, b"PK is no archive, broken-canary", name="fake.zip")
    guest_file(kari.guest, "latin-kanari Å".encode("latin-1"), name="old.txt")
    for text in ("zipped-canary", "name-canary", "bred-kanari å", "broken-canary", "latin-kanari å"):
        assert find(text) == {"files of people (opened)": (1, "")}, text
    assert places("old.txt") == {"default:privacy_storedfile.display_name (sealed)"}


def test_a_file_that_cannot_be_opened_stops_nothing(kari, ola):
    storages["people"].erase(kari.file.file.storage_name)
    assert find("passport of") == {"files of people (opened)": (1, "")}
    vault.destroy_keys([ola.subject.pk], ["main"])
    assert find("passport of") == {}


def test_names_of_objects(db):
    storages["default"].save("images/canary-portrait.txt", ContentFile(b"x"))
    assert places("Canary-Portrait") == {"object names in storage default"}


def test_sessions_are_opened(siv, client):
    client.force_login(siv, backend="cn_portal.accounts.backends.PasswordBackend")
    session = client.session
    session["basket"] = {"for": "sessioncanary"}
    session.save()
    assert AccountSession.objects.exists()
    assert places("sessioncanary") == {"sessions:accounts_accountsession"}


def test_queued_mail_is_opened_and_the_last_one_is_told_apart(db):
    values = {"to": "x@gjest.example", "template": "privacy/mail/erased", "language": "nb"}
    queue_mail(**values, context={"x": "mailcanary"})
    assert find("mailcanary") == {"queued mail": (1, "")}
    write_mail(**values, context={}, final=True)
    found = find("x@gjest.example")
    assert found["queued mail"] == (1, "")
    assert found["queued mail, the last one to a person"] == (1, "GDPR Art 12(3): until it has gone")


def test_stores_are_asked(db, monkeypatch):
    class Folder(registry.Store):
        def find(self, text):
            return 2 if text == "storecanary" else 0

    monkeypatch.setattr(registry, "_stores", {"folder": Folder()})
    assert find("storecanary") == {"store folder": (2, "")} and places("storeneighbour") == set()


def test_many_sealed_rows_are_opened_in_batches(kari):
    many = [Guest(subject=kari.subject, name="x", phone="batch-canary" if n == 700 else "y") for n in range(1001)]
    Guest.objects.bulk_create(vault.prepare(many))
    assert find("batch-canary") == {"default:toy_guest.phone (sealed)": (1, "")}
    assert isinstance(Guest._meta.get_field("phone"), SealedTextField)


# Why it is kept


def test_what_is_held_says_law_and_day(kari):
    values = {"ground": "statutory", "law": "bokføringsloven § 13", "reason": "x", "by": None}
    place_hold(kari.bill, subject=kari.subject, until=date(2031, 12, 31), **values)
    assert find("Kari noted") == {"default:toy_bill.note": (1, "bokføringsloven § 13: 2031-12-31")}
    assert find("Kari AS") == {"default:toy_bill.buyer_name (sealed)": (1, "bokføringsloven § 13: 2031-12-31")}


def test_only_when_all_rows_of_a_place_are_held_is_it_kept(kari, ola):
    Booking.objects.filter(pk=kari.booking.pk).update(open=True)
    assert find("Kari Gjest")["default:toy_guest.name"] == (1, "GDPR Art 6(1)(b): until the reason ends")
    assert find("Gjest")["default:toy_guest.name"] == (2, "")


def test_what_hangs_on_a_held_row_is_kept_with_it(kari):
    Booking.objects.update(open=True, open_until=date(2099, 1, 1))
    kept = "GDPR Art 6(1)(b): 2099-01-01"
    assert find("Kari soup") == {"default:toy_meal.dish": (1, kept)}
    assert find("Kari.pdf") == {"default:privacy_storedfile.display_name (sealed)": (1, kept)}
    assert find("passport of Kari") == {"files of people (opened)": (1, kept)}
    Meal.objects.update(booking=kari.booking)


def test_proof_says_law_and_last_day(kari, wording, frozen_day):
    frozen_day("2026-01-31")
    give_consent(kari.subject, text=wording, method="proofcanary", by=None)
    ((place, (count, why)),) = find("proofcanary").items()
    assert (place, count) == ("default:privacy_consentevent.method", 1)
    # The consent still stands: its proof has no last day yet.
    assert re.match(r"GDPR Art 5\(2\), 17\(3\)\(e\): no last day set\. ", why)


def test_an_excused_table_is_kept_for_no_reason(db):
    Room.objects.create(name="room-canary")
    assert find("room-canary") == {"default:toy_room.name": (1, "")}
    assert StoredFile.objects.count() == 0
