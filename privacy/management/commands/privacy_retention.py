from django.core.management.base import CommandError

from privacy.actions import run_retention
from privacy.management.output import PortalCommand


class Command(PortalCommand):
    help = "The nightly run: erase what is due, keep what is held, count both."
    timed = True

    def add_arguments(self, parser):
        parser.add_argument("--allow-large", action="store_true", help="go on although an unusual share is due")
        super().add_arguments(parser)

    def work(self, *, as_of, dry_run, allow_large, **options):
        result = run_retention(as_of=as_of, dry_run=dry_run, allow_large=allow_large)
        self.show(result.as_json(), text=_text(result))
        if result.status == "stopped" and not dry_run:
            classes = ", ".join(result.stopped_by)
            raise CommandError(
                f"An unusual share of {classes} is due; nothing was erased. Look at --dry-run, then say --allow-large."
            )
        if result.status == "running":
            raise CommandError("Another run is under way; nothing was done.")
        if result.status == "failed":
            raise CommandError("Some files could not be shown to be gone; their rows stay due and are tried again.")


def _text(result) -> str:
    lines = [f"{result.status}, as of {result.as_of}"]
    for each in result.classes:
        if each.due:
            gone = each.deleted + each.blanked
            lines.append(f"  {each.model}: due {each.due}, gone {gone}, held {each.held}, restricted {each.restricted}")
    return "\n".join(lines)
