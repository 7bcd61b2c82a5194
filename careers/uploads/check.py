"""One document: its size, what it really is, and what it is called."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from careers.uploads import archive, pdf, rtf
from careers.uploads.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
HEAD_BYTES = 1024

PDF = (".pdf", "application/pdf")
DOCX = (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
ODT = (".odt", "application/vnd.oasis.opendocument.text")
RTF = (".rtf", "application/rtf")

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class CheckedFile:
    """A document that passed: its bytes to read, a name with the right ending, and the type its content shows."""

    stream: BinaryIO
    display_name: str
    media_type: str


def check_upload(upload) -> CheckedFile:
    """Take an uploaded file (`name`, `size`, `read`, `seek`) or raise Refused. The stream is left at its start."""
    if not upload.size:
        raise Refused("empty")
    if upload.size > MOST_BYTES:
        raise Refused("too-large")
    ending, media_type = kind_of(upload)
    upload.seek(0)
    return CheckedFile(upload, named(upload.name, ending), media_type)


def kind_of(stream: BinaryIO) -> tuple[str, str]:
    """(ending, media type) by content. Raises Refused."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(_OLD_OFFICE):
        raise Refused("old-word")
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return ODT if archive.check(stream) == "odt" else DOCX
    if head.lstrip().startswith(rb"{\rtf"):
        rtf.check(stream)
        return RTF
    if pdf.HEADER in head:
        pdf.check(stream)
        return PDF
    raise Refused("unknown")


def named(name: str, ending: str) -> str:
    """The sender's name for the file with the ending its content asks for; letters of any script are kept."""
    # Browsers send a bare name; a path is what somebody made by hand.
    path = PurePosixPath((name or "").replace("\\", "/").rpartition("/")[2] or "document")
    return path.name if path.suffix.lower() == ending else f"{path.name}{ending}"
