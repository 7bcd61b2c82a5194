from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm import actions
from crm.models import Order
from privacy.models import TrailEntry
from tests.crm import factories

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def test_an_order_has_a_number_a_person_and_a_sum():
    first, second = factories.order(ordered_on=date(2026, 4, 2)), factories.order()
    assert (first.number, second.number) == ("10001", "10002")
    assert first.subject == first.contact.subject
    assert first.total == Decimal("46980.00")
    first.contact.refresh_from_db()
    assert first.contact.last_dealt_with_on == date(2026, 4, 2)


def test_an_order_of_a_company_alone_names_nobody():
    placed = factories.order(contact=None)
    assert (placed.contact, placed.subject) == (None, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"lines": []},
        {"ordered_on": TOMORROW},
        {"lines": [factories.GRIT | {"quantity": 0}]},
        {"lines": [factories.GRIT | {"unit_price": Decimal("-1")}]},
    ],
)
def test_a_refused_order_takes_no_number(facts):
    with pytest.raises(actions.Refused):
        factories.order(**facts)
    assert not Order.objects.exists()
    assert factories.order().number == "10001"


def test_an_order_under_way_can_be_changed():
    placed, other = factories.order(), factories.contact()
    changes = {"contact": other, "reference": "4111111111111111", "ordered_on": placed.ordered_on}
    actions.update_order(placed, changes=changes, lines=[factories.GRIT], by=None)
    placed.refresh_from_db()
    assert (placed.subject, placed.reference) == (other.subject, "**** 1111")
    assert [line.product for line in placed.lines.all()] == ["Steel grit G25"]
    names = ["contact", "lines", "reference", "subject"]
    assert TrailEntry.objects.get(action="order.updated").field_names == names
    actions.update_order(placed, changes={"contact": None}, by=None)
    placed.refresh_from_db()
    assert placed.subject is None


def test_the_same_lines_again_are_no_change():
    placed = factories.order()
    actions.update_order(placed, changes={}, lines=[factories.GRIT, factories.BLASTER], by=None)
    assert placed.lines.count() == 2
    assert not TrailEntry.objects.filter(action="order.updated").exists()


def test_an_order_moves_step_by_step():
    placed = factories.order()
    assert actions.next_states(placed) == ["confirmed", "cancelled"]
    with pytest.raises(actions.Refused):
        actions.move_order(placed, state="delivered", by=None)
    for state in ("confirmed", "delivered"):
        actions.move_order(placed, state=state, by=None)
    placed.refresh_from_db()
    assert placed.state == "delivered" and actions.next_states(placed) == []


def test_a_closed_or_invoiced_order_stays_as_it_is():
    closed, invoiced = factories.order(), factories.order()
    actions.move_order(closed, state="cancelled", by=None)
    actions.issue_invoice(invoiced, by=None)
    for placed in (closed, invoiced):
        with pytest.raises(actions.Refused):
            actions.update_order(placed, changes={"reference": "x"}, by=None)
    with pytest.raises(actions.Refused):
        actions.move_order(invoiced, state="cancelled", by=None)
