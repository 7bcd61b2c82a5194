"""The register of recipients: proposed by one, approved by another, stopped by anybody at once (N46, L32, L33, T23)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions.documents import file_document
from privacy.actions.trail import actor_id, note
from privacy.models import OfficeDocument, Recipient
from privacy.rules import recipients as rules
from privacy.rules.deadlines import oslo_date
from privacy.second_person import second_person

PAPER = OfficeDocument.Kind.AGREEMENT


class RecipientRefused(Exception):
    """This cannot be done with the recipient. The message is a sentence for people: why, and that nothing changed."""


def propose_recipient(*, paper=None, by, **facts) -> Recipient:
    """Enter a recipient that may receive nothing until somebody else approves it.

    ``facts`` are columns of `rules.AGREED` and `rules.FREE`; ``paper`` is the agreement as `scans.check_scan` left it,
    or None. What is still missing is said when it is approved, a name that names nobody at once: RecipientRefused.
    """
    _refuse_facts(facts)
    code = _new_code(facts["name"])
    with transaction.atomic():
        row = Recipient.objects.create(code=code, proposed_by=actor_id(by), **facts, **_filed(paper, by))
        note("recipient.proposed", record=row, by=by, reason=row.code)
    return row


@transaction.atomic
def approve_recipient(recipient: Recipient, *, by) -> Recipient:
    """A proposed recipient may receive from now on. By another person; RecipientRefused while something is missing."""
    row = _locked(recipient)
    _refuse_state(row, Recipient.State.PROPOSED)
    second_person(by, asked_by=row.proposed_by)
    _refuse_missing(row)
    row.approved_at, row.approved_by = timezone.now(), actor_id(by)
    return _move(row, Recipient.State.ACTIVE, "recipient.approved", by=by)


def change_recipient(recipient: Recipient, *, changes: dict, paper=None, by) -> Recipient:
    """Change facts. Where to reach them changes at once; what was approved waits for a second person.

    While a recipient is only proposed everything changes at once, and whoever changed it last cannot approve it.
    """
    _refuse_facts(changes)
    with transaction.atomic():
        row = _locked(recipient)
        if row.state == Recipient.State.ENDED:
            raise RecipientRefused(_("This recipient has ended and stays as it was. Propose a new one."))
        new = {name: value for name, value in changes.items() if _plain(getattr(row, name)) != _plain(value)}
        new |= _filed(paper, by)
        is_proposed = row.state == Recipient.State.PROPOSED
        now = {name: value for name, value in new.items() if is_proposed or name in rules.FREE}
        later = {name: _plain(value) for name, value in new.items() if name not in now}
        for name, value in now.items():
            setattr(row, name, value)
        if now and is_proposed:
            row.proposed_by = actor_id(by)
        if later:
            row.proposed_change = row.proposed_change | later
            row.change_by, row.change_at = actor_id(by), timezone.now()
        row.save()
        if now:
            note("recipient.changed", record=row, fields=sorted(now), by=by, reason=row.code)
        if later:
            note("recipient.change_proposed", record=row, fields=sorted(later), by=by, reason=row.code)
    return row


@transaction.atomic
def approve_change(recipient: Recipient, *, by) -> Recipient:
    """What was proposed is agreed from now on. By another person, and only when nothing would be missing."""
    row = _locked(recipient)
    _refuse_without_change(row)
    second_person(by, asked_by=row.change_by)
    fields = sorted(row.proposed_change)
    _apply_change(row)
    _refuse_missing(row)
    row.approved_at, row.approved_by = timezone.now(), actor_id(by)
    row.save()
    note("recipient.change_approved", record=row, fields=fields, by=by, reason=row.code)
    return row


@transaction.atomic
def decline_change(recipient: Recipient, *, by) -> Recipient:
    """What was proposed is not agreed; everything stays as it was. A paper that came with it is kept, in sight."""
    row = _locked(recipient)
    _refuse_without_change(row)
    change, fields = row.proposed_change, sorted(row.proposed_change)
    if "agreement" in change:
        row.past_agreements = [*row.past_agreements, _past(change["agreement"], change["agreement_sha256"], None)]
    row.proposed_change, row.change_by, row.change_at = {}, None, None
    row.save()
    note("recipient.change_declined", record=row, fields=fields, by=by, reason=row.code)
    return row


@transaction.atomic
def suspend_recipient(recipient: Recipient, *, by) -> Recipient:
    """Stop every hand-over to it, from this moment. Anybody in the office, alone."""
    row = _locked(recipient)
    return _move(row, Recipient.State.SUSPENDED, "recipient.suspended", by=by)


@transaction.atomic
def resume_recipient(recipient: Recipient, *, by) -> Recipient:
    """Let a suspended recipient receive again: by another person than the one who stopped it, with nothing missing."""
    row = _locked(recipient)
    _refuse_state(row, Recipient.State.SUSPENDED)
    second_person(by, asked_by=row.state_by)
    _refuse_missing(row)
    return _move(row, Recipient.State.ACTIVE, "recipient.resumed", by=by)


@transaction.atomic
def end_recipient(recipient: Recipient, *, by) -> Recipient:
    """It receives nothing ever again; what it received stays in the log. A change that waited is dropped."""
    row = _locked(recipient)
    row.proposed_change, row.change_by, row.change_at = {}, None, None
    return _move(row, Recipient.State.ENDED, "recipient.ended", by=by)


def after_change(recipient: Recipient) -> dict:
    """The facts `rules.missing` asks about, as they would be with the proposed change."""
    change = recipient.proposed_change
    facts = {name: change.get(name, getattr(recipient, name)) for name in ("name", "role", "country", "transfer_tool")}
    expires = change.get("agreement_expires_on", recipient.agreement_expires_on)
    return facts | {
        "agreement": change.get("agreement") or recipient.agreement_id,
        "agreement_expires_on": date.fromisoformat(expires) if isinstance(expires, str) else expires,
    }


def _apply_change(row: Recipient) -> None:
    change = dict(row.proposed_change)
    expires = change.pop("agreement_expires_on", row.agreement_expires_on)
    if "agreement" in change:
        if row.agreement_id:
            past = _past(row.agreement_id, row.agreement_sha256, row.agreement_expires_on)
            row.past_agreements = [*row.past_agreements, past]
        row.agreement_id = change.pop("agreement")
    row.agreement_expires_on = date.fromisoformat(expires) if isinstance(expires, str) else expires
    for name, value in change.items():
        setattr(row, name, value)
    row.proposed_change, row.change_by, row.change_at = {}, None, None


def _past(key, sha256: str, until) -> dict:
    return {"paper": str(key), "sha256": sha256, "until": until.isoformat() if until else None}


def _filed(paper, by) -> dict:
    if paper is None:
        return {}
    filed = file_document(paper.stream, kind=PAPER, display_name=paper.display_name, media_type=paper.media_type, by=by)
    return {"agreement": filed, "agreement_sha256": filed.sha256}


def _plain(value):
    """A value as JSON can hold it and as two of them are compared."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value.pk) if isinstance(value, OfficeDocument) else value


