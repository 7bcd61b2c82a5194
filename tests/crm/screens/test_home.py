"""The first page of the sales side: what waits, for whom, in how many queries."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm import actions, queries, rules
from privacy.actions import restrict
from tests.crm import factories

pytestmark = pytest.mark.django_db
HOME = "/admin/"
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day(TODAY)


def asked(name="Sissel Spør", **facts):
    facts = {"full_name": name, "email": f"{name.split()[0].lower()}@spor.example", "ground": "enquiry"} | facts
    person = factories.contact(**facts, source_channel="web")
    return actions.record_interaction(person, kind="enquiry", happened_on=TODAY, text="Har dere sand?", by=None)


def looked_after(owner, *, kept_until, **facts):
    """A contact of this seller whose last day is the one given."""
    person = factories.contact(owner=owner, **facts)
    person.last_dealt_with_on = rules.latest_contact_clock(kept_until)
    person.save()
    return person


def test_the_day_of_a_seller_holds_what_waits(as_seller, seller):
    question = asked()
    placed = factories.order()
    sent = factories.delivery(city="Hammerfest")
    going = looked_after(seller, kept_until=TODAY + timedelta(days=30), full_name="Gro Går")
    page = as_seller.get(HOME).text
    assert "My day" in page and "Sissel Spør" in page and "Waits for an answer" in page
    assert placed.number in page and "Plan the delivery" in page and "Book the delivery" in page
    assert "Hammerfest" in page and "Gro Går" in page and "kept until 19 April 2026" in page
    for name, row in (("interaction", question), ("order", placed), ("delivery", sent), ("contact", going)):
        assert reverse(f"{name}:inspect", args=[row.pk]) in page
    assert "Har dere sand?" not in page


def test_empty_parts_say_what_will_stand_there(as_seller):
    page = as_seller.get(HOME).text
    for sentence in (
        "Nobody has written yet.",
        "Every order is on its way.",
        "Nothing is under way.",
        "None in the next 30 days.",
    ):
        assert sentence in page


def test_a_question_is_answered_by_a_later_conversation_with_the_same_person(seller, frozen_day):
    question, other = asked(), asked("Odd Annen")
    assert [row.answered for row in queries.my_day(seller, day=TODAY).enquiries] == [False, False]
    frozen_day(TODAY + timedelta(days=1))
    actions.record_interaction(question.contact, kind="call", happened_on=TODAY, text="Ja", by=seller)
    answered = {row.pk: row.answered for row in queries.my_day(seller, day=TODAY).enquiries}
    assert answered == {question.pk: True, other.pk: False}


def test_an_order_waits_until_its_delivery_is_booked(seller):
    placed = factories.order()
    assert [(row, row.planned) for row in queries.my_day(seller, day=TODAY).orders] == [(placed, False)]
    planned = factories.delivery(placed=placed)
    day = queries.my_day(seller, day=TODAY)
    assert [(row, row.planned) for row in day.orders] == [(placed, True)] and day.deliveries == [planned]
    booked = actions.book_delivery(planned, by=seller)
    day = queries.my_day(seller, day=TODAY)
    assert day.orders == [] and day.deliveries == [planned]
    actions.confirm_delivered(booked, by=seller)
    assert queries.my_day(seller, day=TODAY).deliveries == []


def test_an_order_that_is_over_waits_for_nothing(seller):
    actions.move_order(factories.order(), state="cancelled", by=seller)
    assert queries.my_day(seller, day=TODAY).orders == []


@pytest.mark.parametrize("days, there", [(-1, False), (0, True), (30, True), (31, False)])
def test_contacts_go_within_30_days(seller, days, there):
    looked_after(seller, kept_until=TODAY + timedelta(days=days))
    found = queries.my_day(seller, day=TODAY).going
    assert bool(found) is there
    assert all(row.kept_until == TODAY + timedelta(days=days) for row in found)


def test_only_my_own_contacts_and_none_with_an_order_under_way(seller, leader):
    mine = looked_after(seller, kept_until=TODAY)
    looked_after(leader, kept_until=TODAY)
    busy = looked_after(seller, kept_until=TODAY)
    factories.order(contact=busy)
    busy.last_dealt_with_on = mine.last_dealt_with_on
    busy.save()
    assert queries.my_day(seller, day=TODAY).going == [mine]


@pytest.mark.parametrize("last_day, start", [("2026-02-28", "2024-02-29"), ("2026-03-01", "2024-03-01")])
def test_the_latest_start_meets_the_leap_day(last_day, start):
    last_day, start = date.fromisoformat(last_day), date.fromisoformat(start)
    assert rules.latest_contact_clock(last_day) == start
    assert rules.contact_kept_until(start) <= last_day < rules.contact_kept_until(start + timedelta(days=1))


def test_a_restricted_person_stands_nowhere(as_seller, seller):
    question = asked()
    placed = factories.order(contact=factories.contact(full_name="Ragna Ro"))
    factories.delivery(placed=placed, city="Hammerfest")
    going = looked_after(seller, kept_until=TODAY, full_name="Gro Går")
    before = as_seller.get(HOME).text
    for row in (question, placed, going):
        restrict(row.subject, ground="accuracy", by=None)
    after = as_seller.get(HOME).text
    for told in ("Sissel Spør", placed.number, "Hammerfest", "Gro Går"):
        assert told in before and told not in after


@pytest.mark.parametrize(
    "rights, shown",
    [
        ((), ()),
        (("view_order",), ("home-orders",)),
        (("view_delivery",), ("home-deliveries",)),
        (("view_interaction",), ()),
        (("view_contact",), ("home-going",)),
        (("view_contact", "view_interaction"), ("home-enquiries", "home-going")),
    ],
)
def test_each_part_needs_its_own_right(signed_in, staff, rights, shown):
    group = Group.objects.create(name="Some")
    group.permissions.set(Permission.objects.filter(codename__in=[*rights, "access_admin"]))
    page = signed_in(staff("Some")).get(HOME).text
    parts = ("home-enquiries", "home-orders", "home-deliveries", "home-going")
    assert tuple(part for part in parts if f'id="{part}"' in page) == shown
    assert ('id="my-day"' in page) == bool(rights)
    assert ('id="find-contact"' in page) == ("view_contact" in rights)


def test_ten_rows_cost_as_many_queries_as_one(as_seller, seller):
    def fill(number):
        asked(f"Person{number} Spør")
        factories.delivery()
        factories.order()
        looked_after(seller, kept_until=TODAY, full_name=f"Går {number}")

    def count():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert as_seller.get(HOME).status_code == 200
        return len(seen)

    fill(0)
    as_seller.get(HOME)
    one = count()
    for number in range(1, 10):
        fill(number)
    assert count() == one
    day = queries.my_day(seller, day=TODAY)
    assert [len(part) for part in (day.enquiries, day.orders, day.deliveries, day.going)] == [queries.ON_HOME] * 4
