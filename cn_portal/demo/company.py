"""The whole demonstration company in one transaction: all of it is there, or nothing is."""

from random import Random

from django.db import transaction
from django.utils import timezone

from careers.models import Application, TalentPoolEntry, VacancyPage
from cn_portal.accounts.models import User
from cn_portal.demo import consents, known_faces, names, office, office_cases, requests, staff
from cn_portal.demo.applicants import Applicants
from cn_portal.demo.customers import Customers
from cn_portal.demo.hiring import HiringTeam, ask_and_judge
from cn_portal.demo.trade import Trade
from cn_portal.demo.vacancies import build_vacancies, share_with_leader
from cn_portal.demo.website_content import build_site
from crm.models import Contact, Delivery, Employment, Interaction, Invoice, Order, Organisation
from privacy import actions as engine
from privacy.models import Disclosure, LegalHold

PEOPLE, SEED = 120, 2026
# The customer one can sign in as is one of the people, her yard one of the organisations.
FEWEST_PEOPLE = 6
RESTRICTED = 2


def write(*, people: int = PEOPLE, seed: int = SEED) -> bool:
    """Write the company for `people` contacts at a third as many organisations. False when it is there already.

    The same seed on the same day gives the same company; only keys differ. ValueError below six people.
    """
    if people < FEWEST_PEOPLE:
        raise ValueError(f"The demonstration needs at least {FEWEST_PEOPLE} people.")
    if staff.is_there():
        return False
    with engine.files_follow_transaction(), transaction.atomic():
        erasure = _write(people, Random(seed))  # noqa: S311  invented people, no secrets
    # The worker would come to it as well; so the first look at the office shows it done.
    engine.carry_out(erasure)
    return True


def _write(people: int, random: Random):
    build_site()
    vacancies = build_vacancies()
    colleagues = staff.make_colleagues()
    office.approve_assessments(colleagues)
    office.enter_partners(colleagues)
    # Who is in the register is in the notice, and what somebody agrees to points at a version of it.
    engine.publish_first_notice()
    share_with_leader(vacancies["technician"]["nb"], colleagues)
    invented = names.people(random)
    customers = Customers(
        random,
        today=timezone.localdate(),
        staff=colleagues,
        people=invented,
        companies=names.companies(random),
    )
    erasure = _customer_side(customers, people)
    consents.answer_as_the_customer(today=customers.today)
    ask_and_judge(vacancies, hr=colleagues["hr"])
    Applicants(random, people=invented, vacancies=vacancies, hr=colleagues["hr"]).apply_all()
    HiringTeam(vacancies=vacancies, colleagues=colleagues, today=customers.today).work()
    office_cases.fill_the_office(colleagues, today=customers.today)
    return erasure


def _customer_side(customers: Customers, people: int):
    placed = customers.enter(organisations=max(people // 3 - 1, 1), people=people - 1)
    trade = Trade(customers.random, today=customers.today, staff=customers.staff)
    yard, purchases = known_faces.enter_the_customer(customers)
    morten, his = known_faces.enter_who_asks_to_go(customers, yard)
    bought = [purchase for customer in placed for purchase in trade.purchases_of(customer)]
    trade.carry_out([*bought, *purchases, his])
    known_faces.ask_questions()
    buyers = [contact for customer in placed for contact, _since in customer.buyers]
    disputed = customers.random.sample(buyers, min(RESTRICTED, len(buyers)))
    office = customers.staff["privacy"]
    requests.ask_the_office(today=customers.today, office=office, caller=buyers[0])
    return known_faces.use_rights(morten, disputed, office=office)


def counts() -> dict[str, int]:
    """What is in the house now, by kind."""
    contacts = Contact.objects.exclude(ground=Contact.Ground.ENQUIRY)
    return {
        "organisations": Organisation.objects.count(),
        "people": contacts.count(),
        "enquiries": Contact.objects.filter(ground=Contact.Ground.ENQUIRY).count(),
        "employments": Employment.objects.count(),
        "conversations": Interaction.objects.count(),
        "orders": Order.objects.count(),
        "invoices": Invoice.objects.count(),
        "holds": LegalHold.objects.count(),
        "deliveries": Delivery.objects.count(),
        "disclosures": Disclosure.objects.count(),
        "vacancies": VacancyPage.objects.values("reference").distinct().count(),
        "applicants": Application.objects.values("subject").distinct().count(),
        "applications": Application.objects.count(),
        "talent_pool": TalentPoolEntry.objects.count(),
        "sign_ins": User.objects.filter(demo=True).count(),
    }
