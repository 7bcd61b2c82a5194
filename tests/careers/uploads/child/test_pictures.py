"""Pictures drawn anew in a format every reader of documents knows."""

import io

import pytest
from PIL import Image

from careers.uploads.child import pictures


def drawn(kind, mode="RGB", **more):
    made = io.BytesIO()
    Image.new(mode, (8, 6)).save(made, kind, **more)
    with Image.open(io.BytesIO(pictures.drawn_anew(made.getvalue()))) as picture:
        return picture.format, picture.mode, picture.size


@pytest.mark.parametrize(
    ("kind", "mode", "format"),
    [
        ("PNG", "RGBA", "PNG"),
        ("PNG", "P", "PNG"),
        ("JPEG", "L", "JPEG"),
        ("JPEG", "CMYK", "JPEG"),
        ("GIF", "P", "GIF"),
        ("TIFF", "RGB", "PNG"),
    ],
)
def test_the_format_stays_where_everybody_reads_it(kind, mode, format):
    assert drawn(kind, mode) == (format, mode, (8, 6))


def test_how_a_camera_was_held_is_done_before_it_is_forgotten():
    held = Image.Exif()
    held[0x0112] = 6
    assert drawn("JPEG", exif=held) == ("JPEG", "RGB", (6, 8))


@pytest.mark.parametrize("content", [b"", b"BM drawing", b"\x89PNG\r\n\x1a\n cut off"])
def test_what_cannot_be_read_becomes_an_empty_picture(content):
    assert pictures.drawn_anew(content) == pictures.empty()
