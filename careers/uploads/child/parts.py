"""The zip that Word and OpenDocument files are, and the XML in it."""

import io
import zipfile

from lxml import etree

from .refusing import Unwanted

# A CV of ten pages has some ten thousand; what has more was made to be slow (T20).
MOST_TAGS = 500_000
MOST_UNPACKED = 50 * 1024 * 1024
# No clock of the sender's computer.
_DATE = (1980, 1, 1, 0, 0, 0)


def unpacked(content: bytes) -> dict[str, bytes]:
    """{name: content} of every part. What the archive's own list says was measured before; here it is counted."""
    found, left = {}, MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as part:
                found[entry.filename] = part.read(left + 1)
            left -= len(found[entry.filename])
            if left < 0:
                raise Unwanted("too-packed")
    return found


def packed(parts: dict[str, bytes], *, first: str = "") -> bytes:
    """A new archive; ``first`` lies at its beginning and is not compressed, as OpenDocument asks for its type."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: name != first):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return made.getvalue()


def parsed(content: bytes):
    """The tree of one part: UTF-8, no document type, no entity, no comment. Raises Unwanted."""
    if content.count(b"<") > MOST_TAGS:
        raise Unwanted("too-packed")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
        raise Unwanted("damaged")
    try:
        content.decode()
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        return etree.fromstring(content, parser)
    except (UnicodeDecodeError, etree.XMLSyntaxError, ValueError):
        raise Unwanted("damaged") from None


def written(tree) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element) -> str:
    """The name of an element or attribute without its namespace."""
    name = element if isinstance(element, str) else element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def remove(element) -> None:
    """Take an element out; the text that follows it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def is_address(target: str) -> bool:
    """Whether pressing it leads to a web page, a mail or a phone call, or to a place in the document itself."""
    return target.strip().lower().startswith(("http://", "https://", "mailto:", "tel:", "#"))
