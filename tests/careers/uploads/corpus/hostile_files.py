"""Files that are something else than they say, or nothing at all."""

import base64
import io
import struct
import zlib

from PIL import Image

from careers.uploads import MOST_BYTES
from tests.careers.factories import DOCX_PARTS, archive_bytes, docx_bytes, pdf_bytes
from tests.careers.uploads.corpus import SECRET, Hostile

# Written in two halves, so that no scanner of a developer's machine takes this file away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert('" + SECRET + b"')</script>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def made():
    yield from _old_word()
    yield from _markup()
    yield from _polyglots()
    yield from _pictures()
    yield from _eicar()
    yield from _sizes()
    yield from _renamed()


def _old_word():
    for name in ("cv.docx", "cv.doc", "cv.pdf", "cv.odt", "cv.rtf"):
        yield Hostile("old Word as something else", name, name, OLE + SECRET)
    for stream in ("EncryptedPackage", "EncryptionInfo", "StrongEncryptionDataSpace"):
        yield Hostile("encrypted Office", stream, "cv.docx", OLE + stream.encode("utf-16-le"))


def _markup():
    for name in ("cv.svg", "cv.pdf", "cv.docx"):
        content = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
        yield Hostile("SVG", name, name, content)
        yield Hostile("SVG", f"{name} with a prologue", name, b'<?xml version="1.0"?>' + content)
    for begin in (b"<!doctype html>", b"<html>", b"\xef\xbb\xbf<html>", b"<HTML>\n", b"<body>", SCRIPT):
        yield Hostile("HTML", begin.decode(errors="replace")[:15], "cv.pdf", begin + SCRIPT)
    for begin in (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", b"From: <a>\r\nSubject: x\r\n\r\n"):
        for name in ("cv.mht", "cv.docx"):
            yield Hostile("MHTML", f"{name} {begin[:4].decode()}", name, begin + SCRIPT)


def _polyglots():
    zipped = archive_bytes(DOCX_PARTS)
    yield Hostile("polyglot", "GIF and script", "cv.pdf", b"GIF89a/*" + b"\x00" * 20 + b"*/=1;" + SCRIPT)
    yield Hostile("polyglot", "GIF and PDF", "cv.pdf", b"GIF89a" + pdf_bytes())
    yield Hostile("polyglot", "HTML in front of a PDF", "cv.pdf", SCRIPT + pdf_bytes())
    yield Hostile("polyglot", "HTML behind a PDF", "cv.pdf", pdf_bytes() + SCRIPT)
    yield Hostile("polyglot", "HTML in a comment of a PDF", "cv.pdf", pdf_bytes(SCRIPT))
    yield Hostile("polyglot", "PDF and ZIP", "cv.pdf", pdf_bytes() + archive_bytes({"x.txt": SECRET.decode()}))
    yield Hostile("polyglot", "script in front of a ZIP", "cv.docx", SCRIPT + zipped)
    yield Hostile("polyglot", "JPEG and PDF", "cv.pdf", b"\xff\xd8\xff\xe0" + pdf_bytes())
    yield Hostile("polyglot", "executable and PDF", "cv.pdf", b"MZ" + SECRET + b"<" + pdf_bytes())
    yield Hostile("polyglot", "ZIP and PDF", "cv.pdf", archive_bytes({"x.txt": "x"}) + pdf_bytes())


def picture(kind="JPEG", size=(80, 60), **more) -> bytes:
    made_of = io.BytesIO()
    Image.new("RGB", size, "red").save(made_of, kind, **more)
    return made_of.getvalue()


def with_place() -> bytes:
    """A photo that says where it was taken and with what."""
    data = Image.Exif()
    data[0x010F] = SECRET.decode()
    data.get_ifd(0x8825)[2] = (59.0, 44.0, 30.0)
    return picture(exif=data, comment=SECRET)


def flood(width=30_000, height=30_000) -> bytes:
    """A PNG of a few kilobytes that is 900 million pixels."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(b"\x00" * 100_000, 9)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _pictures():
    for name, content in (
        ("JPEG", with_place()),
        ("PNG", picture("PNG")),
        ("GIF", picture("GIF")),
        ("TIFF", picture("TIFF")),
        ("BMP", picture("BMP")),
        ("WebP", picture("WEBP")),
    ):
        yield Hostile("picture as a document", name, "cv.pdf", content)
    yield Hostile("EXIF", "JPEG itself", "cv.docx", with_place())
    for name in ("image1.jpg", "image1.jpeg", "image1.jfif", "image1.png"):
        yield Hostile("EXIF", name, "cv.docx", docx_bytes(**{f"word/media/{name}": with_place()}))
    for name in ("image1.png", "image1.jpg", "image1.gif"):
        yield Hostile("pixel flood", name, "cv.docx", docx_bytes(**{f"word/media/{name}": flood()}))
    yield Hostile("pixel flood", "PNG itself", "cv.pdf", flood())
    yield Hostile("pixel flood", "one side only", "cv.docx", docx_bytes(**{"word/media/a.png": flood(1, 900_000_000)}))


def _eicar():
    for name in ("cv.pdf", "cv.docx", "cv.com"):
        yield Hostile("EICAR", f"plain as {name}", name, EICAR)
    yield Hostile("EICAR", "in a ZIP", "cv.docx", archive_bytes({"eicar.com": EICAR}))
    yield Hostile("EICAR", "in a Word file", "cv.docx", docx_bytes(**{"word/media/eicar.png": EICAR}))
    yield Hostile("EICAR", "in base64", "cv.pdf", base64.b64encode(EICAR))
    yield Hostile("EICAR", "behind a PDF", "cv.pdf", pdf_bytes() + EICAR)


def _sizes():
    yield Hostile("nothing in it", "0 bytes", "cv.pdf", b"")
    yield Hostile("nothing in it", "spaces", "cv.pdf", b" " * 2000)
    yield Hostile("nothing in it", "zeros", "cv.docx", b"\x00" * 2000)
    yield Hostile("one byte over", "PDF", "cv.pdf", pdf_bytes().ljust(MOST_BYTES + 1, b"\n"))
    yield Hostile("one byte over", "anything", "cv.docx", b"\x00" * (MOST_BYTES + 1))


def _renamed():
    kinds = {
        "shortcut": b"L\x00\x00\x00\x01\x14\x02\x00",
        "disk image": b"\x00" * 32769 + b"CD001",
        "program": b"MZ\x90\x00" + b"\x00" * 100,
        "program of Linux": b"\x7fELF" + b"\x00" * 100,
        "script of a shell": b"#!/bin/sh\nrm -rf /\n",
        "batch file": b"@echo off\r\ndel *.*\r\n",
        "RAR": b"Rar!\x1a\x07\x00",
        "7z": b"7z\xbc\xaf\x27\x1c",
        "gzip": b"\x1f\x8b\x08\x00",
        "Cabinet": b"MSCF\x00\x00",
        "PostScript": b"%!PS-Adobe-3.0\n",
        "Java": b"\xca\xfe\xba\xbe",
        "database": b"SQLite format 3\x00",
        "text": b"Kjaere CN, jeg soker.",
    }
    for name, content in kinds.items():
        family = "shortcut or disk image" if name in ("shortcut", "disk image", "Cabinet") else "wrong ending"
        yield Hostile(family, f"{name} as PDF", "cv.pdf", content)
        yield Hostile(family, f"{name} as Word", "cv.docx", content)
