"""The words of a statistic: what is counted once a month has closed, before anything goes (N57, T32)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

MONTH, YEAR = "month", "year"


@dataclass(frozen=True)
class Measure:
    """One thing that is counted: its code, what it is called, and how it is counted.

    ``count(first, last)`` gives {value: number} of the rows of those days, both included; one without values gives
    {"": number}. ``values()`` gives {code: title} of all that may be counted, from a closed list: never a customer, a
    person or a text somebody wrote. ``per`` is what is shown, MONTH or YEAR; shown at both, a month could be computed.
    """

    code: str
    title: object
    plainly: object
    count: Callable[[date, date], Mapping[str, int]]
    values: Callable[[], Mapping[str, object]]
    per: str = MONTH
