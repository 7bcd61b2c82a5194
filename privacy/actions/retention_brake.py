"""An unusual share stops the night, until a person has looked at exactly this plan and lets it go (N54)."""

from __future__ import annotations

import math
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.retention_plan import rehearse, retention_plan
from privacy.actions.trail import actor_id, note
from privacy.models import RetentionRun
from privacy.reach import Declaration

# More than this many rows and more than this share of a class in one night is unusual and needs somebody's word.
USUAL = {"rows": 100, "share": 0.25}
STOPPED, FOLLOWED, CHANGED = "stopped", "followed", "changed"


class PlanChanged(Exception):
    """What was looked at is no longer what would go. The message is a sentence for whoever allowed it."""


def is_unusual(declaration: Declaration, going: int) -> bool:
    """Whether so many rows of a class going in one night is out of the ordinary."""
    brake = getattr(settings, "PRIVACY_RETENTION_BRAKE", USUAL)
    if going <= brake["rows"]:
        return False
    # Counting stops where it is plain that the class is large enough.
    enough = math.ceil(going / brake["share"]) if brake["share"] else 1
    return going > declaration.model._base_manager.order_by()[:enough].count() * brake["share"]


def unusual_classes(day: date, due: dict[Declaration, int]) -> list[str]:
    """The classes of which too much would really go on that day. Rows that are held do not count: they do not go."""
    plan, found = retention_plan(day), []
    for declaration, count in due.items():
        # Counting what is due was one query; only where that is much is the plan walked.
        if is_unusual(declaration, count):
            going = sum(item.goes for item in plan.of(declaration).items)
            if is_unusual(declaration, going):
                found.append(declaration.name())
    return found


def remember_stopped(day: date, stopped_by: list[str], *, finish) -> RetentionRun:
    """Keep the plan that was stopped, with its digest, for somebody to look at; once for one plan."""
    walked = rehearse(day, sample=0)
    known = RetentionRun.objects.filter(state=STOPPED, as_of=day, plan_digest=walked.digest).first()
    if known is not None:
        return known
    run = RetentionRun(as_of=day, mode=RetentionRun.Mode.DRY, stopped_by=stopped_by, rules=walked.rules)
    run.classes = [each.as_json() for each in walked.classes if each.due]
    run.plan_digest = walked.digest
    finish(run, STOPPED)
    return run


@transaction.atomic
def allow_plan(day: date, digest: str, *, by) -> RetentionRun:
    """Let a stopped plan go: the next run carries out exactly this one first, and nothing else of an unusual share.

    Raises PlanChanged when no stopped plan of that day has this digest. Allowing it twice changes nothing.
    """
    stopped = RetentionRun.objects.select_for_update().filter(state=STOPPED, as_of=day, plan_digest=digest).first()
    if stopped is None:
        raise PlanChanged(_("That plan is no longer waiting. Nothing was allowed; look at the one that is."))
    if stopped.allowed_at is None:
        stopped.allowed_at, stopped.allowed_by = timezone.now(), actor_id(by)
        stopped.save(update_fields=["allowed_at", "allowed_by"])
        note("retention.plan_allowed", record=stopped, by=by)
    return stopped


def allowed_plans(day: date) -> list[RetentionRun]:
    """Stopped plans somebody has let go, the oldest first, none of a day to come."""
    waiting = RetentionRun.objects.filter(state=STOPPED, allowed_at__isnull=False, as_of__lte=day)
    return list(waiting.order_by("as_of", "started_at"))


def is_unchanged(stopped: RetentionRun) -> bool:
    """Whether the plan of that day is still, row by row, the one that was allowed."""
    return rehearse(stopped.as_of, sample=0).digest == stopped.plan_digest
