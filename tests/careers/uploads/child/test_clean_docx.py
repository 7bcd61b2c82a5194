"""What a Word file keeps: links to the web, footnotes and fields that only count; who and when goes."""

import io
import zipfile

import pytest

from careers.uploads.child import clean_docx
from careers.uploads.child.refusing import Unwanted
from tests.careers.factories import docx_bytes
from tests.careers.uploads.corpus.hostile_packages import FAR, R, document, relations

PART = "word/document.xml"


def cleaned(name=PART, **parts):
    with zipfile.ZipFile(io.BytesIO(clean_docx.clean(docx_bytes(**parts)))) as archive:
        return archive.read(name).decode()


def test_what_is_no_archive_is_damaged():
    with pytest.raises(Unwanted) as refused:
        clean_docx.clean(b"Erfaring")
    assert refused.value.code == "damaged"


def test_links_to_the_web_stay_links_to_programs_lead_nowhere_and_pictures_from_elsewhere_are_refused():
    rels = "word/_rels/document.xml.rels"
    assert f'Target="{FAR}"' in cleaned(rels, **{rels: relations("hyperlink", FAR)})
    assert 'Target="about:blank"' in cleaned(rels, **{rels: relations("hyperlink", "file:///c:/x.exe")})
    with pytest.raises(Unwanted) as refused:
        cleaned(rels, **{rels: relations("image", FAR)})
    assert refused.value.code == "active"


def test_a_relation_inside_the_document_stays_when_its_part_does():
    rels = "word/_rels/document.xml.rels"
    each = '<Relationship Id="{0}" Type="http://x/relationships/{1}" Target="{1}.xml"/>'
    both = f'<Relationships xmlns="{R}">{each.format("r1", "styles")}{each.format("r2", "oleObject")}</Relationships>'
    styles = document("").replace("w:document", "w:styles")
    kept = cleaned(rels, **{rels: both, "word/styles.xml": styles})
    assert 'Id="r1"' in kept and 'Id="r2"' not in kept


def test_when_it_was_changed_goes_and_the_text_stays():
    inside = '<w:p><w:ins w:author="Kari" w:date="2026-01-02T03:04:05Z"><w:r><w:t>Hei</w:t></w:r></w:ins></w:p>'
    kept = cleaned(**{PART: document(inside)})
    assert "Hei" in kept and "Kari" not in kept and "2026-01-02" not in kept


def field(instruction):
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return document(f"<w:p>{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{end}</w:p>")


def test_a_field_that_counts_pages_stays_and_one_that_starts_a_program_does_not():
    assert "PAGE" in cleaned(**{PART: field(" PAGE ")})
    with pytest.raises(Unwanted) as refused:
        cleaned(**{PART: field(" DDEAUTO cmd ")})
    assert refused.value.code == "active"


def test_the_words_of_the_text_come_first_with_their_tabs_and_lines():
    inside = "<w:p><w:r><w:t>Horten</w:t><w:tab/><w:t>2019</w:t><w:br/><w:t>Moss</w:t><w:t/></w:r></w:p>"
    header = document("<w:p><w:r><w:t>Side</w:t></w:r></w:p>").replace("w:document", "w:hdr")
    content = docx_bytes(**{PART: document(inside), "word/header1.xml": header, "word/settings.xml": "<x/>"})
    assert clean_docx.text_of(content) == "Horten\t2019\nMoss\nSide"
