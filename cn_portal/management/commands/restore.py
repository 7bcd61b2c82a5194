from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from cn_portal.backup import restoring
from cn_portal.backup.manifest import BackupRefused
from privacy.management.output import PortalCommand


class Command(PortalCommand):
    help = (
        "Put a backup back: DIR is one, or the folder they lie in (then the newest). The ledger stays as it is and is "
        "replayed before the site opens. Run it again after whatever stopped it."
    )
    # A new, empty database must not stop it.
    requires_system_checks = ()

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("folder", metavar="DIR", type=Path, help="a backup, or the folder they lie in")
        parser.add_argument("--even-expired", action="store_true", help="restore a backup older than its 35 days")

    def work(self, *, folder, even_expired, **options):
        try:
            done = restoring.restore(folder.absolute(), now=timezone.now(), even_expired=even_expired)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.show(
            done,
            text=f"Restored from the backup of {done['made_at']} in {done['seconds']} s. Erasures replayed: "
            f"{done['replayed']}. Stops replayed: {sum(done['stops'].values())}.",
        )
        if not done["opened"]:
            raise CommandError(
                f"The site stays shut: {done['problems'][0]} Look at privacy_verify, then take another backup, or "
                "remove being_restored.json from CN_VAR to open it as it is."
            )
