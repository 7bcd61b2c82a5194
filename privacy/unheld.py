"""Which rows of a batch something might hold, found with a handful of queries whatever the size of the batch.

What is left out here nothing holds, and it may go set by set. What is named here is looked at closely by `held_rows`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.db.models import Q, QuerySet

from privacy.declare import MatchedBy
from privacy.holding import active_holds, pauses
from privacy.keysets import KeySet
from privacy.models import DataSubject, Restriction
from privacy.reach import Declaration, children_of, protecting_keys, rows_of
from privacy.stopping import restricted_records, rests_on

# A class, and the lookup path from its rows to the row of the batch they go with ("" for that row itself).
Below = tuple[Declaration, str]


def below(declaration: Declaration) -> list[Below]:
    """The class itself and every class whose rows go with a row of it, by every path that leads there."""
    found: list[Below] = []
    waiting: list[tuple[Declaration, str, frozenset]] = [(declaration, "", frozenset())]
    while waiting:
        current, path, passed = waiting.pop(0)
        if current in passed:
            continue
        found.append((current, path))
        waiting += [(child, joined(name, path), passed | {current}) for child, name in children_of(current)]
    return found


def joined(name: str, path: str) -> str:
    return f"{name}__{path}" if path else name


class Screen:
    """Looks at batches of one class. What follows from the declarations is worked out once."""

    def __init__(self, declaration: Declaration):
        self.declaration = declaration
        self.below = below(declaration)
        self.labels = {each.name() for each, _path in self.below}
        self._conditions = [(each, path, rule) for each, path in self.below for rule in each.held_by]
        self._standing = [
            (child, joined(name, path))
            for each, path in self.below
            for child, name in protecting_keys(each)
            if (child, joined(name, path)) not in self.below
        ]
        self._owners = {owner.name() for _path, owner in rests_on(declaration)}

    def suspects(self, keys, *, day) -> set:
        """Of these keys, those of rows that something may hold or somebody has stopped; never too few."""
        found: set = set()
        among = KeySet.of(self.declaration.model._meta.pk, keys)
        for rows, path in self._clauses(among, day):
            # A model's own order would sort them, and nobody asked for one.
            found |= set(rows.order_by().values_list(path or "pk", flat=True))
        return found & set(among.keys) if found else found

    def restricted(self, keys) -> set:
        """Of these keys, those of rows the clock leaves alone because their use is restricted. Proof has no use."""
        rows = self._restricted_rows(self._open_restrictions())
        return set() if rows is None else set(rows.filter(pk__in=keys).values_list("pk", flat=True))

    def _clauses(self, keys: KeySet, day) -> Iterator[tuple[QuerySet, str]]:
        named = self._open_restrictions()
        restricted = self._restricted_rows(named)
        # A person's state follows their restrictions, so without an open one it need not be asked for row by row.
        if restricted is not None and (named or self._somebody_is_restricted):
            yield restricted.filter(pk__in=keys), ""
        if "" in named:
            people = {key for pause in pauses(Restriction.Ground.values) for key in pause.people}
            for each, path in self._in_use():
                yield rows_of(each, people).filter(**{f"{path or 'pk'}__in": keys}), path
        paused = Restriction.objects.filter(lifted_at__isnull=True)
        yield from self._named(paused, named, self._in_use(), keys)
        holds = active_holds(day).filter(model__in=self.labels)
        yield from self._named(holds, set(holds.values_list("model", flat=True).distinct()), self.below, keys)
        for each, path, rule in self._conditions:
            yield _going_with(each, path, keys).filter(rule.when), path
        for child, path in self._standing:
            yield _going_with(child, path, keys), path

    @cached_property
    def _somebody_is_restricted(self) -> bool:
        """Whether the state of a person said so when it was first asked, whatever the restrictions say."""
        return DataSubject.objects.filter(state=DataSubject.State.RESTRICTED).exists()

    def _open_restrictions(self) -> set[str]:
        """Which classes have a record under an open restriction; "" when a person is restricted as a whole."""
        return set(Restriction.objects.filter(lifted_at__isnull=True).values_list("model", flat=True).distinct())

    def _restricted_rows(self, named: set[str]):
        declaration = self.declaration
        if isinstance(declaration.subject, MatchedBy) or declaration.evidence:
            return None
        path = "state" if declaration.subject == "pk" else f"{declaration.subject}__state"
        paused = Q(**{path: DataSubject.State.RESTRICTED})
        if named & self._owners:
            paused |= restricted_records(declaration)
        return declaration.model._base_manager.filter(paused)

    def _in_use(self) -> list[Below]:
        return [(each, path) for each, path in self.below if not each.evidence]

    @staticmethod
    def _named(rows, labels: set[str], among: list[Below], keys):
        """A hold or restriction names its record in words, so keys are compared in words; mostly there is none."""
        for each, path in among:
            if each.name() not in labels:
                continue
            texts = {str(pk): pk for pk in _going_with(each, path, keys).values_list("pk", flat=True)}
            naming = rows.filter(
                model=each.name(), object_pk__in=KeySet(rows.model._meta.get_field("object_pk"), texts)
            )
            hit = [texts[text] for text in naming.values_list("object_pk", flat=True)]
            if hit:
                yield each.model._base_manager.filter(pk__in=hit), path


def _going_with(declaration: Declaration, path: str, keys: KeySet) -> QuerySet:
    return declaration.model._base_manager.filter(**{f"{path or 'pk'}__in": keys})
