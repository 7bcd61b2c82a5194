"""Consent given, refused, renewed, withdrawn, expired: one event, one state, one trail row (N32, N36-N41, L18-L21)."""

import hashlib
import json
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry, words
from privacy.actions.consent_ends import Aftermath, end_what_rested_on_it
from privacy.actions.screenings import NotActive, require_active
from privacy.actions.suppression import lift_by_consent
from privacy.actions.trail import actor_id, note
from privacy.consent_documents import SHOWN, shown_with
from privacy.models import ConsentEvent, ConsentKind, ConsentState, ConsentText, DataSubject, Erasure
from privacy.rules import consent as rules
from privacy.rules.deadlines import add_months, oslo_date
from privacy.stop_ledger import remember_withdrawal


class ConsentRefused(Exception):
    """This answer cannot be taken. The message is a sentence for people: why, and what they may do."""


class About(NamedTuple):
    """Which question, and which of several answers to it: the key of an application, say."""

    purpose: str
    about: str


def give_consent(
    subject, *, text: ConsentText, method: str, by, about: str = "", evidence: dict | None = None, from_age: int = 0
) -> ConsentEvent:
    """A yes to exactly this wording, valid for its months. A second yes renews. Returns the event.

    ``about`` tells answers to the same question apart. ``from_age`` is the statement "I am so old or older" where the
    purpose asks for one (L30). Raises ConsentRefused for who is being erased and where that statement is missing.
    """
    what = About(text.purpose, about)
    said = {**(evidence or {}), **({"from_age": from_age} if from_age else {})}
    today = oslo_date(timezone.now())
    with transaction.atomic():
        kind = _kind_of_yes(subject, what, today)
        refuse_who_is_being_erased(subject)
        _refuse_unless_cleared(what.purpose)
        if kind == ConsentKind.GIVEN:
            _refuse_the_young(what.purpose, from_age)
        until = add_months(today, text.valid_months)
        event = record(subject, what, kind=kind, text=text, valid_until=until, method=method, by=by, evidence=said)
        _forget_earlier_ends(event)
        # Who says yes to a channel themselves wants to be reached by it again (L16).
        lift_by_consent(subject, purpose=what.purpose, by=by)
    return event


def _refuse_unless_cleared(purpose: str) -> None:
    declared = registry.purpose_of(purpose)
    try:
        if declared is not None:
            require_active(declared.activity.code)
    except NotActive as refusal:
        raise ConsentRefused(str(refusal)) from refusal


def request_consent(subject, *, text: ConsentText, method: str, by, about: str = "") -> ConsentEvent:
    """The question was put and not answered yet. It allows nothing."""
    what = About(text.purpose, about)
    with transaction.atomic():
        refuse_who_is_being_erased(subject)
        return record(subject, what, kind=ConsentKind.ASKED, text=text, method=method, by=by)


def refuse_consent(
    subject, *, text: ConsentText, method: str, by, about: str = "", evidence: dict | None = None
) -> ConsentEvent:
    """A no to exactly this wording, kept so that nobody asks again tomorrow (L27)."""
    what = About(text.purpose, about)
    return record(subject, what, kind=ConsentKind.REFUSED, text=text, method=method, by=by, evidence=evidence)


def withdraw_consent(subject, *, purpose: str, method: str, by, about: str = "") -> ConsentEvent:
    """The person takes a yes back: effective now (N38), and what rested on it is ended.

    It is found under every record that is this person, with or without an account. Raises rules.IllegalMove with a
    sentence when there is no yes to take back.
    """
    return withdraw_all(subject, About(purpose, about), method=method, by=by)[0][0]


@transaction.atomic
def withdraw_all(subject, what: About, *, method: str, by) -> list[tuple[ConsentEvent, Aftermath]]:
    """Withdraw this yes under every record of the person, newest first: each event and what ended with it."""
    states = [state for state in states_of(subject, what) if state.state in rules.WITHDRAWABLE]
    if not states:
        title = {"title": words.purpose_title(what.purpose)}
        raise rules.IllegalMove(_("There is no consent to take back: %(title)s. Nothing was changed.") % title)
    ended = []
    for state in states:
        event = record(state.subject, what, kind=ConsentKind.WITHDRAWN, method=method, by=by)
        ended.append((event, end_what_rested_on_it(event, by=by)))
    return ended


@transaction.atomic
def expire_consent(subject, *, purpose: str, about: str = "") -> ConsentEvent:
    """Silence past the last valid day: the consent is over (L21), and so is what rested on it."""
    event = record(subject, About(purpose, about), kind=ConsentKind.EXPIRED, method="clock", by=None)
    end_what_rested_on_it(event, by=None)
    return event


