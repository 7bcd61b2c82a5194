"""The office does what a case asks for, from its page: offered by right and state, shown before it is sent (L12)."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from privacy import actions
from privacy.models import (
    ConsentState,
    Copy,
    DataSubject,
    Erasure,
    Objection,
    OutgoingMail,
    RecipientNotice,
    Restriction,
    SubjectRequest,
    TrailEntry,
)
from privacy.screens.office_acts import DOES
from tests.crm import factories as customers
from tests.trips.visitor import Visitor

URL = "/admin/privacy/requests/"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


@pytest.fixture
def contact(db):
    """Somebody we know from the customer register, who has proved a mailbox and has no account."""
    made = customers.contact(full_name="Nora Kundekanari", email="nora@kunde.example")
    actions.add_identifier(made.subject, email="nora@kunde.example", verified=True, by=None)
    return made


def letter(right, **more):
    """A letter from a stranger, or from ``subject``."""
    facts = {
        "channel": "letter",
        "received_on": timezone.localdate(),
        "text": "Hei.",
        "contact": {"name": "Ukjentkanari", "postal_address": "Kaigata 1, 8310 Kabelvåg"},
        "language": "en",
        "by": None,
    }
    return actions.register_letter(right=right, **{**facts, **more})


def known(case):
    return actions.prove_identity(case, method="call_back", by=None)


def offered(client, case):
    page = client.get(f"{URL}{case.pk}/").text
    return {name for name in DOES if f'href="{URL}{case.pk}/{name}/"' in page}


def show(client, case, way, **said):
    return client.post(f"{URL}{case.pk}/{way}/", said).text


def do(client, case, way, **said):
    return client.post(f"{URL}{case.pk}/{way}/", {"step": "send", **said}, follow=True).text


def after(case):
    case.refresh_from_db()
    return case.state


# What is offered


@pytest.mark.parametrize(
    ("right", "acts"),
    [
        ("access", {"copy"}),
        ("portability", {"copy"}),
        ("correction", {"correct"}),
        ("erasure", {"erase"}),
        ("restriction", {"restrict"}),
        ("objection", {"object"}),
        ("withdrawal", {"withdraw"}),
        ("no_automated_decision", set()),
    ],
)
def test_only_what_the_right_gives_is_offered_and_only_when_it_is_certain_who_asks(office, kari, agree, right, acts):
    agree(kari)
    case = actions.open_request(kari.subject, right=right, by=kari)
    assert offered(office, case) == set()
    assert "It is not certain who asks." in office.get(f"{URL}{case.pk}/").text
    for act in acts:
        page = office.get(f"{URL}{case.pk}/{act}/", follow=True).text
        assert "This cannot be done where the case stands now." in page
    known(case)
    assert offered(office, case) == acts
    assert "It is not certain who asks." not in office.get(f"{URL}{case.pk}/").text
    page = office.get(f"{URL}{case.pk}/answer/").text
    assert ("Not carried out yet" in page) == bool(acts)
    actions.take_back(case, by=None)
    assert offered(office, case) == set()


def test_what_the_engine_refuses_is_said_on_the_page(office, kari):
    case = actions.open_request(kari.subject, right="restriction", by=kari)
    page = do(office, case, "restrict", ground="unlawful")
    assert "It is not certain who asks." in page and 'value="unlawful"' in page and "checked" in page
    assert not Restriction.objects.exists()


# Access


def test_from_the_letter_to_the_copy_in_the_hands_of_its_person(office, contact, ola, smtp, drain, sign_in):
    """The office registers, matches and orders; the person signs in with a mailed code and fetches."""
    said = {
        "right": "access",
        "channel": "letter",
        "on": timezone.localdate().isoformat(),
        "language": "nb",
        "name": "Nora Kundekanari",
        "email": "nora@kunde.example",
        "text": "Jeg vil se hva dere har.",
    }
    office.post(f"{URL}register/", said)
    case = SubjectRequest.objects.get()
    assert "copy" not in offered(office, case)
    assert "Matched." in do(office, case, f"match/{contact.subject_id}", method="call_back")
    user = get_user_model().objects.get(email="nora@kunde.example")
    assert user.subject == contact.subject and offered(office, case) == {"copy"}
    page = do(office, case, "copy")
    assert "The copy is being put together." in page and offered(office, case) == set()
    copy = Copy.objects.get()
    drain()
    assert after(case) == "closed" and case.outcome == "fulfilled" and case.copy == copy
    page = office.get(f"{URL}{case.pk}/").text
    assert f'href="/my-data/copy/{copy.pk}/"' not in page
    assert office.post(f"/my-data/copy/{copy.pk}/").status_code == 404
    person = Visitor().sign_in_by_code(user.email, drain=drain, smtp=smtp)
    assert case.number in person.go(f"/my-data/requests/{case.number}/").words
    fetched = sign_in(user).post(f"/my-data/copy/{copy.pk}/")
    with zipfile.ZipFile(io.BytesIO(b"".join(fetched.streaming_content))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Nora Kundekanari" in everything and b"lakanari" not in everything


def test_who_has_no_mailbox_gets_it_on_paper(office):
    case = known(letter("access"))
    assert offered(office, case) == {"statement"}
    assert "Show what the person gets" in office.get(f"{URL}{case.pk}/statement/").text
    page = show(office, case, "statement")
    assert "On paper: print the letter" in page and "we hold nothing about you" in page
    assert not case.messages.filter(kind="answer").exists()
    assert "print and post it" in do(office, case, "statement")
    message = case.messages.get(kind="answer")
    sheet = office.get(f"{URL}{case.pk}/letters/{message.pk}/").text
    assert "Ukjentkanari" in sheet and "we hold nothing about you" in sheet and "Datatilsynet" in sheet
    office.post(f"{URL}{case.pk}/letters/{message.pk}/")
    assert after(case) == "closed"


# Erasure


def test_from_the_letter_to_the_erasure_carried_out(office, contact, ola, bring, drain):
    """The plan is read, the erasure ordered and carried out; the case is closed when the recipient has been told."""
    bring.activities = ["customer-relations"]
    bring.save()
    facts = {"recipient": bring, "payload": {"email": "x"}, "activity": "customer-relations", "by": None}
    actions.log_disclosure(contact.subject, about=contact, **facts)
    case = letter("erasure", contact={"email": "nora@kunde.example", "postal_address": "Kaigata 1"})
    do(office, case, f"match/{contact.subject_id}", method="known_address")
    page = office.get(f"{URL}{case.pk}/erase/").text
    assert "Goes now" in page and "Contact details (1)" in page and "Postbudet AS" in page and "checked" not in page
    page = do(office, case, "erase")
    assert "Read the plan and tick the box." in page and "Contact details (1)" in page and not Erasure.objects.exists()
    assert "The erasure is ordered." in do(office, case, "erase", confirm="on")
    assert offered(office, case) == set() and after(case) == "in_progress"
    drain()
    assert (after(case), case.outcome) == ("fulfilled", "fulfilled")
    assert not type(contact).objects.exists() and DataSubject.objects.get(pk=ola.subject_id).state == "active"
    notice = RecipientNotice.objects.get()
    assert "Noted." in do(office, case, f"recipients/{notice.pk}", told="told")
    assert after(case) == "closed" and case.number in office.get(f"{URL}?state=over").text


def test_who_has_no_mailbox_is_told_before_the_address_goes(office):
    case = known(letter("erasure"))
    assert offered(office, case) == {"erase-letter"}
    assert "Nobody: nothing about this person has been shared." in office.get(f"{URL}{case.pk}/erase-letter/").text
    assert "The letter lies in the case." in do(office, case, "erase-letter")
    assert offered(office, case) == {"erase-letter"}
    actions.letter_printed(case, by=None)
    assert offered(office, case) == {"erase"}


def test_a_plan_says_what_stays_and_when_its_record_is_gone(office, kari, today):
    file = kari.subject.files.get()
    until = today + timedelta(days=900)
    hold = {"ground": "statutory", "law": "bokføringsloven § 13", "until": until, "reason": "accounting-document"}
    case = known(actions.open_request(kari.subject, right="erasure", about=file, by=kari))
    actions.place_hold(file, subject=kari.subject, by=kari, **hold)
    page = office.get(f"{URL}{case.pk}/erase/").text
    assert "Stays for now, locked away" in page and "bokføringsloven § 13" in page
    assert "There is nothing left that can go." in page
    SubjectRequest.objects.filter(pk=case.pk).update(about_pk=str(case.pk))
    assert "not there any more" in office.get(f"{URL}{case.pk}/erase/").text
    assert "not there any more" in do(office, case, "erase", confirm="on")


# Pause, objection, consent


def test_a_pause_is_shown_made_and_answered(office, kari, ola):
    case = known(actions.open_request(kari.subject, right="restriction", about=kari, language="en", by=kari))
    assert f"account {str(kari.pk)[:8]}" in office.get(f"{URL}{case.pk}/restrict/").text
    assert "This field is required." in show(office, case, "restrict")
    page = show(office, case, "restrict", ground="claim")
    assert "This is what the person gets" in page and "Paused from today" in page and not Restriction.objects.exists()
    assert "Paused, and the person is told." in do(office, case, "restrict", ground="claim")
    made = Restriction.objects.get()
    assert (made.subject, made.ground, made.object_pk) == (kari.subject, "claim", str(kari.pk))
    assert after(case) == "closed"
    whole = known(actions.open_request(ola.subject, right="restriction", by=ola))
    assert "everything about this person" in office.get(f"{URL}{whole.pk}/restrict/").text


def test_an_objection_is_made_and_then_decided(office, kari):
    case = known(actions.open_request(kari.subject, right="objection", by=kari))
    page = office.get(f"{URL}{case.pk}/object/").text
    assert "Marketing, in every channel" in page and 'value="accounts"' in page and 'value="invoices"' not in page
    assert "Stopped." in do(office, case, "object", activity="accounts")
    assert Objection.objects.get().request == case and after(case) == "in_progress"
    assert offered(office, case) == set() and "/objections/" in office.get(f"{URL}{case.pk}/").text


def test_a_consent_is_chosen_and_taken_back(office, kari, ola, agree):
    for someone in (kari, ola):
        agree(someone)
    case = known(actions.open_request(kari.subject, right="withdrawal", language="en", by=kari))
    mine = ConsentState.objects.get(subject=kari.subject)
    other = ConsentState.objects.get(subject=ola.subject)
    page = office.get(f"{URL}{case.pk}/withdraw/").text
    assert str(mine.pk) in page and str(other.pk) not in page
    assert "Select a valid choice." in do(office, case, "withdraw", consent=str(other.pk))
    assert "You have withdrawn your consent" in show(office, case, "withdraw", consent=str(mine.pk))
    mine.refresh_from_db()
    assert mine.state == "given"
    assert "Taken back" in do(office, case, "withdraw", consent=str(mine.pk))
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == ("withdrawn", "given")


# Correction


@pytest.fixture
def correction(contact):
    case = actions.open_request(
        contact.subject, right="correction", about=contact, fields=["title"], language="en", by=None
    )
    return known(case)


def typed(client, case, way):
    """What the form of a record says before anybody changes it."""
    form = client.get(f"{URL}{case.pk}/{way}/").context["form"]
    return {field.html_name: field.value() for field in form if field.value() is not None}


def test_a_record_is_chosen_shown_and_corrected(office, contact, correction):
    page = office.get(f"{URL}{correction.pk}/correct/").text
    way = f"correct/crm.contact/{contact.pk}"
    assert f'href="{URL}{correction.pk}/{way}/"' in page and "this is meant" in page
    page = office.get(f"{URL}{correction.pk}/{way}/").text
    assert "What they say is wrong" in page and 'value="Nora Kundekanari"' in page
    said = {**typed(office, correction, way), "full_name": "Nora Rett", "title": "Sjef"}
    page = show(office, correction, way, **said)
    assert "This is what the person gets" in page and "We have corrected this" in page
    contact.refresh_from_db()
    assert contact.full_name == "Nora Kundekanari"
    page = do(office, correction, way, **{**said, "full_name": ""})
    assert "This field is required." in page and 'value="Sjef"' in page
    assert "Corrected, and the person is told." in do(office, correction, way, **said)
    contact.refresh_from_db()
    assert (contact.full_name, contact.title) == ("Nora Rett", "Sjef")
    changed = TrailEntry.objects.get(action="record.corrected").field_names
    assert changed == ["full_name", "title"]


def test_what_the_column_refuses_is_said_and_what_was_typed_stays(office, contact, correction, monkeypatch):
    def refuse(*args, **kwargs):
        raise ValidationError("too long")

    monkeypatch.setattr(actions, "correct_for", refuse)
    way = f"correct/crm.contact/{contact.pk}"
    page = do(office, correction, way, **{**typed(office, correction, way), "full_name": "Nora Rett"})
    assert "We could not store this: too long" in page and 'value="Nora Rett"' in page


def test_nobody_elses_record_and_no_bookkeeping_is_reached(office, contact, correction, ola, kari):
    other = customers.contact(full_name="Annen Kanari", email="annen@kunde.example")
    for way in (
        f"correct/crm.contact/{other.pk}",
        f"correct/privacy.datasubject/{contact.subject_id}",
        f"correct/accounts.user/{ola.pk}",
        "correct/crm.contact/nonsense",
        "correct/nothing/1",
    ):
        assert office.get(f"{URL}{correction.pk}/{way}/").status_code == 404, way
    assert other.full_name not in office.get(f"{URL}{correction.pk}/correct/").text
    nothing = known(letter("correction"))
    assert (
        "Nothing is held about this person that could be corrected here."
        in office.get(f"{URL}{nothing.pk}/correct/").text
    )
    late = actions.open_request(kari.subject, right="correction", by=kari)
    page = office.get(f"{URL}{late.pk}/correct/accounts.user/{kari.pk}/", follow=True).text
    assert "This cannot be done where the case stands now." in page


# The end of a pause, on paper


def test_the_end_of_a_pause_is_told_by_letter_where_there_is_no_mailbox(office, kari):
    case = known(letter("restriction"))
    pause = actions.restrict(case.subject, ground="claim", request=case, by=None)
    way, on = f"restrictions/{pause.pk}/announce", timezone.localdate() + timedelta(days=8)
    assert "by letter: print it from the case" in office.get(f"{URL}{case.pk}/{way}/").text
    assert "The letter lies in the case: print and post it." in do(office, case, way, on=on.isoformat())
    message = case.messages.get(kind="notice")
    assert "The pause ends on" in office.get(f"{URL}{case.pk}/letters/{message.pk}/").text
    assert not OutgoingMail.objects.exists()
    other = actions.open_request(kari.subject, right="restriction", by=kari)
    mailed = actions.restrict(kari.subject, ground="claim", by=None)
    assert "by e-mail" in office.get(f"{URL}{other.pk}/restrictions/{mailed.pk}/announce/").text
