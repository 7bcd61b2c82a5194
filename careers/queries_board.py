"""What the board, the list and the page of one application read. Everything goes through `queries.readable_by` (N31).

The number of queries is the same for one application and for five hundred; the keys of all names shown come in one.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import blindness, queries
from careers.models import Application, ApplicationFile, Note, RefusalLine, Step
from careers.rules.stages import ON_BOARD, steps_from
from careers.uploads.scanning import CLEAN, NOT_SCANNED, may_be_seen
from privacy.queries import active
from privacy.screens.scoping import unlock

# So many cards of a column are shown before somebody asks for all of them.
FIRST_CARDS = 50
# What a list may be sorted by; a name is sealed, and sorting by sealed bytes would be no order. Never by a score (L17).
ORDERS = {"sent": "submitted_at", "waiting": "step_since"}


@dataclass(frozen=True)
class Card:
    """One application as the board and the list show it."""

    row: Application
    name: str
    days: int
    is_open_again: bool


@dataclass(frozen=True)
class Column:
    """One step, how many stand in it, the cards that are shown (the longest waiting first), and where they may go."""

    step: Step
    count: int
    cards: list[Card]
    targets: tuple[Step, ...]

    @property
    def hidden(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Place:
    """Where an application stands among those of the same vacancy and filter, counted from 1."""

    position: int
    total: int
    before: uuid.UUID | None
    after: uuid.UUID | None


def applications_for(user, reference: str, *, step: str = ""):
    """The applications for one vacancy this reader may see, in one step or in all."""
    rows = queries.readable_by(active(Application.objects.filter(vacancy_reference=reference)), user)
    return rows.filter(step=step) if step else rows


def ordered(rows, order: str = "sent"):
    """The rows in one of `ORDERS`, backwards with a minus; the order they were sent in for anything else."""
    name = order.removeprefix("-")
    column = F(ORDERS.get(name, ORDERS["sent"]))
    return rows.order_by(column.desc() if order.startswith("-") and name in ORDERS else column.asc(), "pk")


def step_counts(user, reference: str) -> dict[str, int]:
    """{step: how many}, for every step of the board, in its order."""
    counted = applications_for(user, reference).order_by().values_list("step").annotate(number=Count("pk"))
    found = dict(counted)
    return {step: found.get(step, 0) for step in ON_BOARD}


def board(user, reference: str, *, whole: str = "") -> list[Column]:
    """The columns of the board. Each shows its first fifty cards; the step named by `whole` shows all."""
    counts = step_counts(user, reference)
    place = Window(RowNumber(), partition_by=[F("step")], order_by=[F("step_since").asc(), F("pk").asc()])
    rows = _described(applications_for(user, reference)).annotate(place=place)
    shown = rows.filter(Q(place__lte=FIRST_CARDS) | Q(step=whole)).order_by("step_since", "pk")
    by_step = {step: [] for step in ON_BOARD}
    for card in cards(shown, user):
        by_step[card.row.step].append(card)
    return [Column(step, counts[step], by_step[step], steps_from(step)) for step in ON_BOARD]


def list_rows(user, reference: str, *, step: str = "", order: str = "sent"):
    """The rows of the list, to be cut into pages and made into `cards`."""
    return ordered(_described(applications_for(user, reference, step=step)), order)


def cards(rows, user) -> list[Card]:
    """The rows as cards, the keys of their names fetched together."""
    today = timezone.localdate()
    return [
        Card(
            row=row,
            name=queries.shown_name(row, user),
            days=(today - timezone.localdate(row.step_since)).days,
            is_open_again=row.reopened_until is not None and row.reopened_until >= today,
        )
        for row in unlock(rows)
    ]


def place_of(row, user, *, step: str = "", order: str = "sent") -> Place | None:
    """The neighbours of an application within its vacancy and filter; None when the filter leaves it out."""
    keys = list(ordered(applications_for(user, row.vacancy_reference, step=step), order).values_list("pk", flat=True))
    if row.pk not in keys:
        return None
    at = keys.index(row.pk)
    return Place(at + 1, len(keys), keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None)


def lines_of(order, user) -> list[tuple[RefusalLine, str]]:
    """(line, what the applicant may be called) of a refusal to many, as they went in line."""
    lines = list(order.lines.select_related("application__subject").order_by("application__submitted_at", "pk"))
    listed = active(Application.objects.filter(refusal_lines__refusal=order))
    seen = set(queries.readable_by(listed, user).values_list("pk", flat=True))
    blindness.mark([line.application for line in lines], user)
    unlock([line.application for line in lines if line.application_id in seen])
    return [(line, called(line.application, user, is_hidden=line.application_id not in seen)) for line in lines]


def called(row, user, *, is_hidden: bool) -> str:
    """What this reader may call the applicant; a number for somebody of whom nothing may be shown."""
    return number_of(row) if is_hidden else queries.shown_name(row, user)


def number_of(row) -> str:
    """The applicant as a number."""
    return _("Applicant %(number)s") % {"number": str(row.pk)[:4].upper()}


def _described(rows):
    notes = Note.objects.filter(application=OuterRef("pk")).order_by().values("application")
    seen = [state for state in (CLEAN, NOT_SCANNED) if may_be_seen(state)]
    waiting = ApplicationFile.objects.filter(application=OuterRef("pk")).exclude(file__scan_state__in=seen)
    return rows.select_related("subject").annotate(
        note_count=Coalesce(Subquery(notes.annotate(number=Count("pk")).values("number")), Value(0)),
        file_waits=Exists(waiting),
    )
