"""The sign on the door while a restore runs: one file under `var`, read before anything else is asked."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

RETRY_SECONDS = 120


def _sign() -> Path:
    return Path(settings.VAR) / "being_restored.json"


def is_shut() -> bool:
    """Whether the site is being restored on this machine."""
    return _sign().exists()


def shut(*, backup: str, now: datetime) -> None:
    """Put the sign up: every page answers 503, the worker pauses. Putting it up again is fine."""
    _sign().parent.mkdir(parents=True, exist_ok=True)
    _sign().write_text(json.dumps({"backup": backup, "since": now.isoformat()}))


def unlock() -> None:
    """Take the sign away."""
    _sign().unlink(missing_ok=True)
