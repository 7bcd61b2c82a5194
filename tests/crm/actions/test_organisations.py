import pytest

from crm import actions
from crm.models import Organisation
from privacy.models import TrailEntry
from tests.crm import factories

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "100000008", "100000016"


def test_a_number_is_stored_without_blanks():
    made = factories.organisation(name=" Verft AS ", org_number="100 000 008")
    assert (made.name, made.org_number) == ("Verft AS", NUMBER)
    assert TrailEntry.objects.get(action="organisation.created").object_pk == str(made.pk)


def test_a_wrong_number_and_one_that_is_here_are_refused():
    factories.organisation(org_number=NUMBER)
    for number in ("100000009", NUMBER):
        with pytest.raises(actions.Refused) as refusal:
            factories.organisation(org_number=number)
        assert refusal.value.field == "org_number"
    assert Organisation.objects.count() == 1


def test_a_change_names_its_fields_and_no_change_writes_nothing():
    made = factories.organisation()
    actions.update_organisation(made, changes={"city": "Oslo", "name": made.name}, by=None)
    assert TrailEntry.objects.get(action="organisation.updated").field_names == ["city"]
    actions.update_organisation(made, changes={"org_number": ""}, by=None)
    assert TrailEntry.objects.filter(action="organisation.updated").count() == 1


def test_a_change_to_another_s_number_is_refused():
    factories.organisation(org_number=NUMBER)
    other = factories.organisation(org_number=OTHER)
    with pytest.raises(actions.Refused):
        actions.update_organisation(other, changes={"org_number": NUMBER}, by=None)
    other.refresh_from_db()
    assert other.org_number == OTHER


def test_an_empty_organisation_goes_and_one_with_people_or_orders_stays():
    empty, placed = factories.organisation(), factories.order()
    workplace = factories.organisation()
    actions.add_employment(placed.contact, organisation=workplace, by=None)
    actions.delete_organisation(empty, by=None)
    for used in (placed.organisation, workplace):
        with pytest.raises(actions.Refused):
            actions.delete_organisation(used, by=None)
    assert set(Organisation.objects.all()) == {placed.organisation, workplace}
