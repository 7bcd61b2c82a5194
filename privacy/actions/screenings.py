"""Assessments: drafted, approved by another, looked at again every year; without them nothing begins (N26, L36)."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions.trail import actor_id, note
from privacy.models import Screening
from privacy.queries import screenings as queries
from privacy.rules import screenings as rules
from privacy.rules.deadlines import oslo_date
from privacy.second_person import second_person


class ScreeningRefused(Exception):
    """This cannot be done with the assessment. The message is a sentence for people."""


class NotActive(Exception):
    """The activity has not been cleared to begin. The message is a sentence for whoever tried."""


def require_active(code: str) -> None:
    """Raise NotActive unless every assessment the activity needs is approved (`queries.screenings.is_active`)."""
    if not queries.is_active(code):
        title = {"title": registry.activity_of(code).title}
        raise NotActive(
            _("“%(title)s” waits for an approved assessment. Nothing was stored. Ask the privacy office.") % title
        )


@transaction.atomic
def draft_screening(activity: str, *, kind: str, by) -> Screening:
    """A new draft: from the version before it, else from what the declaration says. An open draft is returned."""
    declared = registry.activity_of(activity)
    if kind not in rules.needed(declared):
        raise ScreeningRefused(_("This activity needs no such assessment. Nothing was changed."))
    versions = queries.versions_of(activity, kind)
    if versions and versions[0].state == Screening.State.DRAFT:
        return versions[0]
    before = next((row for row in versions if row.state in Screening.IN_FORCE), None)
    draft = Screening.objects.create(
        activity=activity,
        kind=kind,
        version=versions[0].version + 1 if versions else 1,
        answers=dict(before.answers) if before else _declared(declared, kind),
        outcome=before.outcome if before else Screening.Outcome.WITH_MEASURES,
        author=actor_id(by),
    )
    note("screening.drafted", record=draft, by=by, reason=activity)
    return draft


def ensure_screenings(*, by) -> list[Screening]:
    """A draft, from the declarations, for every assessment that is needed and neither in force nor drafted."""
    waiting = [each for each in queries.standings() if each.is_missing and each.draft is None]
    return [draft_screening(each.activity.code, kind=each.kind, by=by) for each in waiting]


@transaction.atomic
def edit_screening(screening: Screening, *, answers: dict[str, str], outcome: str, by) -> Screening:
    """Write the answers of a draft; whoever wrote last is its author, and somebody else approves."""
    screening = _locked(screening)
    _refuse_unless_draft(screening)
    if outcome not in Screening.Outcome.values:
        raise ScreeningRefused(_("Choose what the assessment comes to. Nothing was changed."))
    kept = {name: answers.get(name, "").strip() for name in rules.QUESTIONS[screening.kind]}
    changed = sorted(name for name, text in kept.items() if text != screening.answers.get(name, ""))
    screening.answers, screening.outcome, screening.author = kept, outcome, actor_id(by)
    screening.save(update_fields=["answers", "outcome", "author"])
    note("screening.edited", record=screening, fields=changed, by=by, reason=screening.activity)
    return screening


@transaction.atomic
def approve_screening(screening: Screening, *, by) -> Screening:
    """Put a draft in force for a year; the version before it is replaced. By another person than its author."""
    screening = _locked(screening)
    _refuse_unless_draft(screening)
    second_person(by, asked_by=screening.author)
    if rules.unanswered(screening.kind, screening.answers):
        raise ScreeningRefused(_("A question has no answer yet. Write it, then somebody else approves."))
    if screening.outcome == Screening.Outcome.NOT_ACCEPTABLE:
        raise ScreeningRefused(_("It comes to “may not go on”, so it can be rejected, not approved."))
    _put_in_force(screening, author=screening.author, reviewer=actor_id(by))
    note("screening.approved", record=screening, by=by, reason=screening.activity)
    return screening


@transaction.atomic
def reject_screening(screening: Screening, *, by) -> Screening:
    """Another person than its author says no. What is in force before it stays in force."""
    screening = _locked(screening)
    _refuse_unless_draft(screening)
    second_person(by, asked_by=screening.author)
    screening.state, screening.reviewer, screening.decided_at = Screening.State.REJECTED, actor_id(by), timezone.now()
    screening.save(update_fields=["state", "reviewer", "decided_at"])
    note("screening.rejected", record=screening, by=by, reason=screening.activity)
    return screening


def mark_due(*, as_of, dry_run: bool = False) -> dict:
    """Assessments whose year has passed are due for review; what rests on them goes on. Returns {"due": count}."""
    due = Screening.objects.filter(state=Screening.State.APPROVED, next_review_on__lte=oslo_date(as_of))
    found = list(due)
    for screening in [] if dry_run else found:
        with transaction.atomic():
            due.filter(pk=screening.pk).update(state=Screening.State.DUE)
            note("screening.due", record=screening, by=None, reason=screening.activity)
    return {"due": len(found)}


@transaction.atomic
def adopt_declared(*, author=None, reviewer=None) -> int:
    """Approve what the declarations say where nothing is in force: for demonstrations and tests. Returns how many.

    A production refuses: there two persons write and approve each of them (ScreeningRefused).
    """
    if getattr(settings, "PRODUCTION", False):
        raise ScreeningRefused(_("Here every assessment is approved by two persons, one by one."))
    waiting = [each for each in queries.standings() if each.is_missing]
    for each in waiting:
        screening = draft_screening(each.activity.code, kind=each.kind, by=author)
        _put_in_force(screening, author=actor_id(author), reviewer=actor_id(reviewer))
        note("screening.approved", record=screening, by=reviewer, reason=screening.activity)
    return len(waiting)


def _put_in_force(screening: Screening, *, author, reviewer) -> None:
    before = Screening.objects.filter(activity=screening.activity, kind=screening.kind, state__in=Screening.IN_FORCE)
    before.update(state=Screening.State.SUPERSEDED)
    now = timezone.now()
    screening.state, screening.decided_at = Screening.State.APPROVED, now
    screening.author, screening.reviewer = author, reviewer
    screening.next_review_on = rules.next_review(oslo_date(now))
    screening.save()


def _declared(activity, kind: str) -> dict[str, str]:
    # An assessment is one document: it is written in the language the office works in.
    with translation.override(settings.LANGUAGE_CODE):
        return rules.declared_answers(activity, kind)


def _locked(screening: Screening) -> Screening:
    return Screening.objects.select_for_update().get(pk=screening.pk)


def _refuse_unless_draft(screening: Screening) -> None:
    if screening.state != Screening.State.DRAFT:
        raise ScreeningRefused(_("Only a draft can be changed or decided. Make a new version first."))
