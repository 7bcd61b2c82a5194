"""The copy as a BagIt 1.0 bag in a ZIP (RFC 8493): to read, to move, to check. Written as a stream of bytes.

Memory does not grow with what a person has: records and the page are written in pieces, files in pieces of 256 KiB.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property
from itertools import chain

from django.utils.translation import override

from privacy import bag_documents as documents
from privacy import bag_export, registry, vault
from privacy.actions.files import open_file
from privacy.bag_archive import Archive, Listing, Readable, Sink
from privacy.bag_cards import Card
from privacy.bag_page import page
from privacy.consent_documents import consent_receipt, consent_record
from privacy.models import Copy, RequestMessage, StoredFile
from privacy.queries.held_stream import HeldStream, paged
from privacy.queries.register import controller

__all__ = ["Bag", "Readable"]

ENDINGS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "image/jpeg": "jpg",
    "image/png": "png",
}
READ = 256 * 1024
# A file no bigger than this is read once: it is in hand, whole, before its first byte goes into the bag.
IN_HAND = 2 * 1024 * 1024
# Documents that only exist where something of their kind is held.
OPTIONAL = ("account.json", "profile.json", "events.jsonl", "disclosures.json", "requests.json")


class Bag:
    """One person's copy. Iterate once for the bytes of the ZIP; ``records`` and ``damaged`` are known afterwards.

    ``on_part(done, everything)`` is called after each part, ``alive()`` often while a part is being written.
    """

    def __init__(
        self,
        about: HeldStream,
        *,
        as_of: datetime,
        copy: Copy | None = None,
        on_part: Callable = lambda done, everything: None,
        alive: Callable = lambda: None,
    ):
        self.about, self.as_of, self.copy, self.on_part, self.alive = about, as_of, copy, on_part, alive
        self.damaged: list[str] = []
        self._summaries = [bag_export.ClassSummary(found) for found in about.classes]
        self._card = Card(str(about.subject.pk))
        self._recipients: Counter = Counter()
        # {key of a stored file: its path below data/}, and paths of files that could not be opened.
        self._paths: dict[str, str] = {}
        self._broken: list[str] = []
        self._documents: dict[str, list[str]] = {}

    @property
    def records(self) -> int:
        return sum(summary.items for summary in self._summaries)

    def __iter__(self) -> Iterator[bytes]:
        sink = Sink()
        archive = Archive(sink, self.as_of)
        for _step in self._in_its_language(self._write(archive)):
            self.alive()
            if data := sink.take():
                yield data
        archive.close()
        yield sink.take()

    def _in_its_language(self, steps: Iterator[None]) -> Iterator[None]:
        # Set anew for each step: between steps the caller's own language stands.
        while True:
            with override(self.about.language):
                if next(steps, True):
                    return
            yield

    def _write(self, archive: Archive) -> Iterator[None]:
        parts = [self._records(archive, summary) for summary in self._summaries]
        parts += [self._owners(archive, name, make) for name, make in registry.document_makers().items()]
        parts += [self._files(archive), self._own(archive), self._page_and_export(archive)]
        for done, part in enumerate(parts, start=1):
            yield from part
            self.on_part(done, len(parts))
            yield

    def _records(self, archive: Archive, summary: bag_export.ClassSummary) -> Iterator[None]:
        content = documents.class_json(summary.found, self._seen(summary))
        yield from archive.json(f"data/{summary.file}", content)

    def _seen(self, summary: bag_export.ClassSummary) -> Iterator[dict]:
        declaration = summary.found.declaration
        for row, record in self.about.rows(declaration.model):
            summary.add(record)
            self._card.see(declaration, row, record)
            yield documents.record_json(record)

    def _owners(self, archive: Archive, name: str, make: Callable) -> Iterator[None]:
        paths = self._documents[name] = []
        for path, content in make(self.about):
            if isinstance(content, StoredFile):
                yield from self._file(archive, content, path)
            else:
                yield from archive.json(f"data/{path}", content)
                paths.append(path)

    def _files(self, archive: Archive) -> Iterator[None]:
        """Every file that no owner has placed among its own documents; earlier copies are not put into a copy."""
        files = StoredFile.objects.filter(subject__in=self.about.ids).order_by("created_at", "pk")
        for stored in paged(files.exclude(pk__in=Copy.objects.filter(file__isnull=False).values("file"))):
            if str(stored.pk) not in self._paths:
                yield from self._file(archive, stored, f"uploads/{stored.pk}")

    def _file(self, archive: Archive, stored: StoredFile, place: str) -> Iterator[None]:
        path = f"{place}.{ENDINGS.get(stored.media_type, 'bin')}"
        pieces = _whole(stored)
        # One that is damaged has been placed all the same: nobody shall look for it a second time.
        self._paths[str(stored.pk)] = "" if pieces is None else path
        if pieces is None:
            self.damaged.append(str(stored.pk))
            self._broken.append(path)
            return
        with archive.member(f"data/{path}", stored.media_type, stored=True) as member:
            for piece in pieces:
                member.write(piece)
                yield

    def _own(self, archive: Archive) -> Iterator[None]:
        about = self.about
        yield from archive.json("data/contact.jcard.json", self._card.jcard())
        yield from archive.text("data/contact.vcf", [self._card.vcard()])
        yield from self._if_any(archive, "account.json", documents.account(about))
        yield from self._if_any(archive, "profile.json", documents.profile(about))
        yield from self._if_any(archive, "events.jsonl", documents.events(about))
        yield from self._consents(archive)
        yield from self._if_any(archive, "disclosures.json", self._disclosures())
        yield from self._if_any(archive, "requests.json", self._requests())

    def _consents(self, archive: Archive) -> Iterator[None]:
        """The record of each consent, and the receipt of everything that happened to one (L18)."""
        for state in self.about.consents:
            record = consent_record(state)
            yield from archive.json(f"data/consents/{record['header']['record_id']}.jsonld", record)
        for event in self.about.consent_events():
            yield from archive.json(f"data/receipts/{event.pk}.json", consent_receipt(event))

    def _if_any(self, archive: Archive, name: str, items: Iterator[dict]) -> Iterator[None]:
        first = next(items, None)
        if first is not None:
            write = archive.json_lines if name.endswith("l") else archive.json
            yield from write(f"data/{name}", chain([first], items))
            self._documents[name] = [name]

    def _disclosures(self) -> Iterator[dict]:
        for row in self.about.disclosures():
            self._recipients[row.recipient] += 1
            yield documents.disclosure_json(row)

    def _requests(self) -> Iterator[dict]:
        for case in self.about.requests():
            messages = [
                documents.values_json(record) for _r, record in self.about.rows(RequestMessage, request=[case.pk])
            ]
            yield {**documents.request_json(case), "messages": messages}

    def _page_and_export(self, archive: Archive) -> Iterator[None]:
        processing = bag_export.processing(self._summaries)
        withheld = bag_export.withheld(self._summaries, self._broken)
        yield from archive.json("data/processing.jsonld", {"@context": documents.CONTEXT, "@graph": processing})
        rows = [bag_export.retention_row(summary) for summary in self._summaries]
        yield from archive.json("data/retention.json", rows)
        yield from archive.json("data/withheld.json", withheld)
        export = self._export(processing, withheld)
        # The same once more in a single file, for whoever wants to hand one file on.
        classes = (documents.class_json(found, documents.items(self.about, found)) for found in self.about.classes)
        yield from archive.json("data/everything.json", Listing(export, "classes", classes))
        files = {key: path for key, path in self._paths.items() if path}
        shared = sum(self._recipients.values())
        pieces = page(
            self.about,
            self._summaries,
            export=export,
            as_of=self.as_of,
            files=files,
            shared=shared,
            controller=self._controller,
        )
        yield from archive.text("data/index.html", pieces)
        yield from archive.json("data/export.json", Listing(export, "manifest", archive.manifest()))
        self._finish(archive)
        yield

    @cached_property
    def _controller(self) -> dict:
        return controller()

    def _finish(self, archive: Archive) -> None:
        archive.tags(organisation=self._controller["name"])

    def _export(self, processing: list[dict], withheld: list[dict]) -> dict:
        # A copy made without a case of its own has the same number whenever it is made at the same moment.
        key = self.copy.pk if self.copy else uuid.uuid5(self.about.subject.pk, self.as_of.isoformat())
        empty = [name for name in (*OPTIONAL, *registry.document_makers()) if not self._documents.get(name)]
        return {
            **bag_export.head(
                self.about, identifier=str(key), as_of=self.as_of, copy=self.copy, controller=self._controller
            ),
            "complete": not self.damaged and not any(summary.found.damaged for summary in self._summaries),
            "processing": processing,
            "records": [bag_export.records_row(summary) for summary in self._summaries],
            "documents": {name: paths for name, paths in sorted(self._documents.items()) if paths},
            "notHeld": dict.fromkeys(sorted(empty), "nothing held"),
            "acted": [{"what": title, "count": count} for title, count in self.about.acted],
            "recipients": bag_export.recipients(self._recipients),
            "withheld": withheld,
            "secrets": bag_export.secrets(self._summaries),
        }


def _whole(stored: StoredFile) -> Iterator[bytes] | None:
    """The file in pieces once it is certain that it opens to its last byte; None when it does not (F27).

    A member once begun cannot be taken back from a stream, and half a file is never handed out. A small file waits in
    memory until its last piece has been checked; a big one is read twice, because it fits into no memory.
    """
    try:
        with open_file(stored) as reader:
            pieces, size = [], 0
            while piece := reader.read(READ):
                size += len(piece)
                # Of a big file nothing is kept: reading on proves the rest.
                pieces = [*pieces, piece] if size <= IN_HAND else []
    except (vault.Damaged, vault.KeyDestroyed):
        return None
    return iter(pieces) if size <= IN_HAND else _read_again(stored)


def _read_again(stored: StoredFile) -> Iterator[bytes]:
    with open_file(stored) as reader:
        while piece := reader.read(READ):
            yield piece
