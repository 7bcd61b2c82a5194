"""RTF: one balanced group, nothing embedded, nothing loaded."""

import re

from careers.uploads.refusals import Refused

_ACTIVE = re.compile(rb"\\(?:object|objdata|objupdate|template|ddeauto|fldinst\s*\{?\s*(?:DDE|INCLUDE))", re.IGNORECASE)


def check(stream) -> None:
    """Raises Refused for a text that was cut off, embeds an object or loads something from elsewhere."""
    stream.seek(0)
    content = stream.read()
    if not content.rstrip(b"\x00\r\n\t ").endswith(b"}"):
        raise Refused("damaged")
    if _ACTIVE.search(content):
        raise Refused("active")
