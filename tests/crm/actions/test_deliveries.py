import pytest
from django.apps import apps

from crm import actions
from crm.models import Delivery
from privacy.actions import carry_out, restrict
from privacy.models import Disclosure, Recipient, TrailEntry
from tests.crm import factories

pytestmark = pytest.mark.django_db
ALLOWED = {"receiver_name", "address", "postcode", "city", "country", "phone", "email", "shipment_reference"}


def test_a_delivery_takes_the_contact_s_details_unless_others_are_given():
    own = factories.delivery()
    assert (own.receiver_name, own.phone) == (own.order.contact.full_name, "+4799999901")
    other = factories.delivery(receiver_name="Varemottak", phone="99 99 99 05", email="Mottak@kunde.example")
    assert (other.receiver_name, other.phone, other.email) == ("Varemottak", "+4799999905", "mottak@kunde.example")


def test_a_bad_number_and_a_closed_order_are_refused():
    closed = factories.order()
    actions.move_order(closed, state="cancelled", by=None)
    for facts in ({"phone": "x"}, {"placed": closed}):
        with pytest.raises(actions.Refused):
            factories.delivery(**facts)
    assert not Delivery.objects.exists()


def test_booking_shares_and_logs_exactly_the_allowed_fields(seller):
    planned = factories.delivery(address_line_2="Port 3")
    shown = actions.consignment(planned)
    booked = actions.book_delivery(planned, by=seller)
    log = Disclosure.objects.get()
    assert set(shown) == ALLOWED == set(log.field_names)
    assert shown["address"] == "Kaiveien 1, Port 3"
    assert (log.subject, log.recipient.code, log.activity, log.actor) == (
        booked.subject,
        "bring",
        "deliveries",
        seller.pk,
    )
    assert (log.about_model, log.about_pk) == ("crm.Delivery", str(booked.pk))
    assert (booked.state, booked.booked_by) == ("booked", seller)
    assert booked.shipment_reference == shown["shipment_reference"]
    assert TrailEntry.objects.get(action="delivery.booked").reason == "bring"


def test_a_carrier_with_fewer_fields_gets_fewer():
    Recipient.objects.filter(code="tnt").update(allowed_fields=["receiver_name", "postcode"])
    planned = factories.delivery(carrier=factories.carrier("tnt"))
    assert set(actions.consignment(planned)) == {"receiver_name", "postcode"}
    actions.book_delivery(planned, by=None)
    assert Disclosure.objects.get().field_names == ["postcode", "receiver_name"]


def test_what_is_empty_is_not_shared():
    planned = factories.delivery(phone="", email="")
    assert set(actions.consignment(planned)) == ALLOWED - {"phone", "email"}


def test_the_second_booking_is_refused_and_logs_nothing():
    planned = factories.delivery()
    actions.book_delivery(planned, by=None)
    with pytest.raises(actions.Refused):
        actions.book_delivery(planned, by=None)
    assert Disclosure.objects.count() == 1


@pytest.mark.parametrize("change", [{"state": "suspended"}, {"state": "ended"}, {"activities": ["marketing"]}])
def test_a_carrier_the_register_does_not_allow_gets_nothing(change):
    planned = factories.delivery()
    Recipient.objects.filter(code="bring").update(**change)
    with pytest.raises(actions.Refused, match="Bring"):
        actions.book_delivery(planned, by=None)
    planned.refresh_from_db()
    assert (planned.state, planned.shipment_reference) == ("planned", "")
    assert not Disclosure.objects.exists()


def test_nothing_goes_out_about_a_restricted_person():
    planned = factories.delivery()
    restrict(planned.subject, ground="accuracy", by=None)
    with pytest.raises(actions.Refused):
        actions.book_delivery(planned, by=None)
    assert not Disclosure.objects.exists()


def test_a_planned_delivery_can_be_changed_and_a_booked_one_not():
    planned = factories.delivery()
    changes = {"city": "Oslo", "phone": "99 99 99 07", "email": "B@kunde.example", "country": "NO"}
    actions.update_delivery(planned, changes=changes, by=None)
    planned.refresh_from_db()
    assert (planned.city, planned.phone, planned.email) == ("Oslo", "+4799999907", "b@kunde.example")
    assert TrailEntry.objects.get(action="delivery.updated").field_names == ["city", "email", "phone"]
    actions.update_delivery(planned, changes={"city": "Oslo"}, by=None)
    assert TrailEntry.objects.filter(action="delivery.updated").count() == 1
    booked = actions.book_delivery(planned, by=None)
    with pytest.raises(actions.Refused):
        actions.update_delivery(booked, changes={"city": "Bergen"}, by=None)
    with pytest.raises(actions.Refused):
        actions.delete_delivery(booked, by=None)


def test_only_a_booked_delivery_arrives():
    planned = factories.delivery()
    with pytest.raises(actions.Refused):
        actions.confirm_delivered(planned, by=None)
    arrived = actions.confirm_delivered(actions.book_delivery(planned, by=None), by=None)
    arrived.refresh_from_db()
    assert arrived.state == "delivered"


@pytest.mark.django_db(transaction=True)
def test_a_planned_delivery_of_a_closed_order_can_be_erased():
    planned, neighbour = factories.delivery(), factories.delivery()
    actions.move_order(planned.order, state="cancelled", by=None)
    carry_out(actions.delete_delivery(planned, by=None))
    assert list(Delivery.objects.all()) == [neighbour]


def test_the_three_carriers_of_the_notice_are_there_and_stay_as_the_office_set_them():
    codes = set(Recipient.objects.filter(kind="carrier", state="active").values_list("code", flat=True))
    assert codes == {"bring", "tnt", "ramberg"}
    Recipient.objects.filter(code="tnt").update(state="suspended")
    assert [carrier.state for carrier in actions.ensure_carriers(models=apps)] == ["active", "suspended", "active"]
    assert Recipient.objects.filter(kind="carrier").count() == 3
