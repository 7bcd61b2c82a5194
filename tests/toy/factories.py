"""Guests with everything the toy house may hold about them."""

import io
from datetime import date
from types import SimpleNamespace

from privacy.actions import register_subject, store_file
from privacy.fields import Sealed
from privacy.reach import rows_of
from privacy.registry import declarations
from tests.toy.models import Bill, Booking, DoorLog, Guest, GuestFile, Meal, Remark
from tests.toy.personal_data import address_key


def person(email="kari@gjest.example", *, verified=True, language="nb"):
    return register_subject(role="guest", language=language, email=email, verified=verified, by=None)


def guest(subject, **fields):
    defaults = {"name": "Kari Gjest", "email": "kari@gjest.example", "visited_on": date(2026, 1, 31)}
    return Guest.objects.create(subject=subject, **{**defaults, **fields})


def booking(guest, **fields):
    return Booking.objects.create(guest=guest, subject=guest.subject, **{"wish": "sea view", **fields})


def bill(subject, **fields):
    return Bill.objects.create(subject=subject, **{"issued_on": date(2026, 1, 31), "buyer_name": "Kari AS", **fields})


def guest_file(guest, content=b"passport", name="pass.pdf", media_type="application/pdf", **fields):
    stored = store_file(
        guest.subject, stream=io.BytesIO(content), display_name=name, media_type=media_type, by=None, **fields
    )
    return GuestFile.objects.create(guest=guest, file=stored, caption="a file")


def house(email="kari@gjest.example", *, word="Kari", **more):
    """One person with a row of every class of the toy house; ``word`` stands in every text."""
    subject = person(email, **more)
    here = guest(
        subject,
        name=f"{word} Gjest",
        email=email,
        phone=f"{word} 22",
        diet=[f"{word} eats fish"],
        door_code=f"{word}-code",
        next_of_kin=f"{word}s mother",
    )
    bed = booking(here, wish=f"{word} wishes")
    return SimpleNamespace(
        subject=subject,
        email=email,
        guest=here,
        booking=bed,
        meal=Meal.objects.create(booking=bed, dish=f"{word} soup"),
        bill=bill(subject, buyer_name=f"{word} AS", note=f"{word} noted", whisper=f"{word} whispers", tip=3),
        remark=Remark.objects.create(subject=subject, text=f"{word} says", signature=word, stars=5, tags=[word]),
        file=guest_file(here, content=f"passport of {word}".encode(), name=f"{word}.pdf"),
        door=DoorLog.objects.create(address_key=address_key(email), door=f"door {word}"),
    )


def rows_of_person(subject, *, but=()):
    """Every declared row of a person as it lies in the database, bytes of sealed columns included."""
    return {
        declaration.name(): sorted(map(_plain, rows_of(declaration, subject.group()).values()), key=str)
        for declaration in declarations()
        if declaration.name() not in but
    }


def _plain(row):
    return {name: value.data if isinstance(value, Sealed) else value for name, value in row.items()}


def counts_of(subject):
    """How many rows of each class a person has, empty classes left out."""
    return {name: len(rows) for name, rows in rows_of_person(subject).items() if rows}
