import json

import pytest

from privacy.bag import Readable
from privacy.bag_archive import PIECE, Archive, Listing, Sink, json_pieces
from tests.privacy.bags import NOW, lines_of, opened


def text_of(content):
    return "".join(json_pieces(content))


def test_a_reader_over_pieces_gives_what_was_asked_for():
    def reader():
        return Readable([b"abc", b"", b"defg"])

    assert reader().read() == b"abcdefg"
    stream = reader()
    assert [stream.read(2), stream.read(4), stream.read(9), stream.read(1)] == [b"ab", b"cdef", b"g", b""]


def test_the_sink_of_the_archive_holds_nothing_back():
    sink = Sink()
    assert sink.write(b"ab") == 2 and sink.flush() is None
    assert (sink.take(), sink.take()) == (b"ab", b"")


@pytest.mark.parametrize("items", [[], [1], [{"å": [1]}, None, "x"]])
def test_an_array_written_item_by_item_is_the_same_array(items):
    assert json.loads(text_of(iter(items))) == items
    assert json.loads(text_of(Listing({"a": 1, "z": {"b": []}}, "items", iter(items)))) == {
        "a": 1, "z": {"b": []}, "items": items,
    }  # fmt: skip
    assert json.loads(text_of(Listing({}, "items", items))) == {"items": items}
    nested = Listing({"a": 1}, "lists", (Listing({"b": 2}, "items", iter(items)) for _number in range(2)))
    assert json.loads(text_of(nested)) == {"a": 1, "lists": [{"b": 2, "items": items}] * 2}


def test_keys_are_in_order_whatever_the_order_they_came_in():
    assert text_of({"b": 1, "a": 2}) == text_of({"a": 2, "b": 1}) == '{\n "a": 2,\n "b": 1\n}\n'
    listing = text_of(Listing({"z": 1, "b": 2}, "c", [3]))
    assert listing.index('"b"') < listing.index('"c"') < listing.index('"z"')


def test_text_is_handed_on_in_pieces_and_listed_when_whole():
    sink = Sink()
    archive = Archive(sink, NOW)
    steps = archive.text("data/long.html", ("å" * 1000 for _number in range(200)))
    assert sum(1 for _step in steps) == 400_000 // PIECE + 1
    list(archive.json_lines("data/lines.jsonl", [{"a": 1}, {"b": "x\ny"}]))
    archive.tags(organisation="Rens og\nSpyl AS")
    archive.close()
    files = opened(sink.take())
    assert files["data/long.html"].decode() == "å" * 200_000
    assert files["bag-info.txt"].decode().startswith("Source-Organization: Rens og Spyl AS\nBagging-Date: 2026-03-01\n")
    assert [json.loads(line) for line in files["data/lines.jsonl"].splitlines()] == [{"a": 1}, {"b": "x\ny"}]
    assert [(part["path"], part["bytes"], part["mediaType"]) for part in archive.manifest()] == [
        ("data/lines.jsonl", len(files["data/lines.jsonl"]), "application/jsonl"),
        ("data/long.html", 400_000, "text/html"),
    ]
    assert lines_of(files["manifest-sha256.txt"]) == {part["path"]: part["sha256"] for part in archive.manifest()}
