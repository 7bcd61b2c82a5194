"""Word and OpenDocument: zip archives, measured before they are opened (T18, T20)."""

import re
import zipfile
import zlib
from itertools import pairwise

from careers.uploads.refusals import Refused

MOST_ENTRIES = 200
MOST_RATIO = 100
MOST_UNPACKED = 50 * 1024 * 1024
# The parts that are looked into are small in every real document.
MOST_PART = 1024 * 1024
# Short parts of nothing but spaces reach any ratio and harm nobody.
_RATIO_FROM = 100 * 1024

_WORD = "word/document.xml"
_WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_MACRO_NAMES = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|^basic/|^scripts/|^object \d", re.IGNORECASE
)
_LOADED = re.compile(rb"<[\w:]*Relationship\b[^>]*>", re.DOTALL)
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
_HYPERLINK = re.compile(rb"""Type\s*=\s*["'][^"']*/relationships/hyperlink["']""")
_ARCHIVES = re.compile(r"\.(?:zip|jar|7z|rar|gz|tar|cab|iso|docx|docm|xlsx|odt)$", re.IGNORECASE)
_LOCKED_FLAG = 0x1
# Of a file's mode as Unix writes it: what kind of file it is, and the one that points at another.
_KIND, _LINK = 0o170000, 0o120000


def check(stream) -> str:
    """ "docx" or "odt". Raises Refused for everything else."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            _measure(archive)
            return _kind(archive)
    # What a broken zip can raise; each means the same to the person who sent it.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
        raise Refused("damaged") from None


def _measure(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused("too-packed")
    if any(_is_bomb(entry) for entry in entries):
        raise Refused("too-packed")
    if any(entry.flag_bits & _LOCKED_FLAG for entry in entries):
        raise Refused("locked")
    if any(_MACRO_NAMES.search(entry.filename) for entry in entries):
        raise Refused("active")
    if any(_ARCHIVES.search(entry.filename) for entry in entries) or _overlap(entries):
        raise Refused("too-packed")
    if any(_leads_out(entry) for entry in entries) or len({entry.filename for entry in entries}) < len(entries):
        raise Refused("damaged")


def _overlap(entries) -> bool:
    """Whether two parts lie in the same bytes, which is how a small archive unpacks to a huge one."""
    placed = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    return any(end > start for (_start, end), (start, _end) in pairwise(placed))


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    """Whether the part is a link, or named to be written somewhere else."""
    folders = entry.filename.replace("\\", "/").split("/")
    is_link = entry.external_attr >> 16 & _KIND == _LINK
    return is_link or entry.filename.startswith(("/", "\\")) or ".." in folders or ":" in folders[0]


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if {"[Content_Types].xml", _WORD} <= names:
        _check_word(archive, names)
        return "docx"
    if "mimetype" in names and _part(archive, "mimetype").strip() == _ODT_TYPE:
        _check_odt(archive, names)
        return "odt"
    raise Refused("unknown")


def _check_word(archive, names) -> None:
    types = _xml(archive, "[Content_Types].xml")
    if b"macroenabled" in types.lower():
        raise Refused("active")
    if _WORD_TYPE not in types:
        raise Refused("unknown")
    for name in sorted(names):
        if name.endswith(".rels") and _loads_something(_xml(archive, name)):
            raise Refused("active")


def _loads_something(relations: bytes) -> bool:
    """Whether opening it fetches something from outside: a template, a picture. Links one clicks are fine."""
    external = (tag for tag in _LOADED.findall(relations) if _EXTERNAL.search(tag))
    return any(not _HYPERLINK.search(tag) for tag in external)


def _check_odt(archive, names) -> None:
    if not {"content.xml", "META-INF/manifest.xml"} <= names:
        raise Refused("damaged")
    if b"encryption-data" in _xml(archive, "META-INF/manifest.xml"):
        raise Refused("locked")


def _xml(archive, name: str) -> bytes:
    """One part as UTF-8 text without a document type: a reader of regular expressions must not be fooled by either."""
    content = _part(archive, name)
    content.decode("utf-8")
    if b"<!DOCTYPE" in content or b"\x00" in content:
        raise Refused("damaged")
    return content


def _part(archive, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(MOST_PART + 1)
    if len(content) > MOST_PART:
        raise Refused("too-packed")
    return content
