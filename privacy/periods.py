"""How long a class is kept, asked in one place: the declared period, or that of the approved rule that rules (N54).

Whatever tells or applies a period asks `keep_of`. Inside `read_once` the rules are read with one query, however many
classes are asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, Q
from django.db.models.constants import LOOKUP_SEP
from django.utils import timezone

from privacy.declare import KeepFor, KeepUntilErased, KeepWith, start_of
from privacy.models import RetentionRule
from privacy.rules import retention
from privacy.rules.deadlines import OSLO, oslo_date
from privacy.rules.retention_periods import Period, Ruling, due_already, is_longer

# Without a notice that says so, people have this long to hear of a longer period before it rules.
LEAD = timedelta(days=14)

_State = RetentionRule.State
_read: ContextVar[dict | None] = ContextVar("retention rules read for one operation", default=None)
_asked: list[Callable[[RetentionRule, date], bool]] = []


@dataclass(frozen=True)
class KeepInForce(KeepFor):
    """A period set by a rule. Rows whose clock started on ``due_since`` or before were due before it began to rule."""

    due_since: date | None = None
    rule: str = ""


@contextmanager
def read_once():
    """Inside this block the rules are read once. It may be nested; what is approved meanwhile rules afterwards."""
    if _read.get() is not None:
        yield
        return
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def keep_of(declaration, day: date | None = None) -> KeepFor | KeepWith | KeepUntilErased:
    """The keep that rules on ``day`` (today): the declared one, or with the length of the approved rule that rules.

    For a day to come, rules that are approved and wait for their day are counted in.
    """
    keep = declaration.keep
    if not isinstance(keep, KeepFor):
        return keep
    history = _history(declaration, _or_today(day))
    if len(history) == 1:
        return keep
    ruling, rule = history[-1]
    return KeepInForce(
        since=keep.since,
        source=keep.source,
        months=ruling.period.months,
        days=ruling.period.days,
        anchor=keep.anchor,
        warn_days=keep.warn_days,
        from_erasure=keep.from_erasure,
        sooner=keep.sooner,
        due_since=due_already([each for each, _rule in history], anchor=keep.anchor),
        rule=str(rule or ""),
    )


def rule_of(declaration, day: date | None = None) -> RetentionRule | None:
    """The approved rule behind the period of that day; None while the declared one rules."""
    if not isinstance(declaration.keep, KeepFor):
        return None
    return _history(declaration, _or_today(day))[-1][1]


def shown_text(declaration, language: str, day: date | None = None) -> str:
    """What the rule in force wants said of its period in that language ("nb" or "en"), or nothing."""
    rule = rule_of(declaration, day)
    return "" if rule is None else (rule.shown_nb if language.startswith("nb") else rule.shown_en)


def last_due_start(keep: KeepFor, day: date) -> date:
    """The latest start whose row is due on ``day`` under this period, so that a query may ask for `start <= …`."""
    last = retention.latest_due_start(day, months=keep.months, days=keep.days, anchor=keep.anchor)
    return max(last, getattr(keep, "due_since", None) or last)


def last_day(keep: KeepFor, start: date) -> date:
    """The last day a row with this start is kept."""
    return retention.kept_until(start, months=keep.months, days=keep.days, anchor=keep.anchor)


def last_day_of(keep: KeepFor, row) -> date | None:
    """The last day this row is kept: the earlier end of the clocks that have begun; None while none has."""
    begun = [(each, start) for each in keep.clocks if (start := start_of(row, each)) is not None]
    return min((last_day(each, start) for each, start in begun), default=None)


def due_on(model, keep: KeepFor, day: date) -> Q:
    """The rows of a model whose last day under this period was before ``day``: one indexed comparison a clock."""
    due = Q()
    for each in keep.clocks:
        last = last_due_start(each, day)
        if _is_a_moment(model, each.since):
            midnight = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=OSLO)
            due |= Q(**{f"{each.since}__lt": midnight})
        else:
            due |= Q(**{f"{each.since}__lte": last})
    return due


def _is_a_moment(model, path: str) -> bool:
    for part in path.split(LOOKUP_SEP):
        column = model._meta.get_field(part)
        model = column.related_model
    return isinstance(column, DateTimeField)


def rules_in_force(day: date | None = None) -> list[RetentionRule]:
    """Every rule that rules on that day, by class."""
    day = _or_today(day)
    found = [_ruling_of(rules, day) for _label, rules in sorted(_by_class().items())]
    return [rule for rule in found if rule is not None]


def lengthening_allowed(rule: RetentionRule, day: date) -> bool:
    """Whether a longer period may rule on ``day``: the notice says so, or, with no notice to ask, its lead is over."""
    if _asked:
        return _asked[-1](rule, day)
    approved = oslo_date(rule.approved_at) if rule.approved_at else day
    return rule.active_from is not None and rule.active_from >= approved + LEAD and day >= rule.active_from


def ask_notice(function: Callable[[RetentionRule, date], bool] | None) -> None:
    """Set who is asked whether the notice tells a longer period: function(rule, day) -> bool. None asks nobody."""
    _asked[:] = [] if function is None else [function]


def asks_notice() -> bool:
    """Whether somebody has been set who knows what the notice says."""
    return bool(_asked)


def forget_read() -> None:
    """Rules were changed inside `read_once`: read them anew."""
    if (known := _read.get()) is not None:
        known.clear()


def period_of(keep_or_rule) -> Period:
    """The bare length of a keep or of a rule."""
    return Period(keep_or_rule.months, keep_or_rule.days)


def _or_today(day: date | None) -> date:
    return day or oslo_date(timezone.now())


def _by_class() -> dict[str, list[RetentionRule]]:
    known = _read.get()
    if known is not None and "rules" in known:
        return known["rules"]
    found: dict[str, list[RetentionRule]] = {}
    rows = RetentionRule.objects.exclude(state=_State.DRAFT).order_by("data_class", "version")
    for rule in rows:
        found.setdefault(rule.data_class, []).append(rule)
    if known is not None:
        known["rules"] = found
    return found


def _ruling_of(rules: list[RetentionRule], day: date) -> RetentionRule | None:
    from privacy import registry

    declaration = registry.declaration_of(rules[0].data_class)
    return _events(declaration.keep, rules, day)[-1][1]


def _history(declaration, day: date) -> list[tuple[Ruling, RetentionRule | None]]:
    return _events(declaration.keep, _by_class().get(declaration.name(), []), day)


def _events(keep: KeepFor, rules, day: date) -> list[tuple[Ruling, RetentionRule | None]]:
    """The declared period and what ruled after it, through ``day``, in order."""
    declared = period_of(keep)
    events = [(Ruling(declared), None)]
    for rule in rules:
        since = _ruled_from(rule, events[-1][0].period, day)
        if since is None or since > day:
            continue
        events.append((Ruling(period_of(rule), since), rule))
        following = any(other.in_force_from == rule.in_force_until for other in rules if other is not rule)
        if rule.in_force_until is not None and rule.in_force_until <= day and not following:
            events.append((Ruling(declared, rule.in_force_until), None))
    return events


def _ruled_from(rule: RetentionRule, before: Period, day: date) -> date | None:
    if rule.in_force_from is not None:
        return rule.in_force_from
    if rule.state != _State.APPROVED:
        return None
    if is_longer(period_of(rule), before) and not lengthening_allowed(rule, max(day, rule.active_from)):
        return None
    return rule.active_from
