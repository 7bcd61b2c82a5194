"""A code that is mailed proves a mailbox: how it is made, capped, redeemed once and forgotten (T05, T11, T16, T17).

Used for every sort of proof that waits for its code: rows with ``email_index``, ``code_hash``, ``tries``, ``used_at``
and ``created_at``, and one sealed column with what was typed.
"""

from __future__ import annotations

import secrets
import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6
LIVES, KEPT = timedelta(minutes=10), timedelta(days=1)
TRIES = 5
# (how many, within): proofs that wait for one mailbox, and for all of them, so that no flood fills the table (T16).
PER_MAILBOX = ((3, timedelta(hours=6)), (5, timedelta(days=1)))
IN_ALL = ((300, timedelta(hours=1)),)
# What `throttle.allows` is told of one visitor.
VISITOR = {"most": 5, "seconds": 60 * 60}


class WrongCode(Exception):
    """The code does not open this proof: mistyped, used, too old, or tried too often. Which one is not said."""


@contextmanager
def one_at_a_time(model):
    """Count and insert in one step, so that two codes of one mailbox never open twice what they open.

    SQLite's transactions are one at a time already.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        yield


def is_flooded(proof) -> bool:
    """Whether one more proof would be too many, for its mailbox or for all."""
    every = type(proof).objects.all()
    same = every.filter(email_index=proof.email_index)
    counted = [(same, *limit) for limit in PER_MAILBOX] + [(every, *limit) for limit in IN_ALL]
    now = timezone.now()
    return any(rows.filter(created_at__gt=now - within).count() >= most for rows, most, within in counted)


def new_code(proof) -> dict:
    """Give the proof a code, kept as a salted hash alone; {"code", "minutes"} for its mail."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    proof.code_hash = _hashed(proof, code)
    return {"code": f"{code[:3]} {code[3:]}", "minutes": int(LIVES.total_seconds() // 60)}


def redeem(model, proof_id: uuid.UUID, *, code: str):
    """The proof this code opens, marked as used, or None. Each call is counted before the code is looked at."""
    live = model.objects.filter(pk=proof_id, used_at__isnull=True, created_at__gt=timezone.now() - LIVES)
    if not live.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return None
    proof = live.get()
    typed = "".join(character for character in code if character.isdigit())
    if not constant_time_compare(proof.code_hash, _hashed(proof, typed)):
        return None
    return proof if live.update(used_at=timezone.now()) else None


def expire(model, *, sealed: str, as_of, dry_run: bool = False) -> dict:
    """What was typed goes after ten minutes, and the row after a day: {"emptied", "deleted"}."""
    old = model.objects.filter(created_at__lte=as_of - KEPT)
    late = model.objects.filter(created_at__lte=as_of - LIVES).exclude(**{sealed: b""})
    if dry_run:
        return {"emptied": late.count(), "deleted": old.count()}
    deleted, _by_model = old.delete()
    return {"emptied": late.update(**{sealed: b""}), "deleted": deleted}


def proof_aad(proof) -> bytes:
    """Where a proof's sealed column belongs."""
    return f"{proof._meta.db_table}/{proof.pk}".encode()


def _hashed(proof, code: str) -> str:
    # The key outside the database is what keeps a copy of the table from being a way to test guesses.
    return salted_hmac(f"privacy.{proof._meta.model_name}", f"{proof.pk}:{code}", algorithm="sha256").hexdigest()
