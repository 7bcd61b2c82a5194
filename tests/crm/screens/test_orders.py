from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from crm import actions
from crm.models import Delivery, Interaction, Invoice, Order, Organisation
from crm.screens.fields import LineField, LineWidget
from privacy.models import Disclosure, Recipient
from tests.crm import factories

pytestmark = pytest.mark.django_db


def at(row, name="inspect"):
    return reverse(f"{row._meta.model_name}:{name}", args=[row.pk])


def line(number, *parts):
    return {f"line_{number}_{index}": part for index, part in enumerate(parts)}


def test_an_organisation_is_entered_found_changed_and_deleted(as_leader):
    form = {"name": "Verft AS", "org_number": "100 000 008", "city": "Bergen", "country": "NO"}
    as_leader.post(reverse("organisation:add"), form)
    made = Organisation.objects.get()
    assert made.org_number == "100000008"
    assert "Verft AS" in as_leader.get(reverse("organisation:index_results"), {"q": "100 000 008"}).text
    again = as_leader.post(reverse("organisation:add"), form)
    assert again.status_code == 200 and "already here" in again.text
    wrong = as_leader.post(reverse("organisation:add"), form | {"org_number": "100000009"})
    assert wrong.status_code == 200 and "not a valid organisation number" in wrong.text
    assert as_leader.post(at(made, "edit"), form | {"city": "Oslo"}).status_code == 302
    made.refresh_from_db()
    assert made.city == "Oslo"
    assert as_leader.post(at(made, "delete")).status_code == 302
    assert not Organisation.objects.exists()


def test_an_organisation_with_orders_says_why_it_stays(as_leader):
    placed = factories.order()
    actions.add_employment(placed.contact, organisation=placed.organisation, by=None)
    page = as_leader.get(at(placed.organisation)).text
    assert placed.number in page and placed.contact.full_name in page
    answer = as_leader.post(at(placed.organisation, "delete"), follow=True)
    assert "People or orders belong to this organisation" in answer.text
    assert Organisation.objects.filter(pk=placed.organisation_id).exists()


def test_an_order_is_placed_and_changed_with_its_lines(as_seller):
    yard, contact = factories.organisation(), factories.contact()
    assert as_seller.get(reverse("order:add")).status_code == 200
    form = {"organisation": str(yard.pk), "contact": str(contact.pk), "ordered_on": "2026-03-10", "reference": "PO 7"}
    answer = as_seller.post(reverse("order:add"), form | line(0, "Dyse", "3", "120.50") | line(2, "Slange", "1", "900"))
    placed = Order.objects.get()
    assert answer.url == at(placed)
    assert [(row.product, row.quantity) for row in placed.lines.all()] == [("Dyse", 3), ("Slange", 1)]
    assert "Dyse" in as_seller.get(at(placed, "edit")).text
    as_seller.post(at(placed, "edit"), form | line(0, "Dyse", "4", "120.50"))
    assert [(row.product, row.quantity) for row in placed.lines.all()] == [("Dyse", 4)]


@pytest.mark.parametrize("lines", [{}, line(0, "Dyse", "", "1"), line(0, "Dyse", "0", "1"), line(0, "Dyse", "1", "-1")])
def test_an_order_without_whole_lines_is_not_placed(as_seller, lines):
    form = {"organisation": str(factories.organisation().pk), "ordered_on": "2026-03-10"}
    assert as_seller.post(reverse("order:add"), form | lines).status_code == 200
    assert not Order.objects.exists()


def test_an_order_moves_by_post_only(as_seller):
    placed = factories.order()
    assert as_seller.get(at(placed, "confirmed")).status_code == 200
    placed.refresh_from_db()
    assert placed.state == "open"
    as_seller.post(at(placed, "confirmed"))
    as_seller.post(at(placed, "delivered"))
    placed.refresh_from_db()
    assert placed.state == "delivered"
    refused = as_seller.post(at(placed, "cancelled"), follow=True)
    assert "cannot become that" in refused.text


