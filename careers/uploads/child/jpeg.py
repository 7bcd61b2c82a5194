"""A JPEG without what cameras and programs write into it, its pixels untouched, for pictures inside a PDF (T22)."""

_START = b"\xff\xd8"
# The first segment of a JPEG and Adobe's, which say how its colours are meant.
_NEEDED = (0xE0, 0xEE)
_PROFILE = (0xE2, b"ICC_PROFILE\x00")
_COMMENT, _SCAN = 0xFE, 0xDA


def without_metadata(content: bytes) -> bytes:
    """The same picture; what is no JPEG comes back as it is."""
    if not content.startswith(_START):
        return content
    kept, at = [_START], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN or length < 2:
            break
        segment = content[at : at + 2 + length]
        if not _is_metadata(marker, segment[4:]):
            kept.append(segment)
        at += 2 + length
    return b"".join(kept) + content[at:]


def _is_metadata(marker: int, body: bytes) -> bool:
    if marker == _PROFILE[0]:
        return not body.startswith(_PROFILE[1])
    return marker == _COMMENT or (0xE0 <= marker <= 0xEF and marker not in _NEEDED)
