"""A scanned letter: what it really is, told by its content alone (T22)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
_HEAD, _TAIL = 1024, 2048

_PDF, _JPEG, _PNG = (".pdf", "application/pdf"), (".jpg", "image/jpeg"), (".png", "image/png")
_ENDINGS = {".jpeg": ".jpg"}


class ScanRefused(Exception):
    """The file is not taken. The message says why and what to do."""


@dataclass(frozen=True)
class Scan:
    """A file that passed: its bytes to read, a name with the ending of its content, and its media type."""

    stream: BinaryIO
    display_name: str
    media_type: str


def check_scan(upload) -> Scan:
    """Take an uploaded file (`name`, `size`, `read`, `seek`) or raise ScanRefused. The stream is left at its start."""
    if not upload.size:
        raise ScanRefused(_("The file is empty, so nothing was stored. Choose the file again."))
    if upload.size > MOST_BYTES:
        raise ScanRefused(_("The file is larger than 10 MB. Scan with a lower resolution, or in grey."))
    kind = _kind_of(upload)
    if kind is None:
        raise ScanRefused(_("The file is neither a PDF nor a JPEG or PNG picture. Scan the letter to one of these."))
    ending, media_type = kind
    return Scan(upload, _named(upload.name, ending), media_type)


def _kind_of(upload) -> tuple[str, str] | None:
    upload.seek(0)
    head = upload.read(_HEAD)
    upload.seek(max(0, upload.size - _TAIL))
    tail = upload.read(_TAIL)
    upload.seek(0)
    # Both ends must fit: a page that only begins like a picture is not one.
    if head.startswith(b"%PDF-") and b"%%EOF" in tail:
        return _PDF
    if head.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in tail:
        return _JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR" and b"IEND" in tail:
        return _PNG
    return None


def _named(name: str, ending: str) -> str:
    path = PurePosixPath((name or "").replace("\\", "/").rpartition("/")[2] or "scan")
    return path.name if _ENDINGS.get(path.suffix.lower(), path.suffix.lower()) == ending else f"{path.name}{ending}"
