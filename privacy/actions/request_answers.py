"""How a request comes to its answer: more time, the answer, its end, and opened again (L2, L3, L5, L6, L14)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import vault
from privacy.actions.request_case import Case, RequestRefused, open_one, said, today, write
from privacy.actions.request_mail import account_of, channel_out, give_page, proved_mailbox, tell
from privacy.actions.trail import actor_id
from privacy.bag_documents import AUTHORITY
from privacy.models import RecipientNotice, RequestMessage, SubjectRequest
from privacy.rules import requests as rules
from privacy.rules.request_reasons import EXTENSIONS, NEEDS_APPROVAL, REFUSALS, reason_label

Kind, Direction = RequestMessage.Kind, RequestMessage.Direction
# Taking back is the person's own act.
ANSWERS = rules.ANSWERED - {rules.WITHDRAWN}


@transaction.atomic
def extend(request, *, reason_code: str, text: str, by, on=None) -> SubjectRequest:
    """Two more months, once, told with the reason before the first date has passed (Art 12(3), L2).

    ``reason_code`` is one of `request_reasons.EXTENSIONS`. RequestRefused when it is too late, a second time, or
    without its reason; the notice is put in line in this act.
    """
    if reason_code not in EXTENSIONS:
        raise RequestRefused(_("More time is taken for one of two reasons: choose one. Nothing was changed."))
    text = said(text, _("Write to the person why it takes longer. Nothing was changed."))
    case = Case(request, by=by)
    day = case.legal_day(on)
    if case.now.was_extended:
        raise RequestRefused(_("This request has been given more time once, and the law allows no second time."))
    if today() > case.now.due_on:
        raise RequestRefused(_("The first date has passed: more time can only be taken before it. Answer now."))
    case.reach(rules.EXTENDED, on=day, reason_code=reason_code)
    case.save(rules.EXTENDED)
    with override(request.language):
        reason = reason_label(reason_code)
    sent = tell(request, "extended", reason=reason, text=text, has_account=account_of(request) is not None)
    _write_out(request, Kind.EXTENSION, text, by=by, on=day, sent=sent)
    return request


@transaction.atomic
def propose_refusal(request, *, reason_code: str, text: str, by) -> SubjectRequest:
    """Put a refusal before a colleague: nothing is sent before another person answers with ``approved_by`` (L6)."""
    text = _checked(rules.REFUSED, text, reason_code)
    case = Case(request, by=by)
    rules.way(case.now, rules.REFUSED)
    case.happened(rules.REFUSAL_PROPOSED, reason_code=reason_code)
    case.save(rules.REFUSAL_PROPOSED)
    write(request, kind=Kind.NOTE, direction=Direction.INTERNAL, text=text, by=by, on=today())
    return request


@transaction.atomic
def answer(request, *, outcome: str, text: str, by, reason_code: str = "", on=None, approved_by=None) -> SubjectRequest:
    """The answer, stored and sent; with nothing left to do the case is closed in the same act.

    ``outcome`` is fulfilled, partly_fulfilled, refused or unidentifiable. A refusal needs a reason code, one as
    unfounded or excessive also a second person who approves. What is not done in full says how to complain and that
    there are courts; both are added here. RequestRefused otherwise, IllegalMove when the case is answered already.
    ``approved_by`` approves exactly what ``by`` has proposed (`propose_refusal`), in its reason and its words.
    """
    text = _checked(outcome, text, reason_code)
    if outcome == rules.REFUSED and reason_code in NEEDS_APPROVAL and approved_by in (None, by):
        raise RequestRefused(_("A refusal for this reason needs the approval of a colleague. Nothing was sent."))
    case = Case(request, by=by)
    day = case.legal_day(on)
    if approved_by is not None:
        if not _is_proposed(request, reason_code, text, by=by):
            raise RequestRefused(_("This refusal is not the one that was put before you. Nothing was sent."))
        case.happened(rules.REFUSAL_APPROVED, reason_code=reason_code, by=approved_by)
    case.reach(outcome, on=day, reason_code=reason_code)
    case.save(outcome)
    if outcome in rules.WITH_REMEDIES:
        text = f"{text}\n\n{remedies(request.language)}"
    give_page(request, by=by)
    _write_out(request, Kind.ANSWER, text, by=by, on=day, sent=_tell_answer(request, text))
    close_if_ready(request, by=by)
    return request


def _is_proposed(request, reason_code: str, text: str, *, by) -> bool:
    proposal = rules.waiting_proposal(request.events.order_by("at", "pk"))
    if proposal is None or (proposal.actor, proposal.reason_code) != (actor_id(by), reason_code):
        return False
    notes = request.messages.filter(kind=Kind.NOTE, direction=Direction.INTERNAL, written_by=proposal.actor)
    last = vault.unlock(list(notes.order_by("-at", "-pk")[:1]))
    return bool(last) and last[0].text == text


def _checked(outcome: str, text: str, reason_code: str) -> str:
    if outcome not in ANSWERS:
        raise RequestRefused(_("Choose what the answer is. Nothing was changed."))
    if outcome == rules.REFUSED and reason_code not in REFUSALS:
        raise RequestRefused(_("A refusal needs its reason: choose one. Nothing was changed."))
    if reason_code and reason_code not in REFUSALS:
        raise RequestRefused(_("This reason is not one the law knows. Nothing was changed."))
    return said(text, _("Write the answer: the person is told what was done, and why. Nothing was changed."))


def remedies(language: str) -> str:
    """How to complain, and that there are courts: what no refusal may leave out (Art 12(4), L3)."""
    with override(language):
        return _(
            "If you think this is wrong you can complain to %(name)s, %(address)s, www.datatilsynet.no. You need not "
            "ask us first. You can also bring the matter before the courts."
        ) % {"name": AUTHORITY["name"], "address": AUTHORITY["address"]}


def _tell_answer(request, text: str) -> bool:
    if request.copy_id is not None and account_of(request) is not None:
        # The mail that says the copy is ready is the notice of the answer.
        return True
    # Who has no page reads in the mail what we do not do, and why; nothing held is in that.
    is_open = account_of(request) is None and request.outcome in (rules.REFUSED, rules.UNIDENTIFIABLE)
    if account_of(request) is None and not is_open and not proved_mailbox(request):
        return False
    return tell(request, "answered", text=text if is_open else "")


def _write_out(request, kind: str, text: str, *, by, on, sent: bool) -> None:
    channel = channel_out(request, sent)
    write(request, kind=kind, direction=Direction.TO_PERSON, text=text, by=by, on=on, channel=channel, sent=sent)


@transaction.atomic
def reopen(request, *, text: str, by, on=None, channel: str = "web") -> SubjectRequest:
    """A refused case, or one in which nobody could tell whose data is meant, is taken up again by what came (L5).

    The month counts from the day it came. RequestRefused while another request of the same right is open.
    """
    text = said(text, _("Write what came that makes us look again. Nothing was changed."))
    case = Case(request, by=by)
    if open_one(request.subject.person, request.right) is not None:
        raise RequestRefused(_("The person has a newer request about the same that is open. Go on with that one."))
    day = case.legal_day(on)
    case.reach(rules.REOPENED, on=day)
    case.save(rules.REOPENED)
    write(request, kind=Kind.REPLY, direction=Direction.FROM_PERSON, text=text, by=by, on=day, channel=channel)
    return request


def open_tasks(request) -> int:
    """How many recipients are still to be told of what was done in this case (Art 19, L14)."""
    about = Q(request=request)
    if request.erasure_id is not None:
        about |= Q(erasure=request.erasure_id)
    return RecipientNotice.objects.filter(about, state=RecipientNotice.State.DUE).count()


def is_answer_unsent(request) -> bool:
    """Whether the answer still has to be printed and posted."""
    return request.messages.filter(kind=Kind.ANSWER, direction=Direction.TO_PERSON, sent_at__isnull=True).exists()


@transaction.atomic
def close(request, *, by) -> SubjectRequest:
    """The end of an answered case. RequestRefused while its answer is not sent or recipients are still to be told."""
    case = Case(request, by=by)
    rules.way(case.now, rules.CLOSED)
    if is_answer_unsent(request):
        raise RequestRefused(_("The answer is not sent yet: print the letter first. The case stays open."))
    if open_tasks(request):
        raise RequestRefused(_("Recipients are still to be told about this. Settle those tasks; the case stays open."))
    case.happened(rules.CLOSED)
    return case.save(rules.CLOSED)


@transaction.atomic
def close_if_ready(request, *, by) -> bool:
    """Close an answered case that has nothing left to do; says whether it did."""
    case = Case(request, by=by)
    if not rules.allows(case.now, rules.CLOSED) or is_answer_unsent(request) or open_tasks(request):
        return False
    case.happened(rules.CLOSED)
    case.save(rules.CLOSED)
    return True
