"""What is covered in a text, and when one reader may see another's judgement. Pure functions.

There is deliberately nothing here that makes one number of several judgements: no total, no mean, no order (L17, T42).
"""

import re
from datetime import date, datetime, timedelta

# So long after writing it, an author may still correct or remove a note; afterwards it is part of what happened.
NOTE_OPEN = timedelta(hours=24)
# What stands where something about somebody else, or about who it is, was covered.
COVERED = "[…]"
_SHORTEST_NAME = 2
ANSWER_DAYS = 14


def may_correct_note(*, written_at: datetime, now: datetime) -> bool:
    """Whether the author may still correct or remove a note: through the 24th hour."""
    return now - written_at <= NOTE_OPEN


def answer_due(asked_on: date) -> date:
    """The last day to answer who was hired: two weeks, which the law calls without undue delay."""
    return asked_on + timedelta(days=ANSWER_DAYS)


def missing_passages(text: str, passages: list[str]) -> list[str]:
    """Those passages that do not stand in the text, letter case aside."""
    return [each for each in passages if each.casefold() not in text.casefold()]


def cover(text: str, passages: list[str]) -> str:
    """The text with every occurrence of the passages covered, the longest first, letter case aside (L10)."""
    for passage in sorted(passages, key=len, reverse=True):
        text = re.sub(re.escape(passage), COVERED, text, flags=re.IGNORECASE)
    return text


def cover_again(text: str, *, full: str, covered: str) -> str:
    """A new wording with the passages covered that were covered in the earlier one, where they still stand (L10)."""
    if covered == COVERED:
        return COVERED
    pattern = "(.+?)".join(map(re.escape, covered.split(COVERED)))
    found = re.fullmatch(pattern, full, flags=re.DOTALL)
    return cover(text, list(found.groups())) if found else text


def without_person(text: str, *, names: str, email: str = "", phone: str = "") -> str:
    """The text without these names, whole or in part, this address, and this number however it is spaced."""
    found = [re.escape(email)] if email else []
    digits = re.sub(r"\D", "", phone)
    # Without the country's own digits in front, which many leave out.
    found += [r"[ .\-]?".join(each) for each in dict.fromkeys((digits, digits[-8:])) if len(each) >= 5]
    parts = [part for part in re.split(r"[\s\-]+", names) if len(part) >= _SHORTEST_NAME]
    found += [rf"\b{re.escape(part)}(?:s\b|\b)" for part in sorted({names, *parts}, key=len, reverse=True) if part]
    for each in found:
        text = re.sub(each, COVERED, text, flags=re.IGNORECASE)
    return text


def names_person(text: str, *, names: str, email: str = "", phone: str = "", in_part: bool = False) -> bool:
    """Whether a text holds the name, address or number of somebody; `in_part`: or a part of the name, written as one.

    Many names are words as well (“per dag”), so a part counts only with its capital letter and three letters or more.
    """
    parts = [part for part in re.split(r"[\s\-]+", names) if in_part and len(part) > _SHORTEST_NAME]
    if any(re.search(rf"\b{re.escape(part)}s?\b", text) for part in parts):
        return True
    words = " ".join(text.casefold().split())
    if (names and " ".join(names.casefold().split()) in words) or (email and email.casefold() in words):
        return True
    digits = re.sub(r"\D", "", phone)[-8:]
    return len(digits) == 8 and digits in re.sub(r"[ .\-]", "", text)


def sees_others(*, has_submitted: bool, abstains: bool, has_closed: bool) -> bool:
    """Whether a reader may see what others think: after their own, or, for who does not assess, after the closing."""
    return has_submitted or (abstains and has_closed)