def _locked(recipient: Recipient) -> Recipient:
    return Recipient.objects.select_for_update().get(pk=recipient.pk)


def _move(row: Recipient, to: str, action: str, *, by) -> Recipient:
    if not rules.may_move(row.state, to):
        state = {"state": row.get_state_display()}
        raise RecipientRefused(_("The recipient is %(state)s, so this cannot be done. Nothing was changed.") % state)
    row.state, row.state_since, row.state_by = to, timezone.now(), actor_id(by)
    row.save()
    note(action, record=row, by=by, reason=row.code)
    return row


def _refuse_state(row: Recipient, needed: str) -> None:
    if row.state != needed:
        state = {"state": row.get_state_display()}
        raise RecipientRefused(_("The recipient is %(state)s, so this cannot be done. Nothing was changed.") % state)


def _refuse_without_change(row: Recipient) -> None:
    if not row.proposed_change:
        raise RecipientRefused(_("No change waits for approval. Nothing was changed."))


def _refuse_missing(row: Recipient) -> None:
    missing = rules.missing(after_change(row), day=oslo_date(timezone.now()))
    if missing:
        raise RecipientRefused(" ".join(missing))


def _refuse_facts(facts: dict) -> None:
    if "name" in facts and not rules.names_one_party(facts["name"]):
        raise RecipientRefused(_("Name one party. “etc.” and “and others” are nobody: add each of them by itself."))
    known = {activity.code for activity in registry.activities()}
    unknown = sorted(set(facts.get("activities", ())) - known)
    if unknown:
        raise RecipientRefused(_("There is no activity %(code)s. Nothing was changed.") % {"code": ", ".join(unknown)})


def _new_code(name: str) -> str:
    base = slugify(name)[:34] or "recipient"
    taken = set(Recipient.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for number in range(1, 1000) if (code := base if number == 1 else f"{base}-{number}") not in taken)
