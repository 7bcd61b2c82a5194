"""Objecting to what rests on our interest: it stops at once and is weighed; marketing stops for good (L16, Art 21)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import registry, words
from privacy.actions.consent import withdraw_consent
from privacy.actions.erasure import erase_rows
from privacy.actions.request_case import RequestRefused
from privacy.actions.stop_mail import tell_person
from privacy.actions.suppression import suppress
from privacy.actions.trail import actor_id, note
from privacy.declare import Basis, KeepWith
from privacy.models import ConsentState, DataSubject, Objection
from privacy.models.restriction import DIRECT_MARKETING
from privacy.queries.subjects import is_marketing
from privacy.reach import model_at, rows_of
from privacy.rules.consent import VALID
from privacy.rules.request_reasons import REFUSALS
from privacy.stop_ledger import remember_objection

State = Objection.State


class ObjectionRefused(RequestRefused):
    """An objection that does not fit, with what to do instead; nothing was changed."""


@transaction.atomic
def object_to(subject, *, activity: str, by, request=None) -> Objection:
    """Stop one activity for this person now. The same objection again is the same one.

    ``activity`` is the code of one that rests on our interest, to be weighed by the office, or DIRECT_MARKETING, which
    is followed at once: their addresses are suppressed and their consents to marketing end. Raises ObjectionRefused.
    """
    person = DataSubject.objects.select_for_update().get(pk=subject.person.pk)
    if activity == DIRECT_MARKETING:
        return _no_marketing(person, request=request, by=by)
    _refuse_other_bases(activity)
    standing = Objection.objects.filter(subject__in=person.group(), activity=activity)
    found = standing.exclude(state=State.OVERRULED).first()
    if found is not None:
        return found
    objection = Objection.objects.create(subject=person, activity=activity, request=request)
    note("objection.made", subject=person, record=objection, by=by, reason=activity)
    remember_objection(objection)
    return objection


def _refuse_other_bases(code: str) -> None:
    found = {each.code: each for each in registry.activities()}.get(code)
    if found is None:
        raise ObjectionRefused(_("We do not know this use of data. Choose one from the list; nothing was changed."))
    instead = {
        Basis.CONSENT: _("This rests on your consent. Take the consent back instead: then it stops."),
        Basis.CONTRACT: _("A contract with you needs this. You may ask us to pause, correct or delete it instead."),
        Basis.ENTER_CONTRACT: _("This is what you asked us to prepare. Take your request back instead: then it stops."),
        Basis.LEGAL_DUTY: _("A law makes us do this, so we cannot stop. You may have it corrected, or complain."),
    }.get(found.basis)
    if instead:
        raise ObjectionRefused(instead)


def _no_marketing(person, *, request, by) -> Objection:
    now = timezone.now()
    standing = Objection.objects.filter(subject__in=person.group(), activity=DIRECT_MARKETING).first()
    objection = standing or Objection(subject=person, activity=DIRECT_MARKETING)
    # Said again after a later yes, it counts from now: what was agreed to in between ends with it.
    objection.state, objection.made_at, objection.decided_at = State.UPHELD, now, now
    objection.request = request or objection.request
    objection.save()
    note("objection.made", subject=person, record=objection, by=by, reason=DIRECT_MARKETING)
    remember_objection(objection)
    suppress(person, by=by, source="objection")
    _end_marketing_consents(person, by=by)
    return objection


def _end_marketing_consents(person, *, by) -> None:
    given = ConsentState.objects.filter(subject__in=person.group(), state__in=VALID).select_related("subject")
    for purpose, about in sorted({(state.purpose, state.about) for state in given if is_marketing(state.purpose)}):
        withdraw_consent(person, purpose=purpose, about=about, method="objection", by=by)


@transaction.atomic
def decide_objection(objection, *, upheld: bool, reason_code: str = "", by) -> Objection:
    """Follow an objection and have that activity's rows erased unless something holds them (Art 17(1)(c)); or not.

    Not following needs a reason code of rules.request_reasons.REFUSALS; the person is mailed either way, with where to
    complain. Raises ObjectionRefused for a decision without a reason and for one that has been decided.
    """
    objection = Objection.objects.select_for_update(of=("self",)).select_related("subject").get(pk=objection.pk)
    if objection.state != State.OPEN:
        raise ObjectionRefused(_("This objection has been decided already. Nothing was changed."))
    if not upheld and reason_code not in REFUSALS:
        raise ObjectionRefused(_("Say which grounds weigh more than the person's. Nothing was decided."))
    objection.state = State.UPHELD if upheld else State.OVERRULED
    objection.decided_at, objection.decided_by = timezone.now(), actor_id(by)
    objection.reason_code = "" if upheld else reason_code
    objection.save()
    note(f"objection.{objection.state}", subject=objection.subject_id, record=objection, by=by, reason=reason_code)
    tell_person(objection.subject, f"objection_{objection.state}", _in_words(objection))
    if upheld:
        _erase_what_it_was_about(objection, by=by)
    return objection


def _in_words(objection) -> dict:
    with override(objection.subject.language):
        why = REFUSALS[objection.reason_code].label if objection.reason_code else ""
        return {"what": words.activity_title(objection.activity), "why": str(why)}


def _erase_what_it_was_about(objection, *, by) -> None:
    ids = objection.subject.group()
    for declaration in _classes_of(objection.activity):
        keys = list(rows_of(declaration, ids).values_list("pk", flat=True))
        if keys:
            erase_rows(declaration.model, subject=objection.subject, pks=keys, cause="request", by=by)


def _classes_of(activity: str) -> list:
    """The classes held for an activity; those that go with another of them go with it."""
    held = [each for each in registry.declarations() if each.activity.code == activity]
    held = [each for each in held if not each.evidence and not each.own_step]
    return [each for each in held if _parent(each) not in held]


def _parent(declaration):
    if not isinstance(declaration.keep, KeepWith):
        return None
    return registry.declaration_of(model_at(declaration.model, declaration.keep.path))
