"""The office corrects what a person says is wrong, and tells them when a pause ends, by mail or letter (L11, L13)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import JSONField, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import registry, words
from privacy.actions.correction import NotEditable, correct_by_staff
from privacy.actions.request_answers import answer
from privacy.actions.request_case import RequestRefused, today
from privacy.actions.request_fulfilment import begin, notice
from privacy.actions.request_mail import in_words
from privacy.actions.request_self_service import named
from privacy.actions.restrictions import announce_lift, lift_restriction
from privacy.actions.stop_mail import can_be_mailed
from privacy.actions.subjects import add_identifier
from privacy.declare import KEEP, OBSERVED, Category, Field
from privacy.models import RequestMessage, Restriction, SubjectRequest
from privacy.rules import requests as rules

Right = SubjectRequest.Right
# A letter takes some days: the end of a pause that is told on paper leaves it time to arrive.
POST_DAYS = 7
# How somebody signs in is changed by themselves alone.
NOT_BY_US = (Category.LOGIN, Category.CREDENTIAL)


def correctable_fields(declaration) -> list[str]:
    """The columns of a class that the office may correct for a person, as one types them into a form.

    Left out are our own bookkeeping and proofs, and what we have noted ourselves, days that clocks count from say:
    that is put right on the pages of its owner.
    """
    if declaration.evidence or declaration.model._meta.app_label == "privacy":
        return []
    return [name for name, what in declaration.fields_of(Field).items() if _is_correctable(declaration, name, what)]


def _is_correctable(declaration, name: str, what: Field) -> bool:
    column = declaration.model._meta.get_field(name)
    if what.secret or what.third_person or not what.shown or what.category in NOT_BY_US or what.scope is OBSERVED:
        return False
    if column.is_relation or isinstance(column, JSONField) or not column.editable:
        return False
    # One of a list is mostly a step of the owner's own work, an order's state say, and moved by its acts alone.
    if column.choices and not what.editable_by_subject:
        return False
    return not (declaration.statutory and what.on_erase is KEEP)


@transaction.atomic
def correct_for(request, *, row, changes: dict, by) -> SubjectRequest:
    """Correct one record of the person, tell those who have it (Art 19), and answer with the names of the fields.

    Nobody used the record while it was contested: the end of that pause is announced, and the answer says its day.
    RequestRefused for what may not be changed and when nothing changes; ValidationError for an impossible value.
    """
    begin(request, Right.CORRECTION, by=by)
    declaration = registry.declaration_of(type(row))
    if set(changes) - set(correctable_fields(declaration)):
        raise RequestRefused(_("This is not corrected here. Nothing was changed."))
    try:
        changed = correct_by_staff(row, changes=changes, request=request, by=by)
    except NotEditable as refusal:
        raise RequestRefused(str(refusal)) from None
    if not changed:
        raise RequestRefused(_("This is what is stored already. Change what is wrong. Nothing was changed."))
    for name in changed:
        if declaration.fields[name].category is Category.EMAIL and changes[name]:
            add_identifier(request.subject.person, email=changes[name], by=by)
    day = _announce_end_of_check(request, row, by=by)
    with override(request.language):
        text = _("We have corrected this, and it counts from now on: %(what)s.") % {"what": named(row, changed)}
        if day is not None:
            until = {"day": in_words(day, request.language)}
            text += " " + _("We have not used it since you told us. From %(day)s on we use it again.") % until
    return answer(request, outcome=rules.FULFILLED, text=text, by=by)


def _announce_end_of_check(request, row, *, by) -> date | None:
    this = Q(model=registry.declaration_of(type(row)).name(), object_pk=str(row.pk)) | Q(request=request)
    paused = Restriction.objects.filter(this, subject__in=request.subject.group(), ground=Restriction.Ground.ACCURACY)
    by_letter = not can_be_mailed(request.subject)
    days = []
    for each in paused.filter(lifted_at__isnull=True):
        day = each.lift_on or today() + timedelta(days=POST_DAYS if by_letter else 1)
        if each.lift_on is None:
            announce_lift(each, on=day, by=by, by_letter=by_letter)
        days.append(day)
    return max(days, default=None)


@transaction.atomic
def announce_end(request, restriction, *, on: date, by) -> Restriction:
    """Tell the person that a pause ends on ``on``: by mail, or by a letter that lies in the case to be printed."""
    by_letter = not can_be_mailed(restriction.subject)
    announced = announce_lift(restriction, on=on, by=by, by_letter=by_letter)
    if by_letter:
        with override(request.language):
            label = restriction.model
            what = words.model_title(label) if label else _("everything we hold about you")
            text = _("The pause ends on %(day)s: %(what)s. From that day on we use it again.") % {
                "day": in_words(on, request.language),
                "what": what,
            }
        notice(request, text, by=by)
    return announced


@transaction.atomic
def end_pause(request, restriction, *, by) -> Restriction:
    """End a pause that was announced (`lift_restriction`). RequestRefused while the letter that says so lies here."""
    waiting = request.messages.filter(direction=RequestMessage.Direction.TO_PERSON, sent_at__isnull=True)
    if waiting.exists() and not can_be_mailed(restriction.subject):
        raise RequestRefused(_("The letter to the person is not posted yet. Post it first; the pause stays."))
    return lift_restriction(restriction, by=by)
