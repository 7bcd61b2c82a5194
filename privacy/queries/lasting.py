"""How long a row is kept, for owners who tell people before or beside their page: always the period in force (N54)."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from privacy import periods, registry
from privacy.declare import MatchedBy
from privacy.holding import held_rows
from privacy.models import ConsentState, SubjectRequest
from privacy.models.request import OPEN_STATES
from privacy.planning import scope_of
from privacy.queries.held import period_text
from privacy.reach import Kept, clock_of, rows_of
from privacy.rules.consent import VALID


def kept_until(row) -> date | None:
    """The last day this row is kept by its clock, or the clock of the row it goes with; None while none has begun.

    A hold may keep it longer: see `held_about`.
    """
    clock = clock_of(registry.declaration_of(type(row)))
    return None if clock is None else periods.last_day_of(clock, row)


def kept_from(model, start: date) -> date:
    """The last day of a row of this class whose clock starts on ``start``, by the longer of its clocks."""
    return periods.last_day(clock_of(registry.declaration_of(model)), start)


def period_of(model) -> str:
    """The period of this class in words of the active language: "6 months"."""
    return period_text(clock_of(registry.declaration_of(model)))


def held_by(row, *, day: date) -> Kept | None:
    """What keeps this row beyond its clock and an erasure on ``day``: reason, law and last day; None for nothing."""
    declaration = registry.declaration_of(type(row))
    return held_rows(scope_of(declaration, {row.pk}), day=day)[declaration].get(row.pk)


def held_besides(subject, *, app_label: str) -> list[str]:
    """What else is held about this person than the rows of one app, in words: classes of rows, standing consents to
    what other apps do, open requests. Their account and what proves something are not counted."""
    ids, users = subject.group(), get_user_model()
    found = []
    for declaration in registry.declarations():
        label = declaration.model._meta.app_label
        is_elsewhere = label not in (app_label, "privacy") and not isinstance(declaration.subject, MatchedBy)
        if not is_elsewhere or declaration.activity is registry.declaration_of(users).activity:
            continue
        if rows_of(declaration, ids).exists():
            found.append(str(declaration.title))
    if _other_consents(ids, app_label).exists():
        found.append(_("Your consents"))
    if SubjectRequest.objects.filter(subject__in=ids, state__in=OPEN_STATES).exists():
        found.append(_("Requests we have not answered yet"))
    return found


def _other_consents(ids, app_label: str):
    own = {each.activity.code for each in registry.declarations() if each.model._meta.app_label == app_label}
    purposes = [each.code for each in registry.purposes() if each.activity.code in own]
    return ConsentState.objects.filter(subject__in=ids, state__in=VALID).exclude(purpose__in=purposes)
