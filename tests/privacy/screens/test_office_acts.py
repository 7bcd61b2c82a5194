"""What the office does with a case: each act on its own page, offered only where it is possible (L1 to L7)."""

from datetime import timedelta

import pytest

from privacy import actions
from privacy.models import OutgoingMail, RequestMessage, SubjectRequest
from privacy.screens.office_acts import ACTS

URL = "/admin/privacy/requests/"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


@pytest.fixture
def case(kari):
    """A request of somebody with a page of their own; its receipt went by mail."""
    return actions.open_request(kari.subject, right="access", text="Hva vet dere?", by=kari)


@pytest.fixture
def unknown(db):
    """A request by phone from somebody with a postal address alone."""
    return actions.register_letter(
        right="access",
        channel="phone",
        received_on=actions.request_case.today(),
        text="Hva vet dere?",
        contact={"name": "Ukjentkanari", "postal_address": "Kaigata 1, 8310 Kabelvåg"},
        by=None,
    )


def offered(client, case):
    page = client.get(f"{URL}{case.pk}/").text
    return {name for name in ACTS if f'href="{URL}{case.pk}/{name}/"' in page}


def do(client, case, act, **said):
    """The page after an act: shown, and sent."""
    return client.post(f"{URL}{case.pk}/{act}/", {"step": "send", **said}, follow=True).text


def test_only_what_is_possible_is_offered(office, officer, case, unknown):
    working = {"answer", "ask", "extend", "reply", "take-back"}
    assert offered(office, unknown) == {"acknowledge", "identity"} | working
    assert offered(office, case) == {"take-up", "identity"} | working
    actions.ask(case, what="identity", text="Hvem?", by=officer)
    assert offered(office, case) == {"reply", "take-up", "identity", "answer", "extend", "take-back"}
    actions.receive_reply(case, text="Meg.", by=officer)
    actions.prove_identity(case, method="call_back", by=officer)
    assert offered(office, case) == {"copy"} | working
    actions.extend(case, reason_code="complexity", text="Mye.", by=officer)
    assert offered(office, case) == {"copy"} | working - {"extend"}
    actions.answer(case, outcome="refused", reason_code="claims", text="Nei.", by=officer)
    assert offered(office, case) == {"reopen"}
    actions.answer(unknown, outcome="fulfilled", text="Ja.", by=officer)
    assert offered(office, unknown) == {"close"}
    actions.letter_printed(unknown, by=officer)
    assert offered(office, unknown) == set()


def test_a_page_out_of_turn_leads_back_and_changes_nothing(office, case):
    for act in ("acknowledge", "approve", "close", "reopen"):
        page = office.get(f"{URL}{case.pk}/{act}/", follow=True).text
        assert "This cannot be done where the case stands now." in page
    case.refresh_from_db()
    assert case.state == "acknowledged"
    assert "cannot become" in do(office, case, "close")


def test_more_time_is_not_offered_after_the_first_date(office, case):
    assert "extend" in offered(office, case)
    SubjectRequest.objects.filter(pk=case.pk).update(due_on=case.received_on)
    assert "extend" in offered(office, case)
    past = case.received_on - timedelta(days=1)
    SubjectRequest.objects.filter(pk=case.pk).update(received_on=past, due_on=past)
    assert "extend" not in offered(office, case)


def test_receipt_work_question_reply(office, unknown):
    assert "Receipt is confirmed." in do(office, unknown, "acknowledge")
    assert "The case is being worked on." in do(office, unknown, "take-up")
    said = {"what": "identity", "text": "Hvem er du?", "on": unknown.received_on.isoformat()}
    assert "The question is on its way." in do(office, unknown, "ask", **said)
    unknown.refresh_from_db()
    assert unknown.state == "identity_pending"
    said = {"channel": "letter", "text": "Det er meg.", "on": unknown.received_on.isoformat()}
    assert "The reply is saved" in do(office, unknown, "reply", **said)
    assert "the identity is made sure" in do(office, unknown, "identity", method="known_address")
    unknown.refresh_from_db()
    assert (unknown.state, unknown.identity) == ("in_progress", "known_address")
    reply = unknown.messages.get(kind="reply")
    assert (reply.text, reply.channel) == ("Det er meg.", "letter")


def test_what_the_engine_refuses_is_said_and_what_was_typed_stays(office, officer, case):
    actions.ask(case, what="identity", text="Hvem?", by=officer)
    said = {"channel": "email", "text": "Skrevet med omhu", "on": (case.received_on - timedelta(days=1)).isoformat()}
    page = do(office, case, "reply", **said)
    assert "The request had not arrived on that day." in page and "Skrevet med omhu" in page
    page = do(office, case, "reply", **{**said, "on": (case.received_on + timedelta(days=1)).isoformat()})
    assert "This day is still to come." in page and "Skrevet med omhu" in page
    case.refresh_from_db()
    assert case.state == "identity_pending" and not case.messages.filter(kind="reply").exists()


