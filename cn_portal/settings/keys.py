"""Keys the embedded profile makes for itself, one file each under `var/keys`, readable by their owner only."""

import base64
import contextlib
import os
import secrets
import string
import tempfile
from pathlib import Path

SECRET_LENGTH = 64
FIELD_KEY_BYTES = 32
# Without letters and digits that look alike, because a person types this one.
LETTERS_TO_TYPE = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret():
    alphabet = string.ascii_letters + string.digits + "-_"
    return "".join(secrets.choice(alphabet) for _ in range(SECRET_LENGTH))


def new_field_key():
    return base64.b64encode(secrets.token_bytes(FIELD_KEY_BYTES)).decode()


def new_password():
    """Five groups of four, so that it is long enough for every rule and can still be read aloud."""
    return "-".join("".join(secrets.choice(LETTERS_TO_TYPE) for _ in range(4)) for _ in range(5))


def kept(var, name, make):
    """The value in `var/keys/<name>`; made by `make()` and written with mode 600 when there is none."""
    path = var / "keys" / name
    if not path.exists():
        _write_once(path, make())
    return path.read_text().strip()


def _write_once(path, value):
    """Web server and worker may start at the same moment: the first complete file wins, nobody reads a half one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w") as stream:
            stream.write(value + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
