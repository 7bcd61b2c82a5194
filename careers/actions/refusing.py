"""Refusing many at once: a named person sees each mail first, and exactly these are sent, once each (N31, L17).

`plan_refusal` is the dry run: who would get which mail, and who would not and why. `order_refusal` takes the digest of
the plan that was shown and keeps the list; the job then tells one person at a time, each in a transaction of its own,
and may be killed and taken up again at any line. Whoever changed after the order is left out and named with the reason.
"""

import json
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers import blindness
from careers.actions.deciding import NotAsShown, Preview, move_locked, preview_move
from careers.actions.errors import NotPossible
from careers.models import Application, BulkRefusal, Hiring, RefusalLine, State, Step
from careers.models.application import DECIDED
from careers.rules.stages import REFUSED_AT_ONCE
from privacy import actions as engine
from privacy.queries import active
from privacy.screens.scoping import unlock

JOB = "careers.bulk-refusal"
LINES_PER_LEASE = 20


@dataclass(frozen=True)
class Text:
    """What is said in one language: the reason each of them can read, and a paragraph in the mail."""

    reason: str
    words: str = ""


@dataclass(frozen=True)
class Planned:
    """One person who would be told, with the letter as it would go out."""

    application: Application
    preview: Preview


@dataclass(frozen=True)
class LeftOut:
    """One application on the list that would not be refused. `is_hidden`: not even the name may be shown."""

    application: Application
    why: str
    is_hidden: bool = False


@dataclass(frozen=True)
class RefusalPlan:
    """The dry run: who is told, who is left out, and the digest of every mail that was shown."""

    told: list[Planned] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    digest: str = ""


def listed(reference: str, *, steps=(), picked=()):
    """The applications for one vacancy that stand in these steps, or were picked one by one."""
    rows = Application.objects.filter(vacancy_reference=reference)
    return rows.filter(step__in=steps) | rows.filter(pk__in=picked)


def plan_refusal(reference: str, *, texts: dict[str, Text], by=None, steps=(), picked=(), on=None) -> RefusalPlan:
    """Write every mail without sending any. Raises NotPossible when a text is missing or not allowed.

    `texts` is {language: Text}; every language on the list needs its own. `by` is who reads the mails, which say names:
    whoever may not know one of them yet in a blind review is refused before any is written.
    """
    rows = listed(reference, steps=steps, picked=picked).select_related("subject")
    rows = list((blindness.marked(rows, by) if by is not None else rows).order_by("submitted_at", "pk"))
    readable = set(active(Application.objects.filter(pk__in=[row.pk for row in rows])).values_list("pk", flat=True))
    _refuse_blind([row for row in rows if row.pk in readable])
    unlock(rows)
    in_line = _in_line(rows)
    told, left_out = [], []
    for row in rows:
        why = _obstacle(row, readable=readable, in_line=in_line)
        if why:
            left_out.append(LeftOut(row, why, is_hidden=why in ("paused", "withdrawn")))
        else:
            told.append(Planned(row, _preview(row, texts, on)))
    return RefusalPlan(told, left_out, _digest(told, texts))


def languages_of(reference: str, *, steps=(), picked=()) -> Counter:
    """{language: how many} of those on the list who can be refused at all."""
    rows = active(listed(reference, steps=steps, picked=picked)).filter(step__in=REFUSED_AT_ONCE)
    return Counter(rows.values_list("language", flat=True))


def _refuse_blind(rows) -> None:
    hidden = [row for row in rows if blindness.is_marked_blind(row) and row.state != State.WITHDRAWN]
    if hidden:
        raise NotPossible(
            ngettext(
                "Names are hidden, and you have not assessed %(n)d of these applicants. Hand in your own assessment "
                "first, or choose only those you have assessed. Nothing was sent.",
                "Names are hidden, and you have not assessed %(n)d of these applicants. Hand in your own assessments "
                "first, or choose only those you have assessed. Nothing was sent.",
                len(hidden),
            )
            % {"n": len(hidden)}
        )


@transaction.atomic
def order_refusal(hiring, *, texts: dict[str, Text], shown: str, by, steps=(), picked=()) -> BulkRefusal:
    """Keep the list as it was shown and put it in line. Raises NotAsShown when the plan is another by now."""
    if by is None:
        raise NotPossible(_("Only a person can refuse applications. Nothing was changed."))
    # One order at a time: of two clicks on the same button the second one finds everybody in line.
    Hiring.objects.select_for_update().get(pk=hiring.pk)
    plan = plan_refusal(hiring.reference, texts=texts, by=by, steps=steps, picked=picked)
    if not constant_time_compare(shown, plan.digest) or not plan.told:
        raise NotAsShown(_("The list changed after you saw it. Nothing was sent: look at it again, and confirm."))
    kept = {language: {"reason": text.reason, "words": text.words} for language, text in texts.items()}
    order = BulkRefusal.objects.create(
        hiring=hiring, ordered_by_id=by.pk, digest=plan.digest, texts=kept, shown=len(plan.told)
    )
    RefusalLine.objects.bulk_create(
        RefusalLine(refusal=order, application=each.application, digest=each.preview.digest) for each in plan.told
    )
    engine.note("applications.refusal_ordered", record=order, by=by)
    engine.enqueue(JOB, ref=order.pk)
    return order


