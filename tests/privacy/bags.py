"""Copies of people of the toy house, opened."""

import io
import json
import zipfile
from datetime import UTC, datetime

from privacy.actions import build_copy

NOW = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


def build(person, language="nb", as_of=NOW, **more):
    return build_copy(person.subject, language=language, as_of=as_of, **more)


def opened(data):
    """{name: bytes} of a ZIP whose sums are right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def contents(person, **more):
    return opened(b"".join(build(person, **more)))


def document(person, name, **more):
    """One JSON document of a person's copy, by its path below data/."""
    return json.loads(contents(person, **more)[f"data/{name}"])


def lines_of(manifest):
    return dict(reversed(line.split("  ", 1)) for line in manifest.decode().splitlines())
