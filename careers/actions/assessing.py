"""Criteria, and what each reader thinks of an application by them. Nothing is added up, nobody is ranked (L17, T42)."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import blindness
from careers.actions.errors import NotPossible
from careers.actions.notes import checked_words, covered_words
from careers.models import Abstention, Assessment, Criterion, Hiring, Judgement
from careers.rules.assessments import cover_again
from careers.rules.questions import forbidden_in
from privacy import actions as engine
from privacy.screens.scoping import unlock

MOST_CRITERIA = 12


def criteria_of(hiring) -> list[Criterion]:
    """What is judged now, in its order."""
    return list(Criterion.objects.filter(hiring__reference=hiring.reference, ended_at__isnull=True))


@transaction.atomic
def add_criterion(hiring, *, title: str, meaning: str, need: str, by) -> Criterion:
    """Ask one thing more of everybody. Raises NotPossible: too many, empty, a forbidden subject."""
    hiring = Hiring.objects.select_for_update().get(pk=hiring.pk)
    rows = hiring.criteria.filter(ended_at__isnull=True)
    if rows.count() >= MOST_CRITERIA:
        raise NotPossible(_("There are twelve criteria already. Nothing was saved: take one away first."))
    title, meaning = _fit_for_a_job(title, meaning)
    last = rows.aggregate(last=Max("order"))["last"] or 0
    row = Criterion.objects.create(hiring=hiring, order=last + 1, title=title, meaning=meaning, need=need)
    engine.note("criterion.added", record=row, by=by)
    return row


@transaction.atomic
def change_criterion(criterion, *, title: str, meaning: str, need: str, by) -> Criterion:
    """Say it in other words. What somebody was judged by stays as it was; the new words are a version of their own."""
    row = _current(criterion)
    title, meaning = _fit_for_a_job(title, meaning)
    if (title, meaning, need) == (row.title, row.meaning, row.need):
        return row
    if is_used(row):
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        row = Criterion(hiring=row.hiring, order=row.order, replaces=row)
    row.title, row.meaning, row.need = title, meaning, need
    row.save()
    engine.note("criterion.changed", record=row, by=by)
    return row


@transaction.atomic
def move_criterion(criterion, *, up: bool, by) -> None:
    """One place up or down; the first stays first, the last stays last."""
    row = _current(criterion)
    rows = criteria_of(row.hiring)
    here = next(place for place, each in enumerate(rows) if each.pk == row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for order, each in enumerate(rows, start=1):
        Criterion.objects.filter(pk=each.pk).update(order=order)
    engine.note("criterion.moved", record=row, by=by)


@transaction.atomic
def end_criterion(criterion, *, by) -> None:
    """Judge by it no longer. What was judged by it stays readable; one nobody was judged by goes."""
    row = _current(criterion)
    engine.note("criterion.ended", record=row, by=by)
    if is_used(row):
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
    else:
        row.delete()


def is_used(criterion) -> bool:
    """Whether somebody was judged by it, in a draft or for good."""
    return criterion.judgements.exists()


@transaction.atomic
def set_blind(hiring, *, blind: bool, by) -> Hiring:
    """Begin or end the first review without names. It can begin until the vacancy closes; ending it shows all names."""
    row = Hiring.objects.select_for_update().get(pk=hiring.pk)
    if blind and blindness.has_closed(row.reference):
        raise NotPossible(
            _("The vacancy has closed, and names may have been seen. A review without names begins before that.")
        )
    if row.blind != blind:
        row.blind = blind
        row.save(update_fields=["blind"])
        engine.note("hiring.blind_begun" if blind else "hiring.blind_ended", record=row, by=by)
    return row


@transaction.atomic
def abstain(hiring, *, by) -> Abstention:
    """Say, for good, that one does not assess in this hiring. Raises NotPossible for who has handed one in."""
    handed_in = Assessment.objects.filter(
        application__vacancy_reference=hiring.reference, author=by, submitted_at__isnull=False
    )
    if handed_in.exists():
        raise NotPossible(_("You have handed in assessments for this vacancy already. Nothing was changed."))
    row, is_new = Abstention.objects.get_or_create(hiring=hiring, user_id=by.pk)
    if is_new:
        engine.note("hiring.abstained", record=row, by=by)
    return row


@transaction.atomic
def save_assessment(application, *, judgements: dict, by, submit: bool) -> Assessment:
    """Keep a draft, or hand it in. `judgements` is {criterion key: (level, reason)}; what is empty is left out.

    Handed in means: every criterion has a level and a reason, and the words do not change any more. Whoever corrects
    theirs writes a new version; the earlier one stays, marked as corrected. Raises NotPossible with a sentence.
    """
    hiring = Hiring.objects.filter(reference=application.vacancy_reference).first()
    criteria = criteria_of(hiring) if hiring else []
    if not criteria:
        raise NotPossible(_("There are no criteria yet. HR writes them first; nothing was saved."))
    if blindness.abstains(by, application.vacancy_reference):
        raise NotPossible(_("You have said that you do not assess in this hiring. Nothing was saved."))
    said = {key: (level, checked_words(reason)) for key, (level, reason) in judgements.items()}
    if submit:
        _refuse_unless_whole(criteria, said)
    draft = _draft(application, by)
    _write(draft, criteria, said)
    if submit:
        _hand_in(draft, by)
    return draft


def own_assessment(application, *, by) -> Assessment | None:
    """The reader's draft, or else what they have handed in and is in force."""
    own = application.assessments.filter(author=by)
    return own.filter(submitted_at__isnull=True).first() or own.filter(replaced_at__isnull=True).first()