def carry_out_refusal(ref) -> None:
    """Tell everybody on the list who has not been told. May be called again after a kill at any point."""
    order = BulkRefusal.objects.select_related("ordered_by").filter(pk=ref, finished_at__isnull=True).first()
    if order is None:
        return
    texts = {language: Text(**text) for language, text in order.texts.items()}
    waiting = order.lines.filter(outcome=RefusalLine.Outcome.WAITING).order_by("application__submitted_at", "pk")
    for number, key in enumerate(list(waiting.values_list("pk", flat=True))):
        if number % LINES_PER_LEASE == 0:
            engine.extend_lease(order.pk)
        _settle(order, key, texts)
    _finish(order)


def give_up_refusal(ref) -> None:
    """What could not be carried out after many attempts is left out, in sight; HR can order it again."""
    for order in BulkRefusal.objects.filter(pk=ref, finished_at__isnull=True):
        _finish(order)


@transaction.atomic
def _settle(order, key, texts) -> None:
    lines = RefusalLine.objects.select_for_update().filter(pk=key, outcome=RefusalLine.Outcome.WAITING)
    line = lines.first()
    # Told by another worker meanwhile, or gone with an application that was withdrawn.
    if line is None:
        return
    line.why = _tell(order, line, texts)
    line.outcome = RefusalLine.Outcome.LEFT_OUT if line.why else RefusalLine.Outcome.TOLD
    line.settled_at = timezone.now()
    line.save(update_fields=["why", "outcome", "settled_at"])


def _tell(order, line, texts) -> str:
    """Refuse one person; returns why not, or nothing."""
    if order.ordered_by is None:
        return RefusalLine.Why.NOBODY
    rows = active(Application.objects.filter(pk=line.application_id)).select_related("subject")
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        return RefusalLine.Why.PAUSED
    if row.step not in REFUSED_AT_ONCE or row.step_since > order.ordered_at:
        return RefusalLine.Why.MOVED
    text = texts[row.language]
    try:
        move_locked(
            row,
            to=Step.REJECTED,
            by=order.ordered_by,
            reason=text.reason,
            words=text.words,
            shown=line.digest,
            on=timezone.localdate(order.ordered_at),
        )
    except NotAsShown:
        return RefusalLine.Why.CHANGED
    except NotPossible:
        return RefusalLine.Why.MOVED
    return ""


@transaction.atomic
def _finish(order) -> None:
    waiting = order.lines.filter(outcome=RefusalLine.Outcome.WAITING)
    waiting.update(outcome=RefusalLine.Outcome.LEFT_OUT, settled_at=timezone.now())
    told = order.lines.filter(outcome=RefusalLine.Outcome.TOLD).count()
    # Whoever withdrew meanwhile has no line any more, and is left out all the same.
    BulkRefusal.objects.filter(pk=order.pk).update(
        told=told, left_out=order.shown - told, texts={}, finished_at=timezone.now()
    )


def _obstacle(row, *, readable, in_line) -> str:
    """Why an application cannot be refused together with others; nothing when it can."""
    if row.state == State.WITHDRAWN:
        return "withdrawn"
    if row.pk not in readable:
        return "paused"
    if row.state in DECIDED:
        return "decided"
    if row.step not in REFUSED_AT_ONCE:
        return "offer"
    if row.pk in in_line:
        return "in_line"
    return "" if row.email else "no_address"


def _in_line(rows) -> set:
    lines = RefusalLine.objects.filter(
        outcome=RefusalLine.Outcome.WAITING, application__in=[row.pk for row in rows], refusal__finished_at__isnull=True
    )
    return set(lines.values_list("application_id", flat=True))


def _preview(row, texts, on) -> Preview:
    text = texts.get(row.language)
    if text is None:
        raise NotPossible(_("Write the reason in every language of the list. Nothing was sent."))
    return preview_move(row, to=Step.REJECTED, reason=text.reason, words=text.words, on=on)


def _digest(told, texts) -> str:
    said = {language: [text.reason, text.words] for language, text in sorted(texts.items())}
    facts = [said, *sorted(each.preview.digest for each in told)]
    return salted_hmac("careers.refusals", json.dumps(facts), algorithm="sha256").hexdigest()
