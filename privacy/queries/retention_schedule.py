"""The schedule of retention for the office: each class, its declared period, the rule in force, its versions (N54)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privacy import periods, registry
from privacy.declare import KeepFor
from privacy.models import RetentionRule
from privacy.queries.held import rule_text
from privacy.reach import Declaration


@dataclass(frozen=True)
class ScheduleLine:
    """One class of the schedule: the declared period, what rules today, where it comes from, what is proposed."""

    model: str
    title: str
    declared: str
    in_force: str
    source: str
    rule: RetentionRule | None
    proposed: RetentionRule | None
    has_clock: bool


def schedule(day: date) -> list[ScheduleLine]:
    """Every declared class, by title."""
    drafts = {rule.data_class: rule for rule in RetentionRule.objects.filter(state=RetentionRule.State.DRAFT)}
    with periods.read_once():
        lines = [_line(declaration, day, drafts) for declaration in registry.declarations()]
    return sorted(lines, key=lambda line: line.title)


def line_of(label: str, day: date) -> ScheduleLine:
    """The same for one class."""
    drafts = RetentionRule.objects.filter(state=RetentionRule.State.DRAFT, data_class=label)
    return _line(registry.declaration_of(label), day, {rule.data_class: rule for rule in drafts})


def _line(declaration: Declaration, day: date, drafts) -> ScheduleLine:
    has_clock = isinstance(declaration.keep, KeepFor)
    return ScheduleLine(
        model=declaration.name(),
        title=str(declaration.title),
        declared=rule_text(declaration, declaration.keep if has_clock else None),
        in_force=rule_text(declaration),
        source=declaration.keep.source,
        rule=periods.rule_of(declaration, day),
        proposed=drafts.get(declaration.name()),
        has_clock=has_clock,
    )


def rules_of(label: str) -> list[RetentionRule]:
    """Every version of a class's period, the newest first."""
    return list(RetentionRule.objects.filter(data_class=label).order_by("-version"))
