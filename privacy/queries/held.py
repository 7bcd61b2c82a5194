"""Everything held about one person, row by row: what, why, on what basis, from where, until when and why (N61, L8).

The number of queries depends on how many classes are declared, never on how many rows a person has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import DateField, Model
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from privacy import periods, registry, vault, words
from privacy.declare import Field, KeepUntilErased, KeepWith, NotPersonal
from privacy.fields import SealedField, read_sealed
from privacy.holding import held_rows
from privacy.models import ConsentState, DataSubject, Disclosure
from privacy.planning import actor_columns
from privacy.presence import acting, present
from privacy.queries.subjects import consents_of, recipients_of
from privacy.reach import Declaration, Kept, acted_rows, clock_of, model_at, sealed_fields, told_rows
from privacy.rules.retention import is_accounting_anchor


@dataclass(frozen=True)
class HeldValue:
    """One field of one row. ``value`` is plain (text, number, list, None); ``withheld`` says why it is not shown."""

    name: str
    label: str
    value: object
    category: str
    scope: str
    editable: bool = False
    withheld: str = ""


@dataclass(frozen=True)
class HeldRecord:
    """One row: its values, its end and the reason for it, a hold if there is one, where it came from, its files."""

    key: str
    heading: str
    values: list[HeldValue]
    until: date | None
    because: str
    hold: Kept | None
    source: str
    files: list = field(default_factory=list)

    @property
    def ends(self) -> date | None:
        """The later of the rule's day and the hold's; None when no day is known yet."""
        if self.hold is None:
            return self.until
        return None if self.hold.until is None else max(self.hold.until, self.until or self.hold.until)

    @property
    def is_editable(self) -> bool:
        return any(value.editable for value in self.values)


@dataclass(frozen=True)
class HeldGroup:
    """All rows of one declared class, with the activity that explains them."""

    declaration: Declaration
    title: str
    records: list[HeldRecord]
    rule: str

    @property
    def activity(self):
        return self.declaration.activity

    @property
    def label(self) -> str:
        return self.declaration.model._meta.label_lower


@dataclass(frozen=True)
class HeldAbout:
    """What the person's page and copy are made of."""

    subject: DataSubject
    day: date
    language: str
    groups: list[HeldGroup]
    consents: list[ConsentState]
    disclosures: list[Disclosure]
    acted: list[tuple[str, int]]

    @property
    def activities(self) -> list:
        """Every activity something is held for, once, in the order of the groups."""
        return list(dict.fromkeys(group.activity for group in self.groups))

    @property
    def records(self) -> int:
        return sum(len(group.records) for group in self.groups)


@periods.read_once()
def held_about(subject, *, day: date, language: str | None = None) -> HeldAbout:
    """Everything held about this person on ``day``, in words of ``language``."""
    language = language or subject.language
    ids = subject.group()
    with override(language):
        there = present(registry.declarations(), ids)
        rows = {each: _rows(each, ids) if each in there else [] for each in registry.declarations()}
        holding = held_rows({d: {row.pk for row in found} for d, found in rows.items() if not d.evidence}, day=day)
        groups = [_group(d, found, holding.get(d, {}), day) for d, found in rows.items() if found and _is_shown(d)]
        return HeldAbout(
            subject=subject.person,
            day=day,
            language=language,
            groups=sorted(groups, key=lambda group: (group.declaration.activity.code, group.title)),
            consents=consents_of(subject),
            disclosures=recipients_of(subject),
            acted=_acted(ids),
        )


def held_row(row: Model, *, day: date, language: str) -> HeldGroup | None:
    """One row as a group of its own; None for a class of which nothing is shown. Holds are a matter of `held_about`.

    Whoever calls this has made sure whose row it is.
    """
    declaration = registry.declaration_of(type(row))
    with override(language):
        return _group(declaration, [row], {}, day) if _is_shown(declaration) else None


def _is_shown(declaration) -> bool:
    return any(isinstance(what, Field) and what.shown for what in declaration.fields.values())


def _rows(declaration: Declaration, ids) -> list[Model]:
    rows = told_rows(declaration, ids)
    related = [path for path in _related_paths(declaration) if path]
    if related:
        rows = rows.select_related(*related)
    found = list(rows.order_by(declaration.order))
    if sealed_fields(declaration.model):
        vault.unlock(found)
    return found


def _related_paths(declaration) -> list[str]:
    paths = list(declaration.files)
    clock = clock_of(declaration)
    for each in clock.clocks if clock is not None else ():
        paths.append(each.since.rpartition("__")[0])
    for name, what in declaration.fields.items():
        column = declaration.model._meta.get_field(name)
        if column.is_relation and isinstance(what, (Field, NotPersonal)) and what.shown:
            paths.append(name)
    return paths


