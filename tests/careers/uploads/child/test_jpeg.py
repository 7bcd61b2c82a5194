"""Segments of a JPEG are taken out one by one; what cannot be told apart stays as it is."""

import pytest

from careers.uploads.child.jpeg import without_metadata


def segment(marker, body):
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


START, SCAN = b"\xff\xd8", segment(0xDA, b"s") + b"pixels\xff\xd9"
NEEDED = [segment(0xE0, b"JFIF"), segment(0xEE, b"Adobe"), segment(0xDB, b"table"), segment(0xE2, b"ICC_PROFILE\x00x")]


@pytest.mark.parametrize("marker", [0xE1, 0xE2, 0xED, 0xEF, 0xFE])
def test_what_programs_wrote_goes_and_what_it_is_drawn_with_stays(marker):
    told = segment(marker, b"Kari was here")
    assert without_metadata(START + told + b"".join(NEEDED) + told + SCAN) == START + b"".join(NEEDED) + SCAN


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG"])
def test_what_is_no_jpeg_comes_back(content):
    assert without_metadata(content) == content


@pytest.mark.parametrize("rest", [b"", b"\xff\xe1", b"\xff\xe1\x00\x01xx", b"no segment"])
def test_one_that_is_cut_off_or_broken_stays_as_it_is(rest):
    assert without_metadata(START + NEEDED[0] + rest) == START + NEEDED[0] + rest
