"""Which interviews lie in which stretch of days, as Oslo counts days."""

from datetime import datetime, time, timedelta

from careers.models import Interview
from careers.rules.interviews import OSLO

_OPEN = (Interview.State.OFFERED, Interview.State.NO_TIME)


def between(queryset, stretch: str, *, now):
    """Of these interviews: ``today``, ``week`` (until Sunday), ``ahead`` (and those still without a time), ``past``."""
    today = now.astimezone(OSLO).date()
    start = _midnight(today)
    if stretch == "today":
        return queryset.filter(starts_at__gte=start, starts_at__lt=_midnight(today + timedelta(days=1)))
    if stretch == "week":
        sunday = today + timedelta(days=6 - today.weekday())
        return queryset.filter(starts_at__gte=start, starts_at__lt=_midnight(sunday + timedelta(days=1)))
    if stretch == "past":
        return queryset.filter(starts_at__lt=start)
    return queryset.filter(starts_at__gte=start) | queryset.filter(state__in=_OPEN)


def _midnight(day) -> datetime:
    return datetime.combine(day, time(), OSLO)
