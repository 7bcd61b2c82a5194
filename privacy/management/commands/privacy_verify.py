from django.core.management.base import CommandError

from privacy.actions import verify
from privacy.management.output import PortalCommand


class Command(PortalCommand):
    help = "Check the trail's chain, the evidence, and the projections against their events."

    def work(self, **options):
        problems = verify()
        self.show({"ok": not problems, "problems": problems}, text="\n".join(problems) or "Everything verifies.")
        if problems:
            raise CommandError(f"{len(problems)} problem(s) found.")
