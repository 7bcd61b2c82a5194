"""Documents are known by their content; everything else is refused with one sentence."""

import io
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import translation

from careers.uploads import KINDS, MOST_BYTES, Refused, archive, check_upload, parsing
from careers.uploads.refusals import SENTENCES
from tests.careers.factories import DOCX_PARTS, ODT_PARTS, archive_bytes, docx_bytes, kept_bytes, pdf_bytes, upload

RTF = rb"{\rtf1\ansi Jeg s\'f8ker p\'e5 stillingen.}"


def refusal(content, name="cv.pdf"):
    with pytest.raises(Refused) as refused:
        check_upload(SimpleUploadedFile(name, content))
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (pdf_bytes(), "cv.pdf", "application/pdf"),
        (b"\xef\xbb\xbf\n" + pdf_bytes(), "cv.pdf", "application/pdf"),
        (pdf_bytes() + b"\n" * 1000, "cv.pdf", "application/pdf"),
        (docx_bytes(), "cv.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (archive_bytes(ODT_PARTS), "cv.odt", "application/vnd.oasis.opendocument.text"),
        (RTF, "cv.rtf", "application/rtf"),
        (RTF + b"\r\n\x00", "cv.rtf", "application/rtf"),
    ],
)
def test_documents_are_taken(content, name, media_type):
    checked = check_upload(SimpleUploadedFile(name, content))
    assert (checked.display_name, checked.media_type) == (name, media_type)
    again = parsing.clean(checked.stream, KINDS[checked.media_type])
    assert again.text in ("Erfaring: blaserom", "Jeg søker på stillingen.") and checked.scan == "not_scanned"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!doctype html><script>alert(1)</script>", "unknown"),
        (b"<html>" + pdf_bytes(), "unknown"),
        (b"x" * 2000 + pdf_bytes(), "unknown"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (pdf_bytes().replace(b"%%EOF", b""), "damaged"),
        (pdf_bytes() + b"\n" * 3000, "damaged"),
        (pdf_bytes(b"\ntrailer << /Encrypt 5 0 R >>"), "locked"),
        (pdf_bytes(b"\ntrailer << /Encrypt << /Filter /Standard >> >>"), "locked"),
        (pdf_bytes(b"\n<< /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "old-word"),
        (RTF[:-1], "damaged"),
        (rb"{\rtf1 {\object\objemb {\*\objdata 0105}}}", "active"),
        (rb"{\rtf1 {\*\template http://a.example/x.dotm}}", "active"),
    ],
)
def test_what_is_refused(content, code):
    assert refusal(content) == code


def test_a_pdf_that_speaks_of_encryption_is_no_locked_pdf():
    assert check_upload(upload(content=pdf_bytes(b"I know /Encryption well"))).media_type == "application/pdf"


@pytest.mark.parametrize(("size", "taken"), [(MOST_BYTES, True), (MOST_BYTES + 1, False), (50 * 1024 * 1024, False)])
def test_the_size_is_looked_at_before_anything_is_read(size, taken):
    class Measured(io.BytesIO):
        name = "cv.pdf"
        was_read = False

        def read(self, *args):
            self.was_read = True
            return super().read(*args)

    stream = Measured(pdf_bytes())
    stream.size = size
    if taken:
        assert check_upload(stream).media_type == "application/pdf"
        return
    with pytest.raises(Refused) as refused:
        check_upload(stream)
    assert refused.value.code == "too-large" and not stream.was_read


def test_an_upload_that_lies_on_disk_is_read_from_there():
    with TemporaryUploadedFile("cv.pdf", "application/pdf", len(pdf_bytes()), None) as stored:
        stored.write(pdf_bytes())
        assert check_upload(stored).stream.read() == kept_bytes()


def relation(kind, target="http://a.example/x", quote='"'):
    tag = f'<Relationship Id="r" Type="x/relationships/{kind}" Target="{target}" TargetMode="External"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">' + tag.replace('"', quote) + "</Relationships>"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"word/vbaProject.bin": "x"}, "active"),
        ({"word/embeddings/oleObject1.bin": "x"}, "active"),
        ({"word/activeX/activeX1.xml": "x"}, "active"),
        ({"word/_rels/settings.xml.rels": relation("attachedTemplate")}, "active"),
        ({"word/_rels/settings.xml.rels": relation("attachedTemplate", quote="'")}, "active"),
        ({"word/_rels/document.xml.rels": relation("image")}, "active"),
        (
            {
                "[Content_Types].xml": DOCX_PARTS["[Content_Types].xml"]
                + "application/vnd.ms-word.document.macroEnabled.main+xml"
            },
            "active",
        ),
        ({"[Content_Types].xml": "<Types/>"}, "unknown"),
        ({"[Content_Types].xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><Types/>"}, "damaged"),
        ({"word/_rels/document.xml.rels": relation("image").encode("utf-16")}, "damaged"),
        ({"word/_rels/document.xml.rels": relation("image").encode("utf-16-be")}, "damaged"),
        ({"[Content_Types].xml": "a1b2" * (archive.MOST_PART // 4 + 1)}, "too-packed"),
    ],
)
def test_word_documents_that_do_something_are_refused(changed, code, monkeypatch):
    if code == "too-packed":
        monkeypatch.setattr(archive, "MOST_RATIO", 10**9)
    assert refusal(docx_bytes(**changed)) == code


def test_a_link_in_a_word_document_is_fine():
    content = docx_bytes(**{"word/_rels/document.xml.rels": relation("hyperlink")})
    assert check_upload(upload("cv.docx", content)).display_name == "cv.docx"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"readme.txt": "hei"}, "unknown"),
        ({}, "unknown"),
        ({**ODT_PARTS, "mimetype": "application/epub+zip"}, "unknown"),
        ({name: part for name, part in ODT_PARTS.items() if name != "content.xml"}, "damaged"),
        ({**ODT_PARTS, "META-INF/manifest.xml": "<manifest:encryption-data/>"}, "locked"),
        ({**ODT_PARTS, "Basic/Standard/Module1.xml": "Sub Main"}, "active"),
    ],
)
def test_other_archives_are_refused(parts, code):
    assert refusal(archive_bytes(parts)) == code