def _group(declaration, rows, holding, day: date) -> HeldGroup:
    clock = clock_of(declaration)
    rule = rule_text(declaration, clock)
    records = [_record(declaration, row, clock, rule, holding.get(row.pk)) for row in rows]
    return HeldGroup(declaration, str(declaration.title), records, rule)


def _record(declaration, row, clock, rule: str, hold) -> HeldRecord:
    return HeldRecord(
        key=str(row.pk),
        heading=str(declaration.label(row)),
        values=[value for name, what in declaration.fields.items() if (value := _value(row, name, what))],
        until=periods.last_day_of(clock, row) if clock else None,
        because=rule,
        hold=hold,
        source=_source(declaration, row),
        files=[file for name in declaration.files if (file := getattr(row, name)) is not None],
    )


def _value(row, name: str, what) -> HeldValue | None:
    if not isinstance(what, (Field, NotPersonal)) or not what.shown:
        return None
    column = row._meta.get_field(name)
    label = str(column.verbose_name)
    label = label[:1].upper() + label[1:]
    if isinstance(what, NotPersonal):
        return HeldValue(name, label, plain_value(row, column), "", "")
    # Where nothing stands about somebody else, nothing is withheld.
    is_empty = what.third_person and not plain_value(row, column)
    withheld = ("" if is_empty else _withheld(what)) or _damage(row, column)
    return HeldValue(
        name=name,
        label=label,
        value=None if withheld else plain_value(row, column),
        category=what.category.code,
        scope=what.scope.value,
        editable=what.editable_by_subject,
        withheld=withheld,
    )


def _withheld(what: Field) -> str:
    if what.secret:
        return _("Held in a form nobody can read; not shown.")
    if what.third_person:
        return _("About somebody else; withheld under GDPR Art 15(4).")
    return ""


def _damage(row, column) -> str:
    if isinstance(column, SealedField) and read_sealed(row, column.name).state == "damaged":
        return _("What is stored here is damaged and cannot be read. Tell us, and we will look into it.")
    return ""


def plain_value(row, column):
    """A value as people and JSON can read it: choices by their words, relations by their heading, dates as ISO."""
    if column.is_relation:
        related = getattr(row, column.name)
        return None if related is None else str(related)
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    value = read_sealed(row, column.name).value if isinstance(column, SealedField) else getattr(row, column.name)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, float, bool, list, dict)):
        return str(value) if isinstance(value, str) else value
    return str(value)


def _source(declaration, row) -> str:
    if not declaration.source:
        return _("given to us by you or noted by our staff")
    # Several columns, who and when and by which channel say, are read one after the other; what is empty is left out.
    parts = declaration.source if isinstance(declaration.source, tuple) else (declaration.source,)
    return ", ".join(text for part in parts if (text := _source_part(declaration, row, part)))


def _source_part(declaration, row, part) -> str:
    if str(part) not in {column.name for column in declaration.model._meta.concrete_fields}:
        return str(part)
    column = declaration.model._meta.get_field(part)
    value = getattr(row, part) if isinstance(column, DateField) else None
    return day_text(value) if value else str(plain_value(row, column) or "")


def rule_text(declaration, clock=None) -> str:
    """The rule in words: "24 months after last dealt with on"; with its source."""
    clock = clock or clock_of(declaration)
    if clock is not None:
        said = [_one_rule(declaration, each) for each in clock.clocks]
        if len(said) == 1:
            return said[0]
        return _("%(rule)s, or %(other)s if that is sooner") % dict(zip(("rule", "other"), said, strict=True))
    keep = declaration.keep
    while isinstance(keep, KeepWith):
        parent = registry.declaration_of(model_at(declaration.model, keep.path))
        declaration, keep = parent, parent.keep
    assert isinstance(keep, KeepUntilErased)
    return str(keep.reason)


def _one_rule(declaration, clock) -> str:
    start = _start_text(declaration, clock)
    return _("%(period)s after %(start)s") % {"period": period_text(clock), "start": start}


def day_text(day: date) -> str:
    """A day as people write it: 12. mars 2028 / 12 March 2028."""
    return date_format(day, "j. F Y" if (get_language() or "nb").startswith("nb") else "j F Y")


def period_text(clock) -> str:
    """A period in words of the active language."""
    if clock.months is not None:
        return ngettext("%(n)d month", "%(n)d months", clock.months) % {"n": clock.months}
    return ngettext("%(n)d day", "%(n)d days", clock.days) % {"n": clock.days}


def _start_text(declaration, clock) -> str:
    if is_accounting_anchor(clock.anchor):
        return _("the end of the accounting year")
    *way, last = clock.since.split("__")
    model = model_at(declaration.model, "__".join(way)) if way else declaration.model
    return words.start_title(model, last)


def _acted(ids) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for model, name, actor in acting(actor_columns(), ids):
        title = str(model._meta.verbose_name_plural)
        counts[title] = counts.get(title, 0) + acted_rows(model, name, actor, ids).count()
    return sorted(counts.items())