def test_leaders_issue_and_credit_invoices_and_sellers_read_them(as_seller, as_leader):
    placed = factories.order()
    assert "Issue invoice" in as_leader.get(at(placed)).text and "Issue invoice" not in as_seller.get(at(placed)).text
    assert as_seller.post(at(placed, "invoice")).status_code == 302 and not Invoice.objects.exists()
    assert placed.organisation.name in as_leader.get(at(placed, "invoice")).text
    as_leader.post(at(placed, "invoice"))
    made = Invoice.objects.get()
    assert f"31 December {made.issued_on.year + 5}" in as_seller.get(at(made)).text
    assert as_seller.post(at(made, "credit")).status_code == 302 and Invoice.objects.count() == 1
    assert as_leader.get(at(made, "credit")).status_code == 200
    answer = as_leader.post(at(made, "credit"))
    assert answer.url == at(Invoice.objects.get(kind="credit_note"))
    again = as_leader.post(at(made, "credit"), follow=True)
    assert "has been credited already" in again.text
    assert "Make credit note" not in as_leader.get(answer.url).text
    assert str(made.number) in as_seller.get(at(placed)).text


@pytest.mark.parametrize("way", ["edit", "delete", "copy", "usage", "new"])
def test_no_address_changes_or_deletes_an_invoice(as_leader, way):
    made = actions.issue_invoice(factories.order(), by=None)
    base = reverse("invoice:index")
    address = f"{base}new/" if way == "new" else f"{base}{way}/{made.pk}/"
    assert as_leader.get(address).status_code == as_leader.post(address, {"total": "1"}).status_code == 404
    assert Invoice.objects.get().total == made.total


def test_a_delivery_is_planned_from_the_order(as_seller):
    placed = factories.order()
    opened = as_seller.get(reverse("delivery:add"), {"order": str(placed.pk)})
    assert "Kaiveien 1" in opened.text and placed.contact.full_name in opened.text
    for nonsense in ("x", "00000000-0000-0000-0000-000000000000"):
        assert as_seller.get(reverse("delivery:add"), {"order": nonsense}).status_code == 200
    form = {
        "order": str(placed.pk),
        "contact": str(placed.contact_id),
        "carrier": str(factories.carrier("ramberg").pk),
        "address_line_1": "Kaiveien 1",
        "postcode": "5003",
        "city": "Bergen",
        "country": "NO",
    }
    answer = as_seller.post(reverse("delivery:add"), form)
    planned = Delivery.objects.get()
    assert answer.url == at(planned)
    assert (planned.receiver_name, planned.phone) == (placed.contact.full_name, "+4799999901")
    changed = form | {"receiver_name": "Varemottak", "city": "Oslo", "phone": "99 99 99 04"}
    assert as_seller.post(at(planned, "edit"), changed).status_code == 302
    planned.refresh_from_db()
    assert (planned.receiver_name, planned.city, planned.phone) == ("Varemottak", "Oslo", "+4799999904")


def test_the_confirm_page_lists_exactly_what_the_carrier_gets(as_seller, seller):
    Recipient.objects.filter(code="bring").update(allowed_fields=["receiver_name", "address", "postcode", "city"])
    planned = factories.delivery(email="hemmelig@kunde.example")
    shown = as_seller.get(at(planned, "book")).text
    assert planned.receiver_name in shown and "Kaiveien 1" in shown and "Bring" in shown
    assert "hemmelig@kunde.example" not in shown and "+4799999901" not in shown
    assert not Disclosure.objects.exists()
    assert as_seller.post(at(planned, "book")).url == at(planned)
    log = Disclosure.objects.get()
    assert (set(log.field_names), log.actor) == ({"receiver_name", "address", "postcode", "city"}, seller.pk)
    assert "This is what Bring was told" in as_seller.get(at(planned)).text
    again = as_seller.post(at(planned, "book"), follow=True)
    assert "booked already" in again.text and Disclosure.objects.count() == 1
    assert as_seller.post(at(planned, "arrived")).status_code == 302
    planned.refresh_from_db()
    assert planned.state == "delivered"


