"""What an outsider of a deal may look at: counts, rows under pseudonyms, and rows with names when those were approved.

Read only, and only what may be used: nobody who is restricted, being erased, or has objected (N52, T25). Nothing that
rests on a consent: consents do not travel to a new purpose.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.db.models import BooleanField, DateField, F
from django.utils.translation import gettext as _

from privacy import registry, vault
from privacy.declare import Basis, Field
from privacy.models import DealCase
from privacy.queries.held import plain_value
from privacy.queries.subjects import active
from privacy.reach import Declaration, sealed_fields
from privacy.rules import deal_view
from privacy.stopping import stopped_persons

ACTIVITY = "deal-access"
ON_A_PAGE = 50
# Classes of the house itself: who signs in, who edits a page, who asked for what is no part of what is for sale.
OUTSIDE = ("privacy", "accounts")
PACKAGES = ("django", "wagtail")


@dataclass(frozen=True)
class ClassCount:
    """One class of the scope: how many rows of how many persons; None where so few could be told apart."""

    label: str
    title: str
    rows: int | None
    persons: int | None


@dataclass(frozen=True)
class RoomPage:
    """One page of one class. ``rows`` are (reference, [values]); ``behind`` has one row for the key of each person."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]
    number: int
    pages: int
    with_names: bool
    behind: dict
    names: list[str]


def open_classes() -> dict[str, str]:
    """{label: title} of the classes a deal may name: of the business itself, and resting on no consent (T25)."""
    return {
        each.name(): str(each.title)
        for each in registry.declarations()
        if each.model._meta.app_label not in OUTSIDE
        and each.model.__module__.partition(".")[0] not in PACKAGES
        and isinstance(each.subject, str)
        and each.activity.basis is not Basis.CONSENT
        and columns_of(each)
    }


def columns_of(declaration: Declaration, *, with_names: bool = False) -> list[str]:
    """The columns an outsider sees: choices, yes or no, and days as years; with names, all that may be shown."""
    model = declaration.model._meta
    shown = {
        name: what
        for name, what in declaration.fields_of(Field).items()
        if what.shown and not what.secret and not what.third_person
    }
    if with_names:
        return list(shown)
    return [
        name
        for name, what in shown.items()
        if what.category not in deal_view.NAMING and _is_coarse(model.get_field(name))
    ]


def _is_coarse(column) -> bool:
    return bool(column.choices) or isinstance(column, (BooleanField, DateField))


def counts(deal: DealCase) -> list[ClassCount]:
    """Every class of the deal with its numbers, small ones hidden."""
    return [_count(declaration) for declaration in _declarations(deal)]


def _declarations(deal: DealCase) -> list[Declaration]:
    return [registry.declaration_of(label) for label in deal.classes if label in open_classes()]


def _count(declaration: Declaration) -> ClassCount:
    rows = _rows(declaration)
    persons = deal_view.count_to_show(rows.values("_person").distinct().count())
    number = None if persons is None else deal_view.count_to_show(rows.count())
    return ClassCount(declaration.name(), str(declaration.title), number, persons)


def _rows(declaration: Declaration):
    rows = active(declaration.model._base_manager.all())
    rows = rows.exclude(**{f"{declaration.subject}__in": stopped_persons((ACTIVITY,))})
    return rows.filter(**{f"{declaration.subject}__isnull": False}).annotate(_person=F(declaration.subject))


def room_page(deal: DealCase, label: str, *, number: int, with_names: bool) -> RoomPage | None:
    """One page of a class of the deal; None for a class that is not in it, or of so few that nothing is shown.

    Without names a value that fewer than five persons share is hidden, and the order of the rows is that of their
    references: it tells nothing about when somebody came.
    """
    declaration = next((each for each in _declarations(deal) if each.name().lower() == label.lower()), None)
    if declaration is None or _count(declaration).rows is None:
        return None
    keys = list(_rows(declaration).values_list("pk", "_person"))
    keys = sorted((reference(deal, person), str(key), key) for key, person in keys)
    pages = max(1, -(-len(keys) // ON_A_PAGE))
    number = min(max(1, number), pages)
    wanted = keys[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    found = _rows(declaration).in_bulk([key for _reference, _text, key in wanted])
    rows = [(ref, found[key]) for ref, _text, key in wanted if key in found]
    columns = columns_of(declaration, with_names=with_names)
    read = _read_all if with_names else _reader(declaration, columns)
    if with_names and sealed_fields(declaration.model):
        vault.unlock([row for _reference, row in rows])
    return RoomPage(
        title=str(declaration.title),
        columns=[_title(declaration, name) for name in columns],
        rows=[(ref, [read(row, name) for name in columns]) for ref, row in rows],
        number=number,
        pages=pages,
        with_names=with_names,
        behind={row._person: row for _reference, row in rows},
        names=columns,
    )


def reference(deal: DealCase, person) -> str:
    """What a person is called in this deal: always the same here, another one in every other deal, undone by nobody."""
    message = f"deal/{deal.pk}/{person}".encode()
    return hmac.new(vault.index_key(), message, hashlib.sha256).hexdigest()[:12].upper()


def _title(declaration: Declaration, name: str) -> str:
    text = str(declaration.model._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def _reader(declaration: Declaration, columns: list[str]):
    """A function (row, name) → text that hides what fewer than five persons share."""
    common = {}
    for name in columns:
        values = _rows(declaration).values_list("_person", name)
        common[name] = deal_view.common_values((person, _coarse(value)) for person, value in values)

    def read(row, name: str) -> str:
        if _coarse(getattr(row, name)) not in common[name]:
            return deal_view.HIDDEN
        column = row._meta.get_field(name)
        return _words(plain_value(row, column) if column.choices else _coarse(getattr(row, name)))

    return read


def _coarse(value):
    return value.year if hasattr(value, "year") else value


def _read_all(row, name: str) -> str:
    return _words(plain_value(row, row._meta.get_field(name)))


def _words(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return deal_view.HIDDEN if value in (None, "", [], {}) else str(value)
