"""A Word document without who made it, what was deleted in it, and what is not text, style or picture (T18, T22)."""

import posixpath
import re
import zipfile
import zlib

from . import parts, pictures
from .refusing import Unwanted

_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels"
    r"|word/(?:document|styles|stylesWithEffects|settings|webSettings|numbering|fontTable|footnotes|endnotes"
    r"|comments|commentsExtended|commentsIds|header\d*|footer\d*)\.xml"
    r"|word/(?:theme|charts|diagrams|drawings)/[\w.-]+\.xml"
    r"|word/(?:(?:theme|charts|diagrams|drawings)/)?_rels/[\w.-]+\.rels"
)
_PICTURE = re.compile(r"word/media/[\w.-]+\.(?:png|jpe?g|jfif|gif|tiff?|bmp|emf|wmf|svg|wdp)", re.IGNORECASE)
_LINK = "/relationships/hyperlink"
_REFERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Nowhere: what it was would have opened a file or a program.
_NOWHERE = "about:blank"

_RUNS = {"altChunk", "OLEObject", "object", "control", "subDoc", "movie"}
_GOES = {"del", "moveFrom", "delText", "attachedTemplate", "mailMerge", "docVars", "docVar", "printerSettings"}
_WHO = {"author", "initials", "userId", "providerId"}
_FETCHES = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b", re.I
)
# Letters written as numbers, a way to hide the words above.
_HIDES = re.compile(r"\bQUOTE\s+(?:0x)?\d", re.IGNORECASE)


def clean(content: bytes) -> bytes:
    """The document made anew of the parts that are shown. Raises Unwanted."""
    try:
        return _cleaned(parts.unpacked(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError):
        raise Unwanted("damaged") from None


def text_of(content: bytes) -> str:
    """The words in it: the document first, then notes, headers and footers."""
    found = parts.unpacked(content)
    names = sorted((name for name in found if _has_text(name)), key=lambda name: (name != "word/document.xml", name))
    return "\n".join(_text(parts.parsed(found[name])) for name in names)


def _has_text(name: str) -> bool:
    return re.fullmatch(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name) is not None


def _cleaned(found: dict) -> bytes:
    kept = {name: part for name, part in found.items() if _KEPT.fullmatch(name)}
    kept |= {name: pictures.drawn_anew(part) for name, part in found.items() if _PICTURE.fullmatch(name)}
    dropped = {name: _relations(name, kept) for name in list(kept) if name.endswith(".rels")}
    for name in kept:
        if name.endswith(".xml") and name != _TYPES:
            kept[name] = _part(kept[name], dropped.get(_relations_of(name), set()))
    kept[_TYPES] = _types(kept)
    return parts.packed(kept, first=_TYPES)


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _relations(name: str, kept: dict) -> set[str]:
    """Write the relations anew without what leads to a dropped part; returns the keys of those."""
    tree, gone = parts.parsed(kept[name]), set()
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in list(tree):
        target, kind = relation.get("Target", ""), relation.get("Type", "")
        if relation.get("TargetMode", "").lower() == "external":
            if not kind.endswith(_LINK):
                raise Unwanted("active")
            if not parts.is_address(target):
                relation.set("Target", _NOWHERE)
        elif not kind.endswith(_LINK) and _place(folder, target) not in kept:
            gone.add(relation.get("Id", ""))
            tree.remove(relation)
    kept[name] = parts.written(tree)
    return gone


def _place(folder: str, target: str) -> str:
    joined = target[1:] if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined)


def _types(kept: dict) -> bytes:
    tree = parts.parsed(kept[_TYPES])
    for each in list(tree):
        name = each.get("PartName", "")
        if name and name.lstrip("/") not in kept:
            tree.remove(each)
    return parts.written(tree)


def _part(content: bytes, gone: set[str]) -> bytes:
    tree = parts.parsed(content)
    _refuse_fields(tree)
    for element in list(tree.iter()):
        name = parts.local(element)
        if name in _RUNS:
            raise Unwanted("active")
        if name in _GOES or _leads_to(element, gone):
            parts.remove(element)
            continue
        for attribute in list(element.attrib):
            if parts.local(attribute) in _WHO:
                element.set(attribute, "")
            elif parts.local(attribute) == "date" and name != "fldChar":
                del element.attrib[attribute]
    return parts.written(tree)


def _leads_to(element, gone: set[str]) -> bool:
    return bool(gone) and any(
        value in gone for name, value in element.attrib.items() if name.startswith(f"{{{_REFERS}}}")
    )


def _refuse_fields(tree) -> None:
    """A field is written in pieces, and what it does can be read only of the whole (DDE)."""
    said = []
    for element in tree.iter():
        name = parts.local(element)
        if name == "instrText":
            said.append(element.text or "")
        elif name == "fldSimple":
            said += [" ", *(value for key, value in element.attrib.items() if parts.local(key) == "instr"), " "]
        elif name == "fldChar":
            said.append(" ")
    whole = "".join(said)
    if _FETCHES.search(whole) or _HIDES.search(whole):
        raise Unwanted("active")


def _text(tree) -> str:
    said = []
    for element in tree.iter():
        name = parts.local(element)
        if name == "t" and element.text:
            said.append(element.text)
        elif name in ("p", "br", "cr"):
            said.append("\n")
        elif name == "tab":
            said.append("\t")
    return "".join(said).strip()
