"""What an erasure can prove to whoever it was about: what went, what stays until when, who was told. Nobody is named.

The certificate is made when it is read, so it follows the erasure until its last waiting part is gone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from privacy.models import Erasure, TrailEntry
from privacy.queries.register import controller
from privacy.rules.deadlines import oslo_date
from privacy.signing import sign

# The oldest backup that is kept; one that is older has been overwritten.
BACKUP_DAYS = 35
COMPLAINTS_TO = {
    "name": "Datatilsynet",
    "address": "Postboks 458 Sentrum, 0105 Oslo",
    "url": "https://www.datatilsynet.no/",
}
OURS = ("name", "address", "email", "url")


@dataclass(frozen=True)
class Certificate:
    """``content`` holds keys, codes, numbers and ISO dates only; ``text`` is what the Ed25519 signature is over."""

    content: dict
    text: str
    signature: str
    public_key: str

    def as_json(self) -> dict:
        """The file to keep: the content to read, and the exact text to check the signature against."""
        return {
            "certificate": self.content,
            "signed_text": self.text,
            "algorithm": "Ed25519",
            "signature": self.signature,
            "public_key": self.public_key,
        }


def certificate_of(key, *, now) -> Certificate | None:
    """The signed certificate of one erasure as it stands at ``now``, or None when there is no such erasure."""
    erasure = Erasure.objects.filter(pk=key).first()
    if erasure is None:
        return None
    content = _content(erasure, now)
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    signature, public_key = sign(text.encode())
    return Certificate(content, text, signature, public_key)


def _content(erasure: Erasure, now) -> dict:
    gone_on = _gone_on(erasure)
    return {
        "kind": "certificate of erasure",
        "number": str(erasure.pk)[:8],
        "id": str(erasure.pk),
        "whole": erasure.whole,
        "state": erasure.state,
        "ordered_on": _iso(erasure.created_at),
        "carried_out_on": gone_on.isoformat() if gone_on else None,
        "finished_on": _iso(erasure.finished_at),
        "as_it_stood_on": _iso(now),
        "erased": [{"class": name, "records": count} for name, count in sorted(erasure.counts.items())],
        "files": erasure.files,
        "staying": [_kept(item) for item in erasure.kept if item["action"] == "restrict"],
        "proof": [_kept(item) for item in erasure.kept if item["action"] == "keep"],
        "recipients": [_told(notice) for notice in _notices(erasure)],
        "backups_gone_on": (gone_on + timedelta(days=BACKUP_DAYS)).isoformat() if gone_on else None,
        "controller": {name: controller()[name] for name in OURS},
        "complaint": COMPLAINTS_TO,
    }


def _gone_on(erasure: Erasure):
    """The day the rows went: what waits for a law may go years later, and says so by a new day then."""
    done = TrailEntry.objects.filter(action="erasure.carried_out", object_pk=str(erasure.pk)).order_by("-at").first()
    return oslo_date(done.at) if done else None


def _kept(item: dict) -> dict:
    return {"class": item["model"], "records": item["count"], "law": item["law"], "until": item["until"]}


def _notices(erasure: Erasure):
    return erasure.notices.select_related("recipient").order_by("recipient__name")


def _told(notice) -> dict:
    return {"name": notice.recipient.name, "state": notice.state, "on": _iso(notice.settled_at)}


def _iso(moment) -> str | None:
    return oslo_date(moment).isoformat() if moment else None
