"""What the office reads about holds: the list, one decision with its records, records found by number, the plot (N54).

Nothing here names a person: a record is told by its declared label, a number or the beginning of its key.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, QuerySet, UUIDField, When
from django.utils.translation import gettext as _

from privacy import registry
from privacy.models import LegalHold
from privacy.plots import Plot
from privacy.reach import Declaration, rows_of
from privacy.rules import holds as rules
from privacy.rules.deadlines import add_months, oslo_date

State, Kind = LegalHold.State, LegalHold.Kind
# A class with more rows of one person than this is asked for by number.
MOST_OF_A_CLASS = 40
QUARTERS = 8
_KEY = re.compile(r"[0-9a-f]{8,32}")


@dataclass(frozen=True)
class HoldLine:
    """One hold of a list: the record by its label, empty when it has gone, and where the hold stands on that day."""

    hold: LegalHold
    label: str
    standing: str
    lapses_after: date | None


@dataclass(frozen=True)
class Decision:
    """One hold with all that were decided with it, and who asked and approved."""

    hold: LegalHold
    lines: list[HoldLine]
    opened_by: object
    approved_by: object
    released_by: object
    lapses_after: date | None

    @property
    def is_waiting(self) -> bool:
        return self.hold.state == State.PROPOSED

    @property
    def has_review(self) -> bool:
        return self.hold.state == State.ACTIVE and self.hold.until is None and self.hold.batch is not None


@dataclass(frozen=True)
class Found:
    """One record that may be held: "app.Model key" as a form carries it, and its label."""

    value: str
    label: str
    record: object


def holds(*, which: str = "asked", day: date) -> QuerySet:
    """Holds for the list. ``which``: asked (standing, asked for by somebody), law (standing, by a law), over, all.

    What waits for a second person comes first, then what ends or is reviewed first.
    """
    standing = Q(released_at__isnull=True) & (Q(until__isnull=True) | Q(until__gte=day))
    by_law = Q(ground=LegalHold.Ground.STATUTORY, batch__isnull=True)
    found = LegalHold.objects.filter(
        {"asked": standing & ~by_law, "law": standing & by_law, "over": ~standing}.get(which, Q())
    )
    waits = Case(When(state=State.PROPOSED, then=0), default=1, output_field=IntegerField())
    ends = Case(When(until__isnull=True, then="review_on"), default="until")
    return found.annotate(waits=waits, acts_on=ends).order_by("waits", "acts_on", "opened_at", "pk")


def lines(found, *, day: date) -> list[HoldLine]:
    """These holds with the labels of their records; one query per class of record."""
    found = list(found)
    labels = _labels(found)
    return [
        HoldLine(hold, labels.get((hold.model, hold.object_pk), ""), standing_of(hold, day), lapse_day(hold))
        for hold in found
    ]


def standing_of(hold: LegalHold, day: date) -> str:
    """The state of a hold, or "expired" for an active one whose last day is over."""
    if hold.state == State.ACTIVE and hold.until is not None and hold.until < day:
        return "expired"
    return hold.state


def lapse_day(hold: LegalHold) -> date | None:
    """The last day on which a proposal may be approved; None for what is no proposal."""
    return rules.lapses_after(oslo_date(hold.opened_at)) if hold.state == State.PROPOSED else None


def _labels(found) -> dict[tuple[str, str], str]:
    keys: dict[str, set] = defaultdict(set)
    for hold in found:
        keys[hold.model].add(hold.object_pk)
    labels = {}
    for model, texts in keys.items():
        declaration = _declaration(model)
        if declaration is not None:
            for row in declaration.model._base_manager.filter(pk__in=texts):
                labels[model, str(row.pk)] = str(declaration.label(row))
    return labels


def _declaration(model: str) -> Declaration | None:
    try:
        return registry.declaration_of(model)
    except (LookupError, ValueError):
        return None


def decision(hold: LegalHold, *, day: date) -> Decision:
    """One hold with those of the same decision."""
    together = LegalHold.objects.filter(batch=hold.batch) if hold.batch else LegalHold.objects.filter(pk=hold.pk)
    keys = {hold.opened_by, hold.approved_by, hold.released_by} - {None}
    people = {user.pk: user for user in get_user_model()._base_manager.filter(pk__in=keys)}
    return Decision(
        hold=hold,
        lines=lines(together.order_by("model", "object_pk"), day=day),
        opened_by=people.get(hold.opened_by),
        approved_by=people.get(hold.approved_by),
        released_by=people.get(hold.released_by),
        lapses_after=lapse_day(hold),
    )


def holdable() -> list[Declaration]:
    """Classes whose rows may be held by hand: those of the owners that lead to a person by their columns."""
    found = [
        each
        for each in registry.declarations()
        if each.model._meta.app_label != "privacy"
        and isinstance(each.subject, str)
        and not (each.evidence or each.own_step)
        and isinstance(each.model._meta.pk, UUIDField)
    ]
    return sorted(found, key=lambda each: str(each.title))


def find_records(label: str, texts) -> tuple[list[Found], list[str]]:
    """(records of a class, texts that found none) for numbers and keys as the office writes them. One query per text.

    A text is a number of ours in a column the class is found by, a whole key, or the first eight characters of one.
    """
    declaration = _declaration(label)
    if declaration not in holdable():
        return [], list(texts)
    found, missing = {}, []
    for text in texts:
        rows = list(_rows_named(declaration, text)[:2])
        # Two of one number: nobody can tell which is meant.
        if len(rows) == 1:
            found[rows[0].pk] = rows[0]
        else:
            missing.append(text)
    return [_found(declaration, row) for row in found.values()], missing


def _rows_named(declaration, text: str) -> QuerySet:
    wanted = Q(pk__in=[])
    for name in declaration.found_by:
        column = declaration.model._meta.get_field(name)
        try:
            wanted |= Q(**{name: column.to_python(text)})
        except ValidationError:
            continue
    key = text.replace("-", "").lower()
    if _KEY.fullmatch(key):
        wanted |= Q(pk__gte=uuid.UUID(key.ljust(32, "0")), pk__lte=uuid.UUID(key.ljust(32, "f")))
    return declaration.model._base_manager.filter(wanted).order_by("pk")


def records_of(subject) -> list[Found]:
    """Every record of one person that may be held, class by class; of a class with very many none (by number then)."""
    ids, found = subject.group(), []
    for declaration in holdable():
        rows = list(rows_of(declaration, ids).order_by(declaration.order)[: MOST_OF_A_CLASS + 1])
        found += [_found(declaration, row) for row in rows] if len(rows) <= MOST_OF_A_CLASS else []
    return found


def records_at(values) -> list[Found]:
    """The records of these form values that are there; what is malformed, gone or no class to hold is left out."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for value in values:
        label, _space, key = value.partition(" ")
        by_class[label].append(key)
    found = []
    for label, keys in by_class.items():
        declaration = _declaration(label)
        if declaration in holdable():
            rows = declaration.model._base_manager.filter(pk__in=[key for key in keys if _is_key(key)])
            found += [_found(declaration, row) for row in rows.order_by("pk")]
    return found


