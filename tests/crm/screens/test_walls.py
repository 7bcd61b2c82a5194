"""Every address of the customer side, as everybody who might try it."""

import uuid

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from crm import actions
from privacy.actions import restrict
from tests.crm import factories

pytestmark = pytest.mark.django_db
SPACES = ("organisation", "contact", "interaction", "order", "delivery", "invoice")
CHOOSERS = ("crm_organisation_chooser", "crm_contact_chooser", "crm_order_chooser")
EXPECTED_AT_LEAST = 55


def names_in(space):
    resolver = get_resolver()
    for pattern in _walk(resolver):
        if getattr(pattern, "namespace", None) == space:
            return sorted({entry.name for entry in pattern.url_patterns if entry.name})
    raise AssertionError(f"{space} has no addresses")


def _walk(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield pattern
            yield from _walk(pattern)


def addresses(keys):
    """(name, address) of everything in our namespaces, for the row each namespace has in ``keys``."""
    found = []
    for space in (*SPACES, *CHOOSERS):
        for name in names_in(space):
            full = f"{space}:{name}"
            try:
                found.append((full, reverse(full)))
            except NoReverseMatch:
                found.append((full, reverse(full, args=[keys[space]])))
    return found


@pytest.fixture
def rows():
    placed = factories.order()
    talk = actions.record_interaction(
        placed.contact, kind="call", happened_on=factories.DAY, text="Hemmelige ord", by=None
    )
    sent = factories.delivery(placed=placed)
    made = {
        "organisation": placed.organisation,
        "contact": placed.contact,
        "interaction": talk,
        "order": placed,
        "delivery": sent,
        "invoice": actions.issue_invoice(placed, by=None),
    }
    chosen = zip(CHOOSERS, ("organisation", "contact", "order"), strict=True)
    return made | {chooser: made[name] for chooser, name in chosen}


def keys_of(rows):
    return {space: row.pk for space, row in rows.items()}


def test_the_walk_finds_the_addresses(rows):
    found = addresses(keys_of(rows))
    assert len(found) >= EXPECTED_AT_LEAST
    assert {"contact:edit", "delivery:book", "invoice:credit", "crm_contact_chooser:chosen"} <= {
        name for name, _ in found
    }
    off = {name for name, _address in found if name.endswith((":usage", ":copy", ":reorder", ":create"))}
    assert off == set()


def test_a_leader_reaches_every_address(as_leader, rows):
    answers = {name: as_leader.get(address).status_code for name, address in addresses(keys_of(rows))}
    assert set(answers.values()) == {200}, answers


def test_strangers_and_staff_without_second_factor_reach_none(rows, signed_in, leader):
    for client in (Client(), signed_in(leader, factor=False)):
        for name, address in addresses(keys_of(rows)):
            answer = client.get(address)
            assert answer.status_code == 302 and answer.url.startswith("/account/"), name


def test_staff_of_other_rooms_reach_none_and_read_nothing(rows, signed_in, staff):
    client = signed_in(staff())
    assert client.get("/admin/").status_code == 200
    for name, address in addresses(keys_of(rows)):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302 and answer.url == "/admin/", name


def test_without_the_right_a_missing_row_looks_the_same(rows, signed_in, staff):
    client = signed_in(staff())
    nowhere = {space: uuid.uuid4() for space in rows}
    for _name, address in addresses(nowhere):
        assert client.get(address).url == "/admin/"


def test_adding_alone_shows_nothing(rows, signed_in, staff):
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Adders")
    codes = [f"add_{space}" for space in SPACES] + ["access_admin"]
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    client = signed_in(staff("Adders"))
    for name, address in addresses(keys_of(rows)):
        assert client.get(address).url == "/admin/", name


def test_sellers_do_not_delete_or_invoice(as_seller, rows):
    closed = {f"{space}:delete" for space in SPACES} | {"order:invoice", "invoice:credit"}
    reached = set()
    for name, address in addresses(keys_of(rows)):
        answer = as_seller.get(address)
        if answer.status_code == 200:
            reached.add(name)
    assert not reached & closed
    assert {"contact:edit", "contact:talk", "delivery:book", "order:edit"} <= reached


def test_everything_about_a_restricted_person_is_gone_for_staff(as_leader, rows):
    restrict(rows["contact"].subject, ground="accuracy", by=None)
    about_them = {space for space in rows if "organisation" not in space}
    for name, address in addresses(keys_of(rows)):
        space = name.split(":")[0]
        answer = as_leader.get(address)
        if space in about_them and str(rows[space].pk) in address:
            assert answer.status_code == 404, name
        else:
            assert answer.status_code == 200, name
            assert rows["contact"].full_name not in answer.text and rows["order"].number not in answer.text, name


def test_who_may_only_read_is_offered_nothing_to_press(rows, signed_in, staff):
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Readers")
    codes = [f"view_{space}" for space in SPACES] + ["access_admin"]
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    client = signed_in(staff("Readers"))
    acting = (
        "edit",
        "delete",
        "talk",
        "employ",
        "leave",
        "inform",
        "invite",
        "book",
        "arrived",
        "confirmed",
        "cancelled",
    )
    for space in SPACES:
        page = client.get(reverse(f"{space}:inspect", args=[rows[space].pk]))
        assert page.status_code == 200
        for name in acting:
            assert f"/{space}/{name}/" not in page.text, (space, name)
    for name, address in addresses(keys_of(rows)):
        if name.split(":")[1] in acting:
            assert client.post(address).url == "/admin/", name
