from django.core.management.base import CommandError

from privacy.actions.verify import check
from privacy.management.output import PortalCommand


class Command(PortalCommand):
    help = "Check the trail's chain, the evidence, and the projections against their events."

    def work(self, **options):
        found = check()
        problems = found.problems
        said = {"ok": not problems, "problems": problems} | ({"remarks": found.remarks} if found.remarks else {})
        self.show(said, text="\n".join([*problems, *found.remarks]) or "Everything verifies.")
        if problems:
            raise CommandError(f"{len(problems)} problem(s) found.")
