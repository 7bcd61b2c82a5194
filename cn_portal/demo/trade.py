"""Four years of orders, each with what follows it: invoice, delivery, the carrier who was told."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cn_portal.demo import goods
from cn_portal.demo.customers import Customer
from crm import actions
from crm.models import Contact, Order

FOUR_YEARS = 4 * 365 - 10
SETTLED_AFTER, NEW_UNTIL = 45, 10


@dataclass
class Purchase:
    """One order to be placed. `course` says what became of it."""

    day: date
    customer: Customer
    buyer: Contact | None
    lines: list[dict]
    course: str
    carrier: str = ""


class Trade:
    """Places purchases in the order of their days, so that numbers of orders and invoices follow the calendar."""

    def __init__(self, random: Random, *, today: date, staff):
        self.random, self.today, self.staff = random, today, staff
        self.carriers = {carrier.code: carrier for carrier in actions.ensure_carriers()}
        self.to_invoice: list[tuple[date, str, Order]] = []

    def purchases_of(self, customer: Customer) -> list[Purchase]:
        """What one organisation buys in four years."""
        return [self._purchase(customer) for _ in range(self.random.randint(2, 7))]

    def carry_out(self, purchases: list[Purchase]) -> None:
        """Place all of them, then invoice what is to be invoiced, both by the calendar."""
        for purchase in sorted(purchases, key=lambda each: each.day):
            self._place(purchase)
        issued = [
            actions.issue_invoice(order, issued_on=day, by=self.staff["leader"])
            for day, _number, order in sorted(self.to_invoice, key=lambda each: each[:2])
        ]
        self.to_invoice.clear()
        self._credit(issued)

    def _purchase(self, customer: Customer) -> Purchase:
        recent = self.random.random() < 0.18
        age = self.random.randint(0, SETTLED_AFTER) if recent else self.random.randint(SETTLED_AFTER, FOUR_YEARS)
        day = self.today - timedelta(days=age)
        buyers = [contact for contact, since in customer.buyers if since <= day]
        buyer = self.random.choice(buyers) if buyers else None
        carrier = self.random.choice(sorted(self.carriers)) if buyer else ""
        return Purchase(day, customer, buyer, goods.basket(self.random), self._course(age), carrier)

    def _course(self, age: int) -> str:
        if age > SETTLED_AFTER:
            return "cancelled" if self.random.random() < 0.04 else "settled"
        if age > NEW_UNTIL:
            return self.random.choice(("arrived", "arrived", "booked"))
        return self.random.choice(("open", "planned", "booked"))

    def _place(self, purchase: Purchase) -> None:
        seller = purchase.buyer.owner if purchase.buyer else self.staff["leader"]
        order = actions.place_order(
            purchase.customer.row,
            lines=purchase.lines,
            ordered_on=purchase.day,
            contact=purchase.buyer,
            reference=f"PO-{self.random.randint(1000, 9999)}" if self.random.random() < 0.5 else "",
            by=seller,
        )
        if purchase.course == "open":
            return
        if purchase.course == "cancelled":
            actions.move_order(order, state=Order.State.CANCELLED, by=seller)
            return
        actions.move_order(order, state=Order.State.CONFIRMED, by=seller)
        if purchase.carrier and purchase.course != "settled":
            self._deliver(order, purchase, seller)
        if purchase.course in ("settled", "arrived"):
            actions.move_order(order, state=Order.State.DELIVERED, by=seller)
            issued_on = min(purchase.day + timedelta(days=self.random.randint(3, 20)), self.today)
            self.to_invoice.append((issued_on, order.number, order))

    def _deliver(self, order: Order, purchase: Purchase, seller) -> None:
        company = purchase.customer.company
        delivery = actions.plan_delivery(
            order,
            contact=purchase.buyer,
            carrier=self.carriers[purchase.carrier],
            address_line_1=company.street,
            postcode=company.postcode,
            city=company.city,
            by=seller,
        )
        if purchase.course in ("booked", "arrived"):
            delivery = actions.book_delivery(delivery, by=seller)
        if purchase.course == "arrived":
            actions.confirm_delivered(delivery, by=seller)

    def _credit(self, invoices) -> None:
        """Now and then goods come back: one invoice in fifty is credited."""
        for invoice in self.random.sample(invoices, len(invoices) // 50):
            day = min(invoice.issued_on + timedelta(days=25), self.today)
            actions.credit_invoice(invoice, issued_on=day, by=self.staff["leader"])
