"""Periods set by people: one proposes, another approves, and the old one keeps ruling until then (N54, T10, L32)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import periods, registry
from privacy.actions.trail import actor_id, note
from privacy.declare import KeepFor
from privacy.models import RetentionRule
from privacy.rules.deadlines import oslo_date
from privacy.rules.retention_periods import Period, is_longer
from privacy.second_person import second_person

_State = RetentionRule.State


class RuleRefused(Exception):
    """A period that cannot be. The message is a sentence: what was wrong, and that nothing was changed."""


@transaction.atomic
def propose_rule(
    data_class: str,
    *,
    months: int | None = None,
    days: int | None = None,
    basis: str,
    active_from: date | None = None,
    shown_nb: str = "",
    shown_en: str = "",
    by,
) -> RetentionRule:
    """Draft another period for a class that runs on a clock; it rules nothing until somebody else approves it.

    ``active_from`` is the first day it should rule (without it: the day of approval). Raises RuleRefused for a class
    without a clock, a period that is none, and one shorter than a law demands.
    """
    declaration = _declared(data_class)
    _check(declaration, Period(months, days))
    if not basis.strip():
        raise RuleRefused(_("Write why this period is right. Nothing was changed."))
    latest = RetentionRule.objects.filter(data_class=data_class).aggregate(latest=Max("version"))["latest"]
    rule = RetentionRule.objects.create(
        data_class=data_class,
        version=(latest or 0) + 1,
        months=months,
        days=days,
        basis=basis.strip(),
        active_from=active_from,
        shown_nb=shown_nb.strip(),
        shown_en=shown_en.strip(),
        proposed_by=actor_id(by),
    )
    note("retention.rule_proposed", record=rule, by=by)
    return rule


@transaction.atomic
def approve_rule(rule: RetentionRule, *, by) -> RetentionRule:
    """Approve a draft. A shorter period rules from its day on, at the earliest today; a longer one from the day the
    notice tells it, or, where no notice can be asked, 14 days after the approval at the earliest.

    Raises OwnApproval, or RuleRefused when it is no draft any more or the class has changed meanwhile.
    """
    rule = _locked(rule)
    second_person(by, asked_by=rule.proposed_by)
    if rule.state != _State.DRAFT:
        raise RuleRefused(_("This rule has been decided on already. Nothing was changed."))
    declaration, today = _declared(rule.data_class), oslo_date(timezone.now())
    _check(declaration, periods.period_of(rule))
    rule.state, rule.approved_at, rule.approved_by = _State.APPROVED, timezone.now(), actor_id(by)
    rule.active_from = max(rule.active_from or today, today)
    if _lengthens(declaration, rule, rule.active_from) and not periods.asks_notice():
        rule.active_from = max(rule.active_from, today + periods.LEAD)
    rule.save()
    note("retention.rule_approved", record=rule, by=by)
    take_effect(today)
    rule.refresh_from_db()
    return rule


@transaction.atomic
def retire_rule(rule: RetentionRule, *, by) -> RetentionRule:
    """Withdraw a draft or an approved rule, or end one that rules: the declared period rules again from today.

    Raises RuleRefused when that would keep people's data longer: a longer period needs a rule and a second person.
    """
    rule, today = _locked(rule), oslo_date(timezone.now())
    if rule.state == _State.RETIRED:
        return rule
    if rule.state == _State.ACTIVE:
        declared = periods.period_of(_declared(rule.data_class).keep)
        if is_longer(declared, periods.period_of(rule)):
            raise RuleRefused(
                _(
                    "Without this rule the data would be kept longer. Propose the longer period instead; nothing was"
                    " changed."
                )
            )
        rule.in_force_until = today
    _retire(rule, by=by)
    return rule


@transaction.atomic
def take_effect(day: date) -> list[RetentionRule]:
    """Put approved rules into force whose day has come, and retire those they replace. Returns the new ones."""
    began = []
    waiting = RetentionRule.objects.select_for_update().filter(state=_State.APPROVED, active_from__lte=day)
    for rule in waiting.order_by("active_from", "version"):
        since = rule.active_from
        if _lengthens(_declared(rule.data_class), rule, day):
            if not periods.lengthening_allowed(rule, day):
                continue
            since = since if periods.lengthening_allowed(rule, since) else day
        for old in RetentionRule.objects.filter(data_class=rule.data_class, state=_State.ACTIVE):
            old.in_force_until = since
            _retire(old, by=None)
        rule.state, rule.in_force_from = _State.ACTIVE, since
        rule.save(update_fields=["state", "in_force_from"])
        note("retention.rule_active", record=rule, by=None)
        began.append(rule)
    if began:
        periods.forget_read()
    return began


def _retire(rule: RetentionRule, *, by) -> None:
    rule.state, rule.retired_at, rule.retired_by = _State.RETIRED, timezone.now(), actor_id(by)
    rule.save(update_fields=["state", "in_force_until", "retired_at", "retired_by"])
    note("retention.rule_retired", record=rule, by=by)


def _locked(rule: RetentionRule) -> RetentionRule:
    return RetentionRule.objects.select_for_update().get(pk=rule.pk)


def _lengthens(declaration, rule: RetentionRule, day: date) -> bool:
    ruling = RetentionRule.objects.filter(data_class=rule.data_class, state=_State.ACTIVE).first()
    return is_longer(periods.period_of(rule), periods.period_of(ruling or declaration.keep))


def _declared(data_class: str):
    try:
        declaration = registry.declaration_of(data_class)
    except (LookupError, ValueError):
        declaration = None
    if declaration is None or not isinstance(declaration.keep, KeepFor):
        raise RuleRefused(_("This class does not run on a clock of its own, so it has no period. Nothing was changed."))
    return declaration


def _check(declaration, period: Period) -> None:
    try:
        period.check()
    except ValueError as problem:
        raise RuleRefused(f"{_refusal(period)} {_('Nothing was changed.')}") from problem
    if declaration.statutory and is_longer(periods.period_of(declaration.keep), period):
        raise RuleRefused(
            _("%(law)s demands at least the declared period. Nothing was changed.")
            % {"law": ", ".join(str(law) for law in declaration.statutory)}
        )


def _refusal(period: Period) -> str:
    if (period.months is None) == (period.days is None):
        return _("Give the period in months or in days: one of the two.")
    return _("A period is a whole number above zero, and at most fifty years.")
