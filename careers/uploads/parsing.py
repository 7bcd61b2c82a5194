"""One document, one process of its own: what comes back is a cleaned copy and the words in it, or a refusal (T20, F24).

The child gets the bytes, limits and nothing else: no environment of ours, no open connection, no way to open a file.
What it writes goes to files of limited size and is read from there, so that this process does not grow by it. A child
that is killed, whether by its limits or by this one's patience, means that the document could not be read.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from careers.uploads.refusals import Refused

MOST_SECONDS = 20
MOST_ANSWER = 8 * 1024 * 1024
_RUN = Path(__file__).with_name("child") / "run.py"
# The child has no variable of ours: keys, passwords and addresses are none of its business.
_ENVIRONMENT = {"LANG": "C.UTF-8"}
_PIECE = 256 * 1024


@dataclass(frozen=True)
class Cleaned:
    """The cleaned copy, at its start, and the words found in it."""

    stream: BinaryIO
    text: str


def clean(stream: BinaryIO, kind: str) -> Cleaned:
    """Take the document apart and make it anew. Raises Refused."""
    made, answer = _run("clean", stream, kind)
    if answer["code"]:
        made.close()
        raise Refused(answer["code"])
    return Cleaned(made, answer["text"])


@dataclass(frozen=True)
class Preview:
    """What can be shown of a document: pictures of its first pages (PNG), or its words."""

    pages: int
    pictures: tuple[bytes, ...]
    text: str


def preview(stream: BinaryIO, kind: str) -> Preview:
    """Draw the pages of a PDF, or take the words out of another document. Raises Refused."""
    made, answer = _run("preview", stream, kind)
    with made:
        return Preview(answer["pages"], tuple(made.read(size) for size in answer["sizes"]), answer["text"])


def _run(work: str, stream: BinaryIO, kind: str) -> tuple[BinaryIO, dict]:
    made = tempfile.TemporaryFile()  # noqa: SIM115  it is handed on, and closed by who reads it
    try:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
            _copy(stream, given)
            command = [sys.executable, "-I", str(_RUN), work, kind, str(told.fileno())]
            # Nothing of the command comes from outside.
            done = subprocess.run(  # noqa: S603
                command,
                stdin=given,
                stdout=made,
                stderr=subprocess.DEVNULL,
                pass_fds=(told.fileno(),),
                env=_ENVIRONMENT,
                timeout=MOST_SECONDS,
                check=False,
            )
            if done.returncode:
                raise Refused("unreadable")
            told.seek(0)
            answer = json.loads(told.read(MOST_ANSWER))
            made.seek(0)
            return made, answer
    except subprocess.TimeoutExpired:
        made.close()
        raise Refused("unreadable") from None
    except BaseException:
        made.close()
        raise


def _copy(stream: BinaryIO, to: BinaryIO) -> None:
    seek = getattr(stream, "seek", None)
    if seek is not None:
        seek(0)
    while piece := stream.read(_PIECE):
        to.write(piece)
    to.flush()
    to.seek(0)
