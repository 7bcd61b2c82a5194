"""The people a newcomer meets by name: the customer one can sign in as, and some who used a right of theirs."""

from datetime import timedelta

from django.conf import settings

from cn_portal.accounts import actions as accounts
from cn_portal.accounts.models import User
from cn_portal.demo import goods
from cn_portal.demo.customers import Customer, Customers
from cn_portal.demo.names import Company, Person, org_number
from cn_portal.demo.trade import Purchase
from crm import actions
from privacy import actions as engine

YARD = Company(
    name="Vestfjord Skipsverft AS",
    org_number=org_number(9_999_999),
    domain="kunde.example",
    street="Verftsveien 12",
    postcode="8310",
    city="Kabelvåg",
    phone="+4720000001",
)
KRISTIN = Person(name="Kristin Vestad", mailbox="customer", title="Innkjøper", phone="+4742000002")
MORTEN = Person(name="Morten Lund", mailbox="morten.lund", title="Formann overflate", phone="+4742000003")
KNOWN_FOR = 1415
# Days ago, what became of the order, who carried it.
KRISTINS_ORDERS = (
    (1405, "settled", ""),
    (1010, "settled", ""),
    (640, "settled", ""),
    (310, "settled", ""),
    (124, "settled", ""),
    (30, "arrived", "bring"),
    (12, "booked", "tnt"),
    (3, "planned", "bring"),
)
QUESTIONS = (
    ("Åse Prøve", "ase.prove@post.example", "nb", "Leier dere ut blåseapparat for en helg? Jeg har en tilhenger."),
    ("Thi Mai Nguyen", "thi.mai@post.example", "nb", "Hvilket middel bruker jeg på et gjerde av støpejern?"),
    ("Sam Reader", "sam.reader@post.example", "en", "Do you service machines of other makes? Ours is from 1998."),
)


def enter_the_customer(customers: Customers) -> tuple[Customer, list[Purchase]]:
    """Kristin, who signs in as customer@kunde.example, at her yard. Returns the yard and what it has bought."""
    yard = Customer(YARD, customers.organisation(YARD))
    since = customers.today - timedelta(days=KNOWN_FOR)
    kristin = customers.contact(
        KRISTIN,
        email=f"{KRISTIN.mailbox}@{YARD.domain}",
        collected_on=since,
        channel="visit",
        interests=["Gjenvinning", "Blåserom"],
        owner=customers.staff["seller"],
    )
    hire = {"role": KRISTIN.title, "by": kristin.owner}
    actions.add_employment(kristin, organisation=yard.row, started_on=since - timedelta(days=400), **hire)
    customers.talk(kristin, place=yard, first=customers.days_ago(500, 500), last=customers.today, times=4)
    _open_her_page(kristin)
    purchases = [
        Purchase(customers.days_ago(age, age), yard, kristin, goods.basket(customers.random), course, carrier)
        for age, course, carrier in KRISTINS_ORDERS
    ]
    return yard, purchases


def _open_her_page(kristin) -> None:
    """She was invited by mail, proved her mailbox, and chose a password."""
    user = actions.invite_contact(kristin, by=kristin.owner)
    engine.prove_mailbox(kristin.subject, email=user.email, by=user)
    accounts.change_password(user, password=settings.DEMO_PASSWORD, by=user)
    User.objects.filter(pk=user.pk).update(demo=True)


def enter_who_asks_to_go(customers: Customers, yard: Customer):
    """Morten, who will ask to be erased after an order and a delivery. Returns (contact, what he bought)."""
    since = customers.days_ago(400, 400)
    morten = customers.contact(
        MORTEN, email=f"{MORTEN.mailbox}@{YARD.domain}", collected_on=since, channel="phone", owner=customers.seller()
    )
    actions.add_employment(morten, organisation=yard.row, role=MORTEN.title, started_on=since, by=morten.owner)
    day = customers.days_ago(20, 20)
    bought = goods.basket(customers.random)
    return morten, Purchase(day, yard, morten, bought, "arrived", "ramberg")


def use_rights(morten, others, *, office):
    """Morten asks to be erased; two others dispute what is stored. Returns the erasure to be carried out."""
    for contact in others:
        engine.restrict(contact.subject, ground="accuracy", by=office)
    return engine.request_erasure(morten.subject, cause="request", by=office)


def ask_questions() -> None:
    """Three questions through the website's form."""
    for name, email, language, message in QUESTIONS:
        actions.record_enquiry(name=name, email=email, message=message, language=language)
