"""What of a table may be published so that no number under five can be found out (N57, T32). Pure.

A number under five is hidden as SMALL. Where a row's total would give it away, the smallest other numbers of the row
are hidden with it (WITHHELD) until every value from 0 to 4 is possible for each small one, whatever else is published;
where that cannot be reached, the total is withheld. The total of a column stands only where nothing in it is hidden, so
that each hidden number occurs in one sum at most.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 5
LARGEST = LIMIT - 1


class Mark(enum.Enum):
    """What stands where a number is not published."""

    SMALL = "<5"
    WITHHELD = "–"

    def __str__(self) -> str:
        return self.value


Cell = int | Mark


@dataclass(frozen=True)
class Published:
    """A table as it may be read: rows, the total of each row, of each column, and of everything."""

    rows: list[list[Cell]]
    row_totals: list[Cell]
    column_totals: list[Cell]
    total: Cell


def publish(rows: Sequence[Sequence[int]]) -> Published:
    """The publishable form of a table of numbers; all rows are equally long."""
    published = [publish_row(row) for row in rows]
    cells = [cells for cells, _total in published]
    totals = [total for _cells, total in published]
    columns = [_sum_of_shown(column) for column in zip(*cells, strict=True)]
    return Published(cells, totals, columns, _sum_of_shown(totals))


def publish_row(numbers: Sequence[int]) -> tuple[list[Cell], Cell]:
    """(cells, total) of one row."""
    total = sum(numbers)
    if total < LIMIT:
        return [Mark.SMALL] * len(numbers), Mark.SMALL
    small = {index for index, number in enumerate(numbers) if number < LIMIT}
    with_it = _hidden_with(numbers, small)
    marks = dict.fromkeys(small, Mark.SMALL) | dict.fromkeys(with_it or (), Mark.WITHHELD)
    cells = [marks.get(index, number) for index, number in enumerate(numbers)]
    return cells, total if with_it is not None else Mark.WITHHELD


def _hidden_with(numbers, small) -> list[int] | None:
    """Which larger numbers are hidden with the small ones so that the total may stand; None when none suffice."""
    hidden = sum(numbers[index] for index in small)
    if not small or LARGEST <= hidden <= LARGEST * (len(small) - 1):
        return []
    chosen: list[int] = []
    for index in sorted(set(range(len(numbers))) - small, key=lambda each: (numbers[each], each)):
        chosen.append(index)
        hidden += numbers[index]
        # Each of the larger ones is known to be five or more; what is left must reach for any small number.
        if hidden >= LIMIT * len(chosen) + LARGEST:
            return chosen
    return None


def _sum_of_shown(cells) -> Cell:
    shown = [cell for cell in cells if not isinstance(cell, Mark)]
    return sum(shown) if len(shown) == len(cells) else Mark.WITHHELD
