"""Requests: opened, numbered, added to, done at once, asked about, taken back."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils.translation import override

from privacy import vault, words
from privacy.actions import (
    RequestRefused,
    acknowledge,
    answer,
    ask,
    claim_subject,
    log_disclosure,
    open_account,
    open_request,
    prove_identity,
    receive_reply,
    record_done,
    register_subject,
    take_back,
    take_up,
)
from privacy.actions.request_case import next_number
from privacy.models import DataSubject, RequestEvent, RequestMessage, RequestSeries, SubjectRequest, TrailEntry
from privacy.rules import requests as rules
from privacy.rules.requests import IllegalMove
from tests.privacy.actions.requesting import kinds, mails, opened, requester, written

DAY = date(2026, 9, 10)


@pytest.fixture(autouse=True)
def september(frozen_day):
    """10 September 2026, a Thursday."""
    frozen_day("2026-09-10")


def test_a_letter_counts_from_its_arrival_whenever_it_is_registered(kari, siv):
    # N68: arrived 31 August, registered 10 September, due 30 September.
    request = opened(kari, channel="letter", received_on=date(2026, 8, 31), text="Send meg alt", by=siv)
    request.refresh_from_db()
    assert (request.state, request.received_on, request.due_on) == ("received", date(2026, 8, 31), date(2026, 9, 30))
    assert (request.number, request.registered_by, request.channel) == ("SR-2026-000001", siv.pk, "letter")
    assert kinds(request) == ["received"] and request.events.get().on == date(2026, 8, 31)
    assert written(request) == [("request", "from_person", "Send meg alt")]
    assert mails("acknowledged") == [], "nobody knows a mailbox of hers"
    entry = TrailEntry.objects.get(action="request.received")
    assert (entry.subject, entry.object_pk, entry.actor, entry.reason) == (
        kari.subject.pk, str(request.pk), siv.pk, "access",
    )  # fmt: skip


def test_a_day_to_come_is_refused_and_today_is_not(kari):
    with pytest.raises(RequestRefused):
        opened(kari, received_on=DAY + timedelta(days=1))
    assert not SubjectRequest.objects.exists() and not RequestSeries.objects.exists()
    assert opened(kari, received_on=DAY).received_on == DAY


def test_numbers_run_by_year_without_gaps(kari, ola, frozen_day):
    assert opened(kari).number == "SR-2026-000001"
    with pytest.raises(RuntimeError), transaction.atomic():
        opened(ola)
        raise RuntimeError
    assert opened(ola).number == "SR-2026-000002"
    frozen_day("2027-01-01")
    assert opened(ola, right="erasure").number == "SR-2027-000001" and next_number(2026) == "SR-2026-000003"


def test_a_second_request_of_the_same_right_adds_to_the_open_one(kari, ola):
    first = opened(kari, text="Alt, takk", received_on=DAY - timedelta(days=3))
    assert opened(kari, text="Og bildene", received_on=DAY - timedelta(days=5)) == first
    assert opened(kari, text="  ") == first
    assert written(first) == [("request", "from_person", "Alt, takk"), ("request", "from_person", "Og bildene")]
    assert first.messages.order_by("at").last().on == first.received_on, "never before the case"
    assert kinds(first) == ["received"] and TrailEntry.objects.filter(action="request.added_to").count() == 1
    assert opened(kari, right="erasure") != first and opened(ola) != first
    assert SubjectRequest.objects.count() == 3


def test_one_open_request_per_person_whatever_key_they_come_by(kari, ola):
    first = opened(kari)
    other = register_subject(role="guest", email="kari@gjest.example", verified=True, by=None)
    claim_subject(kari.subject, claimed=other, by=None)
    other.refresh_from_db()
    assert open_request(other, right="access", text="Meg igjen", by=None) == first
    take_back(first, by=None)
    assert opened(kari) != first


def test_the_database_refuses_a_second_open_one_too(kari):
    opened(kari)
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectRequest.objects.create(
            number="SR-1", subject=kari.subject, right="access", channel="web", received_on=DAY, due_on=DAY
        )


def test_what_is_added_says_what_it_is_about_when_that_differs(kari):
    first = opened(kari, right="correction", about=kari.guest, fields=("phone",), text="Nummeret er feil")
    assert (first.about_model, first.about_pk, first.about_fields) == ("toy.Guest", str(kari.guest.pk), ["phone"])
    with override("en"):
        opened(kari, right="correction", about=kari.guest, fields=("phone",), text="Fortsatt feil")
        opened(kari, right="correction", about=kari.bill, fields=("buyer_name",), text="Og navnet")
    said = [text for _kind, _direction, text in written(first)]
    assert said == ["Nummeret er feil", "Fortsatt feil", "bill, buyer name\nOg navnet"]
    objection = opened(kari, right="objection", activity="toy-stays", text="Nei")
    opened(kari, right="objection", activity="toy-bills", text="Nei til det også")
    assert objection.activity == "toy-stays"
    assert written(objection)[-1][2].endswith("\nNei til det også") and written(objection)[-1][2].count("\n") == 1


def test_nothing_is_opened_for_a_person_who_is_erased(kari):
    DataSubject.objects.filter(pk=kari.subject.pk).update(state="erasing")
    with pytest.raises(RequestRefused):
        opened(kari)
    assert not SubjectRequest.objects.exists()


def test_a_proved_mailbox_gets_a_receipt_with_number_and_dates(drain):
    request = requester(language="en")
    assert request.state == "acknowledged" and kinds(request) == ["received", "acknowledged"]
    ((address, context),) = mails("acknowledged")
    assert (address, context["number"], context["url"]) == ("eva@post.example", request.number, "")
    drain()
    (sent,) = mail.outbox
    assert request.number in sent.subject and "10 September 2026" in sent.body and "12 October 2026" in sent.body
    assert "see what we hold" in sent.body and "Eva" not in sent.body
    kind, direction, text = written(request)[-1]
    assert (kind, direction) == ("acknowledgement", "to_person") and request.number in text
    row = request.messages.get(kind="acknowledgement")
    assert row.sent_at is not None and row.channel == "email"


def test_an_account_gets_its_mail_and_the_page(siv):
    request = open_request(siv.subject, right="access", by=siv)
    ((address, context),) = mails("acknowledged")
    assert address == "siv@cn.example" and context["url"].endswith(f"/my-data/requests/{request.number}/")
    assert request.messages.get(kind="acknowledgement").channel == "web"


def test_an_address_nobody_proved_gets_no_mail_unless_the_request_came_from_it(kari):
    letter = opened(kari, channel="letter", contact={"email": "noen@post.example", "name": "Kari"})
    assert mails("acknowledged") == []
    message = vault.unlock(letter.messages.all())[0]
    assert (message.email, message.name, message.text) == ("noen@post.example", "Kari", "")
    written_mail = opened(kari, right="erasure", channel="email", contact={"email": "noen@post.example"})
    assert [address for address, _context in mails("acknowledged")] == ["noen@post.example"]
    assert written_mail.state == "acknowledged"


def test_the_receipt_of_a_letter_is_a_letter(kari, siv):
    request = opened(kari, channel="letter", contact={"postal_address": "Gata 1, 0001 Oslo"})
    acknowledge(request, by=siv)
    assert request.state == "acknowledged"
    row = request.messages.get(kind="acknowledgement")
    assert (row.channel, row.sent_at, row.written_by) == ("letter", None, siv.pk)
    with pytest.raises(IllegalMove):
        acknowledge(request, by=siv)


def test_done_at_once_is_received_answered_and_closed_in_one_act(kari, siv):
    request = record_done(
        kari.subject, right="restriction", answer="Fra nå av.", about=kari.guest, language="en", by=siv
    )
    request.refresh_from_db()
    assert (request.state, request.outcome, request.identity) == ("closed", "fulfilled", "step_up")
    assert (request.answered_on, request.closed_on, request.about_pk) == (DAY, DAY, str(kari.guest.pk))
    assert kinds(request) == ["received", "acknowledged", "fulfilled", "closed"] and request.language == "en"
    assert written(request) == [("answer", "to_person", "Fra nå av.")]
    assert request.messages.get().sent_at is not None
    assert list(TrailEntry.objects.filter(object_pk=str(request.pk)).values_list("action", flat=True)) == [
        "request.done_at_once", "request.closed",
    ]  # fmt: skip
    assert opened(kari, right="restriction").state == "received", "an open one beside it is another case"
    assert record_done(kari.subject, right="access", answer="Alt er her.", by=siv).state == "closed"


def test_done_at_once_waits_for_those_who_must_be_told(kari, ferry):
    log_disclosure(kari.subject, recipient=ferry, payload={"phone": "1"}, activity="toy-stays", by=None)
    request = record_done(
        kari.subject, right="correction", answer="Rettet.", about=kari.guest, fields=["phone"], by=None
    )
    assert (request.state, request.notices.count()) == ("fulfilled", 1)


def test_taken_up(kari, siv):
    request = opened(kari)
    take_up(request, by=siv)
    assert kinds(request) == ["received", "acknowledged", "in_progress"]
    with pytest.raises(IllegalMove):
        take_up(request, by=siv)
    ask(request, what="identity", text="Hvem er du?", by=siv)
    take_up(request, by=siv)
    assert request.state == "in_progress" and request.paused_due_on is None


def test_a_question_pauses_the_date_shown_beside(kari, siv, frozen_day):
    # L46: asked on day 3, answered on day 10.
    request = opened(kari, received_on=date(2026, 8, 31))
    frozen_day("2026-09-03")
    ask(request, what="clarification", text=" Hvilket år? ", by=siv)
    assert (request.state, request.due_on, request.paused_due_on) == ("clarification_pending", date(2026, 9, 30), None)
    assert request.events.get(kind="question_asked").reason_code == "clarification"
    frozen_day("2026-09-12")
    receive_reply(request, text="I fjor", by=siv, on=date(2026, 9, 10), channel="letter")
    request.refresh_from_db()
    assert (request.state, request.due_on, request.paused_due_on) == (
        "in_progress", date(2026, 9, 30), date(2026, 10, 7),
    )  # fmt: skip
    assert request.acts_by == date(2026, 9, 30)
    assert written(request)[-2:] == [("question", "to_person", "Hvilket år?"), ("reply", "from_person", "I fjor")]


def test_a_question_needs_its_text_and_its_turn(kari, siv):
    request = opened(kari)
    with pytest.raises(RequestRefused):
        ask(request, what="identity", text=" \n", by=siv)
    assert kinds(request) == ["received"]
    ask(request, what="identity", text="Hvem?", by=siv)
    with pytest.raises(RequestRefused):
        ask(request, what="clarification", text="Og hva?", by=siv)
    assert kinds(request).count("question_asked") == 1


def test_a_question_is_mailed_whole_only_where_there_is_no_page(siv, per, drain):
    ask(requester(), what="identity", text="Hvilket firma?", by=siv)
    ask(open_request(per.subject, right="access", by=per), what="identity", text="Når var det?", by=siv)
    drain()
    assert {sent.to[0] for sent in mail.outbox} == {"eva@post.example", "per@cn.example"}
    assert any("Hvilket firma?" in sent.body for sent in mail.outbox)
    assert not any("Når var det?" in sent.body for sent in mail.outbox)


@pytest.mark.parametrize(
    ("on", "refused"), [(date(2026, 9, 9), True), (date(2026, 9, 10), False), (date(2026, 9, 11), True)]
)
def test_a_reply_comes_after_its_question_and_not_tomorrow(kari, siv, on, refused):
    request = opened(kari, received_on=date(2026, 9, 1))
    ask(request, what="identity", text="Hvem?", by=siv)
    if refused:
        with pytest.raises(RequestRefused):
            receive_reply(request, text="Meg", by=siv, on=on)
        assert request.state == "identity_pending" and "question_answered" not in kinds(request)
    else:
        receive_reply(request, text="Meg", by=siv, on=on)
        assert request.state == "in_progress"


def test_a_reply_without_words_before_the_request_or_to_a_finished_case_is_refused(kari, siv):
    request = opened(kari, received_on=date(2026, 9, 5))
    for more in ({"text": " "}, {"text": "Før", "on": date(2026, 9, 4)}):
        with pytest.raises(RequestRefused):
            receive_reply(request, by=siv, **more)
    receive_reply(request, text="Et tillegg", by=siv)
    assert kinds(request) == ["received"] and written(request)[-1][2] == "Et tillegg"
    answer(request, outcome="fulfilled", text="Gjort.", by=siv)
    with pytest.raises(RequestRefused):
        receive_reply(request, text="Takk", by=siv)


def test_identity_made_sure_ends_the_wait_for_it(kari, siv):
    request = opened(kari)
    prove_identity(request, method="call_back", by=siv)
    assert (request.identity, request.state) == ("call_back", "received")
    ask(request, what="identity", text="Hvem?", by=siv)
    prove_identity(request, method="in_person", by=siv)
    request.refresh_from_db()
    assert (request.identity, request.state) == ("in_person", "in_progress")
    assert kinds(request)[-3:] == ["identity_proved", "question_answered", "in_progress"]
    for method in ("unproved", "passport copy"):
        with pytest.raises(RequestRefused):
            prove_identity(request, method=method, by=siv)


def test_taken_back(kari, siv):
    request = opened(kari)
    take_back(request, by=None)
    assert (request.state, request.outcome) == ("closed", "withdrawn_by_subject")
    with pytest.raises(IllegalMove):
        take_back(request, by=None)


def test_words_go_with_the_person_and_the_case_stays(kari):
    request = opened(kari, text="Hemmelig", contact={"name": "Kari", "postal_address": "Gata 1"})
    raw = bytes(RequestMessage.objects.get().text_sealed.data)
    assert b"Hemmelig" not in raw and raw
    vault.destroy_keys([kari.subject.pk], ["main"])
    assert written(request)[0][2] in ("", None) and SubjectRequest.objects.get() == request


def test_events_are_append_only(kari):
    opened(kari)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestEvent.objects.update(kind="closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestEvent.objects.all().delete()
    assert RequestEvent.objects.count() == 1


def test_the_receipt_is_in_the_language_of_the_case(kari):
    request = opened(kari, language="nb", channel="letter")
    acknowledge(request, by=None)
    assert "10. september 2026" in written(request)[-1][2]


def test_somebody_with_an_account_by_another_key_is_written_to(kari, ola):
    open_account(kari.subject, email="kari@gjest.example", by=None)
    other = register_subject(role="guest", email="kari@gjest.example", verified=True, by=None)
    claim_subject(kari.subject, claimed=other, by=None)
    other.refresh_from_db()
    open_request(other, right="access", by=None)
    assert [address for address, _context in mails("acknowledged")] == ["kari@gjest.example"]


def test_every_act_in_a_case_has_words():
    acts = set(rules.STATES) - {"identity_pending", "clarification_pending"}
    acts |= {"added_to", "done_at_once", "question_asked", "question_answered", "identity_proved", "matched"}
    acts |= {"reminded", "escalated", "letter_printed", "refusal_proposed"}
    assert {f"request.{act}" for act in acts} <= set(words.ACTIONS)