def test_the_preview_is_what_is_sent_and_leaves_no_trace(office, case):
    OutgoingMail.objects.all().delete()
    said = {"reason_code": "high_volume", "text": "Vi har fått svært mange krav."}
    page = office.post(f"{URL}{case.pk}/extend/", said).text
    assert "This is what the person gets" in page and "By e-mail:" in page and case.number in page
    assert page.count("Vi har fått svært mange krav.") >= 2
    case.refresh_from_db()
    assert case.extended_due_on is None and not OutgoingMail.objects.exists()
    page = office.post(f"{URL}{case.pk}/extend/", {**said, "step": "change"}).text
    assert "This is what the person gets" not in page and "Vi har fått svært mange krav." in page
    assert "The time is extended" in do(office, case, "extend", **said)
    case.refresh_from_db()
    assert case.extended_due_on is not None and OutgoingMail.objects.count() == 1
    assert case.messages.get(kind="extension").text == said["text"]


def test_a_preview_shows_the_refusal_of_an_act_too(office, officer, case):
    actions.extend(case, reason_code="complexity", text="Mye.", by=officer)
    page = office.post(f"{URL}{case.pk}/extend/", {"reason_code": "complexity", "text": "Mer."}).text
    assert "the law allows no second time" in page and "This is what the person gets" not in page


def test_an_answer_without_a_mailbox_goes_on_paper(office, unknown):
    page = office.post(f"{URL}{unknown.pk}/answer/", {"outcome": "fulfilled", "text": "Ingenting."}).text
    assert "On paper: print the letter" in page and "By e-mail:" not in page


def test_an_answer_is_given_and_the_case_closed(office, case):
    page = office.post(f"{URL}{case.pk}/answer/", {"outcome": "fulfilled", "text": "Se her."}).text
    assert "On their own page, after signing in:" in page and "Se her." in page
    assert "The answer is given." in do(office, case, "answer", outcome="fulfilled", text="Se her.")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "fulfilled")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"outcome": "refused"}, "Choose the reason."),
        ({"outcome": "partly_fulfilled"}, "Choose the reason."),
        ({"outcome": "partly_fulfilled", "reason_code": "excessive"}, "This reason is for a refusal as a whole."),
        ({"outcome": "fulfilled", "reason_code": "claims"}, "Leave this empty."),
    ],
)
def test_outcome_and_reason_must_fit(office, case, said, sentence):
    page = do(office, case, "answer", text="Begrunnelse", **said)
    assert sentence in page and "Begrunnelse" in page
    case.refresh_from_db()
    assert case.is_open


def test_a_refusal_as_unfounded_needs_a_second_person(office, officer, enter, make_person, case):
    """L6: who proposes cannot approve; the colleague sends exactly what was proposed."""
    said = {"outcome": "refused", "reason_code": "excessive", "text": "Femte gang denne måneden."}
    page = office.post(f"{URL}{case.pk}/answer/", said).text
    assert "Nothing yet: a colleague must approve it first." in page
    assert "put before a colleague" in do(office, case, "answer", **said)
    case.refresh_from_db()
    assert case.is_open and "approve" not in offered(office, case)
    assert "has proposed to refuse this" in office.get(f"{URL}{case.pk}/").text
    assert "Nothing waits here for your approval." in do(office, case, "approve")
    colleague = make_person("Kollegakanari", is_staff=True)
    colleague.groups.set(officer.groups.all())
    second = enter(colleague)
    assert "approve" in offered(second, case)
    page = second.get(f"{URL}{case.pk}/approve/").text
    assert "Femte gang denne måneden." in page and "Vernkanari" in page
    assert "The refusal is approved and sent." in do(second, case, "approve")
    case.refresh_from_db()
    assert (case.outcome, case.reason_code) == ("refused", "excessive")
    assert case.events.filter(kind="refusal_approved", actor=colleague.pk).count() == 1
    answer = case.messages.get(kind="answer").text
    assert answer.startswith("Femte gang denne måneden.") and "Datatilsynet" in answer


def test_a_proposal_whose_words_are_gone_cannot_be_approved(officer, enter, make_person, case):
    actions.propose_refusal(case, reason_code="unfounded", text="Uten grunn.", by=officer)
    colleague = make_person("Kollegakanari", is_staff=True)
    colleague.groups.set(officer.groups.all())
    assert "approve" in offered(enter(colleague), case)
    RequestMessage.objects.filter(kind="note").delete()
    assert "approve" not in offered(enter(colleague), case)


def test_taken_back_opened_again_and_closed(office, officer, kari, case, unknown):
    assert "the request is taken back" in do(office, case, "take-back")
    case.refresh_from_db()
    assert case.outcome == "withdrawn_by_subject"
    actions.answer(unknown, outcome="unidentifiable", text="Vi finner deg ikke.", by=officer)
    assert "The answer is not sent yet" in do(office, unknown, "close")
    said = {"text": "Her er et kundenummer.", "on": unknown.received_on.isoformat()}
    assert "The case is open again." in do(office, unknown, "reopen", **said)
    unknown.refresh_from_db()
    assert unknown.state == "reopened"
    actions.answer(unknown, outcome="fulfilled", text="Ja.", by=officer)
    RequestMessage.objects.filter(request=unknown, sent_at=None).update(sent_at=unknown.registered_at)
    assert "The case is closed." in do(office, unknown, "close")
