"""Where things are kept: two databases, files of two kinds, cache, mail."""

import environ

from cn_portal.settings.start import VALUES

# trusted_schema=OFF is left out: Debian's SQLite (3.40) then refuses json_valid(), which guards every JSON column.
PRAGMAS = ("journal_mode=WAL", "secure_delete=ON", "foreign_keys=ON")


def _database(url, *, synchronous):
    config = environ.Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        return config | {"OPTIONS": _sqlite_options(synchronous)}
    config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def _sqlite_options(synchronous):
    """IMMEDIATE takes the write lock at the start of a transaction: four writers then wait instead of failing.
    secure_delete overwrites what is deleted, so that an erased value does not stay readable in the file."""
    pragmas = (*PRAGMAS, f"synchronous={synchronous}")
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
    }


DATABASES = {
    "default": _database(VALUES.database_url, synchronous="NORMAL"),
    # An erasure that was promised must survive a power cut, so the ledger waits for the disk.
    "ledger": _database(VALUES.ledger_database_url, synchronous="FULL"),
}
DATABASE_ROUTERS = ["cn_portal.routers.LedgerRouter"]

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": VALUES.redis_url}
        if VALUES.redis_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "cn-portal"}
    )
}

MEDIA_URL = "/media/"
MEDIA_ROOT = VALUES.var / "media"
STATIC_URL = "/static/"
STATIC_ROOT = VALUES.var / "static" if VALUES.production else None
STATICFILES_DIRS = [VALUES.root / "static"]
WHITENOISE_USE_FINDERS = not VALUES.production
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640


def _bucket(prefix):
    return {
        "bucket_name": VALUES.s3_bucket,
        "endpoint_url": VALUES.s3_endpoint_url or None,
        "region_name": VALUES.s3_region or None,
        "location": prefix,
    }


STORAGES = {
    "default": (
        {"BACKEND": "cn_portal.storage.PublicBucket", "OPTIONS": _bucket("media")}
        if VALUES.s3_bucket
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "people": (
        {"BACKEND": "cn_portal.storage.PeopleBucket", "OPTIONS": _bucket("people")}
        if VALUES.s3_bucket
        else {"BACKEND": "cn_portal.storage.PeopleFolder", "OPTIONS": {"location": VALUES.var / "people"}}
    ),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if VALUES.production
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = VALUES.email_from
EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 10
MAIL_FOLDER = VALUES.var / "mail"
if VALUES.email is None:
    EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"
else:
    EMAIL_BACKEND = VALUES.email["EMAIL_BACKEND"]
    EMAIL_HOST = VALUES.email["EMAIL_HOST"]
    EMAIL_PORT = VALUES.email["EMAIL_PORT"] or 25
    EMAIL_HOST_USER = VALUES.email["EMAIL_HOST_USER"] or ""
    EMAIL_HOST_PASSWORD = VALUES.email["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS = VALUES.email.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = VALUES.email.get("EMAIL_USE_SSL", False)
