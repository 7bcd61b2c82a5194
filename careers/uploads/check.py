"""One document: its size, what it really is, what it is called, and a cleaned copy of it."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from careers.rules.numbers import holds_card_number, holds_national_number
from careers.uploads import archive, parsing, pdf, rtf, scanning
from careers.uploads.names import shown_name
from careers.uploads.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
HEAD_BYTES = 1024

PDF = (".pdf", "application/pdf")
DOCX = (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
ODT = (".odt", "application/vnd.oasis.opendocument.text")
RTF = (".rtf", "application/rtf")

# What the parsers call a kind, by its media type.
KINDS = {media_type: ending[1:] for ending, media_type in (PDF, DOCX, ODT, RTF)}

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
_WEBP_OR_HEIC = re.compile(rb"RIFF....WEBP|....ftyp(?:heic|heix|mif1|avif)", re.DOTALL)
# Years stand beside each other in every CV: "2015-2018 2018-2021" is no card number.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class CheckedFile:
    """A document that passed: its cleaned copy to read, a name with the right ending, and the type its content shows.

    ``scan`` is what the virus scanner said: clean, not_scanned (none is configured) or failed (it did not answer).
    """

    stream: BinaryIO
    display_name: str
    media_type: str
    scan: str = scanning.NOT_SCANNED


def check_upload(upload) -> CheckedFile:
    """Take an uploaded file (`name`, `size`, `read`, `seek`) or raise Refused. The stream is a cleaned copy.

    In this order: its size, what it is and how it is built, the virus scanner, then in a process of its own the parsers
    that clean it and read its words, and a look for numbers that have no place in it. Only the cleaned copy is kept.
    """
    if not upload.size:
        raise Refused("empty")
    if upload.size > MOST_BYTES:
        raise Refused("too-large")
    ending, media_type = kind_of(upload)
    name = shown_name(upload.name, ending)
    refuse_numbers(name)
    try:
        outcome = scanning.scan(upload)
        cleaned = parsing.clean(upload, KINDS[media_type])
    except scanning.Infected:
        raise Refused("infected") from None
    except OSError:
        # No room or no process left on this machine: nothing is stored, and nothing was wrong with the file.
        raise Refused("not-stored") from None
    try:
        refuse_numbers(cleaned.text)
    except Refused:
        cleaned.stream.close()
        raise
    return CheckedFile(cleaned.stream, name, media_type, outcome)


def refuse_numbers(text: str) -> None:
    """Raises Refused for a text with a national identity number or a card number in it (L29, N11)."""
    if holds_national_number(text):
        raise Refused("national_number")
    if holds_card_number(_YEAR.sub(" – ", text)):
        raise Refused("card_number")


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
    if head.startswith(_PICTURES) or _WEBP_OR_HEIC.match(head):
        raise Refused("picture")
    if pdf.HEADER in head:
        pdf.check(stream)
        return PDF
    raise Refused("unknown")
