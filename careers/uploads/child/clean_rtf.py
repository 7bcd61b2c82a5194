"""An RTF text without who made it and whatever is not text, style or picture (T18, T22).

The text is cut into its words once, from left to right; what it may contain is small enough for that to be all.
"""

import re

from . import pictures
from .refusing import Unwanted

MOST_DEPTH = 100
MOST_WORDS = 2_000_000
_TOKEN = re.compile(rb"[{}]|\\'[0-9a-fA-F]{2}|\\[a-zA-Z]{1,32}-?\d{0,10} ?|\\[^a-zA-Z']|[^{}\\\r\n]+|[\r\n]+|\\'")
_WORD = re.compile(rb"\\([a-zA-Z]+)(-?\d*) ?")

# Groups that are taken out: who, when and with what; copies of the document in other formats.
_GONE = {
    "info", "generator", "userprops", "docvar", "xmlnstbl", "rsidtbl", "datastore", "themedata", "nonshppict",
    "colorschememapping", "mmathPr", "atnauthor", "atnid", "atndate", "atntime", "revtbl", "deleted", "company",
    "operator", "private", "passwordhash", "protusertbl", "filetbl", "mailmerge", "wgrffmtfilter", "blipuid",
}  # fmt: skip
_RUNS = {
    "object", "objdata", "objupdate", "objclass", "objocx", "objemb", "objlink", "objautlink", "template", "ddeauto",
    "bin", "subdocument", "htmltag", "fromhtml", "linkself", "linkval", "staticval",
}  # fmt: skip
# Groups without words of the text itself.
_SILENT = {
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "pict", "info", "fldinst", "pgdsctbl",
    "latentstyles", "listtext", "pntext", "bkmkstart", "bkmkend", "themedata", "datastore", "rsidtbl", "generator",
}  # fmt: skip
_FETCHES = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDE\w*|IMPORT|LINK|DATABASE|MACROBUTTON)\b|\bQUOTE\s+\d", re.IGNORECASE)
_ADDRESS = re.compile(rb"^\s*HYPERLINK\s+(?:\\\S\s+)*\"?\s*(?:https?://|mailto:|tel:|#|\\l)", re.IGNORECASE)
_PICTURES = {"pngblip", "jpegblip"}
_BREAKS = {"par": "\n", "line": "\n", "tab": "\t", "cell": "\t", "row": "\n", "sect": "\n", "page": "\n"}
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
}  # fmt: skip


def clean(content: bytes) -> bytes:
    """The text written anew without the groups that are not part of it. Raises Unwanted."""
    words = _words(content)
    made, at = [], 0
    while at < len(words):
        if words[at] == b"{" and (end := _end_of(words, at)) is not None:
            name = _destination(words, at)
            if name in _GONE:
                at = end + 1
                continue
            if name == "pict":
                made.append(_picture(words[at : end + 1]))
                at = end + 1
                continue
            # The third kind whose end is looked for is what a field does.
            _check_field(words[at : end + 1])
        made.append(words[at])
        at += 1
    return b"".join(made)


def text_of(content: bytes) -> str:
    """The words in it."""
    reader = _Reader()
    for word in _words(content):
        reader.read(word)
    return "".join(reader.said).strip()


def _words(content: bytes) -> list[bytes]:
    """The text cut into its words; refused when it is not balanced, too deep, or does anything."""
    words, depth = [], 0
    for found in _TOKEN.finditer(content.rstrip(b"\x00\r\n\t ")):
        word = found.group()
        words.append(word)
        if word == b"{":
            depth += 1
        elif word == b"}":
            depth -= 1
        elif _name(word) in _RUNS:
            raise Unwanted("active")
        if depth > MOST_DEPTH or len(words) > MOST_WORDS:
            raise Unwanted("too-packed")
        if depth < 0:
            raise Unwanted("damaged")
    if depth or not words:
        raise Unwanted("damaged")
    return words


def _name(word: bytes) -> str:
    found = _WORD.fullmatch(word)
    return found.group(1).decode() if found else ""


