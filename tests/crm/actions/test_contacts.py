from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from crm import actions
from crm.models import Contact
from privacy.actions import carry_out
from privacy.models import DataSubject, OutgoingMail, SubjectIdentifier, TrailEntry
from tests.crm import factories

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def trail(action):
    return list(TrailEntry.objects.filter(action=action))


def test_a_contact_is_a_new_person_with_a_source(seller):
    contact = factories.contact(by=seller, email="ASE@Kunde.example ", phone="99 99 99 01", interests=["Støvfritt", ""])
    contact.refresh_from_db()
    assert (contact.email, contact.phone, contact.collected_by) == ("ase@kunde.example", "+4799999901", seller)
    assert contact.interests == [{"text": "Støvfritt", "origin": "staff"}]
    assert contact.last_dealt_with_on == contact.clock_starts_on == factories.DAY
    assert contact.subject.roles == ["customer"]
    assert not SubjectIdentifier.objects.get(subject=contact.subject).verified_at
    assert [entry.subject for entry in trail("contact.created")] == [contact.subject_id]


def test_a_contact_without_address_has_no_identifier():
    contact = factories.contact(email="", phone="")
    assert not contact.subject.identifiers.exists()


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"source_channel": ""}, "source_channel", "how we got"),
        ({"source_channel": "network", "source_note": " "}, "source_note", "address of the page"),
        ({"collected_on": TOMORROW}, "collected_on", "still to come"),
        ({"phone": "ring meg"}, "phone", "not a phone number"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_and_nothing_is_written(facts, field, words, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(actions.Refused, match=words) as refusal:
        factories.contact(**facts)
    assert refusal.value.field == field
    assert not Contact.objects.exists() and not DataSubject.objects.filter(roles=["customer"]).exists()


def test_an_address_in_other_case_is_refused_and_the_first_contact_stays(settings):
    settings.LANGUAGE_CODE = "en"
    first = factories.contact(email="ase@kunde.example")
    with pytest.raises(actions.Refused, match="already here") as refusal:
        factories.contact(email="Ase@KUNDE.example")
    assert refusal.value.field == "email"
    assert list(Contact.objects.all()) == [first]


def test_two_contacts_may_both_have_no_address():
    factories.contact(email="")
    factories.contact(email="")
    assert Contact.objects.count() == 2


def test_details_from_a_network_need_their_page():
    contact = factories.contact(source_channel="network", source_note="https://network.example/in/ase")
    assert contact.information_due_on == date(2026, 4, 10)


def test_who_told_us_themselves_or_was_told_needs_no_information():
    assert factories.contact().information_due_on is None
    told = factories.contact(source_channel="employer", informed_on=factories.DAY)
    assert told.information_due_on is None


def test_a_card_number_is_masked_wherever_text_is_free():
    contact = factories.contact(title="4111 1111 1111 1111", source_note="01017000027")
    assert (contact.title, contact.source_note) == ("**** 1111", "***********")


def test_an_edit_is_written_with_its_field_names_and_moves_no_clock(seller, frozen_day):
    contact = factories.contact()
    frozen_day("2027-05-05")
    changes = {"title": "Daglig leder", "phone": "+47 99999902", "interests": ["Messer"], "language": contact.language}
    actions.update_contact(contact, changes=changes, by=seller)
    contact.refresh_from_db()
    assert (contact.title, contact.phone) == ("Daglig leder", "+4799999902")
    assert contact.interests == [{"text": "Messer", "origin": "staff"}]
    assert contact.last_dealt_with_on == factories.DAY
    (entry,) = trail("contact.updated")
    assert (entry.field_names, entry.actor) == (["interests", "phone", "title"], seller.pk)


def test_an_edit_that_changes_nothing_writes_nothing():
    contact = factories.contact()
    actions.update_contact(contact, changes={"title": contact.title}, by=None)
    assert trail("contact.created") and not trail("contact.updated")


def test_a_new_address_takes_the_old_one_s_hash_along():
    contact = factories.contact(email="old@kunde.example")
    old = contact.subject.identifiers.get().index
    actions.update_contact(contact, changes={"email": "New@kunde.example"}, by=None)
    assert contact.email == "new@kunde.example"
    assert contact.subject.identifiers.get().index != old
    actions.update_contact(contact, changes={"email": ""}, by=None)
    assert not contact.subject.identifiers.exists()


def test_an_edit_to_another_s_address_is_refused():
    factories.contact(email="ase@kunde.example")
    other = factories.contact(email="kari@kunde.example")
    with pytest.raises(actions.Refused):
        actions.update_contact(other, changes={"email": "ase@kunde.example"}, by=None)
    other.refresh_from_db()
    assert other.email == "kari@kunde.example"


def test_an_edit_to_a_phone_that_is_none_is_refused():
    with pytest.raises(actions.Refused):
        actions.update_contact(factories.contact(), changes={"phone": "x"}, by=None)


def test_leaving_the_last_place_starts_ninety_days_and_coming_back_stops_them():
    contact, yard, mill = factories.contact(), factories.organisation(), factories.organisation()
    first = actions.add_employment(contact, organisation=yard, role="Innkjøper", by=None)
    second = actions.add_employment(contact, organisation=mill, started_on=date(2026, 1, 1), by=None)
    actions.leave_company(first, left_on=date(2026, 4, 1), by=None)
    contact.refresh_from_db()
    assert contact.left_company_on is None
    second.refresh_from_db()
    actions.leave_company(second, left_on=date(2026, 4, 1), by=None)
    contact.refresh_from_db()
    assert contact.left_company_on == date(2026, 4, 1)
    assert contact.clock_starts_on == date(2024, 6, 30)
    actions.add_employment(contact, organisation=yard, by=None)
    contact.refresh_from_db()
    assert (contact.left_company_on, contact.clock_starts_on) == (None, factories.DAY)


def test_nobody_works_twice_at_one_place():
    contact, yard = factories.contact(), factories.organisation()
    actions.add_employment(contact, organisation=yard, by=None)
    with pytest.raises(actions.Refused):
        actions.add_employment(contact, organisation=yard, by=None)
    assert contact.employments.count() == 1


def test_leaving_is_once_not_before_the_start_and_not_tomorrow():
    employment = actions.add_employment(
        factories.contact(), organisation=factories.organisation(), started_on=date(2026, 2, 1), by=None
    )
    for day in (date(2026, 1, 31), TOMORROW):
        with pytest.raises(actions.Refused):
            actions.leave_company(employment, left_on=day, by=None)
    actions.leave_company(employment, left_on=date(2026, 2, 1), by=None)
    with pytest.raises(actions.Refused):
        actions.leave_company(employment, left_on=date(2026, 2, 2), by=None)
    employment.refresh_from_db()
    assert employment.ended_on == date(2026, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_deleting_a_contact_goes_by_the_engine_and_leaves_the_neighbour():
    contact, neighbour = factories.contact(), factories.contact()
    actions.record_interaction(contact, kind="call", happened_on=factories.DAY, text="Pris på sand", by=None)
    erasure = actions.delete_contact(contact, by=None)
    assert Contact.objects.filter(pk=contact.pk).exists()
    carry_out(erasure)
    assert list(Contact.objects.all()) == [neighbour]
    assert DataSubject.objects.get(pk=contact.subject_id).state == "active"


@pytest.mark.django_db(transaction=True)
def test_an_order_under_way_holds_its_contact():
    placed = factories.order()
    carry_out(actions.delete_contact(placed.contact, by=None))
    assert Contact.objects.filter(pk=placed.contact_id).exists()


def test_a_person_is_told_once_and_in_their_language(seller):
    contact = factories.contact(language="en", source_channel="employer")
    actions.inform_contact(contact, by=seller)
    mail = OutgoingMail.objects.get(template="crm/mail/information")
    contact.refresh_from_db()
    assert (mail.language, contact.informed_on) == ("en", timezone.localdate())
    assert trail("contact.informed")


def test_nobody_without_an_address_is_told_or_invited():
    contact = factories.contact(email="")
    for act in (actions.inform_contact, actions.invite_contact):
        with pytest.raises(actions.Refused):
            act(contact, by=None)
    assert not OutgoingMail.objects.exists()


def test_an_invitation_opens_one_account_for_this_person():
    contact = factories.contact(email="ase@kunde.example")
    user = actions.invite_contact(contact, by=None)
    assert (user.email, user.subject) == ("ase@kunde.example", contact.subject)
    assert actions.invite_contact(contact, by=None) == user
    assert OutgoingMail.objects.filter(template="crm/mail/invitation").count() == 2
    assert get_user_model().objects.filter(email="ase@kunde.example").count() == 1


def test_an_address_somebody_else_signs_in_with_is_refused():
    get_user_model().objects.create_user("ase@kunde.example")
    contact = factories.contact(email="ase@kunde.example")
    with pytest.raises(actions.Refused):
        actions.invite_contact(contact, by=None)
    assert not OutgoingMail.objects.filter(template="crm/mail/invitation").exists()


def test_who_signs_in_with_another_address_is_not_invited_again():
    contact = factories.contact(email="ase@kunde.example")
    actions.invite_contact(contact, by=None)
    actions.update_contact(contact, changes={"email": "ny@kunde.example"}, by=None)
    with pytest.raises(actions.Refused):
        actions.invite_contact(contact, by=None)
