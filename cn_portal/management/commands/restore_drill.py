from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from cn_portal.backup import drill
from cn_portal.backup.manifest import BackupRefused
from privacy.management.output import PortalCommand


class Command(PortalCommand):
    help = "Rehearse a restore of the newest backup below DIR in a scratch folder; prints how old and how long."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("folder", metavar="DIR", type=Path, help="a backup, or the folder they lie in")

    def work(self, *, folder, **options):
        try:
            done = drill.rehearse(folder.absolute(), now=timezone.now())
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.show(
            done,
            text=f"Data would be {done['rpo_seconds']:.0f} s old; the site would be back in {done['rto_seconds']} s.",
        )
        if not done["ok"]:
            raise CommandError(f"The rehearsal failed: {done['problems'][0]} The real site was not touched.")
