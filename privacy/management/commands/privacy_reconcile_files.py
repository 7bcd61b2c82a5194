"""`privacy_reconcile_files`: compare the storage of people's files with their rows."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from privacy.actions.files import FilesRemain, delete_orphans, reconcile_files


class Command(BaseCommand):
    help = "List files whose object is missing and objects that no file names; with --delete-orphans erase the latter."

    def add_arguments(self, parser):
        parser.add_argument("--delete-orphans", action="store_true")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, delete_orphans, format, **options):
        found = reconcile_files()
        found["deleted"] = _delete(found["objects_without_row"]) if delete_orphans else 0
        self.stdout.write(json.dumps(found) if format == "json" else _summary(found))
        if found["rows_without_object"]:
            raise CommandError(_("Some files have lost their object. Restore them from a backup."))


def _delete(names):
    try:
        return delete_orphans(names, by=None)
    except FilesRemain as problem:
        raise CommandError(str(problem)) from None


def _summary(found):
    lines = [_("Files whose object is missing: %d") % len(found["rows_without_object"])]
    lines += [f"  {pk}" for pk in found["rows_without_object"]]
    lines += [_("Objects that no file names: %d") % len(found["objects_without_row"])]
    lines += [f"  {name}" for name in found["objects_without_row"]]
    return "\n".join([*lines, _("Erased: %d") % found["deleted"]])
