"""Opening a record in the staff pages writes a look down; asking for it, being refused, not finding it do not (L47)."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from privacy.models import StaffRead
from tests.crm import factories

pytestmark = pytest.mark.django_db


def page(contact, name="inspect"):
    return reverse(f"contact:{name}", args=[contact.pk])


@pytest.mark.parametrize("name", ["inspect", "edit", "talk"])
def test_whoever_is_shown_a_record_has_looked(as_seller, seller, name):
    contact = factories.contact(email="kari@kunde.example")
    assert as_seller.head(page(contact, name)).status_code == 200
    assert not StaffRead.objects.exists(), "a HEAD asks whether the page is there and shows nothing"
    assert as_seller.get(page(contact, name)).status_code == 200
    assert as_seller.get(page(contact, name)).status_code == 200
    look = StaffRead.objects.get()
    assert (look.actor, look.role, look.model, look.object_pk) == (
        seller.pk,
        "Sellers",
        "crm.Contact",
        str(contact.pk),
    )
    assert look.subject_id == contact.subject_id


def test_lists_and_what_is_not_shown_are_no_look(as_seller, signed_in, staff):
    contact = factories.contact(email="kari@kunde.example")
    assert as_seller.get(reverse("contact:index")).status_code == 200
    assert as_seller.get(reverse("contact:inspect", args=[uuid.uuid4()])).status_code == 404
    assert signed_in(staff()).get(page(contact)).status_code in (302, 403)
    assert Client().get(page(contact)).status_code == 302
    assert not StaffRead.objects.exists()


def test_a_record_about_nobody_writes_no_look(as_leader):
    organisation = factories.organisation()
    assert as_leader.get(reverse("organisation:inspect", args=[organisation.pk])).status_code == 200
    assert not StaffRead.objects.exists()
