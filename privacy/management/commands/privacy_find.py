from django.core.management.base import CommandError
from django.utils import timezone

from privacy.actions import note
from privacy.management.output import PortalCommand
from privacy.queries import find_text


class Command(PortalCommand):
    help = "Every place that holds TEXT: tables, sealed columns, files, sessions, queued mail, stores."

    def add_arguments(self, parser):
        parser.add_argument("text", metavar="TEXT")
        super().add_arguments(parser)

    def work(self, *, text, **options):
        if len(text.strip()) < 3:
            raise CommandError("Give at least three characters to look for.", returncode=2)
        hits = find_text(text, now=timezone.now())
        note("office.searched", by=None, reason="privacy_find")
        lines = [
            f"{hit.place}: {hit.count}" + (f" (kept: {hit.kept_because})" * bool(hit.kept_because)) for hit in hits
        ]
        self.show({"hits": [hit.as_json() for hit in hits]}, text="\n".join(lines) or "No place holds it.")
