import hashlib
import os
from contextlib import suppress
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
    part = path.with_name(f".{path.name}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            for piece in copy:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        part.replace(path)
    except OSError as error:
        raise CommandError(f"The copy could not be written to {path}: {error.strerror}. Nothing was left.") from error
    finally:
        _tidy_up(part)
    return size, digest.hexdigest()


def _tidy_up(part: Path) -> None:
    # The folder may not exist, or not be one.
    with suppress(OSError):
        part.unlink()
