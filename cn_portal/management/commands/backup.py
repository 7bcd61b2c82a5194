from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from cn_portal.backup import making
from cn_portal.backup.manifest import BackupRefused
from privacy.management.output import PortalCommand


class Command(PortalCommand):
    help = "Write database and files into a new folder below DIR; backups past their 35 days there are removed."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder of backups, empty at first")

    def work(self, *, folder, **options):
        try:
            made = making.make(folder.absolute(), now=timezone.now())
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.show(
            made,
            text=f"{made['backup']}: {made['files']} files, {made['bytes']:,} bytes, {made['seconds']} s. "
            f"It expires on {made['expires_on']}. {made['pruned']} old one(s) removed. "
            "Keep FIELD_KEYS and the ledger elsewhere: neither is in it.",
        )
