"""Organisations and the people who work there: entered, talked with, moved on, some of them nearly forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cn_portal.demo import goods
from cn_portal.demo.names import Company, Person
from crm import actions
from crm.models import Contact, Organisation

# How the lives of a hundred contacts are told apart; the rest just work where they work.
DORMANT, GONE, LEFT, MOVED, TWO_PLACES = "dormant", "gone", "left", "moved", "two places"
LIVES = ((0.04, DORMANT), (0.05, GONE), (0.10, LEFT), (0.18, MOVED), (0.24, TWO_PLACES))
STAYS = "stays"
CHANNELS = (
    ("phone", 5),
    ("visit", 4),
    ("mail", 4),
    ("fair", 2),
    ("web", 2),
    ("employer", 2),
    ("partner", 1),
    ("network", 1),
)
NOTES = {
    "network": "https://nettverk.example/profil",
    "partner": "Forhandler på Vestlandet",
    "employer": "Oppgitt av innkjøpssjefen",
}
INTERESTS = ("Gjenvinning", "Blåserom", "Friskluft", "Granat", "Service", "Fjernstyring")
TOLD_WITHIN = 30
ENGLISH = 0.06


@dataclass
class Customer:
    """One organisation of the demonstration and who may order for it: (contact, from which day)."""

    company: Company
    row: Organisation
    buyers: list[tuple[Contact, date]] = field(default_factory=list)


class Customers:
    """Draws and enters them. `staff` is {"seller": user, …}; `people` and `companies` yield invented ones."""

    def __init__(self, random: Random, *, today: date, staff, people: Iterator[Person], companies: Iterator[Company]):
        self.random, self.today, self.staff = random, today, staff
        self.people, self.companies = people, companies
        self.customers: list[Customer] = []

    def enter(self, *, organisations: int, people: int) -> list[Customer]:
        """So many organisations, and so many people spread over them."""
        for _ in range(organisations):
            company = next(self.companies)
            self.customers.append(Customer(company, self.organisation(company)))
        for number in range(people):
            self._person(self.customers[number % organisations])
        return self.customers

    def organisation(self, company: Company) -> Organisation:
        """Enter one company."""
        return actions.create_organisation(
            name=company.name,
            org_number=company.org_number,
            visiting_address=company.street,
            postcode=company.postcode,
            city=company.city,
            phone=company.phone,
            website=f"https://www.{company.domain}",
            by=self.staff["leader"],
        )

    def contact(self, person: Person, *, email: str, collected_on: date, channel: str, **facts) -> Contact:
        """Enter one person, with where the details came from."""
        values = {"ground": Contact.Ground.CUSTOMER_EMPLOYEE, "owner": self.seller(), "title": person.title} | facts
        return actions.create_contact(
            full_name=person.name,
            email=email,
            phone=person.phone,
            source_channel=channel,
            source_note=NOTES.get(channel, ""),
            collected_on=collected_on,
            by=values["owner"],
            **values,
        )

    def seller(self):
        """Who looks after the next one."""
        return self.staff["seller"] if self.random.random() < 0.7 else self.staff["leader"]

    def talk(self, contact: Contact, *, place: Customer, first: date, last: date, times: int) -> None:
        """So many conversations between two days."""
        for _ in range(times):
            kind, text = goods.said(self.random, city=place.company.city)
            day = first + timedelta(days=self.random.randint(0, max((last - first).days, 0)))
            actions.record_interaction(
                contact, kind=kind, happened_on=day, text=text, organisation=place.row, by=contact.owner
            )

    def days_ago(self, fewest: int, most: int) -> date:
        """A day between so and so many days ago."""
        return self.today - timedelta(days=self.random.randint(fewest, most))

    def _person(self, place: Customer) -> None:
        person, life = next(self.people), self._life()
        collected = self.days_ago(800, 1400) if life == DORMANT else self.days_ago(130, 1400)
        channel = self.random.choices(*zip(*CHANNELS, strict=True))[0]
        told = self._told_on(channel, collected)
        if channel in Contact.NOT_FROM_THE_PERSON and told is None and life != DORMANT:
            # Whom nobody has told yet came in lately: the month is still running.
            collected = self.days_ago(3, 26)
        contact = self.contact(
            person,
            email=f"{person.mailbox}@{place.company.domain}",
            collected_on=collected,
            channel=channel,
            informed_on=told,
            language="en" if self.random.random() < ENGLISH else "nb",
            interests=self.random.sample(INTERESTS, self.random.choice((0, 0, 1, 2))),
        )
        last = collected + timedelta(days=40) if life == DORMANT else self.today
        self.talk(contact, place=place, first=collected, last=last, times=self.random.randint(1, 4))
        self._employ(contact, place, life, collected)

    def _life(self) -> str:
        drawn = self.random.random()
        return next((life for limit, life in LIVES if drawn < limit), STAYS)

    def _told_on(self, channel: str, collected: date) -> date | None:
        """Who was not asked themselves is told within a month; now and then that is still to be done (Art 14)."""
        lately = self.today - timedelta(days=800)
        if channel not in Contact.NOT_FROM_THE_PERSON or (self.random.random() < 0.2 and collected > lately):
            return None
        return collected + timedelta(days=self.random.randint(1, TOLD_WITHIN - 1))

    def _employ(self, contact: Contact, place: Customer, life: str, collected: date) -> None:
        started = collected - timedelta(days=self.random.randint(30, 2000))
        hire = {"role": contact.title, "by": contact.owner}
        if life == MOVED:
            before = actions.add_employment(
                contact, organisation=self._elsewhere(place).row, started_on=started - timedelta(days=900), **hire
            )
            actions.leave_company(before, left_on=started, by=contact.owner)
        employment = actions.add_employment(contact, organisation=place.row, started_on=started, **hire)
        if life == TWO_PLACES:
            actions.add_employment(contact, organisation=self._elsewhere(place).row, started_on=collected, **hire)
        if life in (LEFT, GONE):
            left_on = self.days_ago(10, 80) if life == LEFT else self.days_ago(95, 120)
            actions.leave_company(employment, left_on=left_on, by=contact.owner)
        elif life != DORMANT:
            place.buyers.append((contact, collected))

    def _elsewhere(self, place: Customer) -> Customer:
        others = [other for other in self.random.sample(self.customers, min(2, len(self.customers))) if other != place]
        # With a single organisation there is no elsewhere: a sister company is founded.
        return others[0] if others else self._another()

    def _another(self) -> Customer:
        company = next(self.companies)
        made = Customer(company, self.organisation(company))
        self.customers.append(made)
        return made
