"""One application goes from one stage to another: the row, its history and its clock, in the caller's transaction."""

from django.utils import timezone

from careers.models import StageEvent
from careers.rules.stages import is_decision, state_of, step_of


def record_move(row, *, to, by, reason: str = "", on=None) -> None:
    """Write the new step, the state it belongs to and who did it; a decision starts the six months.

    `to` is a step, or a public state for the first step of it. `on` is the day of the decision, today unless given.
    """
    step = step_of(to)
    state = state_of(step)
    StageEvent.objects.create(
        application=row,
        before=row.state,
        after=state,
        step_before=row.step,
        step_after=step,
        actor_id=getattr(by, "pk", None),
        reason=reason,
    )
    if is_decision(state) and state != row.state:
        row.decided_on = row.clock_from = on or timezone.localdate()
    row.state, row.step, row.step_since = state, step, timezone.now()
    row.save(update_fields=["state", "step", "step_since", "decided_on", "clock_from"])
