"""The places beside tables and files that a search looks into: papers of the office, the cache, logs under var/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import caches

from privacy import vault
from privacy.actions.documents import document_name, open_document
from privacy.models import OfficeDocument
from privacy.queries.find_documents import holds, holds_in_bytes

# What a process or an operator writes beside the databases; keys, databases and sealed objects are searched elsewhere.
LOG_NAMES = ("*.log", "*.log.*", "*.jsonl", "*.out", "*.err")


def in_papers(text: str) -> int:
    """How many papers hold the text in their name or content. Each opening is noted, as every opening of a paper is."""
    return sum(1 for paper in OfficeDocument.objects.order_by("filed_at", "pk") if _paper_holds(paper, text))


def _paper_holds(paper: OfficeDocument, text: str) -> bool:
    try:
        if holds(document_name(paper), text):
            return True
        with open_document(paper, by=None) as content:
            return holds_in_bytes(content.read(), text)
    except (vault.Damaged, vault.KeyDestroyed):
        return False


def in_cache(text: str) -> int:
    """How many entries of the caches hold the text in their key or value."""
    return sum(
        1
        for alias in caches
        for key, value in _entries(caches[alias])
        if holds(_as_text(key), text) or holds_in_bytes(_as_bytes(value), text)
    )


def _entries(cache) -> Iterator[tuple]:
    # Django's own backends keep what they hold under this name: the process's memory, or a client of Redis.
    held = getattr(cache, "_cache", {})
    if hasattr(held, "get_client"):
        client = held.get_client()
        for key in client.scan_iter(count=1000):
            yield key, client.get(key)
    else:
        yield from list(held.items())


def _as_text(key) -> str:
    return key.decode("utf-8", "ignore") if isinstance(key, bytes) else str(key)


def _as_bytes(value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def in_logs(text: str) -> int:
    """How many lines of log files under var/ hold the text."""
    return sum(1 for path in log_files(Path(settings.VAR)) for line in _lines(path) if holds(line, text))


def log_files(folder: Path) -> list[Path]:
    """Log files below a folder, by name."""
    return sorted({path for name in LOG_NAMES for path in folder.rglob(name) if path.is_file()})


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="ignore") as lines:
        yield from lines
