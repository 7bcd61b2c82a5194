"""CVs as people really write them, by real writers: names of many scripts, tables, pictures, links, all letters."""

import io
import logging

import docx
import weasyprint
from docx.shared import Cm
from odf import draw, teletype
from odf.opendocument import OpenDocumentText
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import A, H, P
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from tests.careers.uploads.corpus import Honest

NAMES = (
    "Åse Ødegård Bjørnstad",
    "Ánte Čeavllá",
    "Иван Петрович Соколов",
    "Αθηνά Παπαδοπούλου",
    "محمد الأحمد",
    "Łukasz Żółć",
    "José Núñez García",
    "李小龍",
    "Zoë O'Brien-Müller & sønn",
    "Þórunn Æðelríc",
    "नेहा शर्मा",
    "Nguyễn Thị Hương",
)
JOBS = "2015-2018 Blåserom AS, 2018-2021 Overflate ASA, +47 99 99 99 99, 0150 Oslo, konto 1234 56 78901, 95 %"
LINK = "https://portefolje.example/arbeid"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def made():
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    for index, name in enumerate(NAMES):
        yield Honest(f"Word {index}", f"{name}.docx", word(name, picture=index % 2 == 0), (name, "Blåserom"))
        yield Honest(f"OpenDocument {index}", f"CV {name}.odt", open_document(name), (name, "Blåserom"))
        yield Honest(f"RTF {index}", f"{name}.rtf", rtf(name), (name, "Blåserom"))
        yield Honest(f"drawn PDF {index}", f"{name}.pdf", drawn(name, pages=1 + index % 3), ("Blåserom",))
        yield Honest(f"printed PDF {index}", f"{name} CV.PDF", printed(name), ("Blåserom",))
    for index, quality in enumerate((40, 75, 95)):
        yield Honest(f"scanned PDF {index}", "skannet.pdf", scanned(quality), ())
    yield Honest("long PDF", "lang.pdf", drawn("Kari Nordmann", pages=30), ("Blåserom",))
    yield Honest("long Word", "lang.docx", word("Kari Nordmann", rows=300), ("Blåserom",))


def photo(kind="JPEG", **more) -> bytes:
    made_of = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(made_of, kind, **more)
    return made_of.getvalue()


def word(name: str, *, picture=False, rows=3) -> bytes:
    document = docx.Document()
    document.core_properties.author = "Somebody"
    document.add_heading(name, 0)
    document.add_paragraph(JOBS, style="List Bullet")
    table = document.add_table(rows=rows, cols=2, style="Table Grid")
    for index, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = str(2000 + index % 20), "Dyser og filtre"
    document.sections[0].header.paragraphs[0].text = name
    document.sections[0].footer.paragraphs[0].text = "Side 1"
    if picture:
        document.add_picture(io.BytesIO(photo()), width=Cm(3))
        document.add_picture(io.BytesIO(photo("PNG")), width=Cm(3))
    made_of = io.BytesIO()
    document.save(made_of)
    return made_of.getvalue()


def open_document(name: str) -> bytes:
    document = OpenDocumentText()
    bold = Style(name="Fet", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    document.text.addElement(H(outlinelevel=1, text=name))
    paragraph = P()
    teletype.addTextToElement(paragraph, f"{JOBS}\tog  mer")
    paragraph.addElement(A(type="simple", href=LINK, text="Portefølje"))
    document.text.addElement(paragraph)
    table, row, cell = Table(name="Erfaring"), TableRow(), TableCell()
    cell.addElement(P(text="2019"))
    row.addElement(cell)
    table.addElement(row)
    document.text.addElement(table)
    place = document.addPicture("foto.png", mediatype="image/png", content=photo("PNG"))
    frame, holder = draw.Frame(width="3cm", height="3cm"), P()
    frame.addElement(draw.Image(href=place))
    holder.addElement(frame)
    document.text.addElement(holder)
    made_of = io.BytesIO()
    document.save(made_of)
    return made_of.getvalue()


def rtf(name: str) -> bytes:
    """As word processors write it: letters outside ASCII by number, with a question mark for old readers."""
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Calibri;}}{\colortbl;\red0\green0\blue0;}"
    info = r"{\*\generator Writer;}{\info{\author Somebody}}\viewkind4\uc1\pard\sa200\f0\fs22 "
    link = r'{\field{\*\fldinst{HYPERLINK "' + LINK + r'"}}{\fldrslt{lenke}}}'
    picture = r"{\*\shppict{\pict\jpegblip\picw100\pich100 " + photo().hex() + "}}"
    text = f"{_escaped(name)}\\par {_escaped(JOBS)}\\tab {link}\\par {picture}\\par}}"
    return (head + info + text).encode("ascii")


def _escaped(text: str) -> str:
    said = []
    for letter in text:
        code = ord(letter)
        if code < 128:
            said.append(letter)
        elif code < 256:
            said.append(f"\\'{code:02x}")
        else:
            said.append(f"\\u{code if code < 32768 else code - 65536}?")
    return "".join(said)


def drawn(name: str, *, pages: int) -> bytes:
    made_of = io.BytesIO()
    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    page = canvas.Canvas(made_of, pagesize=A4)
    page.setAuthor("Somebody")
    page.setTitle(name)
    for number in range(pages):
        page.setFont("DejaVu", 12)
        page.drawString(60, 780, name)
        page.drawString(60, 750, f"{JOBS} {number}")
        page.linkURL(LINK, (60, 700, 200, 720))
        page.bookmarkPage(f"side{number}")
        page.addOutlineEntry(f"Side {number}", f"side{number}")
        page.showPage()
    page.save()
    return made_of.getvalue()


def printed(name: str) -> bytes:
    page = f"<html lang=nb><title>CV</title><h1>{name.replace('&', '&amp;')}</h1><p>{JOBS}<p><a href='{LINK}'>mer</a>"
    return weasyprint.HTML(string=page).write_pdf()


def scanned(quality: int) -> bytes:
    """A page from a scanner is one picture."""
    made_of = io.BytesIO()
    Image.radial_gradient("L").resize((1240, 1754)).convert("RGB").save(made_of, "PDF", quality=quality)
    return made_of.getvalue()
