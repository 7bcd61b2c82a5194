"""What people stopped, written a second time where no restore reaches it, in the act itself (L16, L21, L39).

Written before the act commits: a kill between leaves one stop too many in the ledger, which only an older database
would ever meet, and never one too few.
"""

from __future__ import annotations

from privacy.models import StopLedger

Kind = StopLedger.Kind


def remember_withdrawal(event) -> None:
    """A consent was taken back."""
    _write(Kind.WITHDRAWAL, event.subject_id, event.purpose, about=event.about, method=event.method, at=event.at)


def remember_objection(objection) -> None:
    """Somebody objected to an activity."""
    _write(Kind.OBJECTION, objection.subject_id, objection.activity, at=objection.made_at)


def remember_restriction(restriction) -> None:
    """A person or a record was restricted."""
    about = f"{restriction.model}:{restriction.object_pk}" if restriction.model else ""
    _write(Kind.RESTRICTION, restriction.subject_id, restriction.ground, about=about, at=restriction.opened_at)


def remember_suppression(row) -> None:
    """An address was suppressed: its kind and keyed hash."""
    _write(Kind.SUPPRESSION, None, f"{row.kind}:{row.index}", method=row.source, at=row.since)


def forget_suppression(row) -> None:
    """The address may be written to again, so no restore brings the stop back."""
    StopLedger.objects.filter(kind=Kind.SUPPRESSION, key=f"{row.kind}:{row.index}").delete()


def forget_restriction(restriction) -> None:
    """The restriction was lifted."""
    about = f"{restriction.model}:{restriction.object_pk}" if restriction.model else ""
    StopLedger.objects.filter(
        kind=Kind.RESTRICTION, subject=restriction.subject_id, key=restriction.ground, about=about
    ).delete()


def _write(kind: str, subject, key: str, *, at, about: str = "", method: str = "") -> None:
    StopLedger.objects.create(kind=kind, subject=subject, key=key, about=about, method=method, at=at)
