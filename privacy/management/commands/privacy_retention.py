from datetime import date

from django.core.management.base import CommandError
from django.utils import timezone

from privacy import actions
from privacy.actions.retention_clock import clock_refusal
from privacy.management.output import PortalCommand
from privacy.rules.deadlines import oslo_date


class Command(PortalCommand):
    help = "The nightly run: erase what is due, keep what is held, count both."
    timed = True

    def add_arguments(self, parser):
        parser.add_argument("--allow-large", action="store_true", help="go on although an unusual share is due")
        parser.add_argument(
            "--confirm-clock",
            type=date.fromisoformat,
            metavar="DAY",
            help="say what day it is today, when the clock of the machine was not believed",
        )
        parser.add_argument("--most", type=int, default=None, metavar="ROWS", help="end after so many rows")
        super().add_arguments(parser)

    def work(self, *, as_of, dry_run, allow_large, confirm_clock, most, **options):
        _check_clock(as_of, confirm_clock, dry_run=dry_run)
        result = actions.run_retention(as_of=as_of, dry_run=dry_run, allow_large=allow_large, most=most)
        self.show(result.as_json(), text=_text(result))
        if result.status == "stopped" and not dry_run:
            classes = ", ".join(result.stopped_by)
            raise CommandError(
                f"An unusual share of {classes} is due; nothing was erased. Look at --dry-run, then allow the plan"
                " in the office or say --allow-large."
            )
        if result.status == "running":
            raise CommandError("Another run is under way; nothing was done.")
        if result.status == "failed":
            raise CommandError("Some files could not be shown to be gone; their rows stay due and are tried again.")


def _check_clock(as_of, confirmed: date | None, *, dry_run: bool) -> None:
    """A moment given with --as-of is somebody's word; the clock's own moment has to be believable (F17)."""
    if dry_run:
        return
    try:
        if confirmed is not None:
            actions.confirm_clock(confirmed, by=None)
    except actions.ClockRefused as problem:
        raise CommandError(str(problem)) from None
    if refusal := clock_refusal(as_of):
        today = oslo_date(timezone.now()).isoformat()
        raise CommandError(f"{refusal} If today is {today}, say --confirm-clock {today}.")


def _text(result) -> str:
    lines = [f"{result.status}, as of {result.as_of}"]
    for each in result.classes:
        if each.due:
            gone = each.deleted + each.blanked
            lines.append(f"  {each.model}: due {each.due}, gone {gone}, held {each.held}, restricted {each.restricted}")
    if result.backlog:
        lines.append(f"  {result.backlog} rows are left for the next run")
    return "\n".join(lines)
