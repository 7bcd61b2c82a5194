"""Interviews: times offered, one agreed, changed, called off. Every step is one act and one mail (N31)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import meeting_mails as mails
from careers.actions.errors import NotPossible
from careers.actions.guardians import require_guardian
from careers.models import Application, Interview, InterviewSlot
from careers.rules import interviews as rules
from privacy import actions as engine

State = Interview.State


@transaction.atomic
def offer_interview(
    application, *, times, minutes: int, kind: str, place: str, with_whom: str, message: str, by, agreed: bool = False
) -> Interview:
    """Offer one time or several; the applicant is told by mail and chooses. `times` are moments, `kind` a code.

    With `agreed` there is exactly one time, which was agreed on in another way (the phone): the invitation goes out at
    once. The stage of the application does not move: HR does that, in an act of its own. Raises NotPossible.
    """
    row = _live(application)
    require_guardian(row)
    times = _checked(times, minutes)
    if agreed and len(times) != 1:
        raise NotPossible(_("Only one time can be the one you agreed on. Nothing was saved: leave the others empty."))
    interview = Interview.objects.create(
        application=row,
        kind=kind,
        minutes=minutes,
        place=place.strip(),
        with_whom=with_whom.strip(),
        message=message.strip(),
        state=State.AGREED if agreed else State.OFFERED,
        starts_at=times[0] if agreed else None,
        made_by_id=getattr(by, "pk", None),
    )
    _offer(interview, () if agreed else times)
    _note(interview, "interview.agreed" if agreed else "interview.offered", by)
    if agreed:
        mails.send_agreed(interview)
    else:
        mails.send_offer(interview, times)
    return interview


@transaction.atomic
def offer_other_times(interview, *, times, by) -> Interview:
    """Offer other times for a meeting that has none: what was offered before is replaced. Raises NotPossible."""
    row = _locked(interview)
    _live(row.application)
    times = _checked(times, row.minutes)
    if row.state not in (State.OFFERED, State.NO_TIME):
        raise NotPossible(_("This interview has a time already, or was called off. Nothing was changed."))
    _offered_no_more(row)
    row.state, row.answer, row.answered_at = State.OFFERED, "", None
    row.save()
    _offer(row, times)
    _note(row, "interview.offered", by)
    mails.send_offer(row, times)
    return row


@transaction.atomic
def choose_time(interview, *, slot, by) -> Interview:
    """The applicant takes one of the offered times. Choosing the same one twice changes nothing more.

    `slot` is the key of the offered time, `by` who is signed in or None for a signed link. Raises NotPossible.
    """
    row = _locked(interview)
    chosen = row.slots.filter(pk=slot).first()
    if chosen is None:
        raise NotPossible(_("This time is no longer offered. Nothing was changed: look at the times that are."))
    if row.state == State.AGREED and row.starts_at == chosen.starts_at:
        return row
    if not rules.can_choose(row.state, chosen.starts_at, timezone.now()):
        raise NotPossible(_("This time has passed, or the interview was changed. Nothing was changed: look again."))
    row.state, row.starts_at, row.answer, row.answered_at = State.AGREED, chosen.starts_at, "", timezone.now()
    # The entry may have been in the calendar before, and was taken out: this is a later version of it.
    row.save()
    _note(row, "interview.agreed", by)
    mails.send_agreed(row)
    return row


@transaction.atomic
def no_time_fits(interview, *, answer: str, by) -> Interview:
    """The applicant can take none of the times and may say why; HR offers others. Raises NotPossible."""
    row = _locked(interview)
    if row.state == State.NO_TIME:
        return row
    if row.state != State.OFFERED:
        raise NotPossible(_("This interview was changed meanwhile. Nothing was changed: look at it again."))
    _answered(row, answer)
    row.save()
    _note(row, "interview.no_time", by)
    return row


@transaction.atomic
def cannot_come(interview, *, answer: str, by) -> Interview:
    """The applicant cannot come to the agreed meeting: it leaves the calendar, and HR may offer other times."""
    row = _locked(interview)
    if not rules.can_call_off(row.state, row.starts_at, timezone.now()):
        raise NotPossible(_("There is no agreed time ahead that could be called off. Nothing was changed."))
    row.sequence += 1
    _answered(row, answer)
    row.save()
    mails.send_called_off(row, by_applicant=True)
    # The next invitation is a later version of the same entry.
    row.sequence, row.starts_at = row.sequence + 1, None
    row.save(update_fields=["sequence", "starts_at"])
    _offered_no_more(row)
    _note(row, "interview.cannot_come", by)
    return row


@transaction.atomic
def change_interview(
    interview, *, starts_at, minutes: int, kind: str, place: str, with_whom: str, message: str, by
) -> Interview:
    """Another time, place or other people for an agreed meeting: the same entry in the calendar, one version on."""
    row = _locked(interview)
    _live(row.application)
    if row.state != State.AGREED:
        raise NotPossible(_("This interview has no agreed time. Nothing was changed: offer times instead."))
    if starts_at != row.starts_at or minutes != row.minutes:
        _checked([starts_at], minutes)
    row.starts_at, row.minutes, row.kind = starts_at, minutes, kind
    row.place, row.with_whom, row.message = place.strip(), with_whom.strip(), message.strip()
    row.sequence += 1
    row.save()
    _note(row, "interview.changed", by)
    mails.send_changed(row)
    return row


@transaction.atomic
def cancel_interview(interview, *, by) -> Interview:
    """Call it off; the applicant is told. Calling off twice changes nothing more."""
    row = _locked(interview)
    if row.state == State.CANCELLED:
        return row
    agreed = rules.can_call_off(row.state, row.starts_at, timezone.now())
    row.state, row.sequence = State.CANCELLED, row.sequence + 1
    row.save()
    _offered_no_more(row)
    _note(row, "interview.cancelled", by)
    if agreed:
        mails.send_called_off(row, by_applicant=False)
    else:
        mails.send_offer_withdrawn(row)
    return row


def end_interviews(application) -> None:
    """The application ends: meetings that lie ahead leave the applicant's calendar. Call it in that transaction.

    The rows go with the application. Whoever was to interview sees it on their page; they get no mail about a person.
    """
    for row in application.interviews.filter(state=State.AGREED, starts_at__gt=timezone.now()):
        row.state, row.sequence = State.CANCELLED, row.sequence + 1
        row.save()
        mails.send_called_off(row, by_applicant=True, tied=False)


def _offer(interview, times) -> None:
    InterviewSlot.objects.bulk_create(InterviewSlot(interview=interview, starts_at=each) for each in times)


def _offered_no_more(interview) -> None:
    # Moments the office proposed and has taken back; what was said and agreed stays in the interview.
    interview.slots.all().delete()


def _answered(row, answer: str) -> None:
    row.state, row.answer, row.answered_at = State.NO_TIME, answer.strip(), timezone.now()


def _checked(times, minutes: int) -> list:
    try:
        return rules.check_times(list(times), minutes=minutes, now=timezone.now())
    except rules.NoSuchTime as refusal:
        raise NotPossible(str(refusal)) from refusal


def _live(application) -> Application:
    row = Application.objects.select_related("subject", "vacancy").get(pk=application.pk)
    if not row.is_live:
        raise NotPossible(_("This application is decided or withdrawn. Nothing was changed."))
    return row


def _locked(interview) -> Interview:
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "application__subject", "application__vacancy"
    )
    return rows.get(pk=interview.pk)


def _note(interview, action: str, by) -> None:
    engine.note(action, subject=interview.application.subject, record=interview, by=by)
