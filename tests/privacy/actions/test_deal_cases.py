"""A deal: approved by another, statements before access, pseudonyms before names, an end that holds (N52, N53, T25)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from privacy.actions import deal_cases, deal_persons
from privacy.actions.gate_cases import today
from privacy.actions.mail import open_mail
from privacy.models import DealCase, DealPerson, OfficeDocument, OutgoingMail, Screening
from privacy.queries.deal_room import open_classes
from privacy.rules.deadlines import add_months
from privacy.rules.gates import GateRefused, IllegalMove
from privacy.second_person import OwnApproval
from tests.privacy.actions import gating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_a_deal_has_a_number_and_is_approved_by_another(siv, per):
    case = deal_cases.submit_deal(gating.deal(siv), by=siv)
    assert case.number == f"DC-{today().year}-000001"
    with pytest.raises(OwnApproval):
        deal_cases.approve_deal(case, reason="ok", by=siv)
    with pytest.raises(GateRefused, match="Say why"):
        deal_cases.approve_deal(case, reason="", by=per)
    case = deal_cases.approve_deal(case, reason="ok", by=per)
    assert (case.state, case.decided_by) == ("approved", per.pk)
    with pytest.raises(GateRefused, match="already"):
        deal_cases.change_deal(case, purpose="more", by=siv)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"parties": " "}, "Name the parties"),
        ({"purpose": ""}, "what the access is for"),
        ({"ends_on": today() - timedelta(days=1)}, "before the first"),
        ({"classes": ["privacy.TrailEntry"]}, "consents do not travel"),
    ],
)
def test_what_cannot_be_registered_is_said(siv, wrong, word):
    good = {"parties": "A AS", "purpose": "Sale", "starts_on": today(), "ends_on": today(), "classes": ["crm.Contact"]}
    with pytest.raises(GateRefused, match=word):
        deal_cases.open_deal(**(good | wrong), by=siv)
    assert not DealCase.objects.exists()


def test_what_rests_on_a_consent_is_in_no_deal():
    """T25: consents do not travel."""
    classes = open_classes()
    assert "crm.Order" in classes and "careers.Application" not in classes
    assert not any(label.startswith(("privacy.", "accounts.", "wagtail")) for label in classes)


def test_an_empty_scope_is_not_approved_and_a_draft_is_changed(siv, per):
    case = gating.deal(siv, classes=())
    case = deal_cases.submit_deal(case, by=siv)
    with pytest.raises(GateRefused, match="Nothing is in the scope"):
        deal_cases.approve_deal(case, reason="ok", by=per)
    other = deal_cases.change_deal(gating.deal(siv), purpose="Merger", by=per)
    assert (other.purpose, other.requester) == ("Merger", per.pk)


def test_without_an_approved_assessment_no_deal_begins(siv, per):
    Screening.objects.filter(activity="deal-access").delete()
    case = deal_cases.submit_deal(gating.deal(siv), by=siv)
    with pytest.raises(GateRefused, match="assessment"):
        deal_cases.approve_deal(case, reason="ok", by=per)
    case.refresh_from_db()
    assert case.state == "submitted"


def test_an_outsider_is_a_person_of_their_own_and_gets_nothing_by_being_named(siv, per, kari):
    case = gating.deal(siv, per)
    person = gating.outsider(case, siv, signed=False, email=kari.email)
    assert person.subject != kari.subject and person.subject.roles == ["external"]
    assert not OutgoingMail.objects.exists() and not get_user_model().objects.filter(subject=person.subject).exists()


@pytest.mark.parametrize(("name", "organisation", "word"), [(" ", "x", "name"), ("x", " ", "works for")])
def test_an_outsider_has_a_name_and_an_employer(siv, per, name, organisation, word):
    with pytest.raises(GateRefused, match=word):
        deal_persons.add_outsider(
            gating.deal(siv, per), name=name, email="a@b.example", organisation=organisation, by=siv
        )


def test_an_address_of_an_account_is_not_taken(siv, per):
    with pytest.raises(GateRefused, match="another one"):
        gating.outsider(gating.deal(siv, per), siv, signed=False, email="PER@cn.example")


def test_without_a_statement_the_grant_is_refused(siv, per):
    person = gating.outsider(gating.deal(siv, per), siv, signed=False)
    with pytest.raises(GateRefused, match="no signed confidentiality statement"):
        deal_persons.grant_access(person, by=per)
    with pytest.raises(IntegrityError), transaction.atomic():
        DealPerson.objects.filter(pk=person.pk).update(granted_at=timezone.now(), granted_by=per.pk)
    assert not OutgoingMail.objects.exists()


def test_with_a_statement_another_one_gives_access_and_the_outsider_is_told(siv, per):
    person = gating.outsider(gating.deal(siv, per), siv)
    with pytest.raises(OwnApproval):
        deal_persons.grant_access(person, by=siv)
    person = deal_persons.grant_access(person, by=per)
    user = get_user_model().objects.get(subject=person.subject)
    assert user.email == "ada@radgiver.example" and not user.is_staff
    to, context = open_mail(OutgoingMail.objects.get())
    assert to == user.email and f"/privacy/deal-room/{person.case_id}/" in context["url"]
    with pytest.raises(GateRefused, match="already"):
        deal_persons.grant_access(person, by=per)


def test_no_access_to_a_deal_that_is_not_approved_or_has_passed(siv, per):
    waiting = gating.outsider(gating.deal(siv), siv)
    with pytest.raises(GateRefused, match="not been approved"):
        deal_persons.grant_access(waiting, by=per)
    person = gating.outsider(gating.deal(siv, per), siv, email="bo@radgiver.example")
    DealCase.objects.filter(pk=person.case_id).update(
        starts_on=today() - timedelta(days=2), ends_on=today() - timedelta(days=1)
    )
    with pytest.raises(GateRefused, match="last day"):
        deal_persons.grant_access(person, by=per)


def test_an_address_that_was_taken_meanwhile_is_not_let_in(siv, per):
    person = gating.outsider(gating.deal(siv, per), siv)
    get_user_model().objects.create_user("ada@radgiver.example", None)
    with pytest.raises(GateRefused, match="another one"):
        deal_persons.grant_access(person, by=per)


@pytest.mark.parametrize(("signatory", "signed", "word"), [(" ", 0, "who signed"), ("Ada", 1, "still to come")])
def test_a_statement_has_a_signatory_and_a_day(siv, per, signatory, signed, word):
    person = gating.outsider(gating.deal(siv, per), siv, signed=False)
    day = today() + timedelta(days=signed)
    with pytest.raises(GateRefused, match=word):
        deal_persons.file_statement(person, scan=gating.scan(), signatory=signatory, signed_on=day, by=siv)
    assert not OfficeDocument.objects.exists()


def test_a_withdrawn_statement_is_replaced_and_access_is_given_anew(siv, per):
    person = gating.let_in(gating.deal(siv, per), siv, per)
    with pytest.raises(GateRefused, match="in force already"):
        deal_persons.file_statement(person, scan=gating.scan(), signatory="Ada", signed_on=today(), by=siv)
    person = deal_persons.withdraw_statement(person, by=siv)
    with pytest.raises(GateRefused, match="no statement in force"):
        deal_persons.withdraw_statement(person, by=siv)
    with pytest.raises(GateRefused, match="no signed"):
        deal_persons.grant_access(gating.refetched(person), by=per)
    deal_persons.file_statement(person, scan=gating.scan(), signatory="Ada", signed_on=today(), by=siv)
    again = gating.refetched(person)
    assert again.granted_at is None and OfficeDocument.objects.get() == again.statement
    assert deal_persons.grant_access(again, by=per).granted_at
    assert get_user_model().objects.filter(subject=person.subject).count() == 1


def test_access_is_taken_back_and_may_be_given_again(siv, per):
    person = deal_persons.revoke_access(gating.let_in(gating.deal(siv, per), siv, per), by=siv)
    assert person.revoked_by == siv.pk
    with pytest.raises(GateRefused, match="no access"):
        deal_persons.revoke_access(person, by=siv)
    assert deal_persons.grant_access(person, by=per).revoked_at is None


def test_names_need_a_reason_and_another_one(siv, per):
    person = gating.let_in(gating.deal(siv, per), siv, per)
    with pytest.raises(GateRefused, match="Nobody has asked"):
        deal_persons.approve_names(person, by=per)
    with pytest.raises(GateRefused, match="Say why"):
        deal_persons.ask_for_names(person, reason=" ", by=siv)
    person = deal_persons.ask_for_names(person, reason="Key customers.", by=siv)
    with pytest.raises(OwnApproval):
        deal_persons.approve_names(person, by=siv)
    with pytest.raises(IntegrityError), transaction.atomic():
        DealPerson.objects.filter(pk=person.pk).update(names_approved_at=timezone.now(), names_approved_by=siv.pk)
    person = deal_persons.approve_names(person, by=per)
    assert person.names_approved_by == per.pk
    with pytest.raises(GateRefused, match="already"):
        deal_persons.ask_for_names(person, reason="more", by=siv)


def test_a_deal_closes_when_the_persons_were_told_of_a_new_controller(siv, per):
    case = gating.deal(siv, per)
    person = gating.let_in(case, siv, per)
    with pytest.raises(GateRefused, match="Say whether"):
        deal_cases.close_deal(case, control_changed=None, by=siv)
    with pytest.raises(GateRefused, match="tell the persons first"):
        deal_cases.close_deal(case, control_changed=True, by=siv)
    with pytest.raises(GateRefused, match="still to come"):
        deal_cases.close_deal(case, control_changed=True, informed_on=today() + timedelta(days=1), by=siv)
    case = deal_cases.close_deal(case, control_changed=True, informed_on=today(), by=siv)
    assert (case.state, case.informed_on, case.closed_on) == ("closed", today(), today())
    assert gating.refetched(person).proof_until == add_months(today(), 60)
    for act in (
        lambda: gating.outsider(case, siv, email="x@y.example"),
        lambda: deal_persons.grant_access(person, by=per),
    ):
        with pytest.raises(GateRefused, match="over"):
            act()
    with pytest.raises(IllegalMove):
        deal_cases.close_deal(case, control_changed=False, by=siv)


def test_a_refused_deal_closes_without_a_word_on_control(siv):
    case = gating.deal(siv)
    with pytest.raises(GateRefused, match="Say why"):
        deal_cases.refuse_deal(case, reason="", by=siv)
    case = deal_cases.refuse_deal(case, reason="No need.", by=siv)
    assert deal_cases.close_deal(case, control_changed=None, by=siv).state == "closed"


def test_a_paper_opens_under_its_own_key_and_lies_sealed(siv, per):
    person = gating.outsider(gating.deal(siv, per), siv)
    with storages["people"].open(person.statement.storage_name) as lying:
        assert gating.PDF not in lying.read()
