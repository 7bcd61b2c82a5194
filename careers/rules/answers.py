"""What counts as an answer to a question, and how it is written down. Pure: a question is anything with its fields."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

MOST_QUESTIONS = 10
TEXT_LENGTH, LONG_LENGTH = 200, 2000
YES, NO = "yes", "no"

_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,4})?")


def is_number(raw: str) -> bool:
    """Whether somebody wrote one number, with comma or point: 3, 3,5, 1200.75."""
    return bool(_NUMBER.fullmatch(raw.replace(" ", "").replace("\u00a0", "")))


def is_answer(question, raw: str) -> bool:
    """Whether the text answers the question: one of its choices, yes or no, a number, words that are not too many."""
    if question.kind == "yes-no":
        return raw in (YES, NO)
    if question.kind == "choice":
        return raw in question.choices("nb")
    if question.kind == "number":
        return is_number(raw)
    return 0 < len(raw) <= (LONG_LENGTH if question.kind == "long" else TEXT_LENGTH)


def in_words(question, raw: str, language: str) -> str:
    """The answer as people read it, in one language. A choice is known by its Norwegian words."""
    if question.kind == "yes-no":
        with override(language):
            return str(_("Yes") if raw == YES else _("No"))
    if question.kind == "choice":
        return question.choices(language)[question.choices("nb").index(raw)]
    if question.kind == "number":
        number = Decimal(raw.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        return str(number).replace(".", ",") if language == "nb" else str(number)
    return raw


def raw_of(question, words: str, language: str) -> str:
    """The raw answer behind what was written down in one language; empty where the question takes it no longer."""
    if question.kind == "yes-no":
        return next((raw for raw in (YES, NO) if in_words(question, raw, language) == words), "")
    if question.kind == "choice":
        said = question.choices(language)
        return question.choices("nb")[said.index(words)] if words in said else ""
    return words if words and is_answer(question, words) else ""
