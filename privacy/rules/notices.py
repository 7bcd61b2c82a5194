"""When a change of the notice is significant, and from which day it may apply (N64, N66, T19). Pure.

Facts are what `queries.notice_facts` reads from the register: {"controller": {...}, "recipients": {name: {...}},
"purposes": {code: {"basis", "law", "categories", "recipients", "keep": {class: {...}}}}}.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from privacy.rules.deadlines import OSLO
from privacy.rules.recipients import is_eea

LEAD_DAYS = 14
# What a person would decide differently on if they knew: these are told before they apply (Art 13(3), N66).
MATERIAL = frozenset(
    {
        "purpose_added",
        "basis_changed",
        "category_added",
        "recipient_added",
        "recipient_moved",
        "period_longer",
        "period_start_changed",
        "controller_name",
    }
)


@dataclass(frozen=True, order=True)
class Change:
    """One difference between two versions: a code, the purpose or party it is about, and what (a class, a category)."""

    code: str
    about: str
    what: str = ""
    old: str = ""
    new: str = ""

    @property
    def is_material(self) -> bool:
        return self.code in MATERIAL


def changes(old: dict, new: dict) -> list[Change]:
    """Every difference between what two versions say of the register, in a fixed order; significant ones first."""
    found = [*_controller(old, new), *_recipients(old, new), *_purposes(old, new)]
    return sorted(found, key=lambda change: (not change.is_material, change))


def _controller(old, new) -> Iterator[Change]:
    before, after = old.get("controller", {}), new.get("controller", {})
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            code = "controller_name" if name == "name" else "controller_reached"
            yield Change(code, "controller", name, str(before.get(name, "")), str(after.get(name, "")))


def _recipients(old, new) -> Iterator[Change]:
    before, after = old.get("recipients", {}), new.get("recipients", {})
    for name in sorted({*before} & {*after}):
        if before[name] != after[name]:
            countries = (before[name].get("country", ""), after[name].get("country", ""))
            has_left = countries[0] != countries[1] and not is_eea(countries[1])
            code = "recipient_moved" if has_left else "recipient_described"
            yield Change(code, name, "", *countries)


def _purposes(old, new) -> Iterator[Change]:
    before, after = old.get("purposes", {}), new.get("purposes", {})
    yield from (Change("purpose_added", code) for code in sorted({*after} - {*before}))
    yield from (Change("purpose_removed", code) for code in sorted({*before} - {*after}))
    for code in sorted({*before} & {*after}):
        yield from _one_purpose(code, before[code], after[code])


def _one_purpose(code, before, after) -> Iterator[Change]:
    if before["basis"] != after["basis"]:
        yield Change("basis_changed", code, "", before["basis"], after["basis"])
    if before.get("law", "") != after.get("law", ""):
        yield Change("law_changed", code, "", before.get("law", ""), after.get("law", ""))
    for kind, name in (("category", "categories"), ("recipient", "recipients")):
        yield from (Change(f"{kind}_added", code, each) for each in sorted({*after[name]} - {*before[name]}))
        yield from (Change(f"{kind}_removed", code, each) for each in sorted({*before[name]} - {*after[name]}))
    yield from (Change("class_added", code, each) for each in sorted({*after["keep"]} - {*before["keep"]}))
    yield from (Change("class_removed", code, each) for each in sorted({*before["keep"]} - {*after["keep"]}))
    for each in sorted({*before["keep"]} & {*after["keep"]}):
        if (kind := _period_change(before["keep"][each], after["keep"][each])) is not None:
            yield Change(kind, code, each, _period_text(before["keep"][each]), _period_text(after["keep"][each]))


def _period_text(keep: dict) -> str:
    return str(keep.get("period") or keep.get("reason") or "")


def _period_change(before: dict, after: dict) -> str | None:
    if before == after:
        return None
    if "period" not in after:
        # Without an end of its own, where there was one, is longer; other words for the same are only words.
        return "period_longer" if "period" in before else "period_worded"
    if "period" not in before:
        return "period_shorter"
    if (before.get("since"), before.get("anchor")) != (after.get("since"), after.get("anchor")):
        return "period_start_changed"
    if before["period"] == after["period"]:
        return "period_worded"
    return "period_longer" if is_longer(after["period"], than=before["period"]) else "period_shorter"


def is_longer(period: str, *, than: str) -> bool:
    """Whether one ISO period (P42M, P90D) may end later than another: months against days are taken at the worst."""
    if period[-1] == than[-1]:
        return int(period[1:-1]) > int(than[1:-1])
    return _days(period)[1] > _days(than)[0]


def _days(period: str) -> tuple[int, int]:
    number = int(period[1:-1])
    return (number * 28, number * 31) if period.endswith("M") else (number, number)


def earliest_effective(notified_at: datetime) -> date:
    """The first Oslo day that begins 14 whole days or more after the last message was sent (N66).

    Counted on the calendar of Oslo: told on the 1st at noon, it may apply from the 16th; at midnight sharp, the 15th.
    """
    told = notified_at.astimezone(OSLO)
    first = told.date() + timedelta(days=LEAD_DAYS)
    is_midnight = (told.hour, told.minute, told.second, told.microsecond) == (0, 0, 0, 0)
    return first if is_midnight else first + timedelta(days=1)


def may_apply_from(day: date, *, notified_at: datetime | None) -> bool:
    """Whether a significant change may apply from this day."""
    return notified_at is not None and day >= earliest_effective(notified_at)


def soonest_wanted(today: date) -> date:
    """The first day that can be asked for when everybody is told today."""
    return today + timedelta(days=LEAD_DAYS + 1)
