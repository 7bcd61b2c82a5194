import json

import pytest
from django.db import connection

from cn_portal.accounts.models import User
from privacy.actions import (
    add_identifier,
    carry_out,
    claim_subject,
    give_consent,
    is_suppressed,
    lift_suppression,
    object_to,
    request_erasure,
    suppress,
)
from privacy.actions.suppression import e164, is_any_suppressed
from privacy.models import Suppression, TrailEntry
from privacy.models.restriction import DIRECT_MARKETING
from privacy.queries import find_text, held_about
from tests.privacy.stopping import NEWS, ask_for_news
from tests.toy.factories import guest, house, person
from tests.toy.models import Guest

MAIL = "kari@gjest.example"
NUMBER = "+4799999901"


@pytest.fixture
def news(db, monkeypatch):
    return ask_for_news(monkeypatch)


def number(house, typed):
    house.guest.phone = typed
    house.guest.save()


@pytest.mark.parametrize("typed", ["99 99 99 01", "+47 99999901", "0047 999 99 901"])
def test_a_number_is_the_same_however_it_is_typed(kari, ola, typed):
    number(kari, typed)
    number(ola, "99 99 99 02")
    assert suppress(kari.subject, by=None, source="letter") == 2
    assert is_suppressed("phone", NUMBER) and is_suppressed("phone", typed)
    assert not is_suppressed("phone", "99 99 99 02") and not is_suppressed("email", NUMBER)
    assert e164("n/a") == "n/a"


def test_an_address_is_the_same_in_capitals(kari, ola):
    suppress(kari.subject, by=None, source="letter")
    assert is_suppressed("email", " KARI@Gjest.example") and not is_suppressed("email", ola.email)
    assert suppress(kari.subject, by=None, source="letter") == 0
    actions = TrailEntry.objects.filter(action="suppression.added").values_list("reason", flat=True)
    assert list(actions) == ["letter", "letter"]


def test_every_address_of_the_person_is_meant(kari):
    add_identifier(kari.subject, email="privat@gjest.example", by=None)
    guest(kari.subject, email="jobb@gjest.example", phone="99 99 99 03")
    suppress(kari.subject, by=None, source="letter")
    for address in (MAIL, "privat@gjest.example", "jobb@gjest.example"):
        assert is_suppressed("email", address)
    assert is_suppressed("phone", "99999903")


def test_an_address_that_is_typed_in_and_somebody_elses_is_left_alone(kari, ola):
    guest(kari.subject, email=ola.email)
    add_identifier(kari.subject, email=ola.email, by=None)
    suppress(kari.subject, by=None, source="letter")
    assert is_suppressed("email", MAIL) and not is_suppressed("email", ola.email)


def test_a_mailbox_two_people_share_gets_no_marketing_when_one_says_no(kari, news):
    other = person(MAIL)
    give_consent(other, text=news, method="form", by=None)
    object_to(kari.subject, activity=DIRECT_MARKETING, by=None)
    assert is_suppressed("email", MAIL) and is_any_suppressed([other.pk], channel="email")
    assert not is_any_suppressed([other.pk], channel="phone")


def test_nothing_readable_is_stored(kari):
    number(kari, NUMBER)
    suppress(kari.subject, by=None, source="letter")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_suppression")
        stored = json.dumps(cursor.fetchall(), default=str)
    assert Suppression.objects.count() == 2
    assert "kari" not in stored.lower() and "99999901" not in stored
    assert str(Suppression.objects.first()).startswith("Suppression ")
    for text in (MAIL, "99999901"):
        assert "suppression" not in str([hit.place for hit in find_text(text, now=kari.remark.written_at)])


def test_the_person_sees_that_it_is_there_and_not_its_fingerprint(kari, ola):
    suppress(kari.subject, by=None, source="letter")
    about = held_about(kari.subject, day=kari.guest.visited_on, language="en")
    [group] = [group for group in about.groups if group.label == "privacy.suppression"]
    assert len(group.records) == 1 and group.records[0].values
    index = Suppression.objects.get(kind="email").index
    assert index not in str([value.value for value in group.records[0].values])
    other = held_about(ola.subject, day=kari.guest.visited_on, language="en")
    assert "privacy.suppression" not in [group.label for group in other.groups if group.records]


