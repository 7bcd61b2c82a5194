from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from crm import actions
from crm.models import Invoice, InvoiceLocked, Order
from privacy.actions import carry_out, request_erasure
from privacy.models import LegalHold
from tests.crm import factories

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 3, 10)


def invoice(placed=None, **more):
    return actions.issue_invoice(placed or factories.order(), by=None, **{"issued_on": ISSUED} | more)


def test_an_invoice_says_all_it_must_by_itself():
    placed = factories.order(organisation=factories.organisation(name="Verft AS", org_number="100000008"))
    made = invoice(placed)
    made.refresh_from_db()
    assert (made.number, made.order_number, made.buyer_name) == (20001, placed.number, "Verft AS")
    assert (made.net, made.vat, made.total) == (Decimal("46980.00"), Decimal("11745.00"), Decimal("58725.00"))
    assert made.buyer_attention == placed.contact.full_name
    assert made.billing_address == "Kaiveien 1, 5003 Bergen, NO"
    assert made.due_on == date(2026, 4, 9)
    assert {line["product"]: line["amount"] for line in made.lines} == {
        "Blast pot 200 l": "37000.00",
        "Steel grit G25": "9980.00",
    }


def test_the_law_holds_it_until_five_years_after_the_year():
    made = invoice()
    hold = LegalHold.objects.get(model="crm.Invoice", object_pk=str(made.pk))
    assert (hold.law, hold.until, hold.ground) == ("bokføringsloven § 13", date(2031, 12, 31), "statutory")


def test_an_invoice_to_nobody_in_particular_needs_no_hold():
    made = invoice(factories.order(contact=None))
    assert made.buyer_attention == "" and not LegalHold.objects.exists()


def test_an_order_is_invoiced_once_and_not_when_cancelled():
    placed, cancelled = factories.order(), factories.order()
    actions.move_order(cancelled, state="cancelled", by=None)
    invoice(placed)
    for again in (placed, cancelled):
        with pytest.raises(actions.Refused):
            invoice(again)
    assert Invoice.objects.count() == 1


def test_numbers_have_no_gaps_after_a_refusal():
    placed = factories.order()
    first = invoice(placed)
    with pytest.raises(actions.Refused):
        invoice(placed)
    assert invoice().number == first.number + 1


def test_an_issued_invoice_is_not_changed_or_deleted_in_code():
    made = invoice()
    made.buyer_name = "Somebody else"
    with pytest.raises(InvoiceLocked):
        made.save()
    with pytest.raises(InvoiceLocked):
        made.delete()
    assert Invoice.objects.get(pk=made.pk).buyer_name != "Somebody else"


@pytest.mark.parametrize("change", [{"total": Decimal(1)}, {"buyer_name": "X"}, {"issued_on": date(2020, 1, 1)}])
def test_the_database_refuses_too(change):
    made = invoice()
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Invoice.objects.filter(pk=made.pk).update(**change)


def test_a_credit_note_takes_back_the_whole_and_leaves_the_invoice():
    made = invoice()
    credit = actions.credit_invoice(made, by=None, issued_on=date(2026, 4, 1))
    assert (credit.number, credit.kind, credit.corrects_number) == (20002, "credit_note", made.number)
    assert credit.total == -made.total
    assert [line["amount"][0] for line in credit.lines] == ["-", "-"]
    assert credit.buyer_attention == made.buyer_attention != ""
    made.refresh_from_db()
    assert made.total == Decimal("58725.00")


def test_crediting_twice_a_credit_note_or_before_the_invoice_is_refused():
    made = invoice()
    with pytest.raises(actions.Refused):
        actions.credit_invoice(made, by=None, issued_on=date(2026, 3, 9))
    credit = actions.credit_invoice(made, by=None)
    for again in (made, credit):
        with pytest.raises(actions.Refused):
            actions.credit_invoice(again, by=None)
    assert Invoice.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_after_an_erasure_the_invoice_stands_alone_and_still_says_all():
    placed = factories.order()
    made, name = invoice(placed), placed.contact.full_name
    actions.move_order(placed, state="confirmed", by=None)
    actions.move_order(placed, state="delivered", by=None)
    done = carry_out(request_erasure(placed.subject, cause="request", by=None), day=date(2026, 6, 1))
    assert done.state == "waiting"
    kept = Invoice.objects.get(pk=made.pk)
    assert not Order.objects.exists()
    assert (kept.order, kept.order_number, kept.buyer_attention) == (None, placed.number, name)
