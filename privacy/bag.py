"""The copy as a BagIt 1.0 bag in a ZIP (RFC 8493): to read, to move, to check. Written as a stream of bytes.

Names inside are made by us, never from anybody's text (T24); nothing here holds more than one class of rows at a time.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import vault
from privacy.actions.files import open_file
from privacy.bag_documents import (
    AUTHORITY,
    CONTEXT,
    consent_json,
    disclosure_json,
    group_json,
    processing,
    recipients,
    records_row,
)
from privacy.models import Copy, StoredFile
from privacy.queries.held import HeldAbout
from privacy.queries.register import controller

ENDINGS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "image/jpeg": "jpg",
    "image/png": "png",
}


class _Sink:
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
        while size < 0 or len(self._rest) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._rest += piece
        end = len(self._rest) if size < 0 else size
        data, self._rest = self._rest[:end], self._rest[end:]
        return data


class Bag:
    """One person's copy. Iterate once for the bytes of the ZIP; ``records`` and ``damaged`` are known afterwards."""

    def __init__(self, about: HeldAbout, *, as_of: datetime, on_part: Callable = lambda done, everything: None):
        self.about, self.as_of, self.on_part = about, as_of, on_part
        self.records, self.damaged = about.records, []
        self._payload: list[dict] = []
        self._tags: list[tuple[str, str]] = []

    def __iter__(self) -> Iterator[bytes]:
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for _step in self._in_its_language(self._write(archive)):
                yield sink.take()
        yield sink.take()

    def _in_its_language(self, steps: Iterator[None]) -> Iterator[None]:
        # Set anew for each step: between steps the caller's own language stands.
        while True:
            with override(self.about.language):
                if next(steps, True):
                    return
            yield

    def _write(self, archive) -> Iterator[None]:
        files = self._files()
        everything = len(self.about.groups) + len(files) + 1
        for done, group in enumerate(self.about.groups, start=1):
            self._json(archive, f"data/records/{group.label}.json", group_json(group))
            self.on_part(done, everything)
            yield
        for done, stored in enumerate(files, start=len(self.about.groups) + 1):
            yield from self._file(archive, stored)
            self.on_part(done, everything)
        self._json(archive, "data/consents.json", [consent_json(state) for state in self.about.consents])
        self._json(archive, "data/disclosures.json", [disclosure_json(row) for row in self.about.disclosures])
        self._json(archive, "data/withheld.json", self._withheld())
        self._text(archive, "data/index.html", render_to_string("privacy/copy/index.html", self._page()))
        yield
        self._json(archive, "data/export.json", self._export())
        self._finish(archive)
        self.on_part(everything, everything)
        yield

    def _files(self) -> list[StoredFile]:
        files = StoredFile.objects.filter(subject__in=self.about.subject.group())
        # Earlier copies are not put into a copy.
        files = files.exclude(pk__in=Copy.objects.filter(file__isnull=False).values("file"))
        return list(files.order_by("created_at", "pk"))

    def _file(self, archive, stored: StoredFile) -> Iterator[None]:
        path = f"data/files/{stored.pk}.{ENDINGS.get(stored.media_type, 'bin')}"
        digest, size = hashlib.sha256(), 0
        if not _is_whole(stored):
            self.damaged.append(str(stored.pk))
            return
        # The media is compressed already; storing it is quicker and the name never comes from the person.
        entry = zipfile.ZipInfo(path, _stamp(self.as_of))
        with open_file(stored) as reader, archive.open(entry, "w", force_zip64=True) as target:
            for piece in reader:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
                yield
        self._payload.append(
            {"path": path, "bytes": size, "sha256": digest.hexdigest(), "mediaType": stored.media_type}
        )

    def _json(self, archive, path: str, content) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str)
        self._text(archive, path, text + "\n", "application/json")

    def _text(self, archive, path: str, text: str, media_type: str = "text/html") -> None:
        data = text.encode()
        self._store(archive, path, data)
        self._payload.append(
            {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "mediaType": media_type}
        )

    def _store(self, archive, path: str, data: bytes) -> None:
        info = zipfile.ZipInfo(path, _stamp(self.as_of))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, data)

    def _finish(self, archive) -> None:
        self._tag(archive, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        total = sum(part["bytes"] for part in self._payload)
        created = self.as_of.astimezone(UTC).date().isoformat()
        info = f"Bagging-Date: {created}\nPayload-Oxum: {total}.{len(self._payload)}\n"
        self._tag(archive, "bag-info.txt", info)
        lines = (f"{part['sha256']}  {part['path']}\n" for part in sorted(self._payload, key=lambda p: p["path"]))
        self._tag(archive, "manifest-sha256.txt", "".join(lines))
        tags = "".join(f"{digest}  {path}\n" for path, digest in sorted(self._tags))
        self._store(archive, "tagmanifest-sha256.txt", tags.encode())

    def _tag(self, archive, path: str, text: str) -> None:
        data = text.encode()
        self._store(archive, path, data)
        self._tags.append((path, hashlib.sha256(data).hexdigest()))

    def _withheld(self) -> list[dict]:
        found = []
        for group in self.about.groups:
            for name in sorted({value.name for record in group.records for value in record.values if value.withheld}):
                reason = next(v.withheld for record in group.records for v in record.values if v.name == name)
                found.append({"file": f"records/{group.label}.json", "field": name, "reason": reason})
        damaged = _("The file is damaged and could not be opened; what we know about it is in the records.")
        return found + [{"file": f"files/{key}", "field": "", "reason": damaged} for key in self.damaged]

    def _page(self) -> dict:
        return {"about": self.about, "controller": controller(), "authority": AUTHORITY, "generated": self.as_of}

    def _export(self) -> dict:
        about = self.about
        return {
            "@context": CONTEXT,
            "@type": "dpv:RightExerciseRecord",
            "schema": "cn-export/1.0",
            "dpv:hasRight": ["eu-gdpr:A15", "eu-gdpr:A20"],
            "dpv:hasRequestStatus": "dpv:RequestFulfilled",
            "generated": self.as_of.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "complete": not self.damaged,
            "controller": controller(),
            "authority": AUTHORITY,
            "subject": {
                "id": str(about.subject.pk),
                "roles": about.subject.roles,
                "language": about.subject.language,
            },
            "processing": processing(about),
            "records": [records_row(group) for group in about.groups],
            "acted": [{"what": title, "count": count} for title, count in about.acted],
            "recipients": recipients(about),
            "withheld": self._withheld(),
            "manifest": sorted(self._payload, key=lambda part: part["path"]),
        }


def _is_whole(stored: StoredFile) -> bool:
    """Whether the file opens to its last byte; read once before, so that no half file is handed out (F27)."""
    try:
        with open_file(stored) as reader:
            for _piece in reader:
                pass
    except (vault.Damaged, vault.KeyDestroyed):
        return False
    return True


def _stamp(moment: datetime) -> tuple:
    return moment.astimezone(UTC).timetuple()[:6]