# What it outlives


def test_it_outlives_the_erasure_and_stops_whoever_is_entered_again(kari, ola, news):
    number(kari, NUMBER)
    object_to(kari.subject, activity=DIRECT_MARKETING, by=None)
    done = carry_out(request_erasure(kari.subject, cause="request", by=None))
    assert done.state == "done" and not Guest.objects.filter(subject=kari.subject).exists()
    assert is_suppressed("email", MAIL) and is_suppressed("phone", NUMBER) and not is_suppressed("email", ola.email)
    again = house(MAIL, word="Kari", verified=False)
    assert is_any_suppressed([again.subject.pk])
    imported = person("other@gjest.example", verified=False)
    guest(imported, email="other@gjest.example", phone="999 99 901")
    assert is_any_suppressed([imported.pk]) and not is_any_suppressed([imported.pk], channel="email")


def test_it_outlives_a_merge(kari):
    other = person(MAIL)
    object_to(other, activity=DIRECT_MARKETING, by=None)
    claim_subject(kari.subject, claimed=other, by=None)
    assert is_suppressed("email", MAIL) and is_any_suppressed(kari.subject.group())
    with_nobody = person("x@gjest.example")
    assert not is_any_suppressed([with_nobody.pk])


# What lifts it


def test_a_later_yes_of_the_person_lifts_their_proved_addresses_in_that_channel(kari, ola, news):
    for one in (kari, ola):
        suppress(one.subject, by=None, source="letter")
    give_consent(kari.subject, text=news, method="form", by=None)
    assert not is_suppressed("email", MAIL) and is_suppressed("phone", "Kari 22") and is_suppressed("email", ola.email)
    entry = TrailEntry.objects.get(action="suppression.lifted")
    assert entry.reason == NEWS and entry.model == "privacy.Suppression"


def test_a_yes_that_staff_typed_in_lifts_nothing(kari, news, siv):
    suppress(kari.subject, by=None, source="letter")
    give_consent(kari.subject, text=news, method="phone", by=siv)
    assert is_suppressed("email", MAIL)


def test_a_yes_from_an_address_nobody_has_proved_lifts_nothing(kari, news):
    suppress(kari.subject, by=None, source="letter")
    stranger = person(MAIL, verified=False)
    give_consent(stranger, text=news, method="form", by=None)
    assert is_suppressed("email", MAIL)


def test_a_yes_to_calls_lifts_the_number_of_who_is_signed_in(kari, monkeypatch):
    calls = ask_for_news(monkeypatch, channel="phone", code="toy-calls")
    number(kari, NUMBER)
    suppress(kari.subject, by=None, source="letter")
    give_consent(kari.subject, text=calls, method="form", by=None)
    assert is_suppressed("phone", NUMBER)
    user = User.objects.create_user("konto@gjest.example", subject=kari.subject)
    give_consent(kari.subject, text=calls, method="my-data", by=user)
    assert not is_suppressed("phone", NUMBER) and is_suppressed("email", MAIL)


def test_a_yes_to_something_else_lifts_nothing(kari, wording):
    suppress(kari.subject, by=None, source="letter")
    give_consent(kari.subject, text=wording, method="form", by=None)
    assert is_suppressed("email", MAIL)


def test_who_asks_to_be_reachable_again_is(kari, ola, siv):
    for one in (kari, ola):
        suppress(one.subject, by=None, source="letter")
    assert lift_suppression(kind="email", value=MAIL.upper(), by=siv)
    assert not is_suppressed("email", MAIL) and is_suppressed("email", ola.email)
    assert not lift_suppression(kind="email", value=MAIL, by=siv)
    assert TrailEntry.objects.filter(action="suppression.lifted").count() == 1
