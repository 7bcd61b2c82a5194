"""What an outsider sees: pseudonyms, hidden small numbers, names when approved; each look is a row (N52, N53, T25)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override

from privacy import registry
from privacy.actions import deal_persons, object_to, restrict
from privacy.actions.deal_reads import look_at_class, look_in
from privacy.actions.gate_cases import today
from privacy.models import DealCase, DealRead, Disclosure
from privacy.queries import deal_room
from privacy.queries.deal_room import columns_of, reference
from privacy.rules.gates import GateRefused
from tests.crm.factories import contact
from tests.privacy.actions import gating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


WORDS = ("Gjest", "kunde.example", "+47", "Verkstedleder", "Sagt")


@pytest.fixture
def guests(db):
    """Six contacts: five met at a visit, one alone at a fair."""
    return [_contact(number, source_channel="fair" if number == 5 else "visit") for number in range(6)]


def _contact(number, **facts):
    facts = {"full_name": f"Gjest{number}", "source_note": "Sagt ved kaia", **facts}
    return contact(email=f"g{number}@kunde.example", **facts)


@pytest.fixture
def ada(siv, per):
    return gating.let_in(gating.deal(siv, per), siv, per)


def user_of(outsider):
    return get_user_model().objects.get(subject=outsider.subject)


def test_the_first_page_has_numbers_alone_and_is_noted(ada, guests):
    (found,) = look_in(ada, by=user_of(ada))
    assert (found.label, found.rows, found.persons) == ("crm.Contact", 6, 6)
    look = DealRead.objects.get()
    assert (look.person, look.model, look.with_names) == (ada, "", False)


def test_small_numbers_are_hidden_and_such_a_class_cannot_be_opened(ada, guests):
    for each in guests[4:]:
        each.delete()
    (found,) = look_in(ada, by=user_of(ada))
    assert found.rows is None and found.persons is None
    assert look_at_class(ada, "crm.Contact", by=user_of(ada)) is None


def test_rows_come_under_pseudonyms_without_a_name_a_number_or_what_few_share(ada, guests):
    page = look_at_class(ada, "crm.contact", by=user_of(ada))
    text = str(page.rows)
    assert len(page.rows) == 6 and not any(word in text for word in WORDS)
    channel = page.columns.index("How we got it")
    assert sorted(values[channel] for _ref, values in page.rows) == ["said at a visit or meeting"] * 5 + ["–"]
    assert not any(str(each.subject_id)[:8] in text for each in guests)
    look = DealRead.objects.get()
    assert (look.model, look.rows, look.page, look.with_names) == ("crm.contact", 6, 1, False)
    assert not Disclosure.objects.exists()


def test_a_reference_is_stable_in_one_deal_and_another_one_in_the_next(ada, guests, siv, per):
    again = {ref for ref, _values in look_at_class(ada, "crm.Contact", by=user_of(ada)).rows}
    assert again == {reference(ada.case, each.subject_id) for each in guests} and len(again) == 6
    other = gating.deal(siv, per)
    assert not again & {reference(other, each.subject_id) for each in guests}


def test_names_are_shown_only_when_they_were_approved_and_everybody_seen_is_told(ada, guests, siv, per):
    asked = look_at_class(ada, "crm.Contact", with_names=True, by=user_of(ada))
    assert not asked.with_names and "Gjest0" not in str(asked.rows)
    deal_persons.ask_for_names(ada, reason="Key guests.", by=siv)
    ada = deal_persons.approve_names(ada, by=per)
    page = look_at_class(ada, "crm.Contact", with_names=True, by=user_of(ada))
    text = str(page.rows)
    assert page.with_names and "Gjest0" in text and "g0@kunde.example" in text
    rows = Disclosure.objects.all()
    assert {row.subject_id for row in rows} == {each.subject_id for each in guests}
    assert {(row.activity, row.case, row.approver) for row in rows} == {("deal-access", ada.case_id, per.pk)}
    assert rows[0].recipient.name == "Kjøper AS" and "full_name" in rows[0].field_names
    look_at_class(ada, "crm.Contact", with_names=True, by=user_of(ada))
    assert Disclosure.objects.count() == 6 and DealRead.objects.filter(with_names=True).count() == 2


def test_nobody_restricted_or_objecting_is_shown(ada, guests):
    restrict(guests[0].subject, ground="accuracy", by=None)
    object_to(guests[1].subject, activity="deal-access", by=None)
    (found,) = look_in(ada, by=user_of(ada))
    assert found.rows is None
    gone = {reference(ada.case, each.subject_id) for each in guests[:2]}
    _contact(7)
    page = look_at_class(ada, "crm.Contact", by=user_of(ada))
    assert len(page.rows) == 5 and not gone & {ref for ref, _values in page.rows}


def test_a_class_outside_the_scope_does_not_exist(ada, guests):
    assert look_at_class(ada, "crm.Order", by=user_of(ada)) is None
    assert look_at_class(ada, "accounts.User", by=user_of(ada)) is None
    assert not DealRead.objects.exists()


@pytest.mark.parametrize(("first", "last", "is_open"), [(0, 0, True), (1, 5, False), (-5, -1, False), (-5, 0, True)])
def test_access_is_open_from_the_first_day_through_the_last(ada, guests, first, last, is_open):
    days = {"starts_on": today() + timedelta(days=first), "ends_on": today() + timedelta(days=last)}
    DealCase.objects.filter(pk=ada.case_id).update(**days)
    fresh = gating.refetched(ada)
    if is_open:
        assert look_in(fresh, by=user_of(ada))
    else:
        with pytest.raises(GateRefused, match="access has"):
            look_in(fresh, by=user_of(ada))
        assert not DealRead.objects.exists()


@pytest.mark.parametrize("act", [deal_persons.withdraw_statement, deal_persons.revoke_access])
def test_what_ends_an_access_ends_it_at_the_next_page(ada, guests, siv, act):
    assert look_in(ada, by=user_of(ada))
    act(ada, by=siv)
    for look in (lambda row: look_in(row, by=None), lambda row: look_at_class(row, "crm.Contact", by=None)):
        with pytest.raises(GateRefused):
            look(gating.refetched(ada))
    assert DealRead.objects.count() == 1


def test_pages_are_bounded_and_a_wrong_number_shows_the_nearest(ada, guests, monkeypatch):
    monkeypatch.setattr("privacy.queries.deal_room.ON_A_PAGE", 4)
    first, second = (look_at_class(ada, "crm.Contact", page=number, by=user_of(ada)) for number in (1, 99))
    assert (len(first.rows), len(second.rows), second.number, second.pages) == (4, 2, 2, 2)
    assert look_at_class(ada, "crm.Contact", page=0, by=user_of(ada)).number == 1


def test_coarse_columns_are_choices_yes_or_no_and_years_and_never_free_words():
    declaration = registry.declaration_of("crm.Contact")
    assert {"language", "ground", "source_channel", "collected_on"} <= set(columns_of(declaration))
    assert not {"full_name", "title", "source_note", "interests", "phone"} & set(columns_of(declaration))
    every = columns_of(declaration, with_names=True)
    assert "full_name" in every and "search" not in every and "owner" not in every


@pytest.mark.parametrize(
    ("value", "words"), [(True, "yes"), (False, "no"), ("", "–"), (None, "–"), (0, "0"), ("x", "x")]
)
def test_values_are_words_for_people(value, words):
    assert deal_room._words(value) == words
