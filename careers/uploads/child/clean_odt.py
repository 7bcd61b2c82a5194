"""An OpenDocument text without who made it and whatever is not text, style or picture (T18, T22)."""

import re
import zipfile
import zlib

from lxml import etree

from . import parts, pictures
from .refusing import Unwanted

_TYPE, _LIST = "mimetype", "META-INF/manifest.xml"
_TEXTS = ("content.xml", "styles.xml")
_PICTURE = re.compile(r"(?:Pictures|media)/[\w.-]+", re.IGNORECASE)
_RUNS = {
    "object-ole", "applet", "plugin", "floating-frame", "event-listener", "event-listeners", "script", "scripts",
    "dde-source", "dde-connection", "dde-connection-decl", "section-source", "execute-macro", "database-display",
}  # fmt: skip
# Empty in every text there is.
_MAY_BE_EMPTY = {"scripts", "event-listeners"}
_GOES = {"deletion", "object", "meta-creator-initials"}
_WHO = "{http://purl.org/dc/elements/1.1/}"
_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
    b"</office:document-meta>"
)


def clean(content: bytes) -> bytes:
    """The document made anew of the parts that are shown. Raises Unwanted."""
    try:
        return _cleaned(parts.unpacked(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError):
        raise Unwanted("damaged") from None


def text_of(content: bytes) -> str:
    """The words in it."""
    return _text(parts.parsed(parts.unpacked(content)["content.xml"]))


def _cleaned(found: dict) -> bytes:
    kept = {_TYPE: found[_TYPE], "meta.xml": _META}
    kept |= {name: _part(found[name]) for name in _TEXTS if name in found}
    kept |= {name: pictures.drawn_anew(part) for name, part in found.items() if _PICTURE.fullmatch(name)}
    kept[_LIST] = _listed(found[_LIST], kept)
    return parts.packed(kept, first=_TYPE)


def _part(content: bytes) -> bytes:
    tree = parts.parsed(content)
    for element in list(tree.iter()):
        name = parts.local(element)
        if name in _RUNS and not (name in _MAY_BE_EMPTY and len(element) == 0):
            raise Unwanted("active")
        if name in _GOES or str(element.tag).startswith(_WHO):
            parts.remove(element)
            continue
        _check_address(element, name)
    return parts.written(tree)


def _check_address(element, name: str) -> None:
    """Links one presses lead to the web or nowhere; what is loaded lies in the document itself."""
    for attribute in list(element.attrib):
        if parts.local(attribute) != "href":
            continue
        target = element.get(attribute)
        if name == "a":
            if not parts.is_address(target):
                element.set(attribute, "about:blank")
        elif re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\|\.\.|/", target, re.IGNORECASE):
            raise Unwanted("active")


def _listed(content: bytes, kept: dict) -> bytes:
    tree = parts.parsed(content)
    for each in list(tree):
        names = [value for key, value in each.attrib.items() if parts.local(key) == "full-path"]
        if names and names[0] != "/" and names[0] not in kept:
            tree.remove(each)
    return parts.written(tree)


def _text(tree) -> str:
    said = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = parts.local(element)
        if event == "start":
            said.append({"p": "\n", "h": "\n", "line-break": "\n", "tab": " ", "s": " "}.get(name, ""))
            said.append((element.text or "") if name in _WORDY else "")
        elif parts.local(_parent(element)) in _WORDY:
            said.append(element.tail or "")
    return "".join(said).strip()


_WORDY = {"p", "h", "span", "a", "meta", "ruby-base"}


def _parent(element):
    parent = element.getparent()
    return "" if parent is None else parent
