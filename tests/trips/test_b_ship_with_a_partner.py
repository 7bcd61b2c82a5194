"""Trip b: a seller books a delivery with Bring; the disclosure is logged and stands on the customer's own page."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from crm import actions
from crm.models import Delivery
from privacy.models import Disclosure, Recipient, TrailEntry
from tests.trips.customers import make_customer, make_order
from tests.trips.visitor import Visitor

EMAIL = "solveig.proeve@kunde.example"


@pytest.fixture
def solveig(colleagues):
    return make_customer("Solveig Prøvesen", "solveig.proeve", by=colleagues["seller"])


@pytest.fixture
def order(solveig, colleagues):
    return make_order(solveig, by=colleagues["seller"])


def second_factor(email):
    out = StringIO()
    call_command("demo_code", email, stdout=out)
    return out.getvalue().strip()


def at_work(email):
    """A colleague at their desk: password and second factor shown."""
    visitor = Visitor().go("/account/sign-in/")
    visitor.press("Logg inn", email=email, password=settings.DEMO_PASSWORD)
    visitor.press("Gå videre", token=second_factor(email))
    assert visitor.address.startswith("/admin/")
    return visitor


def planned(seller, order):
    """The delivery, planned on the page that opens from the order."""
    bring = Recipient.objects.get(code="bring")
    seller.go(f"/admin/delivery/new/?order={order.pk}")
    seller.press(_save_button(seller), carrier=str(bring.pk))
    return Delivery.objects.get()


def _save_button(seller):
    """The one button of the form with the carrier in it."""
    form = next(form for form in seller.page.forms if "carrier" in form["fields"])
    return " ".join(form["buttons"][-1]["text"].split())


def test_booking_shares_only_the_allowed_fields_and_the_customer_sees_it(solveig, order, colleagues, smtp, drain):
    bring = Recipient.objects.get(code="bring")
    # The register allows Bring no e-mail address: neither page, payload nor log may hold it.
    bring.allowed_fields = [name for name in bring.allowed_fields if name != "email"]
    bring.save()
    seller = at_work("seller@cn.example")
    delivery = planned(seller, order)
    assert delivery.receiver_name == "Solveig Prøvesen"
    assert not Disclosure.objects.exists(), "planning shares nothing"

    seller.go(f"/admin/delivery/book/{delivery.pk}/")
    assert seller.reads("Bring", "Solveig Prøvesen", "Kaigata 7")
    assert EMAIL not in seller.words
    assert not Disclosure.objects.exists(), "looking shares nothing"
    seller.press("Bestill og del akkurat dette")

    delivery.refresh_from_db()
    disclosure = Disclosure.objects.get()
    assert (delivery.state, delivery.booked_by) == ("booked", colleagues["seller"])
    assert (disclosure.subject, disclosure.recipient, disclosure.about_pk) == (solveig.subject, bring, str(delivery.pk))
    assert set(disclosure.field_names) == {
        "receiver_name", "address", "postcode", "city", "country", "phone", "shipment_reference",
    }  # fmt: skip
    assert set(disclosure.field_names) == set(actions.consignment(delivery))
    assert disclosure.actor == colleagues["seller"].pk
    assert TrailEntry.objects.filter(action="delivery.booked", subject=solveig.subject_id).count() == 1

    actions.invite_contact(solveig, by=colleagues["seller"])
    customer = Visitor().sign_in_by_code(EMAIL, drain=drain, smtp=smtp)
    customer.go("/my-data/")
    assert customer.reads("Hvem vi har delt det med", "Bring", delivery.shipment_reference)


def test_booking_twice_shares_once(solveig, order):
    seller = at_work("seller@cn.example")
    delivery = planned(seller, order)
    seller.go(f"/admin/delivery/book/{delivery.pk}/")
    page = seller.page
    seller.press("Bestill og del akkurat dette")
    seller.page, seller.address = page, f"/admin/delivery/book/{delivery.pk}/"
    seller.press("Bestill og del akkurat dette")
    assert Disclosure.objects.count() == 1


def test_a_carrier_that_is_suspended_gets_nothing(solveig, order):
    seller = at_work("seller@cn.example")
    delivery = planned(seller, order)
    Recipient.objects.filter(code="bring").update(state="suspended")
    seller.go(f"/admin/delivery/book/{delivery.pk}/").press("Bestill og del akkurat dette")
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.PLANNED
    assert not Disclosure.objects.exists()


def test_hr_and_a_visitor_without_the_second_factor_cannot_book(solveig, order):
    delivery = planned(at_work("seller@cn.example"), order)
    address = f"/admin/delivery/book/{delivery.pk}/"
    hr = at_work("hr@cn.example")
    hr.client.get(address)
    assert "Solveig" not in hr.client.get(address).content.decode()
    half = Visitor().go("/account/sign-in/")
    half.press("Logg inn", email="leader@cn.example", password=settings.DEMO_PASSWORD)
    assert "Solveig" not in half.client.get(address, follow=True).content.decode()
    assert not Disclosure.objects.exists()
