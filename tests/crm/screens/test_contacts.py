import pytest
from django.urls import reverse
from django.utils import timezone

from crm import actions
from crm.models import Contact, Interaction
from privacy.actions import restrict
from privacy.models import Job, OutgoingMail, TrailEntry
from tests.crm import factories

pytestmark = pytest.mark.django_db
FORM = {
    "full_name": "Kari Nordmann",
    "email": "Kari@Kunde.example",
    "phone": "99 99 99 03",
    "title": "Innkjøper",
    "language": "nb",
    "ground": "prospect",
    "source_channel": "fair",
    "source_note": "",
    "collected_on": "2026-03-10",
    "interest_lines": "Blåserom\nStøv",
    "owner": "",
}


def page(contact, name="inspect"):
    return reverse(f"contact:{name}", args=[contact.pk])


def test_a_seller_enters_a_contact_and_lands_on_its_page(as_seller, seller):
    answer = as_seller.post(reverse("contact:add"), FORM)
    contact = Contact.objects.get()
    assert answer.status_code == 302 and answer.url == page(contact)
    assert (contact.email, contact.phone, contact.collected_by) == ("kari@kunde.example", "+4799999903", seller)
    assert [item["text"] for item in contact.interests] == ["Blåserom", "Støv"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "ASE@kunde.example"}, "already here"),
        ({"phone": "ring"}, "not a phone number"),
        ({"source_channel": ""}, "required"),
        ({"source_channel": "network"}, "address of the page"),
        ({"collected_on": "2999-01-01"}, "still to come"),
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed_and_says_so(as_seller, change, words):
    first = factories.contact(email="ase@kunde.example")
    answer = as_seller.post(reverse("contact:add"), FORM | change)
    assert answer.status_code == 200
    assert words in answer.text and "Kari Nordmann" in answer.text
    assert list(Contact.objects.all()) == [first]


def test_an_edit_goes_through_the_act(as_seller, seller):
    contact = factories.contact(email="kari@kunde.example")
    shown = as_seller.get(page(contact, "edit"))
    assert shown.status_code == 200 and "+4799999901" in shown.text
    assert as_seller.post(page(contact, "edit"), FORM | {"title": "Daglig leder"}).status_code == 302
    contact.refresh_from_db()
    assert contact.title == "Daglig leder"
    assert "title" in TrailEntry.objects.get(action="contact.updated", actor=seller.pk).field_names


def test_the_page_of_a_contact_tells_all_and_is_written_down(as_seller, seller):
    placed = factories.order()
    contact = placed.contact
    actions.add_employment(contact, organisation=placed.organisation, role="Innkjøper", by=None)
    actions.record_interaction(contact, kind="call", happened_on=factories.DAY, text="Spurte om sand", by=seller)
    answer = as_seller.get(page(contact))
    for text in (contact.full_name, "Spurte om sand", placed.number, placed.organisation.name, "+4799999901"):
        assert text in answer.text
    assert "10 March 2028" in answer.text
    assert "There is no consent that stands" in answer.text
    viewed = TrailEntry.objects.get(action="contact.viewed")
    assert (viewed.actor, viewed.subject, viewed.object_pk) == (seller.pk, contact.subject_id, str(contact.pk))


def test_a_conversation_is_logged_from_the_page_in_one_form(as_seller, seller):
    contact = factories.contact()
    form = {"kind": "call", "happened_on": "2026-05-01", "text": "Vil ha tilbud", "product": ""}
    answer = as_seller.post(page(contact, "talk"), form)
    assert answer.status_code == 302 and answer.url == page(contact)
    contact.refresh_from_db()
    talk = Interaction.objects.get()
    assert (talk.author, talk.text, str(contact.last_dealt_with_on)) == (seller, "Vil ha tilbud", "2026-05-01")


def test_a_refused_conversation_is_shown_again(as_seller):
    contact = factories.contact()
    form = {"kind": "call", "happened_on": "2999-05-01", "text": "Vil ha tilbud", "product": ""}
    answer = as_seller.post(page(contact, "talk"), form)
    assert answer.status_code == 200 and "still to come" in answer.text and "Vil ha tilbud" in answer.text
    assert not Interaction.objects.exists()


def test_employers_come_and_go(as_seller):
    contact, yard = factories.contact(), factories.organisation()
    assert as_seller.get(page(contact, "employ")).status_code == 200
    form = {"organisation": str(yard.pk), "role": "Leder", "started_on": ""}
    assert as_seller.post(page(contact, "employ"), form).status_code == 302
    employment = contact.employments.get()
    again = as_seller.post(page(contact, "employ"), form)
    assert again.status_code == 200 and "already registered" in again.text
    assert yard.name in as_seller.get(page(contact, "leave")).text
    leave = {"employment": str(employment.pk), "left_on": "2026-04-01"}
    assert as_seller.post(page(contact, "leave"), leave).status_code == 302
    contact.refresh_from_db()
    assert str(contact.left_company_on) == "2026-04-01"


def test_information_and_invitation_are_asked_first_and_sent_by_post_only(as_seller):
    contact = factories.contact()
    for name in ("inform", "invite"):
        assert contact.email in as_seller.get(page(contact, name)).text
    assert not OutgoingMail.objects.exists()
    for name in ("inform", "invite"):
        assert as_seller.post(page(contact, name)).url == page(contact)
    assert set(OutgoingMail.objects.values_list("template", flat=True)) == {
        "crm/mail/information",
        "crm/mail/invitation",
    }


def test_a_refusal_without_a_form_is_told_on_the_page(as_seller):
    contact = factories.contact(email="")
    answer = as_seller.post(page(contact, "invite"), follow=True)
    assert "There is no e-mail address" in answer.text


