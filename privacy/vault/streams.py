"""Sealed streams for files of any size: the STREAM construction over chunks of 64 KiB, AES-256-GCM.

A stream is a head (version byte, 16 bytes of salt, 7 bytes of nonce prefix) and chunks, each 16 bytes longer than its
plaintext. Each stream has its own key, derived from the data key with the salt, so its nonces never meet a column's.
A chunk's nonce is prefix, counter and a byte that marks the last one: a chunk that was changed, moved, lost or added
is found.
"""

import secrets
import struct
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privacy.vault.errors import Damaged
from privacy.vault.sealing import KEY_BYTES

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
VERSION = b"\x01"
SALT_BYTES, PREFIX_BYTES = 16, 7
HEAD_BYTES = len(VERSION) + SALT_BYTES + PREFIX_BYTES


def seal_stream(readable, *, key: bytes, aad: bytes = b"") -> Iterator[bytes]:
    """The sealed stream of everything `readable.read` gives, piece by piece; two chunks are in memory at a time."""
    head = VERSION + secrets.token_bytes(SALT_BYTES + PREFIX_BYTES)
    yield head
    cipher = _cipher(key, head)
    for number, chunk, is_last in _pieces(readable, CHUNK_BYTES):
        yield cipher.encrypt(_nonce(head, number, is_last), chunk, head + aad)


def open_stream(readable, *, key: bytes, aad: bytes = b"") -> Iterator[bytes]:
    """The plaintext piece by piece, each checked before it is given out. Damaged at the first piece that is wrong.

    A stream that was cut short is noticed at its end: a caller must not treat pieces as the whole file before that.
    """
    head = _read_fully(readable, HEAD_BYTES)
    if len(head) < HEAD_BYTES or head[:1] != VERSION:
        raise Damaged
    cipher = _cipher(key, head)
    for number, chunk, is_last in _pieces(readable, CHUNK_BYTES + TAG_BYTES):
        try:
            yield cipher.decrypt(_nonce(head, number, is_last), chunk, head + aad)
        except (InvalidTag, ValueError):
            raise Damaged from None


def _pieces(readable, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number, piece, whether it is the last): always at least one, and only the last may be short or empty."""
    number, piece = 0, _read_fully(readable, size)
    while True:
        following = _read_fully(readable, size) if len(piece) == size else b""
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _read_fully(readable, size: int) -> bytes:
    """Exactly `size` bytes unless the stream ends: sockets and uploads may give less than was asked for."""
    parts, missing = [], size
    while missing and (part := readable.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _cipher(key: bytes, head: bytes) -> AESGCM:
    salt = head[1 : 1 + SALT_BYTES]
    return AESGCM(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"cn sealed stream v1").derive(key))


def _nonce(head: bytes, number: int, is_last: bool) -> bytes:
    return head[-PREFIX_BYTES:] + struct.pack(">I?", number, is_last)


class PlainReader:
    """The plaintext of a sealed stream, to iterate over or to `read`; closing it closes what it reads from."""

    def __init__(self, source, *, key: bytes, aad: bytes = b""):
        self._source, self._pieces, self._rest = source, open_stream(source, key=key, aad=aad), b""

    def __iter__(self):
        while piece := self.read(CHUNK_BYTES):
            yield piece

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, fewer only at the end; all that is left when `size` is negative or None. Damaged."""
        parts, missing = [self._rest], None if size is None or size < 0 else size - len(self._rest)
        while missing is None or missing > 0:
            piece = next(self._pieces, b"")
            if not piece:
                break
            parts.append(piece)
            missing = None if missing is None else missing - len(piece)
        everything = b"".join(parts)
        end = len(everything) if missing is None else size
        self._rest = everything[end:]
        return everything[:end]

    def close(self) -> None:
        self._pieces.close()
        self._source.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()
