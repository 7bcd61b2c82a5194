"""The limits of a PDF, each on both sides; a document that is locked or broken is told from one that does too much."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from careers.uploads.child import clean_pdf
from careers.uploads.child.refusing import Unwanted
from tests.careers.factories import pdf_bytes
from tests.careers.uploads.corpus.hostile_pdfs import many_pages, pdf


def code_of(content):
    with pytest.raises(Unwanted) as refused:
        clean_pdf.clean(content)
    return refused.value.code


def encrypted(**passwords):
    return pdf(encryption=pikepdf.Encryption(R=6, **passwords), hidden=False)


def test_a_locked_document_is_locked_whether_or_not_it_can_be_opened():
    assert code_of(encrypted(owner="a", user="b")) == "locked"
    assert code_of(encrypted(owner="a", user="")) == "locked"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF\n", many_pages(0)], ids=["nothing", "two ends", "no page"])
def test_what_has_no_page_is_damaged(content):
    assert code_of(content) == "damaged"


def test_words_of_what_is_no_pdf_cannot_be_read():
    assert clean_pdf.text_of(pdf_bytes()) == "Erfaring: blaserom"
    with pytest.raises(Unwanted) as refused:
        clean_pdf.text_of(b"Erfaring")
    assert refused.value.code == "damaged"


def test_pages_and_objects_are_counted(monkeypatch):
    monkeypatch.setattr(clean_pdf, "MOST_PAGES", 3)
    assert clean_pdf.clean(many_pages(3))
    assert code_of(many_pages(4)) == "too-packed"
    monkeypatch.setattr(clean_pdf, "MOST_OBJECTS", 2)
    assert code_of(many_pages(3)) == "too-packed"


def with_contents(content):
    def put(document):
        document.pages[0].Contents = document.make_stream(content)

    # Packed objects would be measured too.
    return pdf(put, hidden=False)


def test_what_is_packed_is_measured_unpacked(monkeypatch):
    monkeypatch.setattr(clean_pdf, "MOST_UNPACKED", 1000)
    assert clean_pdf.clean(with_contents(b" " * 1000))
    assert code_of(with_contents(b" " * 1001)) == "too-packed"


def undrawable(document):
    stream = Stream(document, b"")
    stream.write(b"x" * 500, filter=Name("/Unheard"))
    document.pages[0].Contents = document.make_indirect(stream)


def test_what_nobody_can_unpack_is_measured_as_it_lies_there(monkeypatch):
    monkeypatch.setattr(clean_pdf, "MOST_UNPACKED", 500)
    assert clean_pdf.clean(pdf(undrawable, hidden=False))
    monkeypatch.setattr(clean_pdf, "MOST_UNPACKED", 499)
    assert code_of(pdf(undrawable, hidden=False)) == "too-packed"


def picture_of(width, height):
    def put(document):
        picture = Stream(document, b"\x00")
        picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
        picture.Width, picture.Height, picture.BitsPerComponent = width, height, 8
        document.pages[0].Resources = Dictionary(XObject=Dictionary(I=document.make_indirect(picture)))

    return pdf(put)


def test_pixels_are_counted_by_what_the_picture_says(monkeypatch):
    monkeypatch.setattr(clean_pdf, "MOST_PIXELS", 100)
    assert clean_pdf.clean(picture_of(10, 10))
    assert code_of(picture_of(10, 11)) == "too-packed"


def lists_in_lists(depth):
    def put(document):
        inner = Array([])
        for _level in range(depth):
            inner = Array([inner])
        document.pages[0].Lists = inner

    return pdf(put)


def test_lists_in_lists_have_an_end(monkeypatch):
    monkeypatch.setattr(clean_pdf, "MOST_DEPTH", 10)
    assert clean_pdf.clean(lists_in_lists(8))
    assert code_of(lists_in_lists(11)) == "too-packed"


def test_content_of_another_file_is_refused():
    def put(document):
        stream = Stream(document, b"")
        stream.F = String("http://a.example/x")
        document.pages[0].Contents = document.make_indirect(stream)

    assert code_of(pdf(put)) == "active"


def test_objects_that_are_no_containers_stay_as_they_are():
    def put(document):
        document.pages[0].Rotate = document.make_indirect(90)

    with pikepdf.open(io.BytesIO(clean_pdf.clean(pdf(put)))) as document:
        assert int(document.pages[0].Rotate) == 90
