"""What an OpenDocument text keeps: its words, its links to the web; who wrote a comment goes."""

import io
import zipfile

import pytest

from careers.uploads.child import clean_odt
from careers.uploads.child.refusing import Unwanted
from tests.careers.factories import ODT_PARTS, archive_bytes
from tests.careers.uploads.corpus.hostile_packages import FAR, odt_bytes

SPACE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def content_of(cleaned):
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        return archive.read("content.xml").decode()


@pytest.mark.parametrize("missing", [None, "META-INF/manifest.xml", "mimetype"])
def test_what_is_no_whole_archive_is_damaged(missing):
    parts = {name: part for name, part in ODT_PARTS.items() if name != missing}
    with pytest.raises(Unwanted) as refused:
        clean_odt.clean(archive_bytes(parts) if missing else b"Erfaring")
    assert refused.value.code == "damaged"


def test_who_wrote_a_comment_goes_and_what_stands_behind_it_stays():
    comment = f"<office:annotation><dc:creator {SPACE}>Kari</dc:creator><text:p>Fint</text:p></office:annotation>"
    kept = content_of(clean_odt.clean(odt_bytes(f"<text:p>Horten {comment} og Moss</text:p>")))
    assert "Kari" not in kept and "Fint" in kept and "og Moss" in kept


def test_links_to_the_web_stay_and_others_lead_nowhere():
    link = '<text:p><text:a xlink:href="{0}">her</text:a></text:p>'
    assert FAR in content_of(clean_odt.clean(odt_bytes(link.format(FAR))))
    assert "about:blank" in content_of(clean_odt.clean(odt_bytes(link.format("file:///c:/x.exe"))))


def test_a_picture_of_the_document_itself_stays_and_one_from_elsewhere_is_refused():
    assert "Pictures/a.png" in content_of(clean_odt.clean(odt_bytes('<draw:image xlink:href="Pictures/a.png"/>')))
    with pytest.raises(Unwanted) as refused:
        clean_odt.clean(odt_bytes(f'<draw:image xlink:href="{FAR}"/>'))
    assert refused.value.code == "active"