def test_deleting_asks_first_and_orders_an_erasure(as_leader):
    contact = factories.contact()
    assert as_leader.get(page(contact, "delete")).status_code == 200
    assert not Job.objects.filter(kind="privacy.erase").exists()
    assert as_leader.post(page(contact, "delete")).status_code == 302
    assert Job.objects.filter(kind="privacy.erase").count() == 1


@pytest.mark.parametrize("query", ["åse", "AASE", "ase bjornoy", "99", "kunde.example"])
def test_the_search_finds_by_any_scrap(as_seller, query):
    found = factories.contact(full_name="Åse Bjørnøy", email="99@kunde.example")
    factories.contact(full_name="Ola Hansen", email="ola@annet.example")
    text = as_seller.get(reverse("contact:index_results"), {"q": query}).text
    assert found.full_name in text and "Ola Hansen" not in text


def test_the_list_needs_as_many_queries_for_thirty_as_for_one(as_seller, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert as_seller.get(reverse("contact:index")).status_code == 200
        return len(queries)

    yard = factories.organisation()
    actions.add_employment(factories.contact(), organisation=yard, by=None)
    count()
    one = count()
    for _number in range(19):
        actions.add_employment(factories.contact(), organisation=yard, by=None)
    assert count() == one


def test_the_page_needs_as_many_queries_for_many_conversations_as_for_one(as_seller):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    contact = factories.contact()

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert as_seller.get(page(contact)).status_code == 200
        return len(queries)

    def talk():
        actions.record_interaction(contact, kind="call", happened_on=factories.DAY, text="Ringte", by=None)

    talk()
    count()
    one = count()
    for _number in range(29):
        talk()
    assert count() == one


def test_a_restricted_person_is_nowhere_to_be_met(as_leader):
    contact = factories.contact()
    assert contact.full_name in as_leader.get(reverse("contact:index")).text
    restrict(contact.subject, ground="accuracy", by=None)
    assert contact.full_name not in as_leader.get(reverse("contact:index")).text
    names = ("inspect", "edit", "delete", "history", "talk", "employ", "leave", "inform", "invite")
    assert {as_leader.get(page(contact, name)).status_code for name in names} == {404}
    chosen = reverse("crm_contact_chooser:chosen", args=[contact.pk])
    assert as_leader.get(chosen).status_code == 404
    assert contact.full_name not in as_leader.get(reverse("crm_contact_chooser:choose")).text


def test_a_key_of_a_restricted_person_is_no_choice_in_a_form(as_seller):
    contact = factories.contact()
    form = {"contact": str(contact.pk), "kind": "call", "happened_on": "2026-05-01", "text": "Hei"}
    restrict(contact.subject, ground="accuracy", by=None)
    answer = as_seller.post(reverse("interaction:add"), form)
    assert answer.status_code == 200 and contact.full_name not in answer.text
    assert not Interaction.objects.exists()


def test_no_export_whatever_the_address_says(as_leader):
    factories.contact(email="ase@kunde.example")
    for kind in ("csv", "xlsx"):
        answer = as_leader.get(reverse("contact:index"), {"export": kind})
        assert answer["Content-Type"].startswith("text/html")


def test_the_pick_list_searches_and_shows_names(as_seller):
    found, other = factories.contact(full_name="Åse Bjørnøy"), factories.contact(full_name="Ola Hansen")
    text = as_seller.get(reverse("crm_contact_chooser:choose_results"), {"q": "bjornoy"}).text
    assert found.full_name in text and other.full_name not in text
    chosen = as_seller.get(reverse("crm_contact_chooser:chosen", args=[found.pk])).json()
    assert chosen["result"] == {"id": str(found.pk), "title": found.full_name, "edit_url": None}
    both = as_seller.get(reverse("crm_contact_chooser:chosen_multiple"), {"id": [found.pk, other.pk]}).json()
    assert {row["title"] for row in both["result"]} == {"Åse Bjørnøy", "Ola Hansen"}
    assert as_seller.get(reverse("crm_contact_chooser:chosen", args=["nonsense"])).status_code == 404
    nothing = as_seller.get(reverse("crm_contact_chooser:chosen_multiple"), {"id": ["nonsense"]}).json()
    assert nothing["result"] == []


def test_the_history_of_a_contact_names_no_value(as_seller):
    as_seller.post(reverse("contact:add"), FORM)
    contact = Contact.objects.get()
    as_seller.post(page(contact, "edit"), FORM | {"title": "Leder", "email": "kari@kunde.example"})
    text = as_seller.get(page(contact, "history")).text
    assert f"Contact {str(contact.pk)[:8]}" in text
    assert "Kari Nordmann" not in text and "kari@kunde.example" not in text


def test_today_is_the_last_day_that_can_be_given(as_seller):
    answer = as_seller.post(reverse("contact:add"), FORM | {"collected_on": timezone.localdate().isoformat()})
    assert answer.status_code == 302


def test_the_page_is_headed_by_the_name_and_leaves_out_what_is_empty(as_leader):
    contact = factories.contact(full_name="Ola Heading", title="")
    for name in ("inspect", "edit", "delete", "employ"):
        shown = as_leader.get(page(contact, name)).text
        assert "Ola Heading" in shown and str(contact) not in shown, name
    facts = as_leader.get(page(contact)).text
    assert "<dt>E-mail address</dt>" in facts
    assert "<dt>Job title</dt>" not in facts and "<dd>None</dd>" not in facts.replace(" ", "").replace("\n", "")
