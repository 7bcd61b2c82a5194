"""Sensitive content in an application: closed off at once, its person told, gone after 30 days (N16, T7, T43)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import meeting_mails as mails
from careers.actions.errors import NotPossible
from careers.actions.referee_wording import SPECIAL_ITEM
from careers.models import Answer, ApplicationFile, Finding, Note
from privacy import actions as engine

KEPT_DAYS = 30
Kind, State = Finding.Kind, Finding.State
_ROWS = {Kind.FILE: ApplicationFile, Kind.ANSWER: Answer, Kind.NOTE: Note}


@transaction.atomic
def flag_content(application, *, kind: str, target, reason: str, by) -> Finding:
    """Close off one file, answer or note, or the letter; nobody on staff reads it from now on, and the person is told.

    `target` is the key of the row, for the letter that of the application. Only a code says what kind of content it is,
    and the trail does not even say that. Flagging twice changes nothing more. Raises NotPossible.
    """
    key = _target_of(application, kind, target)
    before = Finding.objects.filter(target=key, state=State.OPEN).first()
    if before is not None:
        return before
    finding = Finding.objects.create(
        application=application,
        kind=kind,
        target=key,
        reason=reason,
        due_on=timezone.localdate() + timedelta(days=KEPT_DAYS),
        found_by_id=getattr(by, "pk", None),
    )
    engine.note("finding.flagged", subject=application.subject, record=finding, by=by)
    mails.send_finding(finding)
    return finding


@transaction.atomic
def clear_finding(finding, *, by) -> Finding:
    """It was a mistake: staff may read it again. The applicant is told."""
    row = _open(finding)
    return _settle(row, State.CLEARED, by)


@transaction.atomic
def remove_content(finding, *, by) -> Finding:
    """The file or note is erased, the letter or answer emptied, by HR, by the applicant or by the clock (`by` None)."""
    row = _open(finding)
    _take_away(row, by)
    return _settle(row, State.REMOVED, by)


@transaction.atomic
def keep_content(finding, *, text, by) -> Finding:
    """The applicant insists: an explicit yes for this one item (Art 9(2)(a)) opens it again, until it is taken back."""
    row = _open(finding)
    if text is None or text.purpose != SPECIAL_ITEM:
        raise NotPossible(_("It stays closed off unless you say yes to exactly this. Tick the box and send again."))
    row.consent = engine.give_consent(
        row.application.subject,
        text=text,
        method="form",
        by=by,
        about=str(row.pk),
        evidence={"form": "finding", "vacancy": row.application.vacancy_reference},
    )
    return _settle(row, State.KEPT, by, tell=False)


def take_back_item(finding, *, by) -> None:
    """The applicant does not want it to stay after all: the yes is withdrawn and the content goes."""
    engine.withdraw_consent(
        finding.application.subject, purpose=SPECIAL_ITEM, about=str(finding.pk), method="form", by=by
    )


def end_item(subject, *, about: str, by) -> None:
    """The explicit consent is over, wherever it was taken back: without it the content may not stay."""
    row = Finding.objects.filter(pk=about, state=State.KEPT, application__subject__in=subject.group()).first()
    if row is not None:
        _take_away(row, by)
        _settle(row, State.REMOVED, by, tell=False)


def remove_due_findings(*, as_of, dry_run: bool = False) -> dict:
    """What has been closed off for 30 days without anybody's decision is removed. Returns {"removed": count}."""
    due = Finding.objects.filter(state=State.OPEN, due_on__lt=timezone.localdate(as_of))
    found = list(due.select_related("application__subject"))
    for row in [] if dry_run else found:
        remove_content(row, by=None)
    return {"removed": len(found)}


def _target_of(application, kind: str, target):
    if kind == Kind.LETTER:
        return application.pk
    row = _ROWS[Kind(kind)].objects.filter(pk=target, application=application).first()
    if row is None:
        raise NotPossible(_("It is no longer there, so there is nothing to close off."))
    return row.pk


def _take_away(finding, by) -> None:
    application = finding.application
    if finding.kind == Kind.LETTER:
        application.message = ""
        application.save(update_fields=["message"])
    elif finding.kind == Kind.ANSWER:
        for row in Answer.objects.filter(pk=finding.target):
            row.text = ""
            row.save(update_fields=["text"])
    else:
        model = _ROWS[Kind(finding.kind)]
        if model.objects.filter(pk=finding.target).exists():
            cause = "staff" if by is not None else "rule"
            engine.erase_rows(model, subject=application.subject, pks=[finding.target], cause=cause, by=by)


def _settle(row, state: str, by, *, tell: bool = True) -> Finding:
    row.state, row.settled_at, row.settled_by_id = state, timezone.now(), getattr(by, "pk", None)
    row.save()
    engine.note(f"finding.{state}", subject=row.application.subject, record=row, by=by)
    if tell:
        mails.send_finding_settled(row)
    return row


def _open(finding) -> Finding:
    rows = Finding.objects.select_for_update(of=("self",)).select_related("application__subject")
    row = rows.get(pk=finding.pk)
    if row.state != State.OPEN:
        raise NotPossible(_("Somebody has settled this meanwhile. Nothing was changed: look at it again."))
    return row
