"""A scan is what its content says (T22)."""

import io

import pytest

from privacy.scans import MOST_BYTES, ScanRefused, check_scan

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
PDF = b"%PDF-1.4\n" + b"\0" * 4000 + b"\n%%EOF\n"


def upload(content, name="brev.pdf", size=None):
    stream = io.BytesIO(content)
    stream.name, stream.size = name, len(content) if size is None else size
    return stream


@pytest.mark.parametrize(
    ("content", "name", "kept", "media_type"),
    [
        (PDF, "brev.pdf", "brev.pdf", "application/pdf"),
        (PDF, "brev.exe", "brev.exe.pdf", "application/pdf"),
        (JPEG, "IMG 1.JPEG", "IMG 1.JPEG", "image/jpeg"),
        (JPEG, "a.png", "a.png.jpg", "image/jpeg"),
        (PNG, "C:\\scan\\a.PNG", "a.PNG", "image/png"),
        (PNG, "", "scan.png", "image/png"),
    ],
)
def test_content_decides_the_kind_and_the_ending(content, name, kept, media_type):
    found = check_scan(upload(content, name))
    assert (found.display_name, found.media_type) == (kept, media_type)
    assert found.stream.read() == content


@pytest.mark.parametrize(
    "content",
    [PDF[1:], PDF[:-8], JPEG[:-2], PNG[:-8], PNG.replace(b"IHDR", b"XXXX"), b"GIF89a" + b"\0" * 40, b"<svg></svg>"],
)
def test_what_only_looks_like_it_is_refused(content):
    with pytest.raises(ScanRefused, match="JPEG"):
        check_scan(upload(content))


def test_size_on_both_sides_of_the_limit():
    assert check_scan(upload(PDF + b"\0" * (MOST_BYTES - len(PDF) - 6) + b"%%EOF\n"))
    with pytest.raises(ScanRefused, match="10"):
        check_scan(upload(PDF, size=MOST_BYTES + 1))
    with pytest.raises(ScanRefused):
        check_scan(upload(b""))
