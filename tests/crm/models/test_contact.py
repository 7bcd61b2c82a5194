import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from crm.models import lock
from crm.models.contact import validate_interests, validate_phone
from crm.personal_data import trade
from privacy.actions import correct
from tests.crm import factories


@pytest.mark.parametrize("number", ["99999901", "+47 99 99 99 01", "ring", "+471"])
def test_only_the_international_form_is_a_phone_number(number):
    validate_phone("+4799999901")
    with pytest.raises(ValidationError):
        validate_phone(number)


@pytest.mark.parametrize(
    "value",
    ["Støv", [1], [{"text": "Støv"}], [{"text": "Støv", "origin": "guess"}], [{"text": "a", "origin": "said", "x": 1}]],
)
def test_an_interest_says_where_it_came_from(value):
    validate_interests([{"text": "Støv", "origin": "said"}])
    with pytest.raises(ValidationError):
        validate_interests(value)


@pytest.mark.django_db
def test_a_person_corrects_their_own_facts_and_is_found_by_the_new_name():
    contact = factories.contact()
    changed = correct(contact, subject=contact.subject, changes={"full_name": "Kari Blå"}, by=None)
    contact.refresh_from_db()
    assert changed == ["full_name"] and "kari bla" in contact.search and contact.clock_starts_on == factories.DAY
    with pytest.raises(ValidationError):
        correct(contact, subject=contact.subject, changes={"phone": "12"}, by=None)


@pytest.mark.django_db
def test_orders_and_invoices_are_headed_by_their_numbers():
    placed = factories.order()
    assert trade.OrderData.label(placed) == str(placed)
    assert placed.number in str(placed)


@pytest.mark.django_db(transaction=True)
def test_the_lock_of_the_invoices_can_be_taken_off_and_put_on_again():
    with connection.schema_editor() as editor:
        lock.remove(None, editor)
        lock.add(None, editor)
