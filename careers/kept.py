"""The days people are told: how long what they sent is kept, by the period in force on that day (N32, N54)."""

from datetime import date, timedelta

from careers.models import Application
from privacy import queries as engine


def kept_until(clock_from: date) -> date:
    """The last day of an application whose time counts from this day, unless its person is hired and moved."""
    return engine.kept_from(Application, clock_from)


def deleted_on(clock_from: date) -> date:
    """The first day it is gone."""
    return kept_until(clock_from) + timedelta(days=1)


def period() -> str:
    """How long that is, in words of the active language: "6 months"."""
    return engine.period_of(Application)


def gone_on(row) -> date | None:
    """The first day this row is gone by its clock, whatever kind of row it is; None while no clock has begun."""
    last = engine.kept_until(row)
    return None if last is None else last + timedelta(days=1)