def expire_consents(*, as_of, dry_run: bool = False) -> dict:
    """Every consent whose last valid day has passed becomes expired. Returns {"expired": count}."""
    day = oslo_date(as_of)
    due = ConsentState.objects.filter(state__in=rules.VALID, valid_until__lt=day).select_related("subject")
    # A list: SQLite cannot write while a read of the same connection is open and somebody else has written meanwhile.
    found = list(due)
    for state in [] if dry_run else found:
        expire_consent(state.subject, purpose=state.purpose, about=state.about)
    return {"expired": len(found)}


def states_of(subject, what: About) -> list[ConsentState]:
    """Where this question stands under every record that is this person, the newest answer first."""
    states = ConsentState.objects.filter(subject__in=subject.group(), **what._asdict())
    return list(states.select_related("subject").order_by("-since", "pk"))


def refuse_who_is_being_erased(subject) -> None:
    """Raise ConsentRefused for a person who is erased or will be: an answer would bring back what was to go (T27).

    Call in the transaction that records the answer: the person is locked until its end.
    """
    person = DataSubject.objects.select_for_update().get(pk=subject.person.pk)
    gone = person.state in (DataSubject.State.ERASING, DataSubject.State.ERASED)
    if gone or Erasure.objects.filter(subject=person, whole=True).exclude(state=Erasure.State.DONE).exists():
        raise ConsentRefused(
            _("This person's data is being deleted or is deleted already, so no new consent can be stored.")
        )


def _refuse_the_young(purpose: str, from_age: int) -> None:
    declared = registry.purpose_of(purpose)
    if declared is not None and from_age < declared.from_age:
        raise ConsentRefused(
            _("We ask only those who are %(age)s or older for this. Nothing was stored.") % {"age": declared.from_age}
        )


def _kind_of_yes(subject, what: About, today) -> str:
    """A first yes, or one more while the last still stands. What has run out ends first, as the night would end it."""
    row = ConsentState.objects.filter(subject=subject, **what._asdict()).first()
    if row is None or row.state not in rules.VALID:
        return ConsentKind.GIVEN
    if rules.allows_use(row.state, row.valid_until, today):
        return ConsentKind.RENEWED
    expire_consent(subject, purpose=what.purpose, about=what.about)
    return ConsentKind.GIVEN


def _forget_earlier_ends(event: ConsentEvent) -> None:
    # A no or an end under another record of the same person must not outvote the yes they have just given.
    rest = ConsentState.objects.filter(
        subject__in=event.subject.group(), purpose=event.purpose, about=event.about, state__in=rules.BEGINS_ANEW
    )
    rest.exclude(subject=event.subject).delete()


@transaction.atomic
def record(
    subject, what: About, *, kind, method, by, text=None, valid_until=None, evidence=None, at=None
) -> ConsentEvent:
    """Write one event, the state that follows from it, and the trail row. Raises rules.IllegalMove."""
    row = ConsentState.objects.select_for_update().filter(subject=subject, **what._asdict()).first()
    rules.next_state(_before(row, kind), kind)
    event = ConsentEvent(
        subject=subject,
        **what._asdict(),
        kind=kind,
        text=text,
        text_sha256=text.sha256 if text else "",
        at=at or _moment_after(row),
        valid_until=valid_until,
        method=method,
        evidence=_evidence(what.purpose, text, evidence),
        actor=actor_id(by),
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    ConsentState.objects.update_or_create(
        subject=subject,
        **what._asdict(),
        # Who has answered again is reminded again before that answer ends.
        defaults={
            "state": kind,
            "since": event.at,
            "valid_until": valid_until,
            "reminded_on": None,
            "event": event,
        },
    )
    note(f"consent.{kind}", subject=subject, record=event, by=by, reason=what.purpose)
    if kind == ConsentKind.WITHDRAWN:
        remember_withdrawal(event)
    return event


def _evidence(purpose: str, text, evidence: dict | None) -> dict:
    """What the caller can prove, and with an answer also what stood around the question, for its receipt (N2)."""
    return {**(evidence or {}), **({SHOWN: shown_with(purpose, language=text.language)} if text else {})}


def _before(row: ConsentState | None, kind: str) -> str | None:
    # A record that has ended stays ended; an answer after that begins a new one.
    if row is None or (row.state in rules.BEGINS_ANEW and kind in rules.BEGINNINGS):
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
