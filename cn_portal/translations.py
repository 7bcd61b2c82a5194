"""Translations are kept as text (`.po`). What Django reads (`.mo`) is made at set-up, without gettext's own tools."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
APPS = ("cn_portal", "privacy", "crm", "careers")


def catalogues():
    """Every translated catalogue of ours, by path."""
    return sorted(path for app in APPS for path in (ROOT / app).glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_catalogues():
    """Make each `.mo` that is missing or older than its `.po`; returns how many were made."""
    stale = [path for path in catalogues() if _is_stale(path)]
    for path in stale:
        _compile(path)
    return len(stale)


def _is_stale(path):
    made = path.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path):
    with path.open("rb") as source:
        catalogue = read_po(source)
    # Written beside and moved, because another process may be reading it.
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".mo.draft")
    with os.fdopen(handle, "wb") as target:
        write_mo(target, catalogue)
    Path(draft).chmod(0o644)
    Path(draft).replace(path.with_suffix(".mo"))
