"""Whom a breach touched, computed from the map of what is held, from looks, acts and disclosures (Art 33(3), L35)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from privacy import registry
from privacy.declare import Category, Field, MatchedBy
from privacy.models import Breach, BreachPerson, DataSubject, Disclosure, StaffRead, SubjectIdentifier, TrailEntry
from privacy.queries.subjects import address_index
from privacy.reach import Declaration

ERASED = DataSubject.State.ERASED


@dataclass
class Affected:
    """Whom a breach touched: person → {class label → records}, each person once, whoever they turned out to be."""

    persons: dict = field(default_factory=dict)

    def add(self, person, label: str, records: int) -> None:
        classes = self.persons.setdefault(person, {})
        classes[label] = classes.get(label, 0) + records

    def counts(self) -> dict:
        """{"persons", "records", "classes": {label: {"persons", "records"}}, "categories": {code: persons}}."""
        classes: dict[str, dict] = {}
        categories: dict[str, int] = {}
        for found in self.persons.values():
            for label, records in found.items():
                line = classes.setdefault(label, {"persons": 0, "records": 0})
                line["persons"] += 1
                line["records"] += records
            for code in {code for label in found for code in categories_of(label)}:
                categories[code] = categories.get(code, 0) + 1
        return {
            "persons": len(self.persons),
            "records": sum(line["records"] for line in classes.values()),
            "classes": dict(sorted(classes.items())),
            "categories": dict(sorted(categories.items())),
        }


def classes_to_choose() -> list[Declaration]:
    """Declared classes whose rows name their person by a key, so that those touched can be counted in the database."""
    return [each for each in registry.declarations() if not isinstance(each.subject, MatchedBy)]


def categories_of(label: str) -> list[str]:
    """Codes of the kinds of facts in one declared class; of one that is declared no more, none."""
    declaration = {each.name(): each for each in registry.declarations()}.get(label)
    found = declaration.fields_of(Field).values() if declaration is not None else ()
    return sorted({what.category.code for what in found})


def category_titles() -> dict[str, str]:
    """Code → title of every kind of fact."""
    return {each.code: str(each.title) for each in Category}


def affected(breach: Breach) -> Affected:
    """Everybody the scope of this breach reaches, now. As many queries for one person as for a thousand.

    With no way in given (nobody of the staff, no recipient, no time) everybody with a row in the chosen classes is
    meant: the whole store was reached. A member of staff narrows it to what they read and did, a recipient to what
    was disclosed to them, a time alone to what was read, done or disclosed in it. Chosen classes narrow each of these.
    Persons named by the office always count. Nobody who is erased does: there is nobody left to tell.
    """
    found = Affected()
    if breach.scope_actor or breach.scope_recipient_id or breach.window_from or breach.window_to:
        _reached(breach, found)
    else:
        for declaration in classes_to_choose():
            if declaration.name() in breach.classes:
                _whole_class(declaration, found)
    named = BreachPerson.objects.filter(breach=breach, named=True).values_list(
        Coalesce("subject__proved_as", "subject"), flat=True
    )
    for person in named:
        found.persons.setdefault(person, {})
    return found


def _whole_class(declaration: Declaration, found: Affected) -> None:
    way = "" if declaration.subject == "pk" else f"{declaration.subject}__"
    rows = declaration.model._base_manager.exclude(**{f"{way}state": ERASED})
    rows = rows.filter(**{f"{way}pk__isnull": False}).order_by()
    heads = rows.annotate(touched=Coalesce(f"{way}proved_as", f"{way}pk")).values_list("touched")
    for person, records in heads.annotate(records=Count("pk")):
        found.add(person, declaration.name(), records)


def _reached(breach: Breach, found: Affected) -> None:
    by_staff, by_partner = breach.scope_actor is not None, breach.scope_recipient_id is not None
    if by_staff or not by_partner:
        # A look and an act are two ways to the same record: it counts once.
        seen = {*_looks(breach), *_acts(breach)}
        _count(seen, found)
    if by_partner or not by_staff:
        _count({*_disclosures(breach)}, found)


def _looks(breach: Breach) -> QuerySet:
    rows = StaffRead.objects.filter(_within(breach, "first_at"), _classes(breach, "model"))
    if breach.scope_actor:
        rows = rows.filter(actor=breach.scope_actor)
    return rows.exclude(subject__state=ERASED).values_list(
        Coalesce("subject__proved_as", "subject"), "model", "object_pk"
    )


def _acts(breach: Breach) -> list[tuple]:
    rows = TrailEntry.objects.filter(_within(breach, "at"), _classes(breach, "model"), subject__isnull=False)
    if breach.scope_actor:
        rows = rows.filter(actor=breach.scope_actor)
    rows = list(rows.order_by().values_list("subject", "model", "object_pk").distinct())
    # The trail names persons by key alone; who they turned out to be is asked once for all of them.
    living = DataSubject.objects.exclude(state=ERASED).filter(
        pk__in=TrailEntry.objects.filter(_within(breach, "at"), subject__isnull=False).values("subject")
    )
    heads = dict(living.values_list("pk", Coalesce("proved_as", "pk")))
    return [(heads[person], model, key) for person, model, key in rows if person in heads]


def _disclosures(breach: Breach) -> QuerySet:
    rows = Disclosure.objects.filter(_within(breach, "at"), _classes(breach, "about_model"))
    if breach.scope_recipient_id:
        rows = rows.filter(recipient=breach.scope_recipient_id)
    rows = rows.exclude(subject__state=ERASED)
    return rows.values_list(Coalesce("subject__proved_as", "subject"), "about_model", "about_pk")


def _count(records: set, found: Affected) -> None:
    for person, model, _key in records:
        found.add(person, model, 1)


def _within(breach: Breach, column: str) -> Q:
    clause = Q()
    if breach.window_from:
        clause &= Q(**{f"{column}__gte": breach.window_from})
    if breach.window_to:
        clause &= Q(**{f"{column}__lte": breach.window_to})
    return clause


def _classes(breach: Breach, column: str) -> Q:
    return Q(**{f"{column}__in": breach.classes}) if breach.classes else Q()


def persons_with(addresses: list[str]) -> tuple[list[DataSubject], int]:
    """Everybody known by one of these e-mail addresses, and how many addresses nobody is known by. Two queries."""
    wanted = {address_index(address) for address in addresses}
    rows = SubjectIdentifier.objects.filter(kind="email", index__in=wanted)
    known = rows.annotate(head=Coalesce("subject__proved_as", "subject")).values_list("index", "head")
    heads = dict.fromkeys(head for _index, head in known)
    return list(DataSubject.objects.filter(pk__in=heads)), len(wanted - {index for index, _head in known})
