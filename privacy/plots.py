"""Plots as pictures the server draws, with the table behind them (look.md): stacked bars, one per row.

    plot = Plot(_("What went, by month"), _("Rows erased by the nightly run."), [_("deleted"), _("held")], rows)

``rows`` are (label, (number, …)) with one number per column; a number may be None for a suppressed cell. In a
template: ``{% load plots %}{% plot that %}``. Nothing here knows what the numbers are about.
"""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, BAR, GAP, TOP = 720, 22, 10, 6
LABELS, NUMBERS = 190, 70


@dataclass(frozen=True)
class Piece:
    """One part of one bar, in the units of the picture; ``column`` counts from 1 and names its colour."""

    column: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One row of the picture: its label, its parts, and the number at its end."""

    label: str
    y: int
    text_y: int
    pieces: list[Piece]
    total: str
    end: float


@dataclass(frozen=True)
class Plot:
    """What is drawn, and what its table says."""

    title: str
    description: str
    columns: list[str]
    rows: list[tuple[str, tuple[int | None, ...]]]
    # What stands where a number is withheld.
    hidden: str = "<5"
    width: int = field(default=WIDTH, init=False)

    @property
    def height(self) -> int:
        return TOP + len(self.rows) * (BAR + GAP)

    @property
    def bar_height(self) -> int:
        return BAR

    @property
    def has_several(self) -> bool:
        return len(self.columns) > 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no row, or nothing but zeros."""
        return not any(number for _label, numbers in self.rows for number in numbers)

    def bars(self) -> list[Bar]:
        """Every row as parts of a bar; the longest reaches the space that is left for its number."""
        longest = max((sum(n or 0 for n in numbers) for _label, numbers in self.rows), default=0) or 1
        scale = (WIDTH - LABELS - NUMBERS) / longest
        return [self._bar(index, label, numbers, scale) for index, (label, numbers) in enumerate(self.rows)]

    def _bar(self, index: int, label: str, numbers, scale: float) -> Bar:
        x, pieces = float(LABELS), []
        for column, number in enumerate(numbers, start=1):
            if number:
                width = round(number * scale, 1)
                pieces.append(Piece(column, round(x, 1), width))
                x += width
        y = TOP + index * (BAR + GAP)
        total = self.hidden if None in numbers else f"{sum(numbers)}"
        return Bar(str(label), y, y + BAR - 6, pieces, total, round(x + 6, 1))

    def table(self) -> list[tuple[str, list[str]]]:
        """(label, numbers as text) of every row, for the table behind the picture."""
        return [(str(label), [self.hidden if n is None else str(n) for n in numbers]) for label, numbers in self.rows]
