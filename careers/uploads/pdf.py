"""PDF: begins and ends as one, and is not locked."""

import re

from careers.uploads.refusals import Refused

HEADER = b"%PDF-"
_END = b"%%EOF"
_TAIL_BYTES = 2048
# In the trailer or in the head of a cross-reference stream, both of which are always in clear.
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
# Long names only: three bytes such as /JS turn up by chance in any compressed picture.
_RUNS = re.compile(rb"/(?:JavaScript|Launch)\b")


def check(stream) -> None:
    """Raises Refused for a PDF that was cut off, is locked, or openly carries a script or a command."""
    stream.seek(0)
    content = stream.read()
    # A page of markup in front of the header would be a document of two kinds (T21).
    if b"<" in content[: content.index(HEADER)]:
        raise Refused("unknown")
    if _END not in content[-_TAIL_BYTES:]:
        raise Refused("damaged")
    if _ENCRYPTED.search(content):
        raise Refused("locked")
    if _RUNS.search(content):
        raise Refused("active")