def with_entries(count):
    return docx_bytes(**{f"word/part{number}.xml": "x" for number in range(count - len(DOCX_PARTS))})


def test_the_number_of_parts_has_a_limit():
    assert check_upload(upload("cv.docx", with_entries(archive.MOST_ENTRIES)))
    assert refusal(with_entries(archive.MOST_ENTRIES + 1)) == "too-packed"


def test_a_bomb_is_refused_by_its_list_alone(monkeypatch):
    bomb = docx_bytes(**{"word/media/image1.xml": b"\x00" * 20_000_000})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **kwargs: pytest.fail("something was unpacked"))
    assert refusal(bomb) == "too-packed"


def test_the_whole_has_a_limit(monkeypatch):
    content = docx_bytes(**{"word/a.xml": "x" * 50_000})
    assert check_upload(upload("cv.docx", content))
    monkeypatch.setattr(archive, "MOST_UNPACKED", 50_000)
    assert refusal(content) == "too-packed"


def test_an_archive_that_lies_about_its_sizes_is_damaged():
    """The list says a part is short; what it unpacks to is not, and reading stops."""
    content = bytearray(docx_bytes(**{"word/_rels/document.xml.rels": "x" * 500_000}))
    start = content.rindex(b"word/_rels/document.xml.rels") - 46
    content[start + 24 : start + 28] = struct.pack("<I", 100)
    assert refusal(bytes(content)) == "damaged"


def test_a_locked_archive():
    content = bytearray(docx_bytes())
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1
    assert refusal(bytes(content)) == "locked"


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing more", docx_bytes()[:-40]])
def test_a_broken_archive(content):
    assert refusal(content) == "damaged"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_says_what_to_do_in_both_languages(code):
    texts = []
    for language in ("nb", "en"):
        with translation.override(language):
            texts.append(Refused(code).messages[0])
    assert all(text.endswith(".") and len(text) > 60 for text in texts)
    assert texts[0] != texts[1]
