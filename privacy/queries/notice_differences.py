"""What differs between two versions of the notice, line by line and in words a screen reader says (N64)."""

from __future__ import annotations

import difflib
import html
import re
from dataclasses import dataclass

from privacy.models import NoticeText

SAME, ADDED, REMOVED = "same", "added", "removed"
# A line ends where an element that stands by itself begins or ends.
_BLOCK = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|div|section|article|nav|address|details|summary|br)\b[^>]*>", re.I
)
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"[ \t\r\f\v]+")
# Unchanged lines around each change that are shown.
AROUND = 2


@dataclass(frozen=True)
class Line:
    """One line of a comparison: what happened to it, and its words."""

    kind: str
    text: str


def plain_lines(text: NoticeText) -> list[str]:
    """The words of one text, a paragraph a line, without markup."""
    body = text.body if text.version.imported else html.unescape(_TAG.sub("", _BLOCK.sub("\n", text.body)))
    lines = (_SPACE.sub(" ", line).strip() for line in body.split("\n"))
    return [line for line in lines if line]


def differences(old: NoticeText, new: NoticeText) -> list[list[Line]]:
    """Groups of lines, each with a little around it; [] when both say the same."""
    before, after = plain_lines(old), plain_lines(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    return [_group(group, before, after) for group in matcher.get_grouped_opcodes(AROUND)]


def _group(group, before, after) -> list[Line]:
    lines = []
    for kind, from_a, to_a, from_b, to_b in group:
        if kind == "equal":
            lines += [Line(SAME, line) for line in before[from_a:to_a]]
            continue
        lines += [Line(REMOVED, line) for line in before[from_a:to_a]]
        lines += [Line(ADDED, line) for line in after[from_b:to_b]]
    return lines
