"""A person's copy against raw SQL streamed into a ZIP, and against the idiom that puts everything in memory.

Bars: 20 tables and 10 MB of files in at most 1.5 times the raw version on PostgreSQL and 2 times on SQLite; at most
1/8 of the time of the idiom; memory that grows by at most 8 MiB whatever the size. The raw version reads the same
tables and the same sealed files, and takes the sums a bag needs; it has no page to read, no reasons and no holds.

The first byte comes when it is known which classes hold anything, what is held and until when: that can fail, and a
stream cannot take its status back. Nobody waits for it on a line, because a copy is built in the background into sealed
storage and fetched from there; the figure says how soon the worker has something to write.
"""

import hashlib
import io
import json
import secrets
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench import people
from bench.figure import Figure, in_turn
from privacy import registry, vault
from privacy.actions import build_copy, store_file
from privacy.actions.files import erase_files, open_file
from privacy.bag_archive import Readable, Sink
from privacy.declare import Field
from privacy.models import DataSubject, StoredFile
from privacy.queries.held_stream import HeldStream
from privacy.reach import rows_of

MIB = 1024 * 1024
FILES, FILE_SIZE = 5, 2 * MIB
BAR = {"postgresql": 1.5}
MOST_GROWTH = 8
ALONE = "import django, sys; django.setup(); from bench import copy; print(copy.grow(sys.argv[1]))"


class Growth(Figure):
    """Memory in MiB, and the most that is acceptable."""

    def __str__(self):
        return f"{'ok    ' if self.holds else 'MISSED'} {self.what}: {self.measured:.1f} MiB (bar {self.limit:.0f} MiB)"


def measure(scale: int):
    subject = _person(scale)
    statements = _statements(subject)
    acts = (
        lambda: _drain(_bag(subject)),
        lambda: _drain(_raw(subject, statements)),
        lambda: _idiom(subject),
        lambda: _read(subject),
        lambda: next(iter(_bag(subject))),
        lambda: _stored(subject),
    )
    ours, raw, idiom, read, first, stored = in_turn(*acts)
    yield Figure("a copy of 10 MB", "raw SQL streamed into a ZIP", ours, raw, BAR.get(connection.vendor, 2.0))
    yield Figure("a copy of 10 MB", "reading and summing its sealed files alone", ours, read, 4.0)
    yield Figure("a copy of 10 MB", "everything deflated in memory", ours, idiom, 1 / 8)
    yield Figure("the first byte of a copy", "30 ms", first, 0.030, 1.0)
    yield Figure("storing the copy sealed", "the copy itself", stored, ours, 2.5)
    for what, growth in _growth(subject):
        yield Growth(f"memory a copy of {what} takes", "", max(growth, 0.0), MOST_GROWTH, 1.0)


def _person(scale: int):
    """One among many, with five files of two megabytes; a neighbour has one small file."""
    contacts = people.make(scale, dealt_with_on=date(2026, 6, 1), sealed=True)
    contact = contacts[scale // 2]
    _file(contacts[0].subject, 1000)
    for _number in range(FILES):
        _file(contact.subject, FILE_SIZE)
    return contact.subject


def _file(subject, size: int) -> None:
    stream = io.BytesIO(secrets.token_bytes(size))
    store_file(subject, stream=stream, display_name="x.pdf", media_type="application/pdf", by=None)


def _bag(subject):
    return build_copy(subject, language="nb", as_of=timezone.now())


def _drain(pieces) -> int:
    return sum(len(piece) for piece in pieces)


def _statements(subject) -> list[tuple]:
    """(label, names, SQL, parameters) of what may be shown of each declared class; written once, as by hand."""
    found = []
    for declaration in registry.declarations():
        names = [
            declaration.model._meta.get_field(name).attname
            for name, what in declaration.fields.items()
            if isinstance(what, Field) and what.shown and not what.secret
        ]
        rows = rows_of(declaration, list(subject.group())).order_by("pk").values_list(*names or ["pk"])
        found.append((declaration.model._meta.label_lower, names or ["pk"], *rows.query.sql_with_params()))
    return found


def _raw(subject, statements):
    """The limit: cursor rows as JSON, files as they are opened, sums, a manifest."""
    sink, sums = Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for label, names, sql, parameters in statements:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                rows = cursor.fetchall()
            data = json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str).encode()
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {label}.json\n")
            archive.writestr(f"{label}.json", data)
            yield sink.take()
        for stored in StoredFile.objects.filter(subject=subject):
            digest = hashlib.sha256()
            with open_file(stored) as reader, archive.open(zipfile.ZipInfo(f"{stored.pk}.pdf"), "w") as target:
                while piece := reader.read(256 * 1024):
                    digest.update(piece)
                    target.write(piece)
                    yield sink.take()
            sums.append(f"{digest.hexdigest()}  {stored.pk}.pdf\n")
        archive.writestr("manifest-sha256.txt", "".join(sums))
    yield sink.take()


def _idiom(subject) -> bytes:
    """What one finds in most code: every row an instance, everything deflated into memory, the bytes returned."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for found in HeldStream(subject, day=timezone.localdate(), language="nb").classes:
            rows = list(rows_of(found.declaration, subject.group()))
            names = [column.name for column in found.declaration.model._meta.concrete_fields]
            said = [{name: str(getattr(row, name)) for name in names} for row in rows]
            archive.writestr(f"{found.label}.json", json.dumps(said))
        for stored in StoredFile.objects.filter(subject=subject):
            with open_file(stored) as reader:
                archive.writestr(f"{stored.pk}.pdf", reader.read())
    return buffer.getvalue()


def _read(subject) -> None:
    for stored in StoredFile.objects.filter(subject=subject):
        digest = hashlib.sha256()
        with open_file(stored) as reader:
            while piece := reader.read(256 * 1024):
                digest.update(piece)


def _stored(subject) -> None:
    bag = Readable(_bag(subject))
    erase_files([store_file(subject, stream=bag, display_name="x.zip", media_type="application/zip", by=None)])


def _growth(subject):
    """(what, MiB) a process of its own grew by while it made a copy, after one of a person with little."""
    yield "10 MB of files", _grown(subject)
    for _number in range(50):
        _file(subject, 10 * MIB)
    yield "500 MB of files", _grown(subject)
    erase_files(StoredFile.objects.filter(subject=subject))
    _many_rows(subject, 50_000)
    yield "50,000 rows", _grown(subject)


def _many_rows(subject, count: int) -> None:
    from crm.models import Contact, Interaction

    contact = Contact.objects.get(subject=subject)
    facts = {"contact": contact, "subject": subject, "kind": "call", "happened_on": date(2026, 5, 1)}
    for _start in range(0, count, 5000):
        rows = [Interaction(**facts, product="Blast pot", text="Spurte om blåsepotte") for _number in range(5000)]
        Interaction.objects.bulk_create(vault.prepare(rows), batch_size=500)


def _grown(subject) -> float:
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", ALONE, str(subject.pk)], capture_output=True, text=True, cwd=root)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout)


def grow(key: str) -> float:
    """MiB at the peak while the copy is made, above what this process held after a copy of somebody with little."""
    subject, other = DataSubject.objects.get(pk=key), StoredFile.objects.exclude(subject=key).first().subject
    _drain(_bag(other))
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    _drain(_bag(subject))
    return (_status("VmHWM") - before) / 1024


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
