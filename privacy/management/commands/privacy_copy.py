import hashlib
import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from privacy.actions import build_copy, note
from privacy.management.output import PortalCommand, person


class Command(PortalCommand):
    help = "The copy of everything held about WHO, as a BagIt ZIP."

    def add_arguments(self, parser):
        parser.add_argument("who", metavar="WHO")
        parser.add_argument("--output", required=True, metavar="FILE.zip")
        parser.add_argument("--language", choices=("nb", "en"), default=None)
        super().add_arguments(parser)

    def work(self, *, who, output, language, **options):
        subject = person(who)
        copy = build_copy(subject, language=language or subject.language, as_of=timezone.now())
        path = Path(output)
        size, digest = _write(copy, path)
        note("copy.exported", subject=subject, record=subject, by=None, reason="privacy_copy")
        document = {"path": str(path), "bytes": size, "sha256": digest, "records": copy.records}
        self.show(document, text=f"{copy.records} records, {size} bytes, written to {path}.")


def _write(copy, path: Path) -> tuple[int, str]:
    # Written beside and moved into place, readable by the owner only: a full disk leaves no half copy behind.
    if not path.name:
        raise CommandError("--output is the name of a file, such as copy.zip.", returncode=2)
    try:
        # A new file of a name nobody can guess: what lies there already, or is put there, is never written into.
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        return _fill(copy, number, Path(name), path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CommandError(f"The copy could not be written to {path}: {why}. Nothing was left.") from None


def _fill(copy, number: int, part: Path, path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(number, "wb") as target:
            for piece in copy:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        part.replace(path)
    finally:
        # It is there no longer when all went well.
        part.unlink(missing_ok=True)
    return size, digest.hexdigest()
