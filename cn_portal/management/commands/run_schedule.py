import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cn_portal import schedule


def moment(text):
    """An ISO date and time; without an offset it is meant in the site's own time zone."""
    parsed = datetime.fromisoformat(text)
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)


class Command(BaseCommand):
    help = "Run every time-driven job once."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=moment, default=None, help="ISO date and time to run for (default: now)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args, **options):
        as_of = options["as_of"] or timezone.now()
        results = (
            schedule.run_all(as_of=as_of, dry_run=True) if options["dry_run"] else schedule.run_to_the_end(as_of=as_of)
        )
        self.stdout.write(_as_json(results) if options["format"] == "json" else _as_text(results))
        if failures := schedule.failed(results):
            raise CommandError(
                f"These jobs failed, the others were run: {', '.join(failures)}. Details are in the log."
            )


def _as_json(results):
    return json.dumps(results, default=str, ensure_ascii=False)


def _as_text(results):
    return "\n".join(f"{name}: {_as_json(result)}" for name, result in results.items())
