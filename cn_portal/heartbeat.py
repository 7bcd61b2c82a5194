"""The worker's sign of life: one file under `var`, whose time of change is the last beat."""

from datetime import UTC, datetime

NAME = "worker.alive"


def beat(var):
    var.mkdir(parents=True, exist_ok=True)
    (var / NAME).touch()


def last_seen(var):
    """When the worker last beat (aware, UTC), or None when it never did on this machine."""
    try:
        return datetime.fromtimestamp((var / NAME).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
