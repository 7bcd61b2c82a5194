"""Small real documents for invented applicants: a PDF and a Word file, written here byte by byte."""

import io
import zipfile
from xml.sax.saxutils import escape

PAGE = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >>"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
BODY = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)
# The day in a zip is fixed, so that the same CV is the same bytes.
ZIP_DAY = (2020, 1, 1, 0, 0, 0)


def pdf(lines) -> bytes:
    """One A4 page with these lines in Helvetica. UnicodeEncodeError for letters outside Western Europe."""
    shown = b"\n".join(b"(" + _escaped(line) + b") Tj T*" for line in lines)
    content = b"BT /F1 12 Tf 16 TL 64 770 Td\n" + shown + b"\nET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {PAGE} /Contents 5 0 R >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream",
    )
    return _joined(objects)


def _escaped(line: str) -> bytes:
    for sign in "\\()":
        line = line.replace(sign, f"\\{sign}")
    return line.encode("cp1252")


def _joined(objects) -> bytes:
    """Header, objects, the table that says where each begins, and the trailer."""
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += str(number).encode() + b" 0 obj\n" + content + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    tail = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n".encode()
    return made + head + table + tail


def docx(lines) -> bytes:
    """A Word document with one paragraph per line, in any script."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": BODY.format(paragraphs),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_DAY), text)
    return made.getvalue()
