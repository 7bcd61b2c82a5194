from datetime import date

import pytest
from django.utils.translation import override

from privacy.actions import NotAllowed, allowed_payload, log_disclosure
from privacy.actions.disclosure import payload_digest
from privacy.models import Disclosure, TrailEntry
from privacy.queries import recipients_of

PAYLOAD = {"name": "Kari Gjest", "phone": "22 00"}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def log(person, ferry, **changes):
    values = {"recipient": ferry, "payload": PAYLOAD, "activity": "toy-stays", "by": None}
    return log_disclosure(person.subject, **{**values, **changes})


def test_a_hand_over_keeps_names_of_fields_and_a_digest_and_no_value(kari, ferry, siv):
    disclosure = log(kari, ferry, by=siv, about=kari.booking)
    disclosure.refresh_from_db()
    assert disclosure.field_names == ["name", "phone"] and disclosure.direction == "sent"
    assert (disclosure.activity, disclosure.basis) == ("toy-stays", "eu-gdpr:A6-1-a")
    assert (disclosure.about_model, disclosure.about_pk) == ("toy.Booking", str(kari.booking.pk))
    assert disclosure.actor == siv.pk and str(disclosure).startswith("Disclosure ")
    assert disclosure.payload_digest == payload_digest(disclosure.pk, PAYLOAD)
    assert "Kari" not in str(disclosure.__dict__)
    entry = TrailEntry.objects.get(action="disclosure.logged")
    assert (entry.field_names, entry.reason, entry.subject) == (["name", "phone"], "ferry", kari.subject.pk)


def test_the_digest_proves_exactly_this_payload_of_this_hand_over(kari, ferry):
    one, two = log(kari, ferry), log(kari, ferry)
    assert one.payload_digest != two.payload_digest
    assert payload_digest(one.pk, {**PAYLOAD, "phone": "22 01"}) != one.payload_digest


def test_what_came_from_a_partner_is_logged_as_received(kari, ola, ferry):
    log(kari, ferry, direction="received")
    log(ola, ferry)
    assert [row.direction for row in recipients_of(kari.subject)] == ["received"]
    assert str(recipients_of(kari.subject)[0].recipient) == "Fergen AS"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": "suspended"}, "not an active recipient"),
        ({"state": "proposed"}, "not an active recipient"),
        ({"activities": ["orders"]}, "not registered for toy-stays"),
        ({"allowed_fields": ["name"]}, "may not receive phone"),
        ({"agreement_expires_on": date(2020, 1, 1)}, "has run out"),
    ],
)
def test_a_refused_hand_over_leaves_no_row(kari, ferry, change, sentence):
    log(kari, ferry)
    for name, value in change.items():
        setattr(ferry, name, value)
    ferry.save()
    before = Disclosure.objects.count(), TrailEntry.objects.count()
    with pytest.raises(NotAllowed, match=sentence) as problem:
        log(kari, ferry)
    assert "nothing was sent" in str(problem.value) and "Kari" not in str(problem.value)
    assert before == (Disclosure.objects.count(), TrailEntry.objects.count())


def test_only_what_is_allowed_and_filled_in_is_put_into_a_payload(ferry):
    values = {"name": "Kari", "phone": "", "email": "kari@gjest.example"}
    assert allowed_payload(ferry, values=values) == {"name": "Kari"}
    assert allowed_payload(ferry, values={"name": None}) == {}
