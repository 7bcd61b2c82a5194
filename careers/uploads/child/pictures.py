"""Pictures inside documents, drawn anew so that nothing but their pixels is left (N9, T21, T22)."""

import io
import warnings

from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from .refusing import Unwanted

MOST_PIXELS = 50_000_000
_READ = ("PNG", "JPEG", "GIF", "TIFF")
_KEPT = {"PNG", "JPEG", "GIF"}
_PLUGINS = (GifImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# Half of what Pillow refuses only warns; here both are too much.
warnings.simplefilter("error", Image.DecompressionBombWarning)
# Its own search for further formats would open files.
Image.preinit()


def drawn_anew(content: bytes) -> bytes:
    """The picture without anything else, or an empty one where it cannot be read (vector formats, damaged ones).

    Raises Unwanted for a picture of more than 50 million pixels.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_READ) as picture:
            kind = picture.format if picture.format in _KEPT else "PNG"
            return _saved(_upright(picture), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unwanted("too-packed") from None
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError):
        return empty()


def empty() -> bytes:
    """A picture of one transparent pixel."""
    made = io.BytesIO()
    Image.new("RGBA", (1, 1), (0, 0, 0, 0)).save(made, "PNG")
    return made.getvalue()


def _upright(picture):
    # How a camera was held stands in what is thrown away, so it is done first.
    turned = ImageOps.exif_transpose(picture)
    turned.load()
    return turned


def _saved(picture, kind: str) -> bytes:
    pixels = picture.copy()
    profile = picture.info.get("icc_profile") if kind != "GIF" else None
    pixels.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    made = io.BytesIO()
    colours = {"icc_profile": profile} if profile else {}
    pixels.save(made, kind, **colours, **({"quality": 90} if kind == "JPEG" else {}))
    return made.getvalue()
