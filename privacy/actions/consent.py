"""Consent given, refused, renewed, withdrawn, expired: one event, one state, one trail row (N32, N36-N41, L18-L21)."""

import hashlib
import json
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from privacy import registry
from privacy.actions.trail import actor_id, note
from privacy.models import ConsentEvent, ConsentKind, ConsentState, ConsentText
from privacy.rules import consent as rules
from privacy.rules.deadlines import add_months, oslo_date


class NoWording(Exception):
    """Nobody can agree to a question that has no stored wording in their language."""


def text_for(purpose: str, language: str) -> ConsentText:
    """The live wording of a purpose in a language. Raises NoWording with a sentence for the editor."""
    text = ConsentText.objects.filter(purpose=purpose, language=language, live=True).order_by("-version").first()
    if text is None:
        raise NoWording(f"There is no live consent wording for {purpose} in {language}: write one first.")
    return text


def publish_text(*, purpose, language, wording, how_to_withdraw, valid_months, by) -> ConsentText:
    """Make this the live wording; the same wording again is the same version, a new one retires the old."""
    latest = ConsentText.objects.filter(purpose=purpose, language=language).order_by("-version").first()
    new = ConsentText(
        purpose=purpose,
        language=language,
        version=latest.version + 1 if latest else 1,
        wording=wording,
        how_to_withdraw=how_to_withdraw,
        valid_months=valid_months,
    )
    if latest and latest.live and (latest.sha256, latest.valid_months) == (new.fingerprint(), valid_months):
        return latest
    with transaction.atomic():
        ConsentText.objects.filter(purpose=purpose, language=language, live=True).update(live=False)
        new.save()
        note("consent.wording_published", record=new, by=by, reason=purpose)
    return new


def give_consent(
    subject, *, text: ConsentText, method: str, by, about: str = "", evidence: dict | None = None
) -> ConsentEvent:
    """A yes to exactly this wording, valid for its months. A second yes renews. Returns the event.

    ``about`` tells answers to the same question apart: the key of the application it was asked for.
    """
    state = _state_of(subject, text.purpose, about)
    kind = ConsentKind.RENEWED if state in rules.VALID else ConsentKind.GIVEN
    until = add_months(oslo_date(timezone.now()), text.valid_months)
    about = _About(text.purpose, about)
    return _record(subject, about, kind=kind, text=text, valid_until=until, method=method, by=by, evidence=evidence)


def refuse_consent(
    subject, *, text: ConsentText, method: str, by, about: str = "", evidence: dict | None = None
) -> ConsentEvent:
    """A no to exactly this wording, kept so that nobody asks again tomorrow (L27)."""
    about = _About(text.purpose, about)
    return _record(subject, about, kind=ConsentKind.REFUSED, text=text, method=method, by=by, evidence=evidence)


@transaction.atomic
def withdraw_consent(subject, *, purpose: str, method: str, by, about: str = "") -> ConsentEvent:
    """The person takes a yes back: effective now (N38), and what rested on it is ended by its owner.

    Raises rules.IllegalMove when there is no yes to take back.
    """
    event = _record(subject, _About(purpose, about), kind=ConsentKind.WITHDRAWN, method=method, by=by)
    _end_what_rested_on_it(subject, _About(purpose, about), by)
    return event


@transaction.atomic
def expire_consent(subject, *, purpose: str, about: str = "") -> ConsentEvent:
    """Silence past the last valid day: the consent is over (L21), and so is what rested on it."""
    event = _record(subject, _About(purpose, about), kind=ConsentKind.EXPIRED, method="clock", by=None)
    _end_what_rested_on_it(subject, _About(purpose, about), None)
    return event


class _About(NamedTuple):
    purpose: str
    about: str


def _end_what_rested_on_it(subject, about: _About, by) -> None:
    for act in registry.withdrawal_acts(about.purpose):
        act(subject, about=about.about, by=by)


def expire_consents(*, as_of, dry_run: bool = False) -> dict:
    """Every consent whose last valid day has passed becomes expired. Returns {"expired": count}."""
    day = oslo_date(as_of)
    due = ConsentState.objects.filter(state__in=rules.VALID, valid_until__lt=day).select_related("subject")
    # A list: SQLite cannot write while a read of the same connection is open and somebody else has written meanwhile.
    found = list(due)
    for state in [] if dry_run else found:
        expire_consent(state.subject, purpose=state.purpose, about=state.about)
    return {"expired": len(found)}


def _state_of(subject, purpose: str, about: str) -> str | None:
    row = ConsentState.objects.filter(subject=subject, purpose=purpose, about=about).first()
    return row.state if row else None


@transaction.atomic
def _record(subject, about: _About, *, kind, method, by, text=None, valid_until=None, evidence=None) -> ConsentEvent:
    row = ConsentState.objects.select_for_update().filter(subject=subject, **about._asdict()).first()
    rules.next_state(_before(row, kind), kind)
    event = ConsentEvent(
        subject=subject,
        **about._asdict(),
        kind=kind,
        text=text,
        text_sha256=text.sha256 if text else "",
        at=_moment_after(row),
        valid_until=valid_until,
        method=method,
        evidence=evidence or {},
        actor=actor_id(by),
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    ConsentState.objects.update_or_create(
        subject=subject,
        **about._asdict(),
        defaults={"state": kind, "since": event.at, "valid_until": valid_until, "event": event},
    )
    note(f"consent.{kind}", subject=subject, record=event, by=by, reason=about.purpose)
    return event


def _before(row: ConsentState | None, kind: str) -> str | None:
    # A record that has ended stays ended; an answer after that begins a new one.
    if row is None or (row.state in rules.ENDED and kind in (ConsentKind.GIVEN, ConsentKind.REFUSED)):
        return None
    return row.state


def _moment_after(row: ConsentState | None):
    # Two events of one consent never share a moment, so that which came last can always be told.
    now = timezone.now()
    return now if row is None else max(now, row.since + timedelta(microseconds=1))


def digest_of(event: ConsentEvent) -> str:
    """SHA-256 over what the event says, so that `privacy_verify` can tell when a stored one was changed."""
    content = [
        str(event.pk),
        str(event.subject_id),
        event.purpose,
        event.about,
        str(event.kind),
        event.text_sha256,
        round(event.at.timestamp() * 1_000_000),
        str(event.valid_until or ""),
        event.method,
        event.evidence,
        str(event.actor or ""),
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
