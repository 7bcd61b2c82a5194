from datetime import date, timedelta

import pytest
from django.utils import timezone

from crm import actions
from crm.models import Contact, Interaction
from privacy.actions import carry_out
from privacy.models import DataSubject, TrailEntry
from tests.crm import factories

pytestmark = pytest.mark.django_db


def call(contact, day=date(2026, 5, 1), text="Vil ha tilbud", **more):
    return actions.record_interaction(contact, kind="call", happened_on=day, text=text, by=None, **more)


def test_a_call_moves_the_clock_forward_and_never_back():
    contact = factories.contact()
    call(contact, date(2026, 5, 1))
    contact.refresh_from_db()
    assert contact.last_dealt_with_on == contact.clock_starts_on == date(2026, 5, 1)
    call(contact, date(2026, 4, 1))
    contact.refresh_from_db()
    assert contact.last_dealt_with_on == date(2026, 5, 1)


def test_a_neighbour_s_clock_is_not_moved():
    contact, neighbour = factories.contact(), factories.contact()
    call(contact)
    neighbour.refresh_from_db()
    assert neighbour.last_dealt_with_on == factories.DAY


def test_a_conversation_carries_its_person_and_author(seller):
    contact, yard = factories.contact(), factories.organisation()
    made = actions.record_interaction(
        contact,
        kind="visit",
        happened_on=date(2026, 5, 1),
        text=" Så på anlegget ",
        product="Sandblåseskap",
        organisation=yard,
        by=seller,
    )
    made.refresh_from_db()
    assert (made.subject, made.author, made.organisation, made.text) == (
        contact.subject,
        seller,
        yard,
        "Så på anlegget",
    )
    assert TrailEntry.objects.get(action="interaction.recorded").reason == "visit"


def test_tomorrow_and_empty_words_are_refused():
    contact = factories.contact()
    for more in ({"day": timezone.localdate() + timedelta(days=1)}, {"text": "  "}):
        with pytest.raises(actions.Refused):
            call(contact, **more)
    assert not Interaction.objects.exists()


def test_card_and_identity_numbers_never_reach_the_table():
    made = call(factories.contact(), text="kort 4111 1111 1111 1111, fnr 01017000027", product="4111111111111111")
    made.refresh_from_db()
    assert (made.text, made.product) == ("kort **** 1111, fnr ***********", "**** 1111")


def test_a_correction_is_written_and_may_move_the_clock():
    made = call(factories.contact())
    changes = {"text": "Tilbud på 4111111111111111", "happened_on": date(2026, 5, 20), "product": "Dyse"}
    actions.update_interaction(made, changes=changes, by=None)
    made.refresh_from_db()
    assert (made.text, made.contact.last_dealt_with_on) == ("Tilbud på **** 1111", date(2026, 5, 20))
    assert TrailEntry.objects.get(action="interaction.updated").field_names == ["happened_on", "product", "text"]


def test_a_correction_of_nothing_or_to_nothing():
    made = call(factories.contact())
    actions.update_interaction(made, changes={"kind": "call"}, by=None)
    assert not TrailEntry.objects.filter(action="interaction.updated").exists()
    with pytest.raises(actions.Refused):
        actions.update_interaction(made, changes={"text": ""}, by=None)
    made.refresh_from_db()
    assert made.text == "Vil ha tilbud"


@pytest.mark.django_db(transaction=True)
def test_one_conversation_can_be_erased_alone():
    contact = factories.contact()
    gone, stays = call(contact), call(contact, text="Neste")
    carry_out(actions.delete_interaction(gone, by=None))
    assert list(Interaction.objects.all()) == [stays]
    assert Contact.objects.filter(pk=contact.pk).exists()


def ask(**more):
    facts = {"name": "Åse Bjørnøy", "email": "ase@kunde.example", "message": "Leier dere ut?", "language": "nb"}
    return actions.record_enquiry(**facts | more)


def test_an_enquiry_is_a_person_of_its_own_each_time():
    known = factories.contact(email="ase@kunde.example", title="Verkstedleder")
    first, second = ask(), ask(phone="99999902")
    assert len({known.subject_id, first.subject_id, second.subject_id}) == 3
    assert not DataSubject.objects.filter(proved_as__isnull=False).exists()
    known.refresh_from_db()
    assert (known.title, known.last_dealt_with_on) == ("Verkstedleder", factories.DAY)


def test_an_enquiry_says_where_it_came_from_and_moves_its_own_clock():
    asked = ask(product="Sandblåseskap")
    contact = asked.contact
    assert (contact.ground, contact.source_channel, contact.subject.roles) == ("enquiry", "web", ["enquirer"])
    assert contact.last_dealt_with_on == asked.happened_on == timezone.localdate()
    assert (asked.kind, asked.author, asked.product) == ("enquiry", None, "Sandblåseskap")


def test_an_enquiry_with_a_bad_number_is_refused_whole():
    with pytest.raises(actions.Refused):
        ask(phone="x")
    assert not Contact.objects.exists() and not Interaction.objects.exists()
