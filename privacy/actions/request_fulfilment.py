"""The office carries out what a case asks for, from the case, once it is sure who asks (Art 15 to 21, L7, L11 to L16).

Nobody says "done" here without its being done: each act does it for the person of the case and answers the case in the
person's language, or leaves the answer to whoever finishes the work. RequestRefused, with nothing changed, while it is
not certain who asks, for a case that is answered, and for a right the case is not about.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import registry, words
from privacy.actions.consent import About, withdraw_all
from privacy.actions.copies import request_copy
from privacy.actions.correction import own_row
from privacy.actions.erasure import current_plan, erase_rows, request_erasure
from privacy.actions.objections import object_to
from privacy.actions.request_answers import answer, remedies
from privacy.actions.request_case import GONE, Case, RequestRefused, today, write
from privacy.actions.request_erasures import what_stays
from privacy.actions.request_mail import account_of, give_page
from privacy.actions.request_self_service import answer_if_ready, no_marketing, paused_from_today
from privacy.actions.restrictions import restrict
from privacy.actions.stop_mail import can_be_mailed
from privacy.letters import statement
from privacy.models import ConsentState, Copy, Erasure, Objection, RequestMessage, SubjectRequest
from privacy.models.restriction import DIRECT_MARKETING
from privacy.rules import requests as rules
from privacy.rules.consent import WITHDRAWABLE
from privacy.rules.erasure import ErasurePlan

Right, Identity = SubjectRequest.Right, SubjectRequest.Identity
METHOD = "office"


def obstacle(request) -> str:
    """Why nothing can be carried out in this case, in a sentence; empty when it can."""
    if request.state not in rules.OPEN:
        return _("This request is answered already. Nothing was changed.")
    if request.subject.person.state in GONE:
        return _("Everything about this person is being deleted. Nothing was changed.")
    if request.identity == Identity.UNPROVED:
        return _("It is not certain who asks. Make sure of the identity, or match the request with a person, first.")
    return ""


def begin(request, *rights, by) -> Case:
    """The case, locked and read anew, when one of these rights may be carried out in it now."""
    case = Case(request, by=by)
    request.refresh_from_db()
    if request.right not in rights:
        raise RequestRefused(_("This is not what the request asks for. Nothing was changed."))
    if why := obstacle(request):
        raise RequestRefused(why)
    return case


def _take_up(case: Case, **columns) -> None:
    if case.now.state in (rules.RECEIVED, rules.ACKNOWLEDGED, rules.REOPENED):
        case.reach(rules.IN_PROGRESS)
    case.save(rules.IN_PROGRESS, **columns)


def notice(request, text: str, *, by) -> None:
    """Words to the person that are no answer: read on their page, or printed where they have none."""
    has_page = account_of(request) is not None
    channel = SubjectRequest.Channel.WEB if has_page else SubjectRequest.Channel.LETTER
    kind, direction = RequestMessage.Kind.NOTICE, RequestMessage.Direction.TO_PERSON
    more = {"channel": channel, "sent": has_page}
    write(request, kind=kind, direction=direction, text=text, by=by, on=today(), **more)


def about_row(request):
    """The record a case is about, None when it is about the whole person. RequestRefused when it is gone."""
    if not request.about_model:
        return None
    row = own_row(request.subject, label=request.about_model, key=request.about_pk)
    if row is None:
        raise RequestRefused(
            _("The record this is about is not there any more. Answer the person. Nothing was changed.")
        )
    return row


@transaction.atomic
def build_copy_for(request, *, by) -> Copy:
    """Order the copy that answers the case when the worker has it ready; the person fetches it signed in (L7).

    Opens a page for a proved mailbox; RequestRefused where there is neither, and while one is being built.
    """
    case = begin(request, Right.ACCESS, Right.PORTABILITY, by=by)
    if is_copy_under_way(request):
        raise RequestRefused(_("The copy is being put together already. It answers the case when it is ready."))
    give_page(request, by=by)
    if account_of(request) is None:
        raise RequestRefused(_("This person has no page to fetch a copy on, so the answer goes by letter."))
    asked = request_copy(request.subject, by=by, language=request.language)
    _take_up(case, copy=asked)
    return answer_if_ready(asked)


@transaction.atomic
def answer_by_letter(request, *, by) -> SubjectRequest:
    """Answer who has no page with everything held, in words, to be printed and posted (`letters.statement`)."""
    begin(request, Right.ACCESS, by=by)
    give_page(request, by=by)
    if account_of(request) is not None:
        raise RequestRefused(_("This person has a page: make the copy, and they fetch it there. Nothing was sent."))
    text = statement(request.subject, day=today(), language=request.language)
    return answer(request, outcome=rules.FULFILLED, text=text, by=by)


def is_copy_under_way(request) -> bool:
    """Whether a copy that will answer this case is being built."""
    return request.copy is not None and request.copy.state in (Copy.State.QUEUED, Copy.State.BUILDING)


def erasure_plan_for(request, *, day: date) -> ErasurePlan:
    """What the erasure this case asks for would take and what would stay: of everything, or of its one record."""
    row = about_row(request)
    scope = {} if row is None else {registry.declaration_of(type(row)).name(): [str(row.pk)]}
    return current_plan(Erasure(subject=request.subject.person, whole=row is None, scope=scope), day=day)


def needs_letter_first(request) -> bool:
    """Whether the erasure would take the only address along before the person knows of it."""
    if request.about_model or can_be_mailed(request.subject):
        return False
    letters = request.messages.filter(kind=RequestMessage.Kind.NOTICE, channel=SubjectRequest.Channel.LETTER)
    return not letters.filter(sent_at__isnull=False).exists()


@transaction.atomic
def write_erasure_letter(request, *, by) -> SubjectRequest:
    """The letter about an erasure to somebody without a mailbox; it is posted while their address is still there."""
    case = begin(request, Right.ERASURE, by=by)
    plan = erasure_plan_for(request, day=today())
    with override(request.language):
        lines = [
            _("We delete everything we hold about you as soon as this letter is posted. Your address goes with it.")
        ]
        lines += what_stays([item.as_json() for item in plan.held], request.language)
        if plan.recipients:
            told = {"names": ", ".join(plan.recipients)}
            lines.append(_("We tell those who have received something about you: %(names)s.") % told)
    _take_up(case)
    notice(request, "\n\n".join([*lines, remedies(request.language)]), by=by)
    return request


@transaction.atomic
def erase_for(request, *, by) -> Erasure:
    """Order the erasure of everything, or of the one record the case is about; its end answers the case (L12).

    RequestRefused when it is ordered already, and before the letter is posted to who can be told by letter alone.
    """
    case = begin(request, Right.ERASURE, by=by)
    if request.erasure_id is not None:
        raise RequestRefused(_("The erasure is ordered already. It answers the case when it is carried out."))
    if needs_letter_first(request):
        raise RequestRefused(_("We have only a postal address, and it goes with the rest. Post the letter first."))
    row = about_row(request)
    with override(request.language):
        if row is None:
            text = _("We have begun to delete your data. What a law makes us keep is locked away until its day.")
        else:
            text = _("We have begun to delete this: %(what)s.") % {"what": words.model_title(row._meta.label)}
    if account_of(request) is not None:
        notice(request, text, by=by)
    if row is None:
        # Every open case of the person is answered by it, and this one is linked with it there.
        erasure = request_erasure(request.subject, cause="request", by=by)
        request.refresh_from_db()
        return erasure
    erasure = erase_rows(type(row), subject=request.subject, pks=[row.pk], cause="request", by=by)
    _take_up(case, erasure=erasure)
    return erasure


@transaction.atomic
def restrict_for(request, *, ground: str, by) -> SubjectRequest:
    """Stop every use of the record the case is about, or of everything, and say so; recipients become tasks (L13)."""
    begin(request, Right.RESTRICTION, by=by)
    row = about_row(request)
    restrict(request.subject, ground=ground, record=row, request=request, by=by)
    with override(request.language):
        text = paused_from_today(row)
    return answer(request, outcome=rules.FULFILLED, text=text, by=by)


@transaction.atomic
def object_for(request, *, activity: str, by) -> SubjectRequest:
    """Stop one activity for the person now (Art 21). Marketing is answered at once; another use stands still, the
    person is told, and the case is answered when the objection has been weighed (`decide_objection`).
    """
    case = begin(request, Right.OBJECTION, by=by)
    if request.objections.filter(activity=activity, state=Objection.State.OPEN).exists():
        raise RequestRefused(_("This use stands still already. Decide the objection next. Nothing was changed."))
    objection = object_to(request.subject, activity=activity, request=request, by=by)
    with override(request.language):
        what = {"what": words.activity_title(activity)}
        if activity == DIRECT_MARKETING:
            text = no_marketing()
        elif objection.state == Objection.State.UPHELD:
            text = _("We do not use your data for this any more: %(what)s.") % what
        else:
            text = _("From today this stands still: %(what)s. You get an answer when we have weighed it.") % what
    if objection.state == Objection.State.UPHELD:
        return answer(request, outcome=rules.FULFILLED, text=text, by=by)
    _take_up(case, activity=activity)
    notice(request, text, by=by)
    return request


@transaction.atomic
def withdraw_for(request, *, purpose: str, about: str | None = None, by) -> SubjectRequest:
    """Take the yes to one question back for the person, or every yes to it where ``about`` is None, and say so."""
    begin(request, Right.WITHDRAWAL, by=by)
    found = ConsentState.objects.filter(subject__in=request.subject.group(), purpose=purpose, state__in=WITHDRAWABLE)
    abouts = sorted(each for each in set(found.values_list("about", flat=True)) if about in (None, each))
    if not abouts:
        raise RequestRefused(_("There is no such consent to take back any more. Nothing was changed."))
    for each in abouts:
        withdraw_all(request.subject, About(purpose, each), method=METHOD, by=by)
    with override(request.language):
        title = {"title": words.purpose_title(purpose)}
        text = _("You have withdrawn your consent: %(title)s. From now on we use nothing about you for this.") % title
    request.refresh_from_db()
    # Where nothing else was left of the person all of it goes, and that has answered the case.
    return answer(request, outcome=rules.FULFILLED, text=text, by=by) if request.is_open else request