def _draft(application, by) -> Assessment:
    row, _new = Assessment.objects.get_or_create(application=application, author=by, submitted_at=None)
    return row


@transaction.atomic
def cover_reason(judgement, *, passages: str, whole: bool, by) -> Judgement:
    """Mark passages of a reason, one per line, or all of it, as being about somebody else. Nothing of it is lost.

    The applicant gets the rest, and their copy lists what is withheld with the reason (L10). Without any passage the
    reason is uncovered again. Raises NotPossible for a passage that does not stand in it.
    """
    rows = Judgement.objects.select_for_update(of=("self",)).select_related("assessment__application__subject")
    row = rows.get(pk=judgement.pk)
    words = row.reason_in_full or row.reason
    row.reason, row.reason_in_full = covered_words(words, passages, whole=whole)
    row.save(update_fields=["reason", "reason_in_full"])
    engine.note("assessment.covered", subject=row.assessment.application.subject, record=row, by=by)
    return row


def _write(draft, criteria, said) -> None:
    covered = _covered_before(draft)
    for criterion in criteria:
        level, reason = said.get(str(criterion.pk), ("", ""))
        if level in Judgement.Level.values:
            # A row of its own by hand: a sealed column is bound to the key of its row.
            row = draft.judgements.filter(criterion=criterion).first()
            row = row or Judgement(assessment=draft, criterion=criterion)
            earlier = covered.get(criterion.pk)
            shown = cover_again(reason, full=earlier.reason_in_full, covered=earlier.reason) if earlier else reason
            row.level, row.reason, row.reason_in_full = level, shown, reason if shown != reason else ""
            row.save()


def _covered_before(draft) -> dict:
    """{criterion key: judgement} of the version in force, where something of a reason is covered."""
    rows = Judgement.objects.filter(
        assessment__application=draft.application_id,
        assessment__author=draft.author_id,
        assessment__submitted_at__isnull=False,
        assessment__replaced_at__isnull=True,
    )
    rows = rows.select_related("assessment__application__subject")
    return {each.criterion_id: each for each in unlock(rows) if each.reason_in_full}


def _refuse_unless_whole(criteria, said) -> None:
    for criterion in criteria:
        level, reason = said.get(str(criterion.pk), ("", ""))
        if level not in Judgement.Level.values or not reason:
            raise NotPossible(
                _(
                    "“%(criterion)s” has no level or no reason yet. Everything you wrote is below; "
                    "the applicant can read your reasons."
                )
                % {"criterion": criterion.title}
            )


def _hand_in(draft, by) -> None:
    now = timezone.now()
    earlier = draft.application.assessments.filter(author=by, submitted_at__isnull=False, replaced_at__isnull=True)
    is_correction = bool(earlier.update(replaced_at=now))
    draft.submitted_at = now
    draft.save(update_fields=["submitted_at"])
    act = "assessment.corrected" if is_correction else "assessment.submitted"
    engine.note(act, subject=draft.application.subject, record=draft, by=by)


def _current(criterion) -> Criterion:
    row = Criterion.objects.select_for_update(of=("self",)).select_related("hiring").get(pk=criterion.pk)
    if row.ended_at is not None:
        raise NotPossible(_("The criterion has a newer version by now. Nothing was changed: look at the list again."))
    return row


def _fit_for_a_job(title: str, meaning: str) -> tuple[str, str]:
    title, meaning = checked_words(title), checked_words(meaning)
    if not title:
        raise NotPossible(_("Write what is asked for. Nothing was saved."))
    for text in (title, meaning):
        if (topic := forbidden_in(text)) is not None:
            raise NotPossible(str(topic.refusal))
    return title, meaning
