"""Every place that holds a text: tables and columns, sealed ones opened, files and papers, sessions, mail, cache, logs.

It walks the databases' own lists of tables, not the registry: a table nobody declared is searched too (margince#5855).
What no search can see stands in docs/office.md, section 10.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.files.storage import storages
from django.db import connections
from django.utils.translation import gettext as _

from privacy import registry, vault
from privacy.actions.files import open_file
from privacy.actions.mail import open_mail
from privacy.fields import read_sealed
from privacy.models import OutgoingMail, StoredFile
from privacy.planning import EVIDENCE_LAW, kept_now, last_day
from privacy.queries.find_documents import holds, holds_in_bytes
from privacy.queries.find_outside import in_cache, in_logs, in_papers
from privacy.reach import sealed_fields
from privacy.rules.deadlines import oslo_date

# PostgreSQL's number for the type of columns that hold bytes; cast to text they would show as hexadecimal digits.
BYTEA = 17
# Whoever searches is told of a kind of place that took this long.
SLOW = 3.0


@dataclass(frozen=True)
class Hit:
    """One place, how many of its items hold the text, and why they are kept: law and date, or empty."""

    place: str
    count: int
    kept_because: str = ""

    def as_json(self) -> dict:
        return {"place": self.place, "count": self.count, "kept_because": self.kept_because}


@dataclass(frozen=True)
class Found:
    """What one search found, and how long each kind of place took, in seconds; ``slow`` are those to know about."""

    hits: list[Hit]
    seconds: dict[str, float]

    @property
    def slow(self) -> list[str]:
        return sorted(name for name, taken in self.seconds.items() if taken >= SLOW)


def find_text(text: str, *, now) -> list[Hit]:
    """Every place that holds ``text`` (case-insensitive for letters the database folds), places sorted by name."""
    return find_everywhere(text, now=now).hits


def find_everywhere(text: str, *, now) -> Found:
    """The same with the time each kind of place took. Nothing of what was found is returned but where and how often."""
    text, day = text.strip(), oslo_date(now)
    if not text:
        return Found([], {})
    parts = {
        "tables": lambda: _in_tables(text, day),
        "sealed columns": lambda: _in_sealed(text, day),
        "sessions": lambda: _in_sessions(text),
        "queued mail": lambda: _in_mail(text),
        "files of people": lambda: _in_files(text, day),
        "object names": lambda: _in_object_names(text),
        "papers of the office": lambda: _outside("papers of the office (opened)", in_papers(text)),
        "cache": lambda: _outside("cache", in_cache(text)),
        "log files": lambda: _outside("log files", in_logs(text)),
        "stores": lambda: _in_stores(text),
    }
    hits, seconds = [], {}
    for name, part in parts.items():
        begun = time.monotonic()
        hits += part()
        seconds[name] = time.monotonic() - begun
    return Found(sorted(hits, key=lambda hit: hit.place), seconds)


def _outside(place: str, count: int) -> Iterator[Hit]:
    if count:
        yield Hit(place, count)


def _in_tables(text: str, day) -> Iterator[Hit]:
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for alias in connections:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in sorted(connection.introspection.table_names(cursor)):
                yield from _in_table(connection, cursor, table, models.get(table), text, day)


def _in_table(connection, cursor, table, model, text, day) -> Iterator[Hit]:
    for column in connection.introspection.get_table_description(cursor, table):
        if _is_opened_elsewhere(model, column.name):
            continue
        where, values = _condition(connection, column, text)
        quoted = connection.ops.quote_name(table)
        cursor.execute(f"SELECT COUNT(*) FROM {quoted} WHERE {where}", values)  # noqa: S608  names are quoted
        count = cursor.fetchone()[0]
        if count:
            keys = _keys(connection, cursor, model, table, where, values)
            yield Hit(f"{connection.alias}:{table}.{column.name}", count, _why(model, keys, day))


def _is_opened_elsewhere(model, column: str) -> bool:
    if model is None:
        return False
    return column in {field.column for field in sealed_fields(model)}


def _condition(connection, column, text: str) -> tuple[str, list[str]]:
    name = connection.ops.quote_name(column.name)
    # JSON on SQLite keeps letters outside ASCII escaped, so both spellings are asked for.
    spellings = {text, json.dumps(text)[1:-1]}
    if connection.vendor == "postgresql":
        cast, like = f"{name}::text", "ILIKE"
        if column.type_code == BYTEA:
            cast = f"encode({name}, 'escape')"
    else:
        cast, like = f"CAST({name} AS TEXT)", "LIKE"
    patterns = [f"%{_escape(spelling)}%" for spelling in sorted(spellings)]
    return " OR ".join(f"{cast} {like} %s ESCAPE '!'" for _ in patterns), patterns


def _escape(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _keys(connection, cursor, model, table, where, values) -> list:
    if model is None:
        return []
    key, quoted = connection.ops.quote_name(model._meta.pk.column), connection.ops.quote_name(table)
    cursor.execute(f"SELECT {key} FROM {quoted} WHERE {where} LIMIT 1000", values)  # noqa: S608  names are quoted
    return [model._meta.pk.to_python(row[0]) for row in cursor.fetchall()]


def _why(model, keys, day) -> str:
    declaration = registry.declaration_of(model) if model is not None else None
    if declaration is None or not keys:
        return ""
    if declaration.evidence:
        until = last_day(declaration, keys) or _("no last day set")
        return f"{EVIDENCE_LAW}: {until}. {declaration.evidence}"
    held = kept_now(declaration, keys, day=day)
    if len(held) < len(keys):
        return ""
    return "; ".join(sorted({f"{kept.law}: {kept.until or _('until the reason ends')}" for kept in held.values()}))


def _in_sealed(text: str, day) -> Iterator[Hit]:
    for model in apps.get_models():
        for column in sealed_fields(model):
            keys = [row.pk for row in _unlocked(model) if holds(read_sealed(row, column.name).value, text)]
            if keys:
                yield Hit(f"default:{model._meta.db_table}.{column.column} (sealed)", len(keys), _why(model, keys, day))


def _unlocked(model) -> Iterator:
    batch = []
    for row in model._base_manager.iterator(chunk_size=500):
        batch.append(row)
        if len(batch) == 500:
            vault.unlock(batch)
            yield from batch
            batch = []
    vault.unlock(batch)
    yield from batch


def _in_sessions(text: str) -> Iterator[Hit]:
    for model in apps.get_models():
        if issubclass(model, AbstractBaseSession):
            store = model.get_session_store_class()()
            found = sum(1 for row in model.objects.iterator() if holds(store.decode(row.session_data), text))
            if found:
                yield Hit(f"sessions:{model._meta.db_table}", found)


def _in_mail(text: str) -> Iterator[Hit]:
    waiting = OutgoingMail.objects.filter(state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING])
    for final, place, why in (
        (False, "queued mail", ""),
        (True, "queued mail, the last one to a person", _("GDPR Art 12(3): until it has gone")),
    ):
        found = sum(1 for mail in waiting.filter(final=final) if holds(list(open_mail(mail)), text))
        if found:
            yield Hit(place, found, why)


def _in_files(text: str, day) -> Iterator[Hit]:
    keys = [stored.pk for stored in StoredFile.objects.all() if holds_in_bytes(_content(stored), text)]
    if keys:
        yield Hit("files of people (opened)", len(keys), _why(StoredFile, keys, day))


def _content(stored: StoredFile) -> bytes:
    try:
        with open_file(stored) as reader:
            return reader.read()
    except (vault.Damaged, vault.KeyDestroyed):
        return b""


def _in_object_names(text: str) -> Iterator[Hit]:
    for alias in ("default", "people"):
        count = sum(1 for name in _names(storages[alias], "") if text.casefold() in name.casefold())
        if count:
            yield Hit(f"object names in storage {alias}", count)


def _names(storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in names if name)
    for inner in folders:
        yield from _names(storage, f"{folder}{inner}/")


def _in_stores(text: str) -> Iterator[Hit]:
    for name, store in registry.stores().items():
        count = store.find(text)
        if count:
            yield Hit(f"store {name}", count)
