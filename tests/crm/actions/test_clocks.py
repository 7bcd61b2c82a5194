"""What moves a contact's clock: own dealings, and for a while those of the company (N55, T11)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm import actions, rules
from crm.models import Contact, Organisation
from tests.crm import factories

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2026, 3, 10), date(2026, 5, 4)


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day(MAY.isoformat())


@pytest.fixture
def verft():
    return factories.organisation()


def working_at(organisation, **facts):
    contact = factories.contact(**facts)
    actions.add_employment(contact, organisation=organisation, by=None)
    return contact


def start_of(contact):
    contact.refresh_from_db()
    return contact.clock_starts_on


def test_an_order_of_a_colleague_keeps_who_works_there(verft):
    quiet, buyer, stranger = working_at(verft), working_at(verft), working_at(factories.organisation())
    factories.order(organisation=verft, contact=buyer, ordered_on=MAY)
    assert (start_of(quiet), start_of(buyer), start_of(stranger)) == (MAY, MAY, MARCH)
    assert quiet.last_dealt_with_on == MARCH and buyer.last_dealt_with_on == MAY


def test_a_delivery_and_a_conversation_of_a_colleague_do_too(verft, frozen_day):
    quiet, buyer = working_at(verft), working_at(verft)
    placed = factories.order(organisation=verft, contact=buyer, ordered_on=MARCH)
    assert start_of(quiet) == MARCH
    frozen_day("2026-05-01")
    planned = factories.delivery(placed=placed)
    assert start_of(quiet) == date(2026, 5, 1)
    frozen_day("2026-05-02")
    booked = actions.book_delivery(planned, by=None)
    assert start_of(quiet) == date(2026, 5, 2)
    frozen_day("2026-05-03")
    actions.confirm_delivered(booked, by=None)
    assert start_of(quiet) == date(2026, 5, 3)
    frozen_day("2026-05-04")
    actions.record_interaction(buyer, kind="call", happened_on=MAY, text="Ringte om leveransen", by=None)
    assert start_of(quiet) == MAY


def test_an_older_order_entered_late_moves_nothing_back(verft):
    quiet = working_at(verft)
    factories.order(organisation=verft, contact=working_at(verft), ordered_on=MAY)
    factories.order(organisation=verft, contact=None, ordered_on=date(2026, 4, 1))
    assert start_of(quiet) == MAY and Organisation.objects.get(pk=verft.pk).active_on == MAY


def test_a_changed_order_and_a_changed_conversation_count_too(verft):
    quiet, other = working_at(verft), working_at(verft)
    placed = factories.order(organisation=verft, contact=None, ordered_on=MARCH)
    actions.update_order(placed, changes={"ordered_on": date(2026, 4, 1)}, by=None)
    assert start_of(quiet) == date(2026, 4, 1)
    spoke = actions.record_interaction(
        other, kind="call", happened_on=MARCH, text="Ringte", organisation=verft, by=None
    )
    actions.update_interaction(spoke, changes={"happened_on": MAY}, by=None)
    assert start_of(quiet) == MAY
    actions.update_order(placed, changes={}, by=None)
    assert start_of(quiet) == MAY


def test_forty_two_months_without_own_dealings_is_the_most(verft, frozen_day):
    quiet = working_at(verft)
    frozen_day("2029-06-01")
    factories.order(organisation=verft, contact=None, ordered_on=date(2029, 6, 1))
    assert rules.contact_kept_until(start_of(quiet)) == date(2029, 9, 10)
    actions.record_interaction(quiet, kind="call", happened_on=date(2029, 6, 1), text="Ringte selv", by=None)
    assert start_of(quiet) == date(2029, 6, 1)


def test_who_begins_at_an_active_customer_counts_and_who_leaves_does_not(verft):
    factories.order(organisation=verft, contact=None, ordered_on=MAY)
    person, elsewhere = factories.contact(), factories.organisation()
    assert start_of(person) == MARCH
    job = actions.add_employment(person, organisation=verft, by=None)
    assert start_of(person) == MAY
    actions.add_employment(person, organisation=elsewhere, by=None)
    actions.leave_company(job, left_on=MAY, by=None)
    assert (start_of(person), person.left_company_on) == (MARCH, None)
    last = person.employments.get(ended_on=None)
    actions.leave_company(last, left_on=MAY, by=None)
    start_of(person)
    assert rules.contact_kept_until(person.clock_starts_on) == date(2026, 8, 2)
    factories.order(organisation=elsewhere, contact=None, ordered_on=MAY)
    assert rules.contact_kept_until(start_of(person)) == date(2026, 8, 2)


def test_editing_a_contact_leaves_what_the_company_gave(verft):
    quiet = working_at(verft)
    factories.order(organisation=verft, contact=None, ordered_on=MAY)
    quiet.refresh_from_db()
    actions.update_contact(quiet, changes={"title": "Innkjøper"}, by=None)
    assert quiet.clock_starts_on == start_of(quiet) == MAY


@pytest.mark.parametrize("people", [1, 30])
def test_all_who_work_there_follow_in_the_same_number_of_queries(verft, people):
    for _person in range(people):
        working_at(verft)
    placed = factories.order(organisation=verft, contact=None, ordered_on=MARCH)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.clocks.customers_were_active([verft.pk], day=MAY)
    assert set(Contact.objects.values_list("clock_starts_on", flat=True)) == {MAY}
    assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) == 3
    assert placed.pk


def test_what_is_rolled_back_moves_no_clock(verft):
    quiet = working_at(verft)
    with pytest.raises(actions.Refused):
        factories.order(organisation=verft, contact=None, ordered_on=date(2026, 5, 5))
    assert start_of(quiet) == MARCH
