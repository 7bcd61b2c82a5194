"""The only reader of the environment.

Every variable is declared once, with its default and what it means; docs/operations.md repeats the list and a test
compares the two. `read()` returns the values of one start, or raises `HalfConfigured` naming everything that is
missing or weak at once.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import environ
from django.core.exceptions import ImproperlyConfigured

from cn_portal.settings import keys, production

ROOT = Path(__file__).resolve().parents[2]


class HalfConfigured(ImproperlyConfigured):
    """Carries `sentences`: one per value that is missing or weak."""

    def __init__(self, sentences):
        self.sentences = tuple(sentences)
        super().__init__("This start was stopped, because:\n" + "\n".join(f"  - {line}" for line in self.sentences))


@dataclass(frozen=True)
class Variable:
    """One variable of the environment. `default` is what the embedded profile uses when nothing is set."""

    name: str
    default: str
    doc: str


VARIABLES = (
    Variable("DJANGO_ENV", "embedded", "`embedded` needs nothing else; `production` refuses to start half-configured."),
    Variable("CN_VAR", "var", "Folder for everything written: databases, files, mail and generated keys."),
    Variable("SECRET_KEY", "generated", "Signs sessions and forms. At least 50 characters in production."),
    Variable(
        "FIELD_KEYS", "generated", "Key-encryption keys, 32 bytes in base64 each, newest first, separated by commas."
    ),
    Variable("BASE_URL", "http://localhost:PORT", "Address of the site in mails and links, without a final slash."),
    Variable("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Host names the site answers to, separated by commas."),
    Variable("DATABASE_URL", "sqlite in CN_VAR", "Main database: `postgres://…` or `sqlite:////absolute/path`."),
    Variable("LEDGER_DATABASE_URL", "sqlite in CN_VAR", "Ledger of erasures and checkpoints: never the main database."),
    Variable("REDIS_URL", "", "Shared cache, `redis://…`. Without it each process has its own small cache."),
    Variable(
        "S3_BUCKET", "", "Bucket for pictures (`media/`) and people's files (`people/`). Without it: folders in CN_VAR."
    ),
    Variable("S3_ENDPOINT_URL", "", "Address of an object store other than the default of the S3 client."),
    Variable("S3_REGION", "", "Region of the bucket."),
    Variable(
        "CLAMD_URL",
        "",
        "Virus scanner clamd: `tcp://host:3310` or `unix:///path`. Without it uploads are marked as not scanned.",
    ),
    Variable(
        "EMAIL_URL",
        "files in CN_VAR",
        "`smtp://user:password@host:587`; `smtp+tls://` for STARTTLS, `smtp+ssl://` for TLS.",
    ),
    Variable("EMAIL_FROM", "CN <no-reply@cn.example>", "Sender of every mail."),
    Variable("SECURITY_CONTACT", "mailto:security@cn.example", "Where a weakness is reported; shown in security.txt."),
    Variable(
        "PROXY_COUNT", "0", "Trusted proxies in front. Each adds one address to X-Forwarded-For; the rest is ignored."
    ),
    Variable("PORT", "8000", "Port of the web server that `make run` starts."),
    Variable("BIND", "127.0.0.1", "Network address the web server listens on."),
    Variable("WEB_WORKERS", "2", "Processes of that web server, four threads each."),
    Variable(
        "DEMO",
        "on when embedded",
        "`1` allows demonstration people, their codes and the demonstration mailbox. Never in production.",
    ),
    Variable(
        "DEMO_PASSWORD",
        "generated",
        "Password of the demonstration sign-ins; without it a random one is made and printed.",
    ),
    Variable("DEBUG", "0", "`1` shows error details in the browser, for development only. Never in production."),
    Variable(
        "CN_FAIL",
        "",
        "`name:kill` or `name:raise` ends a process at that point of `privacy/failpoints.py`, for tests. "
        "Never in production.",
    ),
)


def read(environment=None):
    """The values of one start, as a namespace with lower-case names. Raises HalfConfigured."""
    source = _declared(os.environ if environment is None else environment)
    values = _plain_values(source)
    if values.production:
        sentences = production.complaints(source)
        if sentences:
            raise HalfConfigured(sentences)
    else:
        _fill_embedded(values)
    return values


def _declared(environment):
    """Only declared names, and an empty value counts as not set."""
    return {v.name: environment[v.name] for v in VARIABLES if environment.get(v.name, "").strip()}


def _plain_values(source):
    default = {v.name: v.default for v in VARIABLES}
    profile = source.get("DJANGO_ENV", "embedded")
    if profile not in ("embedded", "production"):
        raise HalfConfigured([f"DJANGO_ENV is «{profile}», but must be embedded or production."])
    is_production = profile == "production"
    port = _number(source, "PORT", default)
    return SimpleNamespace(
        production=is_production,
        root=ROOT,
        var=Path(source.get("CN_VAR", ROOT / "var")).resolve(),
        secret_key=source.get("SECRET_KEY", ""),
        field_keys=_listed(source.get("FIELD_KEYS", "")),
        base_url=source.get("BASE_URL", f"http://localhost:{port}").rstrip("/"),
        allowed_hosts=_listed(source.get("ALLOWED_HOSTS", default["ALLOWED_HOSTS"])),
        database_url=source.get("DATABASE_URL", ""),
        ledger_database_url=source.get("LEDGER_DATABASE_URL", ""),
        redis_url=source.get("REDIS_URL", ""),
        s3_bucket=source.get("S3_BUCKET", ""),
        s3_endpoint_url=source.get("S3_ENDPOINT_URL", ""),
        s3_region=source.get("S3_REGION", ""),
        clamd_url=_scanner(source.get("CLAMD_URL", "")),
        email=_email(source.get("EMAIL_URL", "")),
        email_from=source.get("EMAIL_FROM", default["EMAIL_FROM"]),
        security_contact=source.get("SECURITY_CONTACT", default["SECURITY_CONTACT"]),
        proxy_count=_number(source, "PROXY_COUNT", default),
        port=port,
        bind=source.get("BIND", default["BIND"]),
        web_workers=_number(source, "WEB_WORKERS", default),
        demo=_switch(source.get("DEMO"), default=not is_production),
        demo_password=source.get("DEMO_PASSWORD", ""),
        debug=_switch(source.get("DEBUG"), default=False),
        failpoint=_failpoint(source.get("CN_FAIL", "")),
    )


def _fill_embedded(values):
    """What the embedded profile makes for itself, once, under `var`."""
    values.var.mkdir(parents=True, exist_ok=True)
    values.secret_key = values.secret_key or keys.kept(values.var, "secret_key", keys.new_secret)
    values.field_keys = values.field_keys or _listed(keys.kept(values.var, "field_keys", keys.new_field_key))
    values.database_url = values.database_url or f"sqlite:///{values.var / 'portal.sqlite3'}"
    values.ledger_database_url = values.ledger_database_url or f"sqlite:///{values.var / 'ledger.sqlite3'}"
    if values.demo:
        values.demo_password = values.demo_password or keys.kept(values.var, "demo_password", keys.new_password)
    weak = list(production.field_key_complaints(values.field_keys))
    if weak:
        raise HalfConfigured(weak)


def _listed(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(source, name, default):
    text = source.get(name, default[name])
    if not text.isdigit():
        raise HalfConfigured([f"{name} is «{text}», but must be a whole number."])
    return int(text)


def _switch(text, *, default):
    return default if text is None else text.strip().lower() in ("1", "true", "yes", "on")


def _scanner(url):
    if url and not (url.startswith("unix:///") or re.fullmatch(r"tcp://[^/:]+(?::\d+)?", url)):
        raise HalfConfigured(["CLAMD_URL cannot be read; write tcp://host:3310 or unix:///path/to/clamd.sock."])
    return url


def _failpoint(text):
    if text and text.partition(":")[2] not in ("kill", "raise"):
        raise HalfConfigured(
            [f"CN_FAIL is «{text}», but must be a failpoint and how it ends, as in erase.after_keys:kill."]
        )
    return text


def _email(url):
    """Django's own e-mail settings, or None when mail goes to files."""
    if not url:
        return None
    try:
        return environ.Env.email_url_config(url)
    except (ImproperlyConfigured, ValueError) as error:
        raise HalfConfigured(["EMAIL_URL cannot be read; write smtp://user:password@host:port."]) from error


def handed_on(*, without=(), **values):
    """The environment of a process of our own: this one's, without some variables and with others instead."""
    return {name: value for name, value in os.environ.items() if name not in without} | values
