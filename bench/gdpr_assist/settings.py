"""The least the peer needs. Its databases are set up as the portal's own: the same server, the same PRAGMAs."""

import os

from cn_portal.settings.stores import _database

ADDRESS, FOLDER = os.environ["BENCH_PEER_URL"], os.environ["BENCH_PEER_FOLDER"]
_POSTGRES = ADDRESS.startswith("postgres")


def _store(name: str) -> dict:
    config = _database(ADDRESS if _POSTGRES else f"sqlite:///{FOLDER}/{name}.sqlite3", synchronous="NORMAL")
    if _POSTGRES:
        config["OPTIONS"]["options"] = f"-c search_path={name}"
    return config


SECRET_KEY = "only for this measurement"  # noqa: S105  nothing is signed with it
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "gdpr_assist", "bench.gdpr_assist"]
DATABASES = {"default": _store("peer"), "gdpr_log": _store("peer_log")}
DATABASE_ROUTERS = ["gdpr_assist.routers.EventLogRouter"]
