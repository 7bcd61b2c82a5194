"""A demand of an authority: nothing without paper, without a second person, without a scope (N50, N51, T24)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from privacy.actions import authority_cases as acts
from privacy.actions.gate_cases import today
from privacy.models import AuthorityCase, Disclosure, OfficeDocument, TrailEntry
from privacy.rules.gates import GateRefused, IllegalMove
from privacy.second_person import OwnApproval
from tests.privacy.actions import gating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_a_demand_is_registered_with_a_number_of_its_own(siv):
    first, second = gating.draft(siv), gating.draft(siv)
    assert first.number == f"AC-{today().year}-000001" and second.number.endswith("000002")
    assert first.requester == siv.pk and first.state == "draft"
    assert first.paper.kind == "order" and len(first.paper.sha256) == 64
    assert [event.kind for event in first.events.order_by("at")] == ["draft", "order_filed"]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"authority": " "}, "Name the authority"),
        ({"received_on": date(2999, 1, 1)}, "still to come"),
        ({"period_from": date(2026, 2, 1), "period_to": date(2026, 1, 1)}, "before it begins"),
        ({"categories": ["credential"]}, "no such category"),
        ({"categories": ["horoscope"]}, "no such category"),
    ],
)
def test_what_cannot_be_registered_is_said(siv, wrong, word):
    good = {"authority": "Oslo tingrett", "instrument": "letter", "received_on": date(2026, 1, 1)}
    with pytest.raises(GateRefused, match=word):
        acts.open_authority_case(**(good | wrong), by=siv)
    assert not AuthorityCase.objects.exists()


def test_only_what_the_office_registers_can_be_written(siv):
    with pytest.raises(TypeError):
        acts.open_authority_case(authority="x", instrument="letter", received_on=today(), state="approved", by=siv)


def test_passwords_and_codes_are_no_category_of_a_scope():
    known = acts.known_categories()
    assert {"name", "email", "purchase"} <= known.keys() and "credential" not in known


@pytest.mark.parametrize(
    ("more", "with_person", "word"),
    [
        ({"paper": False}, True, "paper"),
        ({"instrument": "letter"}, True, "binds nobody"),
        ({"instrument": "phone"}, True, "binds nobody"),
        ({"instrument": "production_order"}, True, "section"),
        ({"categories": ()}, True, "No category"),
        ({}, False, "Nobody is in the scope"),
    ],
)
def test_nothing_incomplete_is_approved(siv, per, kari, more, with_person, word):
    people = [kari.subject] if with_person else []
    case = acts.submit_authority_case(gating.draft(siv, *people, **more), by=siv)
    with pytest.raises(GateRefused, match=word):
        acts.approve_authority_case(case, reason="ok", by=per)
    case.refresh_from_db()
    assert case.state == "submitted" and case.decided_by is None


def test_a_production_order_that_names_its_section_is_approved(siv, per, kari):
    case = gating.approved(siv, per, kari.subject, instrument="production_order", section="straffeprosessloven § 210")
    assert case.state == "approved" and case.decided_by == per.pk


def test_who_asked_cannot_approve(siv, per, kari):
    case = acts.submit_authority_case(gating.draft(siv, kari.subject), by=siv)
    with pytest.raises(OwnApproval, match="somebody else"):
        acts.approve_authority_case(case, reason="ok", by=siv)
    with pytest.raises(GateRefused, match="Say why"):
        acts.approve_authority_case(case, reason=" ", by=per)
    assert acts.approve_authority_case(case, reason="ok", by=per).state == "approved"


def test_the_database_itself_refuses_an_approval_without_paper_or_by_who_asked(siv, per, kari):
    case = acts.submit_authority_case(gating.draft(siv, kari.subject), by=siv)
    for columns in (
        {"decided_by": siv.pk},
        {"decided_by": None},
        {"decided_by": per.pk, "paper": None},
        {"decided_by": per.pk, "instrument": "letter"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AuthorityCase.objects.filter(pk=case.pk).update(state="approved", **columns)
    AuthorityCase.objects.filter(pk=case.pk).update(state="approved", decided_by=per.pk)


def test_a_call_is_refused_and_the_refusal_stands_in_the_file(siv):
    case = gating.draft(siv, instrument="phone", paper=False)
    with pytest.raises(GateRefused, match="Choose a reason"):
        acts.refuse_authority_case(case, code="", reason="x", by=siv)
    with pytest.raises(GateRefused, match="Say why"):
        acts.refuse_authority_case(case, code="no_order", reason="", by=siv)
    case = acts.refuse_authority_case(case, code="no_order", reason="A call binds nobody.", by=siv)
    assert (case.state, case.decision_code, case.decided_by) == ("refused", "no_order", siv.pk)
    assert not Disclosure.objects.exists()
    assert TrailEntry.objects.filter(action="gate.refused", object_pk=str(case.pk), subject=None).exists()
    assert acts.close_authority_case(case, by=siv).closed_on == today()


def test_a_case_put_before_a_colleague_is_not_changed_any_more(siv, kari, ola):
    case = acts.submit_authority_case(gating.draft(siv, kari.subject), by=siv)
    for act in (
        lambda: acts.change_authority_case(case, unit="x", by=siv),
        lambda: acts.file_order(case, scan=gating.scan(), by=siv),
        lambda: acts.add_person(case, person=ola.subject, by=siv),
        lambda: acts.remove_person(case, person=kari.subject, by=siv),
    ):
        with pytest.raises(GateRefused, match="already"):
            act()
    assert [row.subject for row in case.persons.all()] == [kari.subject]
    with pytest.raises(IllegalMove):
        acts.submit_authority_case(case, by=siv)


def test_a_draft_is_changed_and_its_paper_replaced(siv, per):
    case = gating.draft(siv)
    old = case.paper
    case = acts.change_authority_case(case, unit="Avd. 2", answer_by=today() + timedelta(days=3), by=per)
    assert (case.unit, case.requester) == ("Avd. 2", per.pk)
    paper = acts.file_order(case, scan=gating.scan(b"%PDF-1.4 another %%EOF"), by=siv)
    assert list(OfficeDocument.objects.all()) == [paper] and paper.sha256 != old.sha256


def test_a_person_is_in_the_scope_once_and_can_be_taken_out(siv, kari, ola):
    case = gating.draft(siv, kari.subject, ola.subject)
    acts.add_person(case, person=kari.subject, by=siv)
    assert case.persons.count() == 2
    acts.remove_person(case, person=kari.subject, by=siv)
    acts.remove_person(case, person=kari.subject, by=siv)
    assert [row.subject for row in case.persons.all()] == [ola.subject]
    assert case.events.filter(kind="person_removed").count() == 1


def test_somebody_who_is_being_deleted_is_in_no_scope(siv, kari):
    kari.subject.state = "erasing"
    kari.subject.save()
    with pytest.raises(GateRefused, match="deleted"):
        gating.draft(siv, kari.subject)
