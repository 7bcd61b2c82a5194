"""Looking for a text inside a file: plain bytes in several readings, archives, compressed streams of a PDF.

What it cannot see: text in a picture (a scan), letters a PDF numbers by a font of its own, files behind a password, and
archives inside archives deeper than three.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator

DEEPEST = 3
# A stream or a member may unfold to this much: enough for any document, and no bomb.
MOST_UNFOLDED = 32 * 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
# What a page shows between its kerning: (Ka) -12 (ri) is one word.
_SHOWN = re.compile(
    rb"\((?P<plain>(?:\\.|[^\\()])*)\)|<(?P<hexadecimal>[0-9A-Fa-f\s]+)>|(?P<ends>T\*|Td|TD|Tm|ET|'|\")"
)
_OCTAL = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


def holds(value, text: str) -> bool:
    """Whether a stored value says the text, letters folded; lists and mappings as JSON says them."""
    if value in (None, ""):
        return False
    plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.casefold() in plain.casefold()


def holds_in_bytes(content: bytes, text: str, *, depth: int = 0) -> bool:
    """Whether a file holds the text: in its bytes, in the members of an archive, in the streams of a PDF."""
    if content.startswith(b"PK") and depth < DEEPEST:
        try:
            return _in_archive(content, text, depth)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            # Damaged, or locked: what can be read of it is read as bytes.
            pass
    if _in_reading(content, text):
        return True
    return content.startswith(b"%PDF-") and any(_in_reading(part, text) for part in pdf_parts(content))


def _in_archive(content: bytes, text: str, depth: int) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if holds(name, text):
                return True
            with archive.open(name) as member:
                if holds_in_bytes(member.read(MOST_UNFOLDED), text, depth=depth + 1):
                    return True
    return False


def _in_reading(content: bytes, text: str) -> bool:
    readings = (content.decode(encoding, "ignore") for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"))
    return any(holds(reading, spelling) for reading in readings for spelling in (text, json.dumps(text)[1:-1]))


def pdf_parts(content: bytes) -> Iterator[bytes]:
    """Every compressed stream of a PDF unfolded, and beside it the words its pages show, put together."""
    for found in _STREAM.finditer(content):
        unfolded = _unfold(found.group(1))
        if unfolded:
            yield unfolded
            yield b"".join(_shown(unfolded))


def _unfold(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, MOST_UNFOLDED)
    except zlib.error:
        return b""


def _shown(page: bytes) -> Iterator[bytes]:
    for part in _SHOWN.finditer(page):
        if part["ends"]:
            yield b" "
        elif part["hexadecimal"] is not None:
            digits = re.sub(rb"\s", b"", part["hexadecimal"])
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            yield _OCTAL.sub(_unescape, part["plain"])


def _unescape(found: re.Match) -> bytes:
    said = found.group(1)
    return bytes([int(said, 8) & 255]) if said.isdigit() else said
