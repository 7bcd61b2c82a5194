"""The virus scanner: clamd, spoken to over a socket, where one is configured (V5.4.3, F15).

    outcome = scan(stream)          # CLEAN, NOT_SCANNED or FAILED; raises Infected

Without CLAMD_URL nothing is scanned, and that is what is said. With it, only what the scanner called clean is clean: an
answer that does not come, or says anything else, means FAILED, and the file waits unseen until it can be asked again.
"""

from typing import BinaryIO
from urllib.parse import urlsplit

import clamd
from django.conf import settings

SECONDS = 3
CLEAN, NOT_SCANNED, FAILED, INFECTED = "clean", "not_scanned", "failed", "infected"


class Infected(Exception):
    """The scanner found something. What it was called is not kept: it says nothing the applicant could use."""


def scan(stream: BinaryIO) -> str:
    """Ask the scanner about the whole stream, and leave it at its start. Raises Infected."""
    if not settings.CLAMD_URL:
        return NOT_SCANNED
    scanner = _scanner(settings.CLAMD_URL)
    try:
        stream.seek(0)
        said, _what = scanner.instream(stream)["stream"]
    except (clamd.ClamdError, OSError, ValueError, KeyError, TypeError, AttributeError):
        # Down, frozen, the stream refused as too long, or an answer that is none: each means that nobody has looked.
        said = ""
    finally:
        stream.seek(0)
        # The client leaves its socket open when it could not connect.
        if (left := getattr(scanner, "clamd_socket", None)) is not None:
            left.close()
    if said == "FOUND":
        raise Infected
    return CLEAN if said == "OK" else FAILED


def may_be_seen(scan_state: str) -> bool:
    """Whether staff may see a file: a clean one, or one that came while no scanner was configured."""
    return scan_state == CLEAN or (scan_state == NOT_SCANNED and not settings.CLAMD_URL)


def _scanner(url: str):
    place = urlsplit(url)
    if place.scheme == "unix":
        return clamd.ClamdUnixSocket(place.path, timeout=SECONDS)
    return clamd.ClamdNetworkSocket(place.hostname, place.port or 3310, timeout=SECONDS)
