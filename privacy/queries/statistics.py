"""Numbers for everybody who may see numbers: what the months were, with nothing in it that tells one person (N57)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy import registry
from privacy.counting import YEAR, Measure
from privacy.models import Statistic
from privacy.plots import Bar, Plot
from privacy.rules.statistics import Mark, Published, publish

MONTHS = 12
YEARS = 5


@dataclass(frozen=True)
class _MarkedPlot(Plot):
    """A plot whose bars and table say of each hidden number why it is hidden."""

    cells: tuple = ()
    totals: tuple = ()

    def bars(self) -> list[Bar]:
        return [replace(bar, total=total) for bar, total in zip(super().bars(), self.totals, strict=True)]

    def table(self) -> list[tuple[str, list[str]]]:
        labels = (label for label, _numbers in self.rows)
        return [(label, list(map(str, cells))) for label, cells in zip(labels, self.cells, strict=True)]


@dataclass(frozen=True)
class Report:
    """One measure as it may be published: periods down, values across."""

    measure: Measure
    periods: list[str]
    columns: list[str]
    published: Published
    has_values: bool

    @property
    def plot(self) -> Plot:
        """The shown numbers as bars, the newest period first."""
        cells = tuple(reversed(self.published.rows))
        totals = tuple(map(str, reversed(self.published.row_totals)))
        numbers = [tuple(None if isinstance(cell, Mark) else cell for cell in row) for row in cells]
        rows = list(zip(reversed(self.periods), numbers, strict=True))
        return _MarkedPlot(
            str(self.measure.title),
            _("By period; a number under five is not drawn."),
            self.columns,
            rows,
            cells=cells,
            totals=totals,
        )

    def table(self) -> list[list[str]]:
        """Heading, one line per period, and the totals, as text."""
        head = [_("Period"), *self.columns]
        body = [[period, *cells] for period, cells in zip(self.periods, self.published.rows, strict=True)]
        last = [_("Total"), *self.published.column_totals]
        if self.has_values:
            head.append(_("Total"))
            body = [[*line, total] for line, total in zip(body, self.published.row_totals, strict=True)]
            last.append(self.published.total)
        return [head, *([str(cell) for cell in line] for line in [*body, last])] if body else [head]


def reports(*, day: date) -> list[Report]:
    """Every measure: the last twelve closed months, or the last five closed years, whichever it is shown by.

    A year is shown when all its months are counted: one that grew from month to month would give the months away.
    """
    counted = _counted()
    return [_report(measure, counted.get(measure.code, {}), day) for measure in registry.statistics()]


def report(code: str, *, day: date) -> Report | None:
    """One measure by its code; None when nothing is counted under it."""
    return next((each for each in reports(day=day) if each.measure.code == code), None)


def _counted() -> dict:
    """measure → month → value → number, as stored."""
    found: dict = defaultdict(lambda: defaultdict(dict))
    rows = Statistic.objects.order_by("measure", "month", "value")
    for measure, month, value, count in rows.values_list("measure", "month", "value", "count"):
        found[measure][month][value] = count
    return found


def _report(measure: Measure, months: dict, day: date) -> Report:
    if measure.per == YEAR:
        rows = dict(sorted(_closed_years(months, day).items())[-YEARS:])
    else:
        rows = {date_format(month, "F Y"): months[month] for month in sorted(months)[-MONTHS:]}
    titles = dict(measure.values())
    # What is no longer offered was counted all the same.
    gone = sorted({value for numbers in rows.values() for value in numbers} - set(titles) - {""})
    columns = {**titles, **{value: value for value in gone}}
    return Report(
        measure=measure,
        periods=list(rows),
        columns=[str(title) for title in columns.values()] or [_("Number")],
        published=publish([_cells(numbers, columns) for numbers in rows.values()]),
        has_values=bool(columns),
    )


def _cells(numbers: dict, columns: dict) -> list[int]:
    return [numbers.get(value, 0) for value in columns] if columns else [numbers.get("", 0)]


def _closed_years(months: dict, day: date) -> dict[str, dict]:
    years: dict[str, dict] = {}
    for year in sorted({month.year for month in months if month.year < day.year}):
        whole = [months.get(date(year, number, 1)) for number in range(1, 13)]
        if None not in whole:
            years[str(year)] = {value: sum(m.get(value, 0) for m in whole) for value in {v for m in whole for v in m}}
    return years
