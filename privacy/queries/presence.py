"""Which declared classes hold anything about a person, asked in one query that is put together once per process.

Most people are in a handful of some fifty classes; whoever asks here first need not ask each of the others.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connections, router

from privacy.models import DataSubject
from privacy.reach import Declaration, rows_of

# Fewer than any database takes in one statement.
MOST_PARAMETERS = 900


def present(declarations: Iterable[Declaration], ids: Iterable) -> set[Declaration]:
    """Those of the declarations that have rows of these person keys. No row is read."""
    ids, by_database = list(dict.fromkeys(ids)), defaultdict(list)
    for declaration in declarations:
        by_database[router.db_for_read(declaration.model)].append(declaration)
    at_once = max(1, MOST_PARAMETERS // max(1, len(ids)))
    return {
        declaration
        for alias, own in by_database.items()
        for start in range(0, len(own), at_once)
        for declaration in _with_rows(own[start : start + at_once], ids, alias)
    }


def _with_rows(declarations: list[Declaration], ids: list, alias: str) -> list[Declaration]:
    asked = [(each, found) for each in declarations if (found := _question(each, ids, alias)) is not None]
    if not asked:
        return []
    with connections[alias].cursor() as cursor:
        questions = ", ".join(f"EXISTS({sql})" for _each, (sql, _values) in asked)
        cursor.execute(f"SELECT {questions}", [value for _each, (_sql, values) in asked for value in values])
        answers = cursor.fetchone()
    return [each for (each, _found), answer in zip(asked, answers, strict=True) if answer]


def _question(declaration: Declaration, ids: list, alias: str) -> tuple[str, list] | None:
    """SQL and values; None where no row can match."""
    if not ids:
        return None
    written = _written(declaration, declaration.model, declaration.subject, len(ids), alias)
    if written is None:
        return _compiled(declaration, ids, alias)
    sql, places = written
    values = _prepared(ids, alias)
    return sql, [values[place] for place in places]


@lru_cache(maxsize=512)
def _written(declaration: Declaration, model, subject, count: int, alias: str) -> tuple[str, list[int]] | None:
    """The SQL for so many keys, and which of them stands in which place; model and subject belong to what is kept.

    None where a declaration's condition reads the database or puts anything but keys into the SQL: what it says about
    one person then tells nothing about the next.
    """
    ids = [uuid.uuid4() for _number in range(count)]
    try:
        with ExitStack() as guarded:
            for name in connections:
                guarded.enter_context(connections[name].execute_wrapper(_nothing_is_read))
            sql, parameters = _compiled(declaration, ids, alias) or ("", [])
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


def _compiled(declaration: Declaration, ids: list, alias: str) -> tuple[str, list] | None:
    rows = rows_of(declaration, ids).using(alias).order_by().values("pk")
    try:
        sql, parameters = rows.query.get_compiler(using=alias).as_sql()
    except EmptyResultSet:
        return None
    return sql, list(parameters)


def _prepared(ids: list, alias: str) -> list:
    own = DataSubject._meta.pk
    return [own.get_db_prep_value(key, connections[alias]) for key in ids]
