"""One person in several roles, and several people behind one address (T31, L43)."""

import pytest

from careers import actions as careers
from careers.models import Application
from crm import actions as crm
from crm.models import Contact, Interaction, Order
from privacy.actions import NotYours, claim_subject, object_to, prove_mailbox, run_jobs
from privacy.actions.subjects import claimable_by
from privacy.models import DataSubject
from privacy.queries import active, held_about
from tests.careers import factories as applicants
from tests.crm import factories as customers

pytestmark = pytest.mark.django_db
ADDRESS = "kaja@kunde.example"


@pytest.fixture
def both():
    """A customer who has also applied, and has said from their own page that it was them."""
    careers.ensure_consent_texts()
    contact = customers.contact(full_name="Kaja Kunde", email=ADDRESS)
    crm.record_interaction(contact, kind="call", happened_on=customers.DAY, text="Hei", by=None)
    prove_mailbox(contact.subject, email=ADDRESS, by=None)
    applied = applicants.submit(applicants.make_vacancy(), name="Kaja Søker", email=ADDRESS)
    prove_mailbox(applied.subject, email=ADDRESS, by=None)
    assert claimable_by(contact.subject).get() == applied.subject != contact.subject
    claim_subject(contact.subject, claimed=applied.subject, by=None)
    applied.subject.refresh_from_db()
    return contact, applied


def rows(contact):
    about = held_about(contact.subject, day=customers.DAY, language="en")
    return {group.label: len(group.records) for group in about.groups if group.records}


def test_one_person_sees_both_roles_together(both):
    contact, _applied = both
    found = rows(contact)
    assert found["crm.contact"] == found["careers.application"] == 1
    assert contact.subject.person.roles == ["applicant", "customer"]


def test_withdrawing_the_application_leaves_the_customer_as_they_were(both):
    contact, applied = both
    before = rows(contact)
    careers.withdraw_everything(applied, by=None)
    run_jobs()
    assert not Application.objects.exists()
    after = rows(contact)
    assert after["crm.contact"] == before["crm.contact"] and after["crm.interaction"] == before["crm.interaction"]
    assert DataSubject.objects.get(pk=contact.subject_id).state == "active"
    assert Contact.objects.get().full_name == "Kaja Kunde" and list(active(Contact.objects.all())) == [contact]


def test_erasing_the_customer_leaves_the_application_as_it_was(both):
    contact, applied = both
    crm.delete_contact(contact, by=None)
    run_jobs()
    assert not Contact.objects.exists() and not Interaction.objects.exists()
    assert Application.objects.get().full_name == "Kaja Søker" and list(active(Application.objects.all())) == [applied]


def test_objecting_in_one_role_leaves_the_other(both):
    contact, applied = both
    object_to(applied.subject, activity="customer-relations", by=None)
    assert not active(Contact.objects.all()).exists() and list(active(Application.objects.all())) == [applied]


def test_typing_somebodys_address_neither_shows_nor_joins_them():
    contact = customers.contact(full_name="Kaja Kunde", email="")
    prove_mailbox(contact.subject, email=ADDRESS, by=None)
    asked = crm.record_enquiry(name="Noen Annen", email=ADDRESS, message="Hei", language="nb")
    assert asked.subject != contact.subject and asked.subject.person == asked.subject
    assert not claimable_by(contact.subject).exists()
    assert "Kaja" not in str(held_about(asked.subject, day=customers.DAY, language="nb").groups)
    contact.refresh_from_db()
    assert contact.full_name == "Kaja Kunde" and contact.subject.group() == [contact.subject_id]


def test_two_people_who_share_a_mailbox_stay_two():
    contact = customers.contact(full_name="Kaja Kunde", email=ADDRESS)
    careers.ensure_consent_texts()
    applied = applicants.submit(applicants.make_vacancy(), name="Kim Søker", email=ADDRESS)
    for subject in (contact.subject, applied.subject):
        prove_mailbox(subject, email=ADDRESS, by=None)
    assert len(contact.subject.group()) == len(applied.subject.group()) == 1
    careers.withdraw_everything(applied, by=None)
    run_jobs()
    assert Contact.objects.get() == contact and not Order.objects.exists()
    with pytest.raises(NotYours):
        claim_subject(contact.subject, claimed=customers.contact(email="x@kunde.example").subject, by=None)
