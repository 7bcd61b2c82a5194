"""A PDF without anything that runs, opens, loads, is hidden in it or says who made it (T19, T22)."""

import io
import zlib

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream

from . import jpeg
from .refusing import Unwanted

MOST_PAGES = 200
MOST_OBJECTS = 100_000
# Of what is no picture; a page of a CV takes some thousands of bytes.
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PIXELS = 100_000_000
MOST_DEPTH = 60

_OF_THE_WHOLE = ("/OpenAction", "/AA", "/Collection", "/Perms", "/Legal", "/Requirements", "/AF", "/URI", "/Threads")
_NAMED = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations", "/Renditions", "/URLS", "/IDS", "/Templates")
_ANYWHERE = ("/AA", "/JS", "/EF", "/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/XFA", "/Ref", "/OPI", "/AF")
_OF_ANNOTATIONS = ("/RichMediaContent", "/RichMediaSettings", "/NM", "/M", "/CreationDate", "/T")
_ANNOTATIONS = {
    "/RichMedia", "/Movie", "/Sound", "/Screen", "/FileAttachment", "/3D", "/TrapNet", "/Projection",
}  # fmt: skip
_GOES = {"/GoTo", "/Named"}
_LINKS = (b"http://", b"https://", b"mailto:", b"tel:")


def clean(content: bytes) -> bytes:
    """The document written anew from what is shown of it. Raises Unwanted."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise Unwanted("locked")
            _measure(document)
            _disarm(document)
            return _written(document)
    except pikepdf.PasswordError:
        raise Unwanted("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        # Whatever a library says about it, the person can only save it anew.
        raise Unwanted("damaged") from None


def text_of(content: bytes) -> str:
    """The words on its pages, page after page."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            return "\n".join(_words(page) for page in document)
    except pypdfium2.PdfiumError:
        raise Unwanted("damaged") from None


def _words(page) -> str:
    words = page.get_textpage()
    try:
        return words.get_text_bounded()
    finally:
        words.close()
        page.close()


def _measure(document) -> None:
    if len(document.objects) > MOST_OBJECTS or len(document.pages) > MOST_PAGES:
        raise Unwanted("too-packed")
    if not len(document.pages):
        raise Unwanted("damaged")
    unpacked = 0
    for each in document.objects:
        if not isinstance(each, Stream):
            continue
        if "/F" in each:
            # Its content would be fetched from another file.
            raise Unwanted("active")
        if each.get("/Subtype") == Name.Image:
            if int(each.get("/Width", 0)) * int(each.get("/Height", 0)) > MOST_PIXELS:
                raise Unwanted("too-packed")
            continue
        unpacked += len(_unpacked(each))
        if unpacked > MOST_UNPACKED:
            raise Unwanted("too-packed")


def _unpacked(stream) -> bytes:
    try:
        return stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    except pikepdf.PdfError:
        # A filter nobody reads without drawing it, or a damaged stream: as long as it lies there.
        return stream.read_raw_bytes()


def _disarm(document) -> None:
    root = document.Root
    _drop(root, _OF_THE_WHOLE)
    if isinstance(names := root.get("/Names"), Dictionary):
        _drop(names, _NAMED)
    for each in document.objects:
        if isinstance(each, (Dictionary, Array, Stream)):
            _disarm_within(each, depth=0)
    for name in set(document.trailer.keys()) - _OF_THE_TRAILER:
        del document.trailer[name]


def _disarm_within(thing, *, depth: int) -> None:
    """One object and what lies directly in it; what it only points at is an object of its own."""
    if depth > MOST_DEPTH:
        raise Unwanted("too-packed")
    if isinstance(thing, Array):
        for inner in thing:
            if not _is_elsewhere(inner):
                _disarm_within(inner, depth=depth + 1)
        return
    if isinstance(thing, Stream):
        _strip_picture(thing)
    _drop(thing, _ANYWHERE)
    _without_actions(thing)
    if isinstance(annotations := thing.get("/Annots"), Array):
        thing["/Annots"] = Array([each for each in annotations if _may_stay(each)])
    for _name, inner in list(thing.items()):
        if not _is_elsewhere(inner):
            _disarm_within(inner, depth=depth + 1)


_OF_THE_TRAILER = {"/Root", "/Size", "/ID"}


def _is_elsewhere(thing) -> bool:
    return not isinstance(thing, (Array, Dictionary, Stream)) or thing.is_indirect


def _without_actions(thing) -> None:
    if "/Rect" in thing and "/Subtype" in thing:
        # A form field is found by its /T; in every other annotation it is who wrote it.
        _drop(thing, _OF_ANNOTATIONS if thing.get("/Subtype") != "/Widget" else _OF_ANNOTATIONS[:-1])
    if isinstance(action := thing.get("/A"), Dictionary) and "/S" in action and not _only_goes(action):
        del thing["/A"]
    _drop(thing, ("/PA",))
    kind = thing.get("/S")
    if isinstance(kind, Name) and kind in _RUNS:
        # An action something else may point at: whoever asks for it, nothing is left to be done.
        _drop(thing, _WHAT_IT_DOES)
        thing["/S"] = Name("/None")
    elif isinstance(kind, Name) and kind in ("/GoTo", "/URI", "/Named"):
        _drop(thing, ("/Next",))


_WHAT_IT_DOES = ("/Next", "/F", "/Win", "/Unix", "/Mac", "/D", "/R", "/T", "/TA", "/Fields", "/O", "/C")
_RUNS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/ResetForm", "/Hide", "/GoTo3DView", "/RichMediaExecute", "/SetOCGState",
}  # fmt: skip


def _only_goes(action) -> bool:
    """To another place of the document, or to a web or mail address somebody presses: nothing else."""
    kind = action.get("/S")
    if kind == "/URI":
        address = bytes(action.get("/URI", b"")).strip().lower()
        return address.startswith(_LINKS)
    return kind in _GOES


def _may_stay(annotation) -> bool:
    return isinstance(annotation, Dictionary) and str(annotation.get("/Subtype", "")) not in _ANNOTATIONS


def _drop(thing, names) -> None:
    for name in names:
        if name in thing:
            del thing[name]


def _strip_picture(stream) -> None:
    filters = stream.get("/Filter")
    if filters == "/DCTDecode" or (isinstance(filters, Array) and len(filters) == 1 and filters[0] == "/DCTDecode"):
        content = stream.read_raw_bytes()
        if (stripped := jpeg.without_metadata(content)) != content:
            stream.write(stripped, filter=Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))


def _written(document) -> bytes:
    made = io.BytesIO()
    document.remove_unreferenced_resources()
    document.save(
        made,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        fix_metadata_version=False,
    )
    with pikepdf.open(made) as again:
        # What cannot be opened a second time helps nobody.
        if len(again.pages) != len(document.pages):
            raise Unwanted("damaged")
    return made.getvalue()
