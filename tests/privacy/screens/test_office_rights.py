"""Who may enter which page about requests: every role, every address (L47, N63)."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from careers.actions.roles import ensure_roles as ensure_hiring
from crm.actions.roles import ensure_roles as ensure_sales
from privacy import actions
from privacy.actions.roles import OFFICE
from privacy.wagtail_hooks import addresses

SOMETHING = "00000000-0000-4000-8000-000000000000"
BELOW = ("person", "notice", "restriction", "objection", "message", "label")


@pytest.fixture
def case(kari):
    return actions.open_request(kari.subject, right="access", by=kari)


def pages(case):
    """{name: address} of everything about requests, the parts of a case that do not exist included."""
    found = {}
    for each in addresses():
        if not each.name.startswith(("privacy-request", "privacy-register")):
            continue
        names = each.pattern.converters
        keys = {name: case.pk if name == "pk" else SOMETHING for name in names}
        found[each.name] = reverse(each.name, kwargs=keys)
    return found


def colleague(make_person, name, groups):
    user = make_person(name, is_staff=True)
    user.groups.set(groups)
    return user


def test_no_other_role_enters_any_page(enter, make_person, case):
    roles = [*ensure_sales().values(), *ensure_hiring().values(), Group.objects.create(name="Only inside")]
    roles[-1].permissions.set(Permission.objects.filter(codename="access_admin"))
    assert len(pages(case)) == 31 and len(roles) > 3
    for number, role in enumerate(roles):
        client = enter(colleague(make_person, f"Rolle{number}", [role]))
        for address in pages(case).values():
            assert client.get(address).status_code == 403, (role.name, address)
    for address in pages(case).values():
        assert client.post(address, {"step": "send"}).status_code in (403, 405), address
    assert case.events.count() == 2


def test_whoever_may_only_look_does_nothing(enter, officer, case):
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(*group.permissions.filter(codename__in=["change_subjectrequest", "add_subjectrequest"]))
    client = enter(officer)
    looks = {"privacy-requests", "privacy-request", "privacy-request-scan"}
    page = client.get(reverse("privacy-request", args=[case.pk])).text
    assert case.number in page and f"{case.pk}/answer/" not in page
    assert "Register a letter" not in client.get(reverse("privacy-requests")).text
    refused = {name for name, address in pages(case).items() if client.get(address).status_code == 403}
    assert refused == set(pages(case)) - looks


def test_without_a_view_of_cases_the_office_shows_none(enter, officer, case):
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(*group.permissions.filter(codename__endswith="_subjectrequest"))
    client = enter(officer)
    for address in ("/admin/", "/admin/privacy/"):
        page = client.get(address)
        assert page.status_code == 200 and case.number not in page.text and "Requests, by legal date" not in page.text


def test_a_customer_and_a_stranger_find_no_door(sign_in, client, kari, case):
    for address in pages(case).values():
        assert sign_in(kari).get(address).status_code == 403
        assert client.get(address).status_code == 302


def test_the_office_enters(enter, officer, case):
    client = enter(officer)
    assert case.number in client.get("/admin/").text and case.number in client.get("/admin/privacy/").text
    assert client.get(reverse("privacy-register")).status_code == 200
    for name in BELOW:
        known = {each.name for each in addresses() if name in each.pattern.converters} & set(pages(case))
        assert known and all(client.get(pages(case)[each]).status_code == 404 for each in known)
