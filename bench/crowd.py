"""Very many invented people, made by the database itself: contacts with five related rows each."""

from datetime import date

from django.db import connection

from bench import people
from bench.people import RELATED
from crm.models import Contact, Interaction
from privacy.models import DataSubject


def make(count: int, *, day_of: dict[int, tuple[date, int, int]], otherwise: date) -> None:
    """``count`` contacts. ``day_of`` {name: (day, modulus, remainder)} says who was last dealt with when, scattered
    over all of them; the others on the day ``otherwise``. One model person is made by Django and multiplied."""
    (model,) = people.make(1, dealt_with_on=otherwise)
    day = " ".join(f"WHEN n %% {modulus} = {rest} THEN '{on}'" for on, modulus, rest in day_of.values())
    day = f"CASE {day} ELSE '{otherwise}' END"
    day = f"({day})::date" if connection.vendor == "postgresql" else day
    _multiply(DataSubject, model.subject_id, count, {"id": _key(0, "n")})
    _multiply(
        Contact,
        model.pk,
        count,
        {
            "id": _key(1, "n"),
            "subject_id": _key(0, "n"),
            "email": "'person' || n || '@kunde.example'",
            **dict.fromkeys(("collected_on", "last_dealt_with_on", "clock_starts_on"), day),
        },
    )
    first = model.interactions.first().pk
    changed = {"contact_id": _key(1, "n"), "subject_id": _key(0, "n"), "happened_on": day}
    for number in range(RELATED):
        _multiply(Interaction, first, count, {"id": _key(2 + number, "n"), **changed})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _multiply(model, key, count: int, changed: dict[str, str]) -> None:
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    key = key if connection.vendor == "postgresql" else key.hex
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_series(count)} INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608  our own names
            f" SELECT {values} FROM {table} t, series WHERE t.id = %s",
            [key],
        )


def _series(count: int) -> str:
    if connection.vendor == "postgresql":
        return f"WITH series AS (SELECT n FROM generate_series(1, {count}) n)"
    return f"WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count})"


def _key(kind: int, number: str) -> str:
    """A key that is spread over the whole range like a random one."""
    scattered = f"(({number} * 2654435761 + {kind} * 40503) %% 4294967296)"
    if connection.vendor == "postgresql":
        scattered = scattered.replace(number, f"{number}::bigint", 1)
        parts = ((scattered, 8), (kind, 4), (number, 20))
        return f"({' || '.join(_hex(part, width) for part, width in parts)})::uuid"
    return f"printf('%%08x%%04x%%020x', {scattered}, {kind}, {number})"


def _hex(part, width: int) -> str:
    return f"lpad(to_hex({part}), {width}, '0')"
