"""What the office has to do, by legal date: one list, filled by each part of the engine with duties (L1, L14, L35).

A part says ``@tasks.source("breaches")`` over a function(day) that yields Task; the worklist, the front page and the
mails that escalate read them all. A task names no person: a number, a partner, a class of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from privacy.declare import DeclarationError

_sources: dict[str, Callable[[date], Iterable[Task]]] = {}
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """One thing somebody has to do.

    ``kind`` is the name of its source, ``title`` what to do in a sentence, ``due_on`` the legal or agreed last day
    (None: no date, but waiting), ``url`` where it is done, ``law`` why. ``right`` is the permission it takes.
    """

    kind: str
    title: str
    url: str
    right: str
    due_on: date | None = None
    law: str = ""

    def is_late(self, day: date) -> bool:
        return self.due_on is not None and self.due_on < day

    def is_soon(self, day: date) -> bool:
        return self.due_on is not None and day <= self.due_on <= day + SOON


def source(name: str):
    """Decorator: this function(day) yields the tasks of one part of the office."""

    def register(function):
        if name in _sources:
            raise DeclarationError(f"Tasks {name} are registered twice.")
        _sources[name] = function
        return function

    return register


def names() -> list[str]:
    """The parts that have tasks."""
    return sorted(_sources)


def open_tasks(*, day: date) -> list[Task]:
    """Everything that waits, the most urgent first; what has no date comes last, by title."""
    found = [task for name in names() for task in _sources[name](day)]
    return sorted(found, key=lambda task: (task.due_on or date.max, task.kind, task.title))
