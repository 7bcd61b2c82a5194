"""Mail without a mail server: every message becomes a file under `var/mail`, shown as a mailbox with DEMO."""

import email
import email.policy
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

FINAL = "X-CN-Final"
ERASED = "(address erased)"


@dataclass(frozen=True)
class Message:
    """One message as a reader sees it. `key` names its file; `sent_at` is aware."""

    key: str
    sent_at: datetime
    to: str
    subject: str
    text: str


class FileMailbox(BaseEmailBackend):
    """Writes one `.eml` file per message.

    The last mail of an erasure carries the header `X-CN-Final: 1`: it is written without its receiver, because by
    then the address must not be kept anywhere.
    """

    def send_messages(self, email_messages):
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages or ():
            (folder / _file_name()).write_bytes(_as_bytes(message))
        return len(email_messages or ())


def _file_name():
    return f"{timezone.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"


def _as_bytes(message):
    mime = message.message()
    if mime.get(FINAL):
        for header in ("To", "Cc", "Reply-To"):
            del mime[header]
        mime["To"] = ERASED
    return mime.as_bytes(linesep="\r\n")


def messages():
    """All messages, newest first."""
    return [_read(path) for path in sorted(Path(settings.MAIL_FOLDER).glob("*.eml"), reverse=True)]


def message_of(key):
    """The message whose file is named `key`, or None. A key can name nothing outside the mailbox."""
    return next((message for message in messages() if message.key == key), None)


def forget(address):
    """Delete every message sent to `address`; returns how many there were."""
    wanted = address.strip().casefold()
    found = [path for path in Path(settings.MAIL_FOLDER).glob("*.eml") if wanted in _receivers(path)]
    for path in found:
        path.unlink()
    return len(found)


def _receivers(path):
    parsed = _parse(path)
    return {
        part.addr_spec.casefold()
        for header in ("To", "Cc", "Bcc")
        for value in parsed.get_all(header, [])
        for part in value.addresses
    }


def _parse(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _read(path):
    parsed = _parse(path)
    body = parsed.get_body(("plain", "html"))
    return Message(
        key=path.stem,
        sent_at=datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone()),
        # A mail parser takes words in parentheses for a remark and drops them.
        to=ERASED if parsed[FINAL] else str(parsed["To"] or ""),
        subject=str(parsed["Subject"] or ""),
        text=body.get_content() if body else "",
    )
