"""One application goes from one stage to another: the row, its history and its clock, in the caller's transaction."""

from django.utils import timezone

from careers.models import StageEvent
from careers.rules.stages import is_decision


def record_move(row, *, to, by, reason: str = "") -> None:
    """Write the new stage and who did it; a decision starts the six months."""
    StageEvent.objects.create(
        application=row, before=row.state, after=to, actor_id=getattr(by, "pk", None), reason=reason
    )
    row.state = to
    if is_decision(to):
        row.decided_on = row.clock_from = timezone.localdate()
    row.save(update_fields=["state", "decided_on", "clock_from"])
