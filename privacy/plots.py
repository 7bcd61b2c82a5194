"""Plots as pictures the server draws, with the table behind them (look.md): stacked bars, one per row.

    plot = Plot(_("What went, by month"), _("Rows erased by the nightly run."), [_("deleted"), _("held")], rows)

``rows`` are (label, (number, …)) with one number per column; a number may be None for a suppressed cell. Columns are
stacked and summed, unless they are ``apart``: then each has a bar of its own, because a sum would mean nothing. In a
template: ``{% load plots %}{% plot that %}``. Nothing here knows what the numbers are about.
"""

from __future__ import annotations

from dataclasses import dataclass

# A bar is drawn in a picture of its own, this wide in its own units and stretched to the space there is.
WIDTH = 1000
HEIGHT = 20
# So many of the newest rows are drawn even where nothing happened.
FEWEST_ROWS = 3


@dataclass(frozen=True)
class Piece:
    """One part of one bar, in the units of its picture; ``column`` counts from 1 and names its colour."""

    column: int
    x: float
    width: float
    y: float = 0
    height: float = HEIGHT


@dataclass(frozen=True)
class Bar:
    """One row: its label, the parts of its bar, and the number at its end."""

    label: str
    pieces: list[Piece]
    total: str


@dataclass(frozen=True)
class Plot:
    """What is drawn, and what its table says."""

    title: str
    description: str
    columns: list[str]
    rows: list[tuple[str, tuple[int | None, ...]]]
    # What stands where a number is withheld.
    hidden: str = "<5"
    apart: bool = False

    @property
    def has_several(self) -> bool:
        return len(self.columns) > 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no row, or nothing but zeros."""
        return not any(number for _label, numbers in self.rows for number in numbers)

    def bars(self) -> list[Bar]:
        """Every row as parts of a bar; the longest fills its picture."""
        length = max if self.apart else sum
        longest = max((length(n or 0 for n in numbers) for _label, numbers in self.rows), default=0) or 1
        return [self._bar(label, numbers, WIDTH / longest) for label, numbers in self.rows]

    def _bar(self, label: str, numbers, scale: float) -> Bar:
        widths = [round((number or 0) * scale, 1) for number in numbers]
        place = self._lane if self.apart else self._stacked
        pieces = [place(column, widths) for column, width in enumerate(widths, start=1) if width]
        return Bar(str(label), pieces, self._number(numbers))

    def _stacked(self, column: int, widths: list[float]) -> Piece:
        return Piece(column, round(sum(widths[: column - 1]), 1), widths[column - 1])

    def _lane(self, column: int, widths: list[float]) -> Piece:
        height = HEIGHT / len(widths)
        return Piece(column, 0, widths[column - 1], height * (column - 1), height)

    def _number(self, numbers) -> str:
        if self.apart:
            return " · ".join(self.hidden if number is None else str(number) for number in numbers)
        return self.hidden if None in numbers else f"{sum(numbers)}"

    def table(self) -> list[tuple[str, list[str]]]:
        """(label, numbers as text) of every row, for the table behind the picture."""
        return [(str(label), [self.hidden if n is None else str(n) for n in numbers]) for label, numbers in self.rows]


def since_the_first(rows: list) -> list:
    """The rows from the first in which anything happened on; the newest three always."""
    first = next((place for place, (_label, numbers) in enumerate(rows) if any(numbers)), len(rows))
    return rows[min(first, max(len(rows) - FEWEST_ROWS, 0)) :]
