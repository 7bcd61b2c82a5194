"""What counts as an answer, how it is written down, and back again."""

from types import SimpleNamespace

import pytest

from careers.rules.answers import LONG_LENGTH, TEXT_LENGTH, in_words, is_answer, is_number, raw_of


def question(kind):
    choices = {"nb": ["Drammen", "På tur"], "en": ["Drammen", "On the road"]}
    return SimpleNamespace(kind=kind, choices=choices.__getitem__)


@pytest.mark.parametrize("raw", ["3", "3,5", "3.5", "1 200", "-4", "1\u00a0200,75"])
def test_a_number_in_digits(raw):
    assert is_number(raw) and is_answer(question("number"), raw)


@pytest.mark.parametrize("raw", ["", "tre", "3,", "1,2,3", "3 år", "1e9", "1234567890"])
def test_anything_else_is_no_number(raw):
    assert not is_number(raw) and not is_answer(question("number"), raw)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("yes-no", "no", "perhaps"),
        ("choice", "På tur", "On the road"),
        ("text", "x" * TEXT_LENGTH, "x" * (TEXT_LENGTH + 1)),
        ("long", "x" * LONG_LENGTH, "x" * (LONG_LENGTH + 1)),
        ("text", "x", ""),
    ],
)
def test_what_answers_a_question_and_what_does_not(kind, right, wrong):
    assert is_answer(question(kind), right) and not is_answer(question(kind), wrong)


@pytest.mark.parametrize(
    ("kind", "raw", "norwegian", "english"),
    [
        ("yes-no", "yes", "Ja", "Yes"),
        ("yes-no", "no", "Nei", "No"),
        ("choice", "På tur", "På tur", "On the road"),
        ("number", "1 200.5", "1200,5", "1200.5"),
        ("text", "Sveise", "Sveise", "Sveise"),
    ],
)
def test_in_words_and_back(kind, raw, norwegian, english):
    asked = question(kind)
    for language, words in (("nb", norwegian), ("en", english)):
        assert in_words(asked, raw, language) == words
        assert in_words(asked, raw_of(asked, words, language), language) == words


@pytest.mark.parametrize("kind", ["yes-no", "choice", "number", "text"])
def test_what_the_question_takes_no_longer_is_nothing(kind):
    assert raw_of(question(kind), "" if kind == "text" else "nonsense", "nb") == ""
