"""A BagIt 1.0 bag in a ZIP (RFC 8493), written as a stream: members one after the other, sums and manifests at the end.

Names inside are made by us, never from anybody's text (T24). Text is deflated, files are stored as they are, because
what people upload is compressed already.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

ALLOWED_PATH = re.compile(r"data/(?:[a-z0-9_-][a-z0-9._-]*/)*[a-z0-9_-][a-z0-9._-]*")
# So much text is gathered before it is handed on.
PIECE = 64 * 1024
MEDIA_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
    "vcf": "text/vcard",
}


class Sink:
    """What ZipFile writes to: collects bytes until they are taken."""

    def __init__(self):
        self.parts: list[bytes] = []

    def write(self, data) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        data, self.parts = b"".join(self.parts), []
        return data


class Readable:
    """A file-like reader over an iterable of bytes."""

    def __init__(self, pieces):
        self._pieces, self._rest = iter(pieces), b""

    def read(self, size: int = -1) -> bytes:
        parts, length = [self._rest], len(self._rest)
        while size < 0 or length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
            length += len(piece)
        everything = b"".join(parts)
        end = length if size < 0 else size
        self._rest = everything[end:]
        return everything[:end]


class Member:
    """One open member: what is written is counted and summed."""

    def __init__(self, target):
        self._target, self._digest, self.size = target, hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self.size += len(data)
        self._target.write(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Archive:
    """The open ZIP. Methods that may write much are generators: take the bytes of the sink at each step."""

    def __init__(self, sink: Sink, as_of: datetime):
        self._zip = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED)
        self._stamp = as_of.astimezone(UTC).timetuple()[:6]
        self.created = as_of.astimezone(UTC).date().isoformat()
        self.payload: list[dict] = []
        self._paths: set[str] = set()
        self._tags: list[tuple[str, str]] = []

    @contextmanager
    def member(self, path: str, media_type: str = "", *, stored: bool = False) -> Iterator[Member]:
        """Open a payload file; it is in the manifest when the block ends well."""
        if not ALLOWED_PATH.fullmatch(path) or path in self._paths:
            raise ValueError("A path in a copy is made of keys and fixed words in small letters, and used once.")
        self._paths.add(path)
        entry = zipfile.ZipInfo(path, self._stamp)
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        with self._zip.open(entry, "w", force_zip64=True) as target:
            member = Member(target)
            yield member
        media_type = media_type or MEDIA_TYPES[path.rpartition(".")[2]]
        self.payload.append({"path": path, "bytes": member.size, "sha256": member.sha256, "mediaType": media_type})

    def text(self, path: str, pieces: Iterable[str]) -> Iterator[None]:
        """A text file from its pieces."""
        with self.member(path) as member:
            for data in _gathered(pieces):
                member.write(data)
                yield

    def json(self, path: str, content) -> Iterator[None]:
        """A JSON document; where ``content`` is an iterator, an array written item by item."""
        yield from self.text(path, json_pieces(content))

    def json_lines(self, path: str, items: Iterable) -> Iterator[None]:
        """A document with one JSON value on each line."""
        yield from self.text(path, (as_json(item, indent=None) + "\n" for item in items))

    def tags(self, *, organisation: str) -> None:
        """The tag files; nothing is added to the payload after this. ``organisation`` is who made the bag."""
        self._tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        total = sum(part["bytes"] for part in self.payload)
        info = {
            "Source-Organization": " ".join(organisation.split()),
            "Bagging-Date": self.created,
            "Payload-Oxum": f"{total}.{len(self.payload)}",
        }
        self._tag("bag-info.txt", "".join(f"{name}: {value}\n" for name, value in info.items()))
        lines = (f"{part['sha256']}  {part['path']}\n" for part in self.manifest())
        self._tag("manifest-sha256.txt", "".join(lines))
        tags = "".join(f"{digest}  {path}\n" for path, digest in sorted(self._tags))
        self._store("tagmanifest-sha256.txt", tags.encode())

    def manifest(self) -> list[dict]:
        """The payload written so far, by path."""
        return sorted(self.payload, key=lambda part: part["path"])

    def close(self) -> None:
        self._zip.close()

    def _tag(self, path: str, text: str) -> None:
        data = text.encode()
        self._store(path, data)
        self._tags.append((path, hashlib.sha256(data).hexdigest()))

    def _store(self, path: str, data: bytes) -> None:
        entry = zipfile.ZipInfo(path, self._stamp)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data)


class Listing:
    """A JSON object whose ``key`` holds an array that is written item by item; the other keys come from ``head``."""

    def __init__(self, head: dict, key: str, items: Iterable):
        self.head, self.key, self.items = head, key, items


def json_pieces(content) -> Iterator[str]:
    """The text of a JSON document: keys in order, iterators and listings piece by piece."""
    if isinstance(content, Listing):
        for name in sorted([*content.head, content.key]):
            yield "{\n " if name == min([*content.head, content.key]) else ",\n "
            yield f"{as_json(name)}: "
            yield from json_pieces(iter(content.items) if name == content.key else content.head[name])
        yield "\n}\n"
    elif isinstance(content, Iterator):
        between = "["
        for item in content:
            yield f"{between}\n"
            yield from json_pieces(item)
            between = ","
        yield "[]\n" if between == "[" else "]\n"
    else:
        yield as_json(content) + "\n"


def as_json(value, indent: int | None = 1) -> str:
    return (_ON_ONE_LINE if indent is None else _TO_READ).encode(value)


_HOW = {"ensure_ascii": False, "sort_keys": True, "default": str}
_TO_READ, _ON_ONE_LINE = json.JSONEncoder(indent=1, **_HOW), json.JSONEncoder(**_HOW)


def _gathered(pieces: Iterable[str]) -> Iterator[bytes]:
    waiting, size = [], 0
    for piece in pieces:
        data = piece.encode()
        waiting.append(data)
        size += len(data)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
