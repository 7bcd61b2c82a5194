from privacy.actions import replay_erasures
from privacy.management.output import PortalCommand


class Command(PortalCommand):
    help = "After a restore of the main database: carry out again every erasure the ledger knows."

    def work(self, **options):
        counts = replay_erasures()
        self.show(counts, text=f"{counts['replayed']} replayed, {counts['already']} were gone already.")
