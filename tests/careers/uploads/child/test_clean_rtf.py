"""The words of an RTF text as a reader sees them, and the limits of how it is written."""

import pytest

from careers.uploads.child import clean_rtf
from careers.uploads.child.refusing import Unwanted
from tests.careers.uploads.corpus.hostile_files import picture


def text(inside):
    return clean_rtf.text_of(rb"{\rtf1\ansi\ansicpg1252 " + inside + b"}")


def code_of(content):
    with pytest.raises(Unwanted) as refused:
        clean_rtf.clean(content)
    return refused.value.code


@pytest.mark.parametrize("content", [b"", rb"{\rtf1", rb"{\rtf1}}"], ids=["nothing", "not closed", "closed twice"])
def test_what_is_not_balanced_is_damaged(content):
    assert code_of(content) == "damaged"


def test_depth_and_words_are_counted(monkeypatch):
    monkeypatch.setattr(clean_rtf, "MOST_DEPTH", 3)
    assert clean_rtf.clean(b"{{{}}}") == b"{{{}}}"
    assert code_of(b"{{{{}}}}") == "too-packed"
    monkeypatch.setattr(clean_rtf, "MOST_WORDS", 5)
    assert code_of(b"{{{}}}") == "too-packed"


def test_who_made_it_goes_wherever_it_stands():
    made = clean_rtf.clean(rb"{\rtf1 {\info{\author Kari}}{\*\generator Writer;}{{}Hei}}")
    assert b"Kari" not in made and b"Writer" not in made and b"Hei" in made


@pytest.mark.parametrize(
    ("instruction", "is_taken"),
    [
        (rb"PAGE", True),
        (rb'HYPERLINK "https://a.example/"', True),
        (rb'HYPERLINK "file:///c:/x.exe"', False),
        (rb"DDEAUTO cmd", False),
        (rb"\*\*\* \fldinst DDEAUTO cmd", False),
    ],
)
def test_fields_that_count_or_lead_to_the_web_stay(instruction, is_taken):
    named = instruction if b"fldinst" in instruction else rb"\*\fldinst " + instruction
    content = rb"{\rtf1{\field{" + named + rb"}{\fldrslt 1}}}"
    if is_taken:
        assert clean_rtf.clean(content) == content
    else:
        assert code_of(content) == "active"


def test_pictures_are_drawn_anew_drawings_left_out_and_damaged_ones_refused():
    photo = clean_rtf.clean(rb"{\rtf1{\pict\jpegblip\picw9 " + picture().hex().encode() + b"}}")
    assert rb"{\pict\jpegblip\picw9 " in photo
    assert rb"{\pict\pngblip" in clean_rtf.clean(rb"{\rtf1{\pict\pngblip 0102}}")
    assert clean_rtf.clean(rb"{\rtf1{\pict\wmetafile8 0102}Hei}") == rb"{\rtf1Hei}"
    assert code_of(rb"{\rtf1{\pict\pngblip xyz}}") == "damaged"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"bl\'e5serom", "blåserom"),
        (rb"bl\u229 ?serom", "blåserom"),
        (rb"bl\u229\'e5serom", "blåserom"),
        (rb"bl\uc0\u229 serom", "blåserom"),
        (rb"\u-3913 ?x", "\uf0b7x"),
        (rb"\u-10179 ?x", "x"),
        (rb"a\~b\_c\{d\}e\\f\-g", "a b-c{d}e\\fg"),
        (rb"a\emdash b\par c\tab d", "a—b\nc\td"),
        (b"Hor\r\nten", "Horten"),
        (rb"a\'b", "ab"),
        (rb"{\*\bkmkstart x}Horten", "Horten"),
        (rb"\ansicpg1251 \'c8", "И"),
        (rb"\ansicpg99999 \'e5", "å"),
    ],
)
def test_letters_are_read_however_they_are_written(written, read):
    assert text(written) == read
