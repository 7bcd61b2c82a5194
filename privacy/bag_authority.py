"""What an authority gets: for each person of the scope the declared fields of the chosen categories, and no more (N51).

A BagIt bag like a person's own copy, written as a stream. Never in it: what is about somebody else, what is stored in a
form nobody can read, fields of other categories, rows outside the period, files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import DateField
from django.utils.translation import override

from privacy.bag_archive import Archive, Sink, as_json
from privacy.declare import Field
from privacy.models import AuthorityCase
from privacy.queries.held_stream import HeldClass, HeldStream
from privacy.rules.deadlines import oslo_date


@dataclass
class HandedOver:
    """What of one person went into the bag: column names with a fingerprint of all their values, and how many rows."""

    person: object
    fields: dict[str, str] = field(default_factory=dict)
    rows: int = 0

    def add(self, values: dict) -> None:
        self.rows += 1
        for name, value in values.items():
            before = self.fields.get(name, "")
            self.fields[name] = hashlib.sha256(f"{before}{as_json(value)}".encode()).hexdigest()


class AuthorityBag:
    """The bag of one case. Go through ``pieces()`` once; ``handed_over`` then says what went out about whom."""

    def __init__(self, case: AuthorityCase, *, as_of: datetime, organisation: str, language: str = "nb"):
        self.case, self.as_of, self.organisation, self.language = case, as_of, organisation, language
        self.categories = frozenset(case.categories)
        self.handed_over: list[HandedOver] = []

    def pieces(self) -> Iterator[bytes]:
        """The ZIP, piece by piece, in bounded memory."""
        sink = Sink()
        archive = Archive(sink, self.as_of)
        for person in self.case.persons.select_related("subject").order_by("added_at", "pk"):
            for _step in self._person(archive, person.subject):
                yield sink.take()
        with override(self.language):
            for _step in archive.json("data/case.json", self._case()):
                yield sink.take()
        archive.tags(organisation=self.organisation)
        archive.close()
        yield sink.take()

    def _case(self) -> dict:
        case = self.case
        return {
            "number": case.number,
            "authority": case.authority,
            "unit": case.unit,
            "country": case.country,
            "reference": case.reference,
            "instrument": str(case.get_instrument_display()),
            "section": case.section,
            "order_sha256": case.paper.sha256 if case.paper else None,
            "urgent": case.urgent,
            "categories": sorted(case.categories),
            "period": [case.period_from, case.period_to],
            "persons": [{"id": str(each.person.pk), "rows": each.rows} for each in self.handed_over],
        }

    def _person(self, archive: Archive, subject) -> Iterator[None]:
        stream = HeldStream(subject, day=oslo_date(self.as_of), language=self.language)
        out = HandedOver(stream.subject)
        for found in stream.classes:
            if self._names(found):
                path = f"data/{subject.pk.hex}/{found.label}.json"
                yield from archive.json(path, self._rows(stream, found, out))
        self.handed_over.append(out)

    def _names(self, found: HeldClass) -> set[str]:
        """Columns of a class that are in the scope and may be shown at all."""
        return {
            name
            for name, what in found.declaration.fields_of(Field).items()
            if what.category.code in self.categories and what.shown and not what.secret and not what.third_person
        }

    def _rows(self, stream: HeldStream, found: HeldClass, out: HandedOver) -> Iterator[dict]:
        names = self._names(found)
        for row, record in stream.rows(found.declaration.model):
            if not self._is_in_period(row, found):
                continue
            values = {each.name: each.value for each in record.values if each.name in names and not each.withheld}
            if any(value not in (None, "", [], {}) for value in values.values()):
                out.add(values)
                yield values

    def _is_in_period(self, row, found: HeldClass) -> bool:
        """Whether the row's own day lies in the period of the order. Who somebody is has no day, and is in it."""
        day = day_of(row, found.declaration)
        if day is None:
            return True
        first, last = self.case.period_from or date.min, self.case.period_to or date.max
        return first <= day <= last


def day_of(row, declaration) -> date | None:
    """The Oslo day by which rows of this class are put in order, or None for a class that has none."""
    name = declaration.order.lstrip("-")
    columns = {column.name: column for column in declaration.model._meta.concrete_fields}
    if not isinstance(columns.get(name), DateField):
        return None
    value = getattr(row, name)
    return oslo_date(value) if hasattr(value, "hour") else value