def test_a_booked_delivery_says_why_it_is_not_deleted(as_leader):
    booked = actions.book_delivery(factories.delivery(), by=None)
    answer = as_leader.post(at(booked, "delete"), follow=True)
    assert "booked and stays" in answer.text and Delivery.objects.filter(pk=booked.pk).exists()
    refused = as_leader.post(
        at(booked, "edit"),
        {
            "carrier": booked.carrier_id,
            "receiver_name": "X",
            "address_line_1": "Y",
            "postcode": "1",
            "city": "Z",
            "country": "NO",
        },
    )
    assert refused.status_code == 200 and "the carrier has these details" in refused.text


def test_a_conversation_is_entered_changed_and_its_words_are_never_listed(as_leader):
    contact = factories.contact()
    form = {
        "contact": str(contact.pk),
        "kind": "visit",
        "happened_on": "2026-05-01",
        "text": "Om støvet",
        "product": "",
    }
    assert as_leader.post(reverse("interaction:add"), form).status_code == 302
    made = Interaction.objects.get()
    listed = as_leader.get(reverse("interaction:index")).text
    assert contact.full_name in listed and "Om støvet" not in listed
    assert "Om støvet" in as_leader.get(at(made)).text
    assert as_leader.post(at(made, "edit"), form | {"text": "Om lyden"}).status_code == 302
    made.refresh_from_db()
    assert made.text == "Om lyden"
    assert as_leader.post(at(made, "delete")).status_code == 302


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("order", factories.order),
        ("delivery", factories.delivery),
        ("organisation", factories.organisation),
        ("invoice", lambda: actions.issue_invoice(factories.order(), by=None)),
        (
            "interaction",
            lambda: actions.record_interaction(
                factories.contact(), kind="call", happened_on=factories.DAY, text="Hei", by=None
            ),
        ),
    ],
)
def test_lists_need_as_many_queries_for_many_as_for_one(as_seller, name, make):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert as_seller.get(reverse(f"{name}:index")).status_code == 200
        return len(queries)

    make()
    count()
    one = count()
    for _number in range(9):
        make()
    assert count() == one


def test_a_planned_delivery_is_deleted_by_an_erasure(as_leader):
    from privacy.models import Job

    planned = factories.delivery()
    assert "Delete" in as_leader.get(at(planned)).text
    answer = as_leader.post(at(planned, "delete"), follow=True)
    assert "The deletion has been ordered" in answer.text
    assert Job.objects.filter(kind="privacy.erase").count() == 1


def test_nonsense_in_place_of_a_chosen_row_is_no_choice(as_seller):
    form = {"contact": "nonsense", "kind": "call", "happened_on": "2026-05-01", "text": "Hei"}
    assert as_seller.post(reverse("interaction:add"), form).status_code == 200
    assert not Interaction.objects.exists()


def test_orders_are_found_by_number_and_by_name(as_seller):
    wanted = factories.order(organisation=factories.organisation(name="Ørnes Verft AS"))
    other = factories.order()
    for text in (wanted.number, "ørnes"):
        page = as_seller.get("/admin/order/", {"q": text}).text
        assert wanted.number in page and other.number not in page, text


@pytest.mark.parametrize("typed", ["1240,50", "1240.50", "1 240,50"])
def test_a_price_is_typed_as_people_here_write_it(typed):
    with override("nb"):
        assert LineField().clean(["Dyse 8 mm", "2", typed])["unit_price"] == Decimal("1240.50")
        shown = LineWidget().render("line_0", {"product": "Dyse", "quantity": 2, "unit_price": Decimal("1240.50")})
    assert 'value="1240,50"' in shown


def test_the_page_of_a_delivery_shows_the_hour_of_oslo(as_leader, frozen_day):
    frozen_day("2026-07-01")
    booked = actions.book_delivery(factories.delivery(), by=None)
    page = as_leader.get(at(booked)).text
    assert "12:00" in page or "noon" in page
    assert "10:00" not in page and "10 a.m." not in page