def _is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _found(declaration, row) -> Found:
    return Found(f"{declaration.name()} {row.pk}", str(declaration.label(row)), row)


def ending_plot(*, day: date) -> Plot:
    """How many holds end by their day, quarter by quarter, by class; what ends after two years is one row."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    starts = [add_months(first, 3 * number) for number in range(QUARTERS + 1)]
    counted: Counter = Counter()
    standing = LegalHold.objects.filter(released_at__isnull=True, until__gte=day).order_by()
    for until, kind in standing.values_list("until", "kind").iterator(chunk_size=5000):
        quarter = max((start for start in starts if start <= until), default=first)
        counted[quarter, kind if kind in (Kind.ACC_PRIMARY, Kind.ACC_SECONDARY) else "other"] += 1
    columns = (Kind.ACC_PRIMARY, Kind.ACC_SECONDARY, "other")
    rows = [(_quarter(start), tuple(counted[start, kind] for kind in columns)) for start in starts[:-1]]
    rows.append((_("later"), tuple(counted[starts[-1], kind] for kind in columns)))
    titles = [str(Kind.ACC_PRIMARY.label), str(Kind.ACC_SECONDARY.label), _("other reasons")]
    return Plot(_("Holds ending, by quarter"), _("Records that are free again by their day."), titles, rows)


def _quarter(start: date) -> str:
    return _("Q%(number)d %(year)d") % {"number": (start.month + 2) // 3, "year": start.year}
