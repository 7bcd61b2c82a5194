"""What a person does about their data on their own page: every use of a right ends in a case (N61, T18, L11, L13, L16).

What can be done at once is done here and written down as a finished case; the rest waits for the office under the law's
clock. The words of an answer lie in the case, sealed with the person's key, in the language they were given in.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from privacy import words
from privacy.actions.copies import KEPT_FOR, MOST_DOWNLOADS, page_of, request_copy
from privacy.actions.copy_cases import copy_is_ready
from privacy.actions.correction import correct
from privacy.actions.erasure import request_erasure
from privacy.actions.objections import object_to
from privacy.actions.request_case import Case
from privacy.actions.requests import new_request, open_one, open_request, record_done
from privacy.actions.restrictions import restrict
from privacy.models import Copy, SubjectRequest
from privacy.models.restriction import DIRECT_MARKETING
from privacy.rules import requests as rules

Right = SubjectRequest.Right
SIGNED_IN, STEP_UP = SubjectRequest.Identity.SIGNED_IN, SubjectRequest.Identity.STEP_UP


@transaction.atomic
def ask_for_copy(subject, *, right: str, language: str, by) -> Copy:
    """Ask for a copy, to see (``access``) or to take elsewhere (``portability``). It answers its case when ready.

    A case of the same right that came another way stays with the office and is told of the copy.
    """
    asked = request_copy(subject, by=by, language=language)
    found = open_one(subject.person, right)
    if found is None:
        _wait_for(asked, right=right, language=language, by=by)
    elif found.copy_id is None:
        open_request(subject, right=right, identity=STEP_UP, text=_("I have asked for a copy on my page."), by=by)
    else:
        SubjectRequest.objects.filter(pk=found.pk).update(copy=asked)
    return answer_if_ready(asked)


def answer_if_ready(asked: Copy) -> Copy:
    """The copy as it is now; had the worker finished one that was already under way, its cases are answered here."""
    now = Copy.objects.select_for_update().get(pk=asked.pk)
    if now.state == Copy.State.READY:
        copy_is_ready(now, url=page_of(now), times=MOST_DOWNLOADS, days=KEPT_FOR.days)
    return now


def _wait_for(copy: Copy, *, right: str, language: str, by) -> None:
    # The person sees on the page that it is under way and gets one mail when it is ready: no receipt by mail as well.
    request = new_request(copy.subject, right=right, channel="web", identity=STEP_UP, language=language, by=by)
    case = Case(request, by=by)
    case.happened(rules.RECEIVED)
    request.copy = copy
    case.reach(rules.IN_PROGRESS)
    case.save(rules.IN_PROGRESS)


@transaction.atomic
def correct_own(row, *, subject, changes: dict, by) -> SubjectRequest | None:
    """Correct the person's own facts at once; the case names the fields. None when nothing really changed.

    Raises NotEditable and ValidationError as `correct` does.
    """
    fields = correct(row, subject=subject, changes=changes, by=by)
    if not fields:
        return None
    text = _("You corrected this yourself, and it counts from now on: %(what)s.") % {"what": named(row, fields)}
    return record_done(
        subject, right=Right.CORRECTION, answer=text, identity=SIGNED_IN, about=row, fields=fields, by=by
    )


@transaction.atomic
def contest(row, *, subject, fields, text: str, by) -> SubjectRequest:
    """What the person says is wrong and cannot change: an open case, and nobody uses the row meanwhile."""
    case = open_request(
        subject, right=Right.CORRECTION, identity=SIGNED_IN, text=text, about=row, fields=sorted(fields), by=by
    )
    restrict(subject, ground="accuracy", record=row, request=case, by=by)
    return case


@transaction.atomic
def pause(subject, *, ground: str, record=None, by) -> SubjectRequest:
    """Stop every use of one record, or of all that is held about the person, at once (Art 18)."""
    text = paused_from_today(record)
    case = record_done(subject, right=Right.RESTRICTION, answer=text, identity=SIGNED_IN, about=record, by=by)
    restrict(subject, ground=ground, record=record, request=case, by=by)
    return case


def paused_from_today(record=None) -> str:
    """What a pause of one record, or of everything, means for the person."""
    what = words.model_title(record._meta.label) if record is not None else _("everything we hold about you")
    return _(
        "Paused from today: %(what)s. We keep it and use it for nothing else. Before we use it again we tell you."
    ) % {"what": what}


@transaction.atomic
def object_at_once(subject, *, activity: str, text: str = "", by) -> SubjectRequest:
    """Stop one activity for this person at once; marketing for good, others until the office has weighed (Art 21)."""
    if activity == DIRECT_MARKETING:
        said = no_marketing()
        case = record_done(subject, right=Right.OBJECTION, answer=said, identity=SIGNED_IN, activity=activity, by=by)
    else:
        case = open_request(subject, right=Right.OBJECTION, identity=SIGNED_IN, text=text, activity=activity, by=by)
    object_to(subject, activity=activity, request=case, by=by)
    return case


def no_marketing() -> str:
    """What an objection to marketing means for the person."""
    return _("We send you no marketing from now on, in no channel, and make no profile for it. This stays so.")


@transaction.atomic
def have_it_in_writing(subject, *, by) -> SubjectRequest:
    """Art 22 in writing: what is true here, as an answer with a number and a date (L17)."""
    return record_done(
        subject, right=Right.NO_AUTOMATED_DECISION, answer=no_machine_decides(), identity=SIGNED_IN, by=by
    )


def no_machine_decides() -> str:
    """What is true about decisions by machines here."""
    return _(
        "We make no decision about you by a machine alone, and no profile decides anything. Orders, answers and job "
        "applications are decided by people. The only things that happen by themselves are deletions on the day shown "
        "on your page."
    )


@transaction.atomic
def ask_a_person(subject, *, text: str, by) -> SubjectRequest:
    """Somebody in the office looks at a decision again and answers in writing."""
    return open_request(subject, right=Right.NO_AUTOMATED_DECISION, identity=SIGNED_IN, text=text, by=by)


@transaction.atomic
def ask_to_delete(row, *, subject, text: str, by) -> SubjectRequest:
    """The person wants one record gone and the rest kept: a case for the office, because others may rest on it."""
    return open_request(subject, right=Right.ERASURE, identity=SIGNED_IN, text=text, about=row, by=by)


@transaction.atomic
def order_erasure(subject, *, by):
    """Order the erasure of everything and keep its case; None when everything that can go is gone already.

    The case is answered by the erasure itself when it is carried out.
    """
    erasure = request_erasure(subject, cause="request", by=by)
    if erasure is not None:
        text = _("We have begun to delete your data. What a law makes us keep is locked away until its day.")
        record_done(subject, right=Right.ERASURE, answer=text, erasure=erasure, by=by)
    return erasure


def named(row, fields) -> str:
    """A record and some of its columns in words: "Contact: name, phone"."""
    titles = ", ".join(words.column_label(type(row), name, words.field_title(name, row._meta.label)) for name in fields)
    return f"{words.model_title(row._meta.label)}: {titles}" if titles else words.model_title(row._meta.label)