def _destination(words: list, at: int) -> str:
    """What the group that begins here is for. The text is balanced, so there is at least the end of the group."""
    at += 1
    while words[at] == b"\\*" or not words[at].strip():
        at += 1
    return _name(words[at])


def _end_of(words: list, at: int) -> int | None:
    """Where the group that begins here ends; looked up only for groups of a kind that matters."""
    if _destination(words, at) not in _GONE | {"pict", "fldinst"}:
        return None
    depth = 1
    while depth:
        at += 1
        depth += {b"{": 1, b"}": -1}.get(words[at], 0)
    return at


def _check_field(words: list) -> None:
    said = b"".join(word for word in words if not word.startswith((b"\\", b"{", b"}")) or word.startswith(b"\\\\"))
    if _FETCHES.search(said) or (b"HYPERLINK" in said.upper() and not _ADDRESS.search(said)):
        raise Unwanted("active")


def _picture(words: list) -> bytes:
    """The picture drawn anew; one in a format for drawings is left out."""
    names = {_name(word) for word in words}
    if not names & _PICTURES:
        return b""
    depth, head, digits = 0, [], []
    for word in words:
        depth += {b"{": 1, b"}": -1}.get(word, 0)
        if depth == 1 and word.startswith(b"\\"):
            head.append(word)
        elif depth == 1 and word not in (b"{", b"}"):
            digits.append(word)
    try:
        drawn = pictures.drawn_anew(bytes.fromhex(b"".join(digits).decode("ascii")))
    except ValueError:
        raise Unwanted("damaged") from None
    kind = b"\\jpegblip" if drawn.startswith(b"\xff\xd8") else b"\\pngblip"
    kept = [word for word in head if _name(word) not in _PICTURES | {"pict"}]
    return b"{\\pict" + kind + b"".join(kept) + b"\n" + drawn.hex().encode() + b"}"


class _Reader:
    """Goes through the words and collects what is text."""

    def __init__(self):
        self.said, self._silent, self._stack, self._skip, self._after, self._page = [], False, [], 1, 0, "cp1252"
        self._opens, self._star = False, False

    def read(self, word: bytes) -> None:
        opens, self._opens = self._opens, False
        if word == b"{":
            self._stack.append((self._silent, self._skip))
            self._opens = True
        elif word == b"}":
            self._silent, self._skip = self._stack.pop()
        elif word == b"\\*":
            # A group that a reader may skip when it does not know it.
            self._silent = self._silent or opens
        elif name := _name(word):
            self._control(name, word)
        elif not self._silent:
            self._say(word)

    def _control(self, name: str, word: bytes) -> None:
        number = _WORD.fullmatch(word).group(2)
        if name in _SILENT:
            self._silent = True
        elif name == "ansicpg":
            self._page = f"cp{number.decode()}"
        elif name == "uc":
            self._skip = int(number or 1)
        elif name == "u" and number and not self._silent:
            self.said.append(_letter(int(number)))
            self._after = self._skip
        elif not self._silent:
            self.said.append(_BREAKS.get(name) or _SIGNS.get(name, ""))

    def _say(self, word: bytes) -> None:
        if word.startswith(b"\\'"):
            if self._after:
                self._after -= 1
            elif len(word) == 4:
                self.said.append(_of_page(bytes([int(word[2:], 16)]), self._page))
        elif word.startswith(b"\\"):
            self.said.append({b"\\~": " ", b"\\_": "-", b"\\{": "{", b"\\}": "}", b"\\\\": "\\"}.get(word, ""))
        elif word.strip(b"\r\n"):
            plain = word.decode("latin-1")
            self.said.append(plain[self._after :])
            self._after = max(0, self._after - len(plain))


def _letter(number: int) -> str:
    # Above 32767 it is written as a negative number; halves of a pair are put together at the end.
    return chr(number % 0x10000) if not 0xD800 <= number % 0x10000 <= 0xDFFF else ""


def _of_page(letter: bytes, page: str) -> str:
    try:
        return letter.decode(page, "replace")
    except LookupError:
        return letter.decode("cp1252", "replace")
