"""Is the site alive, and is it ready to serve?"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import storages
from django.db import connections
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cn_portal import heartbeat
from cn_portal.backup import door

# The worker writes its sign of life every few seconds; a long job may hold it up for a while.
WORKER_SILENCE = timedelta(minutes=5)


@require_safe
@never_cache
def healthz(request):
    """200 as long as this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """200 when databases, file storage and worker answer and nothing is being restored, else 503; names the part that
    does not, never why."""
    parts = {name: _answers(probe) for name, probe in PROBES.items()}
    if door.is_shut():
        parts["restore"] = False
    status = 200 if all(parts.values()) else 503
    return JsonResponse({name: "ok" if up else "down" for name, up in parts.items()}, status=status)


def _answers(probe: Callable[[], bool]) -> bool:
    # Whatever goes wrong in a probe means the same thing: that part is down. Details belong in its own log.
    try:
        return probe()
    except Exception:
        return False


def _database() -> bool:
    return _answers_one("default")


def _ledger() -> bool:
    return _answers_one("ledger")


def _answers_one(alias) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _storage() -> bool:
    storages["people"].exists("probe")
    return True


def _worker() -> bool:
    seen = heartbeat.last_seen(settings.VAR)
    return seen is not None and timezone.now() - seen < WORKER_SILENCE


PROBES = {"database": _database, "ledger": _ledger, "storage": _storage, "worker": _worker}
