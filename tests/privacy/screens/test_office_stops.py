"""Matching, recipients, pauses and objections, from the page of a case (T31, L13, L14, L16)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from privacy import actions
from privacy.actions.erasure import carry_out
from privacy.models import DataSubject, Objection, OutgoingMail, RecipientNotice, Restriction, SubjectRequest

URL = "/admin/privacy/requests/"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


@pytest.fixture
def case(kari):
    return actions.open_request(kari.subject, right="restriction", by=kari)


@pytest.fixture
def letter(kari):
    """A letter that bears Kari's address; whoever wrote it."""
    return actions.register_letter(
        right="access",
        channel="letter",
        received_on=timezone.localdate(),
        text="Innsyn.",
        contact={"email": kari.email, "postal_address": "Kaigata 1"},
        by=None,
    )


def page_of(client, case):
    return client.get(f"{URL}{case.pk}/").text


def do(client, case, way, **said):
    return client.post(f"{URL}{case.pk}/{way}/", {"step": "send", **said}, follow=True).text


def test_the_same_address_is_a_hint_and_nothing_is_matched(office, kari, ola, letter):
    page = page_of(office, letter)
    assert str(kari.subject_id)[:8] in page and "somebody with an account" in page
    assert str(ola.subject_id)[:8] not in page and "There is more than one." not in page
    letter.subject.refresh_from_db()
    assert letter.subject.proved_as is None
    actions.register_subject(role="customer", email=kari.email, by=None)
    assert "There is more than one. Ask the person who they are" in page_of(office, letter)


def test_the_office_says_how_it_made_sure(office, kari, letter):
    address = f"match/{kari.subject_id}"
    page = office.get(f"{URL}{letter.pk}/{address}/").text
    assert str(kari.subject_id)[:8] in page and "The same address alone proves nobody." in page
    assert "This field is required." in do(office, letter, address)
    assert "Matched. The case now counts for this person." in do(office, letter, address, method="call_back")
    letter.subject.refresh_from_db()
    assert letter.subject.proved_as == kari.subject
    page = page_of(office, letter)
    assert "Records with the same address" not in page and "(matched)" in page


def test_a_match_the_engine_refuses_stays_undone(office, kari, letter):
    page = do(office, letter, f"match/{kari.subject_id}", method="mailbox")
    assert "The mailbox does not tell which person it is." in page
    letter.subject.refresh_from_db()
    assert letter.subject.proved_as is None


def test_only_a_candidate_can_be_matched_and_only_while_open(office, officer, kari, ola, letter):
    assert office.get(f"{URL}{letter.pk}/match/{ola.subject_id}/").status_code == 404
    assert (
        do(office, letter, f"match/{ola.subject_id}", method="call_back")
        and DataSubject.objects.filter(proved_as=ola.subject).count() == 0
    )
    actions.take_back(letter, by=officer)
    answer = office.get(f"{URL}{letter.pk}/match/{kari.subject_id}/", follow=True)
    assert "This cannot be done where the case stands now." in answer.text


def test_a_candidate_out_of_use_is_marked(office, kari, letter):
    actions.restrict(kari.subject, ground="claim", by=None)
    assert "not in use: restricted or being erased" in page_of(office, letter)


@pytest.fixture
def notice(case, bring):
    actions.log_disclosure(case.subject, recipient=bring, payload={"email": "x"}, activity="accounts", by=None)
    return RecipientNotice.objects.create(
        subject=case.subject, request=case, about="restriction", recipient=bring, references=["ref-77"]
    )


def test_a_recipient_is_told_with_its_answer_and_the_case_can_end(office, officer, case, notice):
    actions.answer(case, outcome="fulfilled", text="Satt på pause.", by=officer)
    assert case.state == "fulfilled" and "ref-77" in page_of(office, case)
    assert case.number in office.get("/admin/privacy/").text
    way = f"recipients/{notice.pk}"
    assert "ref-77" in office.get(f"{URL}{case.pk}/{way}/").text
    page = do(office, case, way, told="impossible", answer="typed")
    assert "Say why the recipient could not be told." in page and "typed" in page
    assert "Noted. The task is closed." in do(office, case, way, told="told", answer="deleted there too")
    notice.refresh_from_db()
    case.refresh_from_db()
    assert (notice.state, notice.answer, notice.settled_by, case.state) == (
        "told",
        "deleted there too",
        officer.pk,
        "closed",
    )
    assert "deleted there too" in page_of(office, case) and way not in page_of(office, case)
    assert office.get(f"{URL}{case.pk}/{way}/").status_code == 404


