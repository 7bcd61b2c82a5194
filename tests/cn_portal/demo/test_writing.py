"""Writing the demonstration company: complete, the same each time, written once."""

from itertools import cycle

import pytest
from django.db import connections, transaction
from wagtail.models import Site

from careers.models import Application
from cn_portal.accounts.models import User
from cn_portal.demo import company
from cn_portal.demo.customers import MOVED, TWO_PLACES, Customers
from crm.models import Contact, Delivery, Employment, Interaction, Invoice, Order, Organisation

pytestmark = pytest.mark.one_database


def everything_stored():
    """Every row of both databases as the database holds it."""
    stored = {}
    for alias in ("default", "ledger"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
                stored[alias, table] = sorted(map(repr, rows))
    return stored


def content():
    """What one would read, without keys, moments and seals."""
    return {
        "organisations": sorted(Organisation.objects.values_list("name", "org_number", "city", "phone")),
        "contacts": sorted(
            (row.full_name, row.email, row.phone, row.collected_on, row.last_dealt_with_on, row.source_channel)
            for row in Contact.objects.select_related("subject")
        ),
        "jobs": sorted(
            map(repr, Employment.objects.values_list("contact__email", "organisation__name", "started_on", "ended_on"))
        ),
        "talks": sorted((row.happened_on, row.kind, row.text) for row in Interaction.objects.select_related("subject")),
        "orders": sorted((row.number, row.ordered_on, row.state, row.total) for row in Order.objects.all()),
        "invoices": sorted(Invoice.objects.values_list("number", "issued_on", "total", "buyer_name")),
        "deliveries": sorted(Delivery.objects.values_list("receiver_name", "carrier__code", "state")),
        "applications": sorted(
            (row.full_name, row.email, row.vacancy_title, row.state, row.message)
            for row in Application.objects.select_related("subject")
        ),
    }


@pytest.mark.timeout(300)
def test_the_whole_company_is_there_and_stays_as_it_is(db):
    assert company.write() is True
    counts = company.counts()
    there = {name: counts[name] for name in ("organisations", "people", "vacancies", "applicants", "sign_ins")}
    assert there == {"organisations": 40, "people": 120, "vacancies": 3, "applicants": 21, "sign_ins": 9}
    assert counts["orders"] > 120
    assert counts["invoices"] > 100
    assert counts["deliveries"] > 10
    before = everything_stored()
    assert company.write() is False
    assert company.counts() == counts
    assert everything_stored() == before


def test_the_same_seed_writes_the_same_and_another_seed_writes_something_else(db):
    def written(seed):
        with transaction.atomic():
            company.write(people=8, seed=seed)
            found = content()
            transaction.set_rollback(True)
        # Pages are gone again, and so must be what was remembered about them.
        Site.clear_site_root_paths_cache()
        return found

    first = written(5)
    assert all(first.values())
    assert written(5) == first
    assert written(6) != first


def test_too_few_people_are_refused_and_nothing_is_written(db):
    with pytest.raises(ValueError, match="at least 6"):
        company.write(people=5)
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_who_works_at_a_second_place_finds_one_even_where_there_is_only_one_company(db, monkeypatch):
    lives = cycle((MOVED, TWO_PLACES))
    monkeypatch.setattr(Customers, "_life", lambda self: next(lives))
    company.write(people=6)
    people = Contact.objects.exclude(ground="enquiry").exclude(email="customer@kunde.example")
    assert people.count() == 5
    assert all(person.employments.values("organisation").distinct().count() == 2 for person in people)
