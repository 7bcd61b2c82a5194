"""Whose request it is: nobody is joined by an address; the office says so, and how it made sure (T31)."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from privacy.actions import (
    RequestRefused,
    add_identifier,
    answer,
    ask,
    candidates_for,
    claim_subject,
    match_request,
    open_account,
    register_letter,
    register_subject,
)
from privacy.models import DataSubject, TrailEntry
from privacy.rules.deadlines import oslo_date
from tests.privacy.actions.requesting import kinds, opened, requester, written

KARI = "kari@gjest.example"
TODAY = oslo_date(timezone.now())


def test_candidates_carry_the_same_address_and_nobody_is_joined(kari, ola):
    request = requester(KARI)
    assert candidates_for(request) == [kari.subject]
    assert request.subject.proved_as is None and request.subject != kari.subject
    unproved = register_subject(role="guest", email=KARI, verified=False, by=None)
    claimed = register_subject(role="guest", email=KARI, verified=True, by=None)
    DataSubject.objects.filter(pk=claimed.pk).update(proved_as=kari.subject)
    assert candidates_for(request) == [kari.subject, unproved], "a claimed record is its person, and only once"
    assert candidates_for(requester("ny@post.example")) == []


def test_the_only_person_with_this_mailbox_is_matched_by_it(kari, siv):
    request = requester(KARI)
    match_request(request, subject=kari.subject, method="mailbox", by=siv)
    request.refresh_from_db()
    assert request.subject.person == kari.subject and request.identity == "mailbox"
    kari.subject.refresh_from_db()
    assert kari.subject.roles == ["guest", "requester"]
    assert kinds(request)[-1] == "matched" and request.events.last().reason_code == "mailbox"
    assert get_user_model().objects.get(email=KARI).subject == kari.subject
    actions = TrailEntry.objects.filter(actor=siv.pk).values_list("action", flat=True)
    assert {"subject.claimed", "request.matched"} <= set(actions)


def test_a_shared_mailbox_needs_a_question_first(kari, siv):
    register_subject(role="guest", email=KARI, verified=True, by=None)
    request = requester(KARI)
    with pytest.raises(RequestRefused):
        match_request(request, subject=kari.subject, method="mailbox", by=siv)
    request.subject.refresh_from_db()
    assert request.subject.proved_as is None and request.identity == "mailbox" and "matched" not in kinds(request)
    ask(request, what="identity", text="Når bodde du her?", by=siv)
    match_request(request, subject=kari.subject, method="call_back", by=siv)
    request.refresh_from_db()
    assert (request.state, request.identity) == ("in_progress", "call_back")
    assert kinds(request)[-3:] == ["matched", "question_answered", "in_progress"]


def test_an_unproved_address_is_no_proof(kari, siv):
    add_identifier(kari.subject, email="eva@post.example", by=None)
    request = requester()
    assert candidates_for(request) == [kari.subject]
    with pytest.raises(RequestRefused):
        match_request(request, subject=kari.subject, method="mailbox", by=siv)


@pytest.mark.parametrize("method", ["unproved", "signed_in", "guess"])
def test_a_match_says_how_it_was_made_sure(kari, siv, method):
    with pytest.raises(RequestRefused):
        match_request(requester(KARI), subject=kari.subject, method=method, by=siv)


def test_a_letter_is_matched_by_the_address_on_file(kari, siv):
    request = register_letter(
        right="access", channel="letter", received_on=TODAY, text="Alt", contact={"postal_address": "Gata 1"}, by=siv
    )
    match_request(request, subject=kari.subject, method="known_address", by=siv)
    assert request.subject.person == kari.subject and not get_user_model().objects.filter(email=KARI).exists()


def test_who_cannot_be_matched(kari, ola, siv):
    request = requester()
    DataSubject.objects.filter(pk=ola.subject.pk).update(state="erased")
    ola.subject.refresh_from_db()
    with pytest.raises(RequestRefused):
        match_request(request, subject=ola.subject, method="in_person", by=siv)
    with pytest.raises(RequestRefused):
        match_request(request, subject=request.subject, method="in_person", by=siv)
    match_request(request, subject=kari.subject, method="in_person", by=siv)
    with pytest.raises(RequestRefused):
        match_request(request, subject=kari.subject, method="in_person", by=siv)


def test_who_has_a_page_or_other_records_says_so_themselves(kari, ola, siv):
    request = requester()
    account = open_account(request.subject, email="eva@post.example", by=None)
    with pytest.raises(RequestRefused):
        match_request(request, subject=kari.subject, method="in_person", by=siv)
    account.delete()
    other = register_subject(role="guest", email="eva@post.example", verified=True, by=None)
    claim_subject(request.subject, claimed=other, by=None)
    with pytest.raises(RequestRefused):
        match_request(request, subject=kari.subject, method="in_person", by=siv)


def test_two_open_requests_of_one_right_go_on_as_one(kari, siv):
    older = opened(kari, text="Først")
    request = requester(KARI, text="Og dette")
    match_request(request, subject=kari.subject, method="in_person", by=siv)
    request.refresh_from_db()
    assert (request.state, request.outcome, request.reason_code) == ("closed", "fulfilled", "joined")
    assert [text for _kind, _direction, text in written(older)] == ["Først", "Og dette"]
    assert written(request)[-1] == ("note", "internal", older.number)
    older.refresh_from_db()
    assert older.is_open


def test_another_right_or_a_finished_case_stays_apart(kari, siv):
    erasure = opened(kari, right="erasure")
    request = requester(KARI)
    match_request(request, subject=kari.subject, method="in_person", by=siv)
    assert request.is_open and erasure.is_open
    done = requester("kari2@gjest.example", right="erasure")
    answer(done, outcome="refused", reason_code="claims", text="Nei", by=siv)
    get_user_model().objects.filter(email="kari2@gjest.example").delete()
    match_request(done, subject=kari.subject, method="in_person", by=siv)
    assert done.outcome == "refused" and "joined" not in done.reason_code
