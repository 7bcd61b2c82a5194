"""Whether an activity may begin, and where its assessments stand (N26, L36)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from privacy import registry
from privacy.declare import Activity
from privacy.models import Screening
from privacy.rules import screenings as rules


@dataclass(frozen=True)
class Standing:
    """One assessment one activity needs: the version in force, and the newest draft, or None."""

    activity: Activity
    kind: str
    in_force: Screening | None
    draft: Screening | None

    @property
    def is_missing(self) -> bool:
        return self.in_force is None

    @property
    def is_due(self) -> bool:
        return self.in_force is not None and self.in_force.state == Screening.State.DUE

    @property
    def kind_title(self):
        return Screening.Kind(self.kind).label


def is_active(code: str) -> bool:
    """Whether the activity has every assessment it needs, approved. One that is due for review still runs."""
    kinds = rules.needed(registry.activity_of(code))
    if not kinds:
        return True
    found = Screening.objects.filter(activity=code, kind__in=kinds, state__in=Screening.IN_FORCE)
    return found.count() == len(kinds)


class Needed(NamedTuple):
    """One assessment one activity needs."""

    activity: Activity
    kind: str


def needed_screenings() -> list[Needed]:
    """Every assessment any declared activity needs, by activity. No query."""
    return [Needed(activity, kind) for activity in registry.activities() for kind in rules.needed(activity)]


def standings() -> list[Standing]:
    """Where each of them stands. One query."""
    rows = Screening.objects.filter(state__in=(*Screening.IN_FORCE, Screening.State.DRAFT))
    found = {(row.activity, row.kind, row.state in Screening.IN_FORCE): row for row in rows}
    return [
        Standing(activity, kind, found.get((activity.code, kind, True)), found.get((activity.code, kind, False)))
        for activity, kind in needed_screenings()
    ]


def versions_of(activity: str, kind: str) -> list[Screening]:
    """Every version of one assessment, the newest first."""
    return list(Screening.objects.filter(activity=activity, kind=kind).order_by("-version"))
