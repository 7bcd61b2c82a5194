"""What a file that came in is called: its own name without what a screen, a header or a disk misreads (T23)."""

import re
import unicodedata

LONGEST = 120
# Names that are devices, not files, on the computers most people have.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')


def shown_name(name: str | None, ending: str) -> str:
    """The name in composed letters (NFC) with the ending its content asks for, at most 120 characters.

    Letters of any script are kept. Folders, line breaks, invisible characters and those that turn the direction of
    writing are not.
    """
    composed = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if char.isspace() else "" if unicodedata.category(char)[0] == "C" else char for char in composed)
    bare = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ") or "document"
    stem = bare[: -len(ending)] if bare.lower().endswith(ending) else bare
    ending = bare[len(stem) :] or ending
    stem = stem.strip(". ") or "document"
    if _DEVICES.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return _cut(stem, LONGEST - len(ending)) + ending


def _cut(stem: str, length: int) -> str:
    # A letter is not parted from the accents that stand on it.
    while length and len(stem) > length and unicodedata.combining(stem[length]):
        length -= 1
    return stem[:length].rstrip()
