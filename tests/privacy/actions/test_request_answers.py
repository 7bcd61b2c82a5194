"""How a case comes to its answer: more time, refusals with their remedies, approval, closing, opened again."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from privacy.actions import (
    RequestRefused,
    answer,
    close,
    extend,
    letter_printed,
    log_disclosure,
    make_request_notices,
    open_account,
    open_request,
    propose_refusal,
    receive_reply,
    reopen,
    settle_notice,
    take_back,
)
from privacy.models import Copy, RecipientNotice, RequestMessage, TrailEntry
from privacy.queries import request_page
from privacy.rules.requests import IllegalMove
from tests.privacy.actions.requesting import kinds, mails, opened, requester, written

DATATILSYNET = "Postboks 458 Sentrum, 0105 Oslo"


@pytest.fixture(autouse=True)
def march(frozen_day):
    """2 March 2026: due on 7 April, with more time on 2 June."""
    frozen_day("2026-03-02")


WHY = {"reason_code": "complexity", "text": "Sju systemer må gås gjennom."}


def test_more_time_once_with_reason_and_notice_in_the_same_act(siv, drain):
    request = requester(language="nb")
    extend(request, **WHY, by=siv)
    request.refresh_from_db()
    assert (request.state, request.due_on, request.extended_due_on) == ("extended", date(2026, 4, 7), date(2026, 6, 2))
    assert (request.acts_by, request.reason_code) == (date(2026, 6, 2), "complexity")
    ((address, context),) = mails("extended")
    assert address == "eva@post.example" and context["acts_by"] == "2. juni 2026"
    drain()
    body = mail.outbox[-1].body
    assert "Sju systemer" in body and DATATILSYNET in body and request.number in mail.outbox[-1].subject
    assert written(request)[-1] == ("extension", "to_person", WHY["text"])
    with pytest.raises(RequestRefused):
        extend(request, **WHY, by=siv)
    assert kinds(request).count("extended") == 1


@pytest.mark.parametrize(("day", "refused"), [("2026-04-07", False), ("2026-04-08", True)])
def test_more_time_only_before_the_first_date_has_passed(kari, siv, frozen_day, day, refused):
    request = opened(kari)
    frozen_day(day)
    if refused:
        for on in (None, date(2026, 4, 1)):
            with pytest.raises(RequestRefused):
                extend(request, **WHY, by=siv, on=on)
        assert request.state == "received" and mails("extended") == []
    else:
        extend(request, **WHY, by=siv)
        assert request.extended_due_on == date(2026, 6, 2)


@pytest.mark.parametrize("without", [{"reason_code": "holiday"}, {"reason_code": ""}, {"text": " "}])
def test_more_time_needs_a_reason_and_its_words(kari, siv, without):
    request = opened(kari)
    with pytest.raises(RequestRefused):
        extend(request, **{**WHY, **without}, by=siv)
    assert kinds(request) == ["received"]


def test_an_answer_is_stored_told_without_content_and_closes_the_case(siv, drain):
    request = open_request(siv.subject, right="access", language="en", by=siv)
    answer(request, outcome="fulfilled", text="Her er alt: Storgata 1", by=siv)
    request.refresh_from_db()
    assert (request.state, request.outcome) == ("closed", "fulfilled")
    assert request.answered_on == request.closed_on == date(2026, 3, 2)
    drain()
    body = mail.outbox[-1].body
    assert f"/my-data/requests/{request.number}/" in body and "Storgata" not in body and DATATILSYNET in body
    assert written(request)[-1] == ("answer", "to_person", "Her er alt: Storgata 1")
    with pytest.raises(IllegalMove):
        answer(request, outcome="fulfilled", text="Igjen", by=siv)


@pytest.mark.parametrize(("language", "courts"), [("nb", "domstolene"), ("en", "courts")])
@pytest.mark.parametrize(
    ("outcome", "reason"), [("refused", "claims"), ("partly_fulfilled", ""), ("unidentifiable", "")]
)
def test_what_is_not_done_in_full_says_how_to_complain_and_that_there_are_courts(
    kari, siv, language, courts, outcome, reason
):
    request = opened(kari, language=language)
    answer(request, outcome=outcome, reason_code=reason, text="Ikke alt.", by=siv)
    text = written(request)[-1][2]
    assert text.startswith("Ikke alt.") and "Datatilsynet" in text and DATATILSYNET in text and courts in text
    assert (request.outcome, request.reason_code) == (outcome, reason)


def test_what_is_done_in_full_says_no_more(kari, siv):
    request = opened(kari)
    answer(request, outcome="fulfilled", text="Gjort.", by=siv)
    assert written(request)[-1][2] == "Gjort."


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "refused", "text": "Nei."},
        {"outcome": "refused", "text": "Nei.", "reason_code": "because"},
        {"outcome": "refused", "text": " ", "reason_code": "claims"},
        {"outcome": "fulfilled", "text": "Ja.", "reason_code": "because"},
        {"outcome": "withdrawn_by_subject", "text": "Ja."},
        {"outcome": "closed", "text": "Ja."},
        {"outcome": "fulfilled", "text": "Ja.", "on": date(2026, 3, 3)},
        {"outcome": "fulfilled", "text": "Ja.", "on": date(2026, 3, 1)},
    ],
)
def test_an_answer_that_lacks_something_is_refused_and_changes_nothing(kari, siv, wrong):
    request = opened(kari)
    with pytest.raises(RequestRefused):
        answer(request, by=siv, **wrong)
    request.refresh_from_db()
    assert request.state == "received" and kinds(request) == ["received"] and written(request) == []


@pytest.mark.parametrize("reason", ["unfounded", "excessive"])
def test_two_persons_refuse_as_unfounded_or_excessive(kari, siv, per, reason):
    request = opened(kari)
    refusal = {"outcome": "refused", "reason_code": reason, "text": "Femte gang i dag."}
    for approved_by in (None, siv):
        with pytest.raises(RequestRefused):
            answer(request, **refusal, by=siv, approved_by=approved_by)
    assert kinds(request) == ["received"]
    propose_refusal(request, reason_code=reason, text="Femte gang i dag.", by=siv)
    proposal = request_page(request).proposal
    assert (proposal.actor, proposal.reason_code, request.state) == (siv.pk, reason, "received")
    answer(request, **refusal, by=siv, approved_by=per)
    approval = request.events.get(kind="refusal_approved")
    assert (approval.actor, approval.reason_code, request.outcome) == (per.pk, reason, "refused")
    assert request_page(request).proposal is None
    assert ("note", "internal", "Femte gang i dag.") in written(request)


def test_a_colleague_approves_exactly_what_was_proposed_and_nothing_else(kari, siv, per):
    request = opened(kari)
    refusal = {"outcome": "refused", "reason_code": "excessive", "text": "Femte gang i dag."}
    # Nobody has proposed anything; then another reason, other words, and somebody else's proposal.
    with pytest.raises(RequestRefused):
        answer(request, **refusal, by=siv, approved_by=per)
    propose_refusal(request, reason_code="excessive", text="Femte gang i dag.", by=siv)
    for said, by, approver in (
        ({"reason_code": "unfounded"}, siv, per),
        ({"text": "Noe helt annet."}, siv, per),
        ({}, per, siv),
    ):
        with pytest.raises(RequestRefused):
            answer(request, **{**refusal, **said}, by=by, approved_by=approver)
    request.refresh_from_db()
    assert request.is_open and mails("answered") == []
    RequestMessage.objects.filter(request=request, kind="note").delete()
    with pytest.raises(RequestRefused):
        answer(request, **refusal, by=siv, approved_by=per)
    propose_refusal(request, reason_code="excessive", text="Femte gang i dag.", by=siv)
    answer(request, **refusal, by=siv, approved_by=per)
    assert request.outcome == "refused"


def test_a_proposal_that_was_decided_does_not_wait_again_when_the_case_is_opened_again(kari, siv, per):
    request = opened(kari)
    refusal = {"outcome": "refused", "reason_code": "excessive", "text": "Femte gang i dag."}
    propose_refusal(request, reason_code="excessive", text="Femte gang i dag.", by=siv)
    assert request_page(request).proposal is not None
    answer(request, **refusal, by=siv, approved_by=per)
    reopen(request, text="Jeg har noe nytt.", by=siv)
    assert request_page(request).proposal is None
    with pytest.raises(RequestRefused):
        answer(request, **refusal, by=siv, approved_by=per)


def test_a_refusal_is_proposed_with_reason_and_words(kari, siv):
    request = opened(kari)
    for wrong in ({"reason_code": "", "text": "Nei"}, {"reason_code": "excessive", "text": ""}):
        with pytest.raises(RequestRefused):
            propose_refusal(request, **wrong, by=siv)
    take_back(request, by=None)
    with pytest.raises(IllegalMove):
        propose_refusal(request, reason_code="excessive", text="Nei", by=siv)
    assert "refusal_proposed" not in kinds(request)


def test_a_paper_answer_closes_when_it_is_printed(kari, siv):
    request = opened(kari, channel="letter", contact={"postal_address": "Gata 1, 0001 Oslo"})
    with pytest.raises(RequestRefused):
        letter_printed(request, by=siv)
    answer(request, outcome="fulfilled", text="Gjort.", by=siv)
    assert request.state == "fulfilled"
    with pytest.raises(RequestRefused):
        close(request, by=siv)
    letter_printed(request, by=siv)
    request.refresh_from_db()
    assert request.state == "closed" and kinds(request)[-2:] == ["letter_printed", "closed"]
    row = request.messages.get(kind="answer")
    assert row.sent_at is not None and row.channel == "letter"


def test_a_case_cannot_close_before_every_recipient_is_told(siv, ferry):
    request = open_request(siv.subject, right="correction", by=siv)
    log_disclosure(siv.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
    make_request_notices(request, record=None, fields=())
    answer(request, outcome="fulfilled", text="Rettet.", by=siv)
    assert request.state == "fulfilled"
    with pytest.raises(RequestRefused):
        close(request, by=siv)
    settle_notice(RecipientNotice.objects.get(), told=True, answer="Rettet hos oss også.", by=siv)
    request.refresh_from_db()
    assert request.state == "closed" and RecipientNotice.objects.get().answer == "Rettet hos oss også."


def test_close_by_hand(kari, siv):
    request = opened(kari)
    with pytest.raises(IllegalMove):
        close(request, by=siv)
    answer(request, outcome="fulfilled", text="Gjort.", by=siv)
    request.messages.filter(kind="answer").update(sent_at=request.registered_at)
    close(request, by=siv)
    assert request.state == "closed" and TrailEntry.objects.filter(action="request.closed", actor=siv.pk).exists()


def test_the_answer_opens_a_page_for_a_proved_mailbox(siv, drain):
    request = requester()
    answer(request, outcome="fulfilled", text="Her er alt.", by=siv)
    account = get_user_model().objects.get(email="eva@post.example")
    assert account.subject == request.subject and request.state == "closed"
    assert request.messages.get(kind="answer").channel == "web"
    assert mails("answered")[0][1]["text"] == ""


def test_a_mailbox_somebody_signs_in_with_stays_theirs(kari, siv):
    open_account(kari.subject, email="eva@post.example", by=None)
    request = requester()
    answer(request, outcome="refused", reason_code="claims", text="Nei.", by=siv)
    assert get_user_model().objects.get(email="eva@post.example").subject == kari.subject
    assert DATATILSYNET in mails("answered")[0][1]["text"]
    other = requester(right="erasure")
    answer(other, outcome="fulfilled", text="Det du spurte om er Storgata 1.", by=siv)
    assert "Storgata" not in mails("answered")[1][1]["text"] and other.state == "closed"


def test_a_sender_nobody_proved_reads_refusals_by_mail_and_nothing_held(kari, siv, ola):
    contact = {"email": "noen@post.example"}
    refused = opened(kari, channel="email", contact=contact)
    answer(refused, outcome="unidentifiable", text="Hvem er du?", by=siv)
    ((address, context),) = mails("answered")
    assert address == "noen@post.example" and context["text"].startswith("Hvem er du?") and refused.state == "closed"
    given = opened(ola, channel="email", contact=contact)
    answer(given, outcome="fulfilled", text="Storgata 1", by=siv)
    assert len(mails("answered")) == 1 and given.state == "fulfilled", "what is held goes on paper"


def test_the_mail_of_a_ready_copy_is_the_notice_of_its_answer(siv):
    request = open_request(siv.subject, right="access", by=siv)
    request.copy = Copy.objects.create(subject=siv.subject, language="nb")
    request.save()
    answer(request, outcome="fulfilled", text="Kopien er klar.", by=None)
    assert mails("answered") == [] and request.state == "closed"


@pytest.mark.parametrize(("outcome", "reason"), [("refused", "claims"), ("unidentifiable", "")])
def test_opened_again_with_a_month_from_then(kari, siv, frozen_day, outcome, reason):
    request = opened(kari)
    answer(request, outcome=outcome, reason_code=reason, text="Nei.", by=siv)
    frozen_day("2026-08-31")
    reopen(request, text="Se vedlegget", by=siv)
    request.refresh_from_db()
    assert (request.state, request.outcome, request.answered_on) == ("reopened", "", None)
    assert (request.received_on, request.due_on) == (date(2026, 3, 2), date(2026, 9, 30))
    answer(request, outcome="fulfilled", text="Ja likevel.", by=siv)
    assert request.outcome == "fulfilled" and kinds(request)[-3:] == ["reopened", "in_progress", "fulfilled"]
    with pytest.raises(IllegalMove):
        reopen(request, text="Mer", by=siv)


def test_what_nobody_could_tell_opens_again_by_a_reply(kari, siv, frozen_day):
    request = opened(kari, channel="email", contact={"email": "noen@post.example"})
    answer(request, outcome="unidentifiable", text="Hvem er du?", by=siv)
    assert request.state == "closed"
    frozen_day("2026-03-20")
    receive_reply(request, text="Kari fra Gjest AS", by=siv, on=date(2026, 3, 19), channel="email")
    request.refresh_from_db()
    assert (request.state, request.due_on) == ("reopened", date(2026, 4, 20))
    assert written(request)[-1] == ("reply", "from_person", "Kari fra Gjest AS")


def test_opened_again_needs_words_and_no_newer_case(kari, siv):
    request = opened(kari)
    answer(request, outcome="refused", reason_code="claims", text="Nei.", by=siv)
    with pytest.raises(RequestRefused):
        reopen(request, text=" ", by=siv)
    opened(kari)
    with pytest.raises(RequestRefused):
        reopen(request, text="Se på nytt", by=siv)
    assert request.outcome == "refused"