def test_one_that_cannot_be_told_needs_its_reason(office, case, notice):
    assert "Noted." in do(office, case, f"recipients/{notice.pk}", told="impossible", reason="closed down")
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("impossible", "closed down")
    assert "closed down" in page_of(office, case)


def test_the_notices_of_the_erasure_belong_to_its_case(office, kari, bring):
    actions.log_disclosure(
        kari.subject, recipient=bring, payload={"email": kari.email}, activity="accounts", by=None, about=kari
    )
    case = actions.open_request(kari.subject, right="erasure", by=kari)
    erasure = actions.request_erasure(kari.subject, cause="request", by=kari)
    SubjectRequest.objects.filter(pk=case.pk).update(erasure=erasure)
    carry_out(erasure)
    notice = RecipientNotice.objects.get()
    page = page_of(office, case)
    assert notice.request_id is None and "Postbudet AS" in page and f"recipients/{notice.pk}/" in page


def test_a_pause_ends_after_it_was_announced_and_not_before(office, case):
    pause = actions.restrict(case.subject, ground="accuracy", by=None, request=case)
    OutgoingMail.objects.all().delete()
    page = page_of(office, case)
    assert "everything about this person" in page and "they say it is wrong" in page and "/lift/" not in page
    way = f"restrictions/{pause.pk}"
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    assert "everything about this person" in office.get(f"{URL}{case.pk}/{way}/announce/").text
    page = do(office, case, f"{way}/announce", on=today.isoformat())
    assert "Choose tomorrow or a later day." in page and not OutgoingMail.objects.exists()
    assert "The person has not been told that the pause ends." in do(office, case, f"{way}/lift")
    assert "The person is being told." in do(office, case, f"{way}/announce", on=tomorrow.isoformat())
    assert OutgoingMail.objects.count() == 1 and "/lift/" not in page_of(office, case)
    assert "The person was told another day" in do(office, case, f"{way}/lift")
    with time_machine.travel(timezone.now() + timedelta(minutes=29), tick=True):
        Restriction.objects.filter(pk=pause.pk).update(lift_on=today)
        assert f"{way}/lift/" in page_of(office, case)
        assert "The pause has ended." in do(office, case, f"{way}/lift")
    pause.refresh_from_db()
    assert pause.lifted_at is not None and "What stands still" not in page_of(office, case)
    assert office.get(f"{URL}{case.pk}/{way}/lift/").status_code == 404


def test_a_paused_record_is_named_by_kind_and_number(office, kari, case):
    actions.restrict(kari.subject, ground="unlawful", record=kari, by=None, request=case)
    assert f"account {str(kari.pk)[:8]}" in page_of(office, case).replace("\n", "")


@pytest.fixture
def objection(case):
    return Objection.objects.create(subject=case.subject, activity="accounts", request=case)


def test_an_objection_is_overruled_with_its_reason_only(office, case, objection):
    way = f"objections/{objection.pk}"
    assert f"{way}/" in page_of(office, case)
    assert "Decide the objection" in office.get(f"{URL}{case.pk}/{way}/").text
    assert "Say which grounds weigh more." in do(office, case, way, upheld="no")
    assert "Decided." in do(office, case, way, upheld="no", reason_code="claims")
    objection.refresh_from_db()
    assert (objection.state, objection.reason_code) == ("overruled", "claims")
    assert f"{way}/" not in page_of(office, case) and "not followed" in page_of(office, case)


def test_an_objection_is_followed(office, case, objection, monkeypatch):
    assert "Decided." in do(office, case, f"objections/{objection.pk}", upheld="yes", reason_code="claims")
    objection.refresh_from_db()
    assert (objection.state, objection.reason_code) == ("upheld", "")
    assert office.get(f"{URL}{case.pk}/objections/{objection.pk}/").status_code == 404


def test_what_belongs_to_somebody_else_is_not_reached_through_a_case(office, ola, case, notice):
    pause = actions.restrict(ola.subject, ground="claim", by=None)
    no = Objection.objects.create(subject=ola.subject, activity="accounts")
    other = actions.open_request(ola.subject, right="access", by=ola)
    ways = (f"restrictions/{pause.pk}/announce", f"restrictions/{pause.pk}/lift", f"objections/{no.pk}")
    assert all(office.get(f"{URL}{other.pk}/{way}/").status_code in (200, 302) for way in ways)
    assert all(office.get(f"{URL}{case.pk}/{way}/").status_code == 404 for way in ways)
    assert office.get(f"{URL}{other.pk}/recipients/{notice.pk}/").status_code == 404
