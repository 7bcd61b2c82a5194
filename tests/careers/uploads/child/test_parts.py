"""Archives and the XML in them: counted while they are unpacked, plain, and without what is not shown."""

import pytest

from careers.uploads.child import parts
from careers.uploads.child.refusing import Unwanted
from tests.careers.factories import archive_bytes


def code_of(act, *given):
    with pytest.raises(Unwanted) as refused:
        act(*given)
    return refused.value.code


def test_what_is_unpacked_is_counted_over_all_parts(monkeypatch):
    monkeypatch.setattr(parts, "MOST_UNPACKED", 10)
    assert parts.unpacked(archive_bytes({"a": "12345", "b": "12345"})) == {"a": b"12345", "b": b"12345"}
    assert code_of(parts.unpacked, archive_bytes({"a": "12345", "b": "123456"})) == "too-packed"


def test_tags_are_counted_before_anything_is_parsed(monkeypatch):
    monkeypatch.setattr(parts, "MOST_TAGS", 4)
    assert len(parts.parsed(b"<a><b/><b/></a>")) == 2
    assert code_of(parts.parsed, b"<a><b/><b/><b/></a>") == "too-packed"


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE a><a/>",
        b"<!ENTITY a 'b'><a/>",
        "<a/>".encode("utf-16"),
        b"<a>\xff</a>",
        b"<a>",
        b"",
    ],
    ids=["type", "entity", "two bytes a letter", "no letter", "not closed", "nothing"],
)
def test_what_is_no_plain_xml_is_damaged(content):
    assert code_of(parts.parsed, content) == "damaged"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a>x<b/>y</a>", "<a>xy</a>"),
        ("<a><c/>x<b/>y</a>", "<a><c/>xy</a>"),
        ("<a><c/><b/>y</a>", "<a><c/>y</a>"),
        ("<a><b/>y</a>", "<a>y</a>"),
        ("<a>x<b/></a>", "<a>x</a>"),
    ],
)
def test_the_text_behind_what_is_taken_out_stays(before, after):
    tree = parts.parsed(before.encode())
    parts.remove(tree.find("b"))
    assert parts.written(tree).decode().partition("?>")[2].strip() == after


def test_the_whole_document_cannot_be_taken_out_of_itself():
    tree = parts.parsed(b"<a>x</a>")
    parts.remove(tree)
    assert tree.text == "x"


@pytest.mark.parametrize("target", ["https://a.example", " HTTP://a.example", "mailto:a@b.example", "tel:1", "#side2"])
def test_addresses_one_may_press(target):
    assert parts.is_address(target)


@pytest.mark.parametrize("target", ["", "file:///x", "javascript:x", "x.exe", "\\\\a.example\\x"])
def test_addresses_one_may_not(target):
    assert not parts.is_address(target)
