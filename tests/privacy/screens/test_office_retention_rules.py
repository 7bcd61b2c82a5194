"""Periods over HTTP: the schedule, a proposal, a second person, and nobody approving their own (N54, T10, L32)."""

import pytest
from django.contrib.auth.models import Permission

from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.models import RetentionRule
from privacy.periods import keep_of
from privacy.registry import declaration_of

URL = "/admin/privacy/retention/periods/"
GUESTS = f"{URL}toy.Guest/"
SAID = {"number": "12", "unit": "months", "basis": "Nobody needs it longer."}


@pytest.fixture
def office(officer, enter, frozen_day):
    frozen_day("2026-03-10")
    return enter(officer)


@pytest.fixture
def manager(make_person, enter):
    user = make_person("Lederkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return enter(user)


def decide(client, answer):
    rule = RetentionRule.objects.latest("version")
    return client.post(f"/admin/privacy/retention/decide/{rule.pk}/", {"answer": answer}, follow=True).text


def months():
    return keep_of(declaration_of("toy.Guest")).months


def test_every_class_stands_in_the_schedule(office):
    page = office.get(URL).text
    for words in ("Guests", "Bills", "Application", "24 months after visit", "N55", "the same"):
        assert words in page, words


def test_proposed_by_one_and_approved_by_another(office, manager):
    page = office.post(GUESTS, SAID, follow=True).text
    assert "Proposed. Until somebody else approves it, the present period rules." in page and months() == 24
    assert "You proposed this yourself" in page and ">Approve<" not in page
    assert "Guests" in office.get("/admin/privacy/retention/").text
    assert "Waiting for a second person" in manager.get(URL).text
    assert ">Approve<" in manager.get(GUESTS).text
    assert "Approved: in force." in decide(manager, "approve") and months() == 12
    page = office.get(GUESTS).text
    assert "12 months" in page and "Approved by Lederkanari" in page and "In force from 10 March 2026" in page
    assert "rule, version 1" in office.get(URL).text


def test_nobody_approves_their_own(office, officer):
    office.post(GUESTS, SAID)
    assert "You asked for this yourself" in decide(office, "approve")
    assert months() == 24 and RetentionRule.objects.get().state == "draft"


def test_a_proposal_is_refused_or_taken_back_and_changes_nothing(office, manager):
    office.post(GUESTS, SAID)
    assert "Refuse" in manager.get(GUESTS).text
    assert "It is not in force, or no longer." in decide(manager, "end")
    assert RetentionRule.objects.get().state == "retired" and months() == 24
    office.post(GUESTS, SAID)
    assert "Take it back" in office.get(GUESTS).text
    decide(office, "end")
    assert {rule.state for rule in RetentionRule.objects.all()} == {"retired"}
    assert "This rule has been decided on already." in decide(manager, "approve")


def test_an_answer_that_is_none_changes_nothing(office, manager):
    office.post(GUESTS, SAID)
    assert "Nothing was chosen" in decide(manager, "perhaps") and RetentionRule.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "0"}, "A period is at least one."),
        ({"number": "many"}, "Write a whole number."),
        ({"basis": ""}, "Write why this period is right"),
        ({"active_from": "2026-03-09"}, "This day is over."),
        ({"number": "9999"}, "at most fifty years"),
    ],
)
def test_a_period_that_cannot_be_is_refused_in_a_sentence_and_what_was_typed_stays(office, changed, sentence):
    page = office.post(GUESTS, SAID | changed).text
    assert sentence in page and not RetentionRule.objects.exists()
    if "basis" not in changed:
        assert "Nobody needs it longer." in page


def test_a_law_is_not_undercut(office):
    page = office.post(f"{URL}toy.Bill/", SAID).text
    assert "bokføringsloven § 13 demands at least the declared period" in page


def test_a_class_without_a_clock_takes_no_period(office):
    page = office.get(f"{URL}toy.Booking/").text
    assert "has no period of its own" in page and "Propose another period" not in page
    assert "has no period" in office.post(f"{URL}toy.Booking/", SAID).text and not RetentionRule.objects.exists()


def test_what_is_not_declared_is_not_found(office):
    assert office.get(f"{URL}toy.Room/").status_code == 404 and office.get(f"{URL}odd/").status_code == 404


def test_who_may_only_look_proposes_and_decides_nothing(office, make_person, enter):
    office.post(GUESTS, SAID)
    user = make_person("Sekanari", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_retentionrule"]))
    seer = enter(user)
    page = seer.get(GUESTS).text
    assert "Version 1" in page and "Propose another period" not in page and ">Approve<" not in page
    assert seer.post(GUESTS, SAID).status_code == 403
    rule = RetentionRule.objects.get()
    assert seer.post(f"/admin/privacy/retention/decide/{rule.pk}/", {"answer": "approve"}).status_code == 403
    assert RetentionRule.objects.get().state == "draft"


def test_who_proposed_and_works_here_no_more_is_a_dash(office, manager, officer):
    office.post(GUESTS, SAID)
    RetentionRule.objects.update(proposed_by="00000000-0000-4000-8000-000000000000")
    assert "Proposed by –" in manager.get(GUESTS).text
