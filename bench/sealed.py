"""Sealed columns against plain ones, in the same run: through the driver, through Django, and against Fernet."""

import os
from datetime import date

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from bench import people
from bench.figure import Figure, in_turn
from crm.models import Contact
from privacy import vault
from privacy.models import DataSubject, PersonKey
from privacy.vault.keyring import ring
from privacy.vault.people import sealed_fields, wrap_aad
from privacy.vault.sealing import open_with, seal_with

ROWS = 10_000
TABLE = "bench_sealed"
# What a row holds: an identity number, an address, and a text of some 370 letters.
TEXTS = ("identity number 00000000000", "Prøveveien 12, 0001 Oslo", "Spurte om dyser, sand og levering. " * 11)


def measure(scale: int):
    people.make(scale, dealt_with_on=date(2026, 6, 1), sealed=True)
    plain, unread, opened = in_turn(lambda: [row.full_name for row in Contact.objects.defer("phone")], _unread, _opened)
    yield Figure("listing people without opening a sealed column", "the same list", unread, plain, 1.3)
    yield Figure("listing people with the sealed phone opened", "the list without it", opened, unread, 3)
    if vault.meter.opened < scale or not sealed_fields(Contact):
        raise RuntimeError("Nothing was opened; the times mean nothing.")
    Contact.objects.all().delete()
    yield from _through_the_driver()


def _unread():
    return [row.full_name for row in Contact.objects.all()]


def _opened():
    rows = list(Contact.objects.all())
    vault.unlock(rows)
    return [row.phone for row in rows]


def _through_the_driver():
    """10,000 rows of three values each, stored plain, sealed for their person, and by Fernet with one key."""
    fernet = Fernet(Fernet.generate_key())
    _fill(fernet)
    plain, sealed, other = in_turn(_read_plain, _read_sealed, lambda: _read_fernet(fernet))
    if [tuple(row) for row in _read_plain()] != _read_sealed():
        raise RuntimeError("What was opened is not what was stored; the times mean nothing.")
    yield Figure("opening 10,000 sealed rows through the driver", "reading them plain", sealed, plain, 7)
    yield Figure("opening 10,000 sealed rows through the driver", "opening them with Fernet", sealed, other, 0.4)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def _fill(fernet):
    subjects = DataSubject.objects.bulk_create([DataSubject() for _ in range(ROWS)], batch_size=1000)
    chest = vault.KeyChest()
    chest.make([(subject.pk, "main") for subject in subjects])
    own, kind = ("uuid", "bytea") if connection.vendor == "postgresql" else ("char(32)", "blob")
    forms = (("p", "text"), ("s", kind), ("f", kind))
    columns = ", ".join(f"{name}{number} {form}" for name, form in forms for number in range(3))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, subject_id {own}, who text, {columns})")
        cursor.executemany(
            f"INSERT INTO {TABLE} VALUES ({', '.join(['%s'] * 12)})",
            [_row(number, subject.pk, chest, fernet) for number, subject in enumerate(subjects)],
        )


def _row(number: int, subject, chest, fernet) -> list:
    # A few random letters, so that no database packs equal values away.
    texts = [f"{text}{os.urandom(4).hex()}" for text in TEXTS]
    cipher = chest.cipher(subject, "main", to_seal=True)
    sealed = [_seal(cipher, text, place) for place, text in enumerate(texts)]
    own = PersonKey._meta.get_field("subject").get_db_prep_value(subject, connection)
    return [number, own, str(subject), *texts, *sealed, *(fernet.encrypt(text.encode()) for text in texts)]


def _seal(cipher, text: str, place: int) -> bytes:
    return seal_with(cipher, text.encode(), _aad(place))


def _aad(place: int) -> bytes:
    return f"{TABLE}/{place}".encode()


def _fetch(columns: str, joined: str = ""):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {TABLE} {joined} ORDER BY {TABLE}.id")
        return cursor.fetchall()


def _read_plain():
    return _fetch("p0, p1, p2")


def _read_sealed():
    """The key of each person comes with the row and is unwrapped for it, as where every row has a person of its own."""
    name = PersonKey._meta.db_table
    rows = _fetch("who, wrapped, kek_id, s0, s1, s2", f"JOIN {name} USING (subject_id)")
    unwrap, (one, two, three) = ring().unwrap, [_aad(place) for place in range(3)]
    opened = []
    for who, wrapped, kek_id, first, second, third in rows:
        cipher = AESGCM(unwrap(wrapped, kek_id, aad=wrap_aad(who, "main")))
        texts = open_with(cipher, first, one), open_with(cipher, second, two), open_with(cipher, third, three)
        opened.append((texts[0].decode(), texts[1].decode(), texts[2].decode()))
    return opened


def _read_fernet(fernet):
    return [tuple(fernet.decrypt(bytes(value)).decode() for value in row) for row in _fetch("f0, f1, f2")]
