"""A text inside a file is found where bytes are packed: streams of a PDF, members of archives; no bomb goes off."""

import io
import zipfile
import zlib

import pytest

from privacy.queries import find_documents
from privacy.queries.find_documents import holds_in_bytes


def pdf(page: bytes, *, packed=True) -> bytes:
    stream = zlib.compress(page) if packed else page
    return b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>> stream\r\n" + stream + b"\nendstream endobj\n%%EOF"


@pytest.mark.parametrize(
    "page",
    [
        b"BT (Kari Gjest) Tj ET",
        b"BT [(Ka) -12 (ri ) 4 (Gjest)] TJ ET",
        b"BT <4B617269204 76A657374> Tj ET".replace(b"4 7", b"47"),
        b"BT <FEFF004B0061007200690020 0047006A006500730074> Tj ET",
        b"BT (K\\141ri Gjes\\164) Tj ET",
        b"<</Author (Kari Gjest)>>",
    ],
    ids=["one string", "kerned", "hexadecimal", "sixteen bits", "escaped", "about the file"],
)
def test_what_a_pdf_says_is_found_in_its_packed_streams(page):
    content = pdf(page)
    assert b"Kari" not in content
    assert holds_in_bytes(content, "kari gjest")
    assert not holds_in_bytes(content, "Ola")


def test_words_of_two_lines_are_two():
    assert holds_in_bytes(pdf(b"BT (Kari) Tj T* (Gjest) Tj ET"), "Kari Gjest")
    assert not holds_in_bytes(pdf(b"BT (Kari) Tj T* (Gjest) Tj ET"), "KariGjest")


def test_a_stream_that_is_no_stream_stops_nothing():
    content = b"%PDF-1.7 stream\nnot packed endstream " + pdf(b"(Kari) Tj")[9:]
    assert holds_in_bytes(content, "Kari")
    assert not holds_in_bytes(b"no pdf: stream\n" + zlib.compress(b"(Kari) Tj") + b"\nendstream", "Kari")


def test_a_bomb_unfolds_no_further_than_it_may(monkeypatch):
    monkeypatch.setattr(find_documents, "MOST_UNFOLDED", 1000)
    assert holds_in_bytes(pdf(b"(Kari) Tj" + b"x" * 5000), "Kari")
    assert not holds_in_bytes(pdf(b"x" * 5000 + b"(Kari) Tj"), "Kari")


def packed(name: str, content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(name, content)
    return archive.getvalue()


def test_archives_are_opened_three_deep_and_a_damaged_one_is_read_as_bytes():
    inside = packed("brev.txt", b"Kari Gjest")
    assert holds_in_bytes(inside, "Kari") and holds_in_bytes(packed("Kari.txt", b""), "kari.TXT")
    assert holds_in_bytes(packed("a.zip", packed("b.zip", inside)), "Kari")
    assert not holds_in_bytes(packed("a.zip", packed("b.zip", packed("c.zip", inside))), "Kari")
    assert holds_in_bytes(packed("letter.pdf", pdf(b"(Kari) Tj")), "Kari")
    assert holds_in_bytes(b"PK but no archive, from Kari", "Kari")
    assert not holds_in_bytes(b"PK but no archive", "Kari")
