"""RTF that runs, loads or hides."""

from tests.careers.uploads.corpus import SECRET, Hostile
from tests.careers.uploads.corpus.hostile_files import flood, with_place

HEAD = rb"{\rtf1\ansi "


def rtf(inside: bytes) -> bytes:
    return HEAD + inside + b" Hei}"


def made():
    for name, inside in (
        ("object", rb"{\object\objemb{\*\objdata 0105}}"),
        ("object in pieces", rb"{\object{\*\objclass Package}}"),
        ("linked object", rb"{\object\objautlink}"),
        ("OCX", rb"{\object\objocx}"),
        ("update", rb"\objupdate"),
        ("binary", rb"{\pict\bin4 abcd}"),
        ("template", rb"{\*\template http://a.example/x.dotm}"),
        ("DDE", rb"{\field{\*\fldinst DDEAUTO cmd}}"),
        ("DDE in pieces", rb"{\field{\*\fldinst {DDE}{AUTO cmd}}}"),
        ("INCLUDEPICTURE", rb'{\field{\*\fldinst INCLUDEPICTURE "http://a.example/x"}}'),
        ("link to a program", rb'{\field{\*\fldinst HYPERLINK "file:///c:/x.exe"}}'),
        ("mail as HTML", rb"{\*\htmltag64 <script>}"),
    ):
        yield Hostile("RTF that runs or loads", name, "cv.rtf", rtf(inside))
    yield Hostile("RTF that is broken", "too deep", "cv.rtf", rtf(b"{" * 5000 + b"}" * 5000))
    yield Hostile("RTF that is broken", "not closed", "cv.rtf", HEAD + b"{{{}")
    yield Hostile("RTF that is broken", "closed too often", "cv.rtf", HEAD + b"}}}")
    yield Hostile("RTF that is broken", "words without end", "cv.rtf", rtf(rb"\b" * 2_100_000))
    yield Hostile("who made it", "RTF", "cv.rtf", rtf(rb"{\info{\author " + SECRET + b"}}"))
    yield Hostile("who made it", "RTF generator", "cv.rtf", rtf(rb"{\*\generator " + SECRET + b";}"))
    picture = rb"{\pict\jpegblip " + with_place().hex().encode() + b"}"
    yield Hostile("EXIF", "in RTF", "cv.rtf", rtf(picture))
    yield Hostile("pixel flood", "in RTF", "cv.rtf", rtf(rb"{\pict\pngblip " + flood().hex().encode() + b"}"))
