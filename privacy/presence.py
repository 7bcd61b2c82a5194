"""Which declared classes hold anything about a person, and where a person acted: one query, put together once.

Most people are in a handful of some fifty classes and acted in none; whoever asks here first need not ask each of the
others. A plan is read afresh before every step of an erasure, and what costs is not the asking but the compiling.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Model

from privacy.declare import Actor
from privacy.models import DataSubject
from privacy.reach import Declaration, acted_rows, rows_of

# Fewer than any database takes in one statement.
MOST_PARAMETERS = 900


# A column that names who acted: the model, the column, and the path from it to the person.
Column = tuple[type[Model], str, Actor]


def present(declarations: Iterable[Declaration], ids: Iterable) -> set[Declaration]:
    """Those of the declarations that have rows of these person keys. No row is read."""
    by_database = defaultdict(list)
    for declaration in declarations:
        by_database[router.db_for_read(declaration.model)].append(declaration)
    return _answered(by_database, ids)


def acting(columns: Iterable[Column], ids: Iterable) -> list[Column]:
    """Those of the columns in which one of these persons acted, in their order. No row is read."""
    columns, by_database = list(columns), defaultdict(list)
    for column in columns:
        by_database[router.db_for_read(column[0])].append(column)
    found = _answered(by_database, ids)
    return [column for column in columns if column in found]


def _answered(by_database: dict[str, list], ids: Iterable) -> set:
    ids = list(dict.fromkeys(ids))
    at_once = max(1, MOST_PARAMETERS // max(1, len(ids)))
    return {
        each
        for alias, own in by_database.items()
        for start in range(0, len(own), at_once)
        for each in _with_rows(own[start : start + at_once], ids, alias)
    }


def _with_rows(things: list, ids: list, alias: str) -> list:
    asked = [(each, found) for each in things if (found := _question(each, ids, alias)) is not None]
    if not asked:
        return []
    with connections[alias].cursor() as cursor:
        questions = ", ".join(f"EXISTS({sql})" for _each, (sql, _values) in asked)
        cursor.execute(f"SELECT {questions}", [value for _each, (_sql, values) in asked for value in values])
        answers = cursor.fetchone()
    return [each for (each, _found), answer in zip(asked, answers, strict=True) if answer]


def _question(what: Declaration | Column, ids: list, alias: str) -> tuple[str, list] | None:
    """SQL and values; None where no row can match."""
    if not ids:
        return None
    belongs = () if isinstance(what, tuple) else (what.model, what.subject)
    written = _written(what, belongs, len(ids), alias)
    if written is None:
        return _compiled(what, ids, alias)
    sql, places = written
    values = _prepared(ids, alias)
    return sql, [values[place] for place in places]


@lru_cache(maxsize=1024)
def _written(what: Declaration | Column, belongs, count: int, alias: str) -> tuple[str, list[int]] | None:
    """The SQL for so many keys, and which of them stands in which place; model and subject belong to what is kept.

    None where a declaration's condition reads the database or puts anything but keys into the SQL: what it says about
    one person then tells nothing about the next.
    """
    ids = [uuid.uuid4() for _number in range(count)]
    try:
        with ExitStack() as guarded:
            for name in connections:
                guarded.enter_context(connections[name].execute_wrapper(_nothing_is_read))
            sql, parameters = _compiled(what, ids, alias) or ("", [])
    except _Reads:
        return None
    values = _prepared(ids, alias)
    if not parameters or any(parameter not in values for parameter in parameters):
        return None
    return sql, [values.index(parameter) for parameter in parameters]


class _Reads(Exception):
    """A condition asked the database while it was put together."""


def _nothing_is_read(*_call):
    raise _Reads


def _compiled(what: Declaration | Column, ids: list, alias: str) -> tuple[str, list] | None:
    found = acted_rows(*what, ids) if isinstance(what, tuple) else rows_of(what, ids)
    rows = found.using(alias).order_by().values("pk")
    try:
        sql, parameters = rows.query.get_compiler(using=alias).as_sql()
    except EmptyResultSet:
        return None
    return sql, list(parameters)


def _prepared(ids: list, alias: str) -> list:
    own = DataSubject._meta.pk
    return [own.get_db_prep_value(key, connections[alias]) for key in ids]
