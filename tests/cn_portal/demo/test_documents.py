"""The little documents are real: they pass the check of uploads and can be read."""

import io
import re
import zipfile

import pikepdf
import pytest
from django.core.files.base import ContentFile

from careers.uploads import check_upload
from cn_portal.demo import documents
from cn_portal.demo.applicants import cv_of

LINES = ["Åse Prøve", "Erfaring (4 år) \\ verft"]


def test_a_pdf_passes_the_check_and_says_what_it_should():
    made = documents.pdf(LINES)
    checked = check_upload(ContentFile(made, name="cv.pdf"))
    assert checked.media_type == "application/pdf"
    assert "Åse Prøve".encode("cp1252") in made
    assert rb"Erfaring \(4 \xe5r\) \\ verft".replace(rb"\xe5", b"\xe5") in made


def test_the_table_of_a_pdf_names_the_place_of_each_object():
    made = documents.pdf(LINES)
    start = int(re.search(rb"startxref\n(\d+)", made).group(1))
    assert made[start:].startswith(b"xref\n0 6\n")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", made)]
    assert len(places) == 5
    for number, place in enumerate(places, 1):
        assert made[place:].startswith(b"%d 0 obj" % number)


def test_letters_a_pdf_cannot_write_are_refused_there_and_written_in_word():
    with pytest.raises(UnicodeEncodeError):
        documents.pdf(["Čeavllá"])
    made = documents.docx(["Čeavllá & sønn"])
    assert check_upload(ContentFile(made, name="cv.docx")).display_name == "cv.docx"
    text = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "Čeavllá &amp; sønn" in text
    assert documents.docx(["Čeavllá & sønn"]) == made


@pytest.mark.parametrize(("name", "ending"), [("Kari Moen", ".pdf"), ("Ánte Čeavllá", ".docx")])
@pytest.mark.parametrize(("language", "word"), [("nb", "Erfaring"), ("en", "Experience")])
def test_a_cv_is_in_the_format_its_letters_need(name, ending, language, word):
    checked = cv_of(name, "x@soker.example", language)
    with checked.stream as stream:
        content = io.BytesIO(stream.read())
    assert checked.display_name.endswith(ending)
    if ending == ".pdf":
        with pikepdf.open(content) as document:
            text = document.pages[0].Contents.read_bytes()
    else:
        text = zipfile.ZipFile(content).read("word/document.xml")
    assert word.encode() in text
