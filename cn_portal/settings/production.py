"""What production must be told, as sentences: one function per value, all of them asked before a start is refused."""

import base64
import binascii
from urllib.parse import urlsplit

MIN_SECRET_LENGTH = 50
MIN_SECRET_LETTERS = 12
FIELD_KEY_BYTES = 32
DATABASE_SCHEMES = ("postgres", "postgresql", "sqlite")
MAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl")


def complaints(source):
    """Sentences about every missing or weak value in `source` (name → text); empty when production may start."""
    rules = (_secret_key, _field_keys, _base_url, _allowed_hosts, _databases, _email_url, _development_switches)
    return [sentence for rule in rules for sentence in rule(source)]


def field_key_complaints(keys):
    for place, key in enumerate(keys, start=1):
        if not _is_field_key(key):
            yield f"FIELD_KEYS: key number {place} is not {FIELD_KEY_BYTES} bytes in base64."


def _is_field_key(key):
    try:
        return len(base64.b64decode(key, validate=True)) == FIELD_KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _secret_key(source):
    key = source.get("SECRET_KEY", "")
    if not key:
        yield "SECRET_KEY is missing: give at least 50 random characters."
    elif len(key) < MIN_SECRET_LENGTH or len(set(key)) < MIN_SECRET_LETTERS or key.startswith("django-insecure"):
        yield "SECRET_KEY is too weak: give at least 50 random characters."


def _field_keys(source):
    keys = [part.strip() for part in source.get("FIELD_KEYS", "").split(",") if part.strip()]
    if not keys:
        yield "FIELD_KEYS is missing: give one key of 32 random bytes in base64, the newest first if there are several."
    yield from field_key_complaints(keys)
    if len(set(keys)) < len(keys):
        yield "FIELD_KEYS names the same key twice."


def _base_url(source):
    url = source.get("BASE_URL", "")
    if not url:
        yield "BASE_URL is missing: give the https address of the site."
    elif urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        yield "BASE_URL must begin with https:// and name a host."


def _allowed_hosts(source):
    hosts = [part.strip() for part in source.get("ALLOWED_HOSTS", "").split(",") if part.strip()]
    if not hosts:
        yield "ALLOWED_HOSTS is missing: name the hosts the site answers to."
    elif "*" in hosts:
        yield "ALLOWED_HOSTS must name hosts, not «*»."
    else:
        host = urlsplit(source.get("BASE_URL", "")).hostname
        if host and not any(_matches(host, pattern) for pattern in hosts):
            yield "ALLOWED_HOSTS does not hold the host of BASE_URL."


def _matches(host, pattern):
    return host == pattern or (pattern.startswith(".") and (host.endswith(pattern) or host == pattern[1:]))


def _databases(source):
    for name in ("DATABASE_URL", "LEDGER_DATABASE_URL"):
        url = source.get(name, "")
        if not url:
            yield f"{name} is missing: give postgres://user:password@host/database, or sqlite:////absolute/path."
        elif urlsplit(url).scheme not in DATABASE_SCHEMES:
            yield f"{name} must begin with postgres:// or sqlite://."
    if source.get("DATABASE_URL") and source.get("DATABASE_URL") == source.get("LEDGER_DATABASE_URL"):
        yield "LEDGER_DATABASE_URL is the main database: a restore would roll the ledger of erasures back with it."


def _email_url(source):
    url = source.get("EMAIL_URL", "")
    if not url:
        yield "EMAIL_URL is missing: give smtp+tls://user:password@host:587."
    elif urlsplit(url).scheme not in MAIL_SCHEMES or not urlsplit(url).hostname:
        yield "EMAIL_URL must name a mail server, as in smtp+tls://user:password@host:587."


def _development_switches(source):
    for name in ("DEMO", "DEBUG"):
        if source.get(name, "").strip().lower() in ("1", "true", "yes", "on"):
            yield f"{name} must not be switched on in production."
    if source.get("DEMO_PASSWORD"):
        yield "DEMO_PASSWORD must not be set in production: there are no demonstration people there."
    if source.get("CN_FAIL"):
        yield "CN_FAIL must not be set in production: it ends the process in the middle of its work."
