from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from privacy import registry
from privacy.actions import (
    ObjectionRefused,
    claim_subject,
    decide_objection,
    give_consent,
    is_suppressed,
    object_to,
    open_request,
    place_hold,
    run_jobs,
)
from privacy.declare import Basis
from privacy.models import ConsentState, Erasure, Objection, TrailEntry
from privacy.models.restriction import DIRECT_MARKETING
from privacy.queries import active, may_use
from privacy.rules.deadlines import oslo_date
from tests.privacy.stopping import NEWS, activity, ask_for_news, rest_on_interest
from tests.toy.factories import guest, house, person
from tests.toy.models import Bill, Booking, Guest, GuestFile, Meal

MAIL = "kari@gjest.example"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def code(monkeypatch):
    return rest_on_interest(monkeypatch)


@pytest.fixture
def news(db, monkeypatch):
    return ask_for_news(monkeypatch)


def noted():
    entries = TrailEntry.objects.filter(action__startswith="objection").order_by("pk")
    return list(entries.values_list("action", "reason"))


def may(subject, purpose=NEWS):
    return may_use(subject, purpose=purpose, day=oslo_date(timezone.now()))


# Made


def test_it_stops_at_once_and_only_there(kari, ola, code):
    assert active(Guest.objects.all()).count() == 2
    case = open_request(kari.subject, right="objection", activity=code, by=None)
    made = object_to(kari.subject, activity=code, request=case, by=None)
    assert (made.state, made.request, made.subject) == ("open", case, kari.subject)
    assert str(made).startswith("Objection ")
    assert list(active(Guest.objects.all())) == [ola.guest] and list(active(GuestFile.objects.all())) == [ola.file]
    assert active(Bill.objects.all()).count() == 2
    assert noted() == [("objection.made", code)]


def test_what_cannot_be_shown_without_it_stops_as_well(kari, ola, code):
    object_to(kari.subject, activity=code, by=None)
    assert list(active(Booking.objects.all())) == [ola.booking] and list(active(Meal.objects.all())) == [ola.meal]


def test_the_same_objection_again_is_the_same_one(kari, code):
    assert object_to(kari.subject, activity=code, by=None) == object_to(kari.subject, activity=code, by=None)
    assert len(noted()) == 1


@pytest.mark.parametrize("way", ["on the proved key", "on a joined key", "before they were joined"])
def test_it_counts_for_every_key_of_the_person(kari, ola, code, way):
    other = house(MAIL, word="Kari2")
    if way == "before they were joined":
        Objection.objects.create(subject=other.subject, activity=code)
        assert set(active(Guest.objects.all())) == {kari.guest, ola.guest}
    claim_subject(kari.subject, claimed=other.subject, by=None)
    other.subject.refresh_from_db()
    if way != "before they were joined":
        object_to(kari.subject if way == "on the proved key" else other.subject, activity=code, by=None)
    assert list(active(Guest.objects.all())) == [ola.guest]


@pytest.mark.parametrize(
    "basis, instead, more",
    [
        (Basis.CONSENT, "Take the consent back", {"consent": "x"}),
        (Basis.CONTRACT, "pause, correct or delete", {}),
        (Basis.ENTER_CONTRACT, "Take your request back", {}),
        (Basis.LEGAL_DUTY, "A law makes us", {"law": "x"}),
    ],
)
def test_what_does_not_rest_on_our_interest_is_answered_with_what_to_do_instead(
    kari, monkeypatch, basis, instead, more
):
    monkeypatch.setitem(registry._activities, "toy-x", activity("toy-x", basis, **more))
    with pytest.raises(ObjectionRefused, match=instead):
        object_to(kari.subject, activity="toy-x", by=None)
    with pytest.raises(ObjectionRefused, match="do not know"):
        object_to(kari.subject, activity="toy-y", by=None)
    assert not Objection.objects.exists()


# Weighed


def test_following_it_has_the_rows_of_that_activity_erased_and_no_other(kari, ola, code):
    made = object_to(kari.subject, activity=code, by=None)
    done = decide_objection(made, upheld=True, by=None)
    assert (done.state, done.reason_code) == ("upheld", "")
    assert Erasure.objects.get().scope == {"toy.Guest": [str(kari.guest.pk)]}
    run_jobs()
    assert Guest.objects.get() == ola.guest and Booking.objects.get() == ola.booking
    assert Bill.objects.count() == 2 and kari.subject.identifiers.exists()
    assert Erasure.objects.get().state == "done" and noted()[-1] == ("objection.upheld", "")
    guest(kari.subject)
    assert list(active(Guest.objects.all())) == [ola.guest]


def test_what_is_held_stays_when_it_is_followed(kari, code):
    place_hold(kari.guest, subject=kari.subject, ground="claim", law="tvisteloven", reason="x", until=None, by=None)
    decide_objection(object_to(kari.subject, activity=code, by=None), upheld=True, by=None)
    run_jobs()
    assert Guest.objects.get() == kari.guest and Erasure.objects.get().state == "waiting"


def test_with_nothing_held_for_it_there_is_nothing_to_erase(db, code):
    decide_objection(object_to(person(), activity=code, by=None), upheld=True, by=None)
    assert not Erasure.objects.exists()


def test_not_following_it_needs_a_reason_and_brings_the_use_back(kari, code, siv):
    made = object_to(kari.subject, activity=code, by=None)
    for reason in ("", "because"):
        with pytest.raises(ObjectionRefused, match="Nothing was decided"):
            decide_objection(made, upheld=False, reason_code=reason, by=None)
    assert not active(Guest.objects.all()).exists()
    done = decide_objection(made, upheld=False, reason_code="compelling", by=siv)
    assert (done.state, done.reason_code, done.decided_by) == ("overruled", "compelling", siv.pk)
    assert active(Guest.objects.all()).exists() and not Erasure.objects.exists()
    assert object_to(kari.subject, activity=code, by=None) != made


@pytest.mark.parametrize("upheld", [True, False])
def test_it_is_decided_once(kari, code, upheld):
    made = object_to(kari.subject, activity=code, by=None)
    decide_objection(made, upheld=upheld, reason_code="compelling", by=None)
    with pytest.raises(ObjectionRefused, match="decided already"):
        decide_objection(made, upheld=not upheld, reason_code="compelling", by=None)


@pytest.mark.parametrize("language, reason", [("nb", "Begrunnelsen vår"), ("en", "our grounds weigh more")])
def test_the_person_is_told_the_reason_and_where_to_complain(db, code, language, reason):
    kari = house(MAIL, language=language)
    decide_objection(object_to(kari.subject, activity=code, by=None), upheld=False, reason_code="compelling", by=None)
    run_jobs()
    [sent] = mail.outbox
    assert sent.to == [MAIL] and reason in sent.body and "Datatilsynet" in sent.body and "Kari" not in sent.body


def test_the_person_is_told_that_it_is_followed(kari, code):
    decide_objection(object_to(kari.subject, activity=code, by=None), upheld=True, by=None)
    run_jobs()
    assert [sent.subject for sent in mail.outbox] == ["Vi tar protesten din til følge"]


# Marketing


def test_no_marketing_is_followed_at_once_and_suppresses_every_address(kari, ola, news):
    give_consent(kari.subject, text=news, method="form", by=None)
    give_consent(ola.subject, text=news, method="form", by=None)
    assert may(kari.subject) and may(ola.subject)
    made = object_to(kari.subject, activity=DIRECT_MARKETING, by=None)
    assert made.state == "upheld" and made.decided_at is not None
    assert is_suppressed("email", MAIL) and is_suppressed("phone", "Kari 22")
    assert ConsentState.objects.get(subject=kari.subject).state == "withdrawn"
    assert not may(kari.subject) and may(ola.subject)
    assert active(Guest.objects.all()).count() == 2


def test_other_consents_stand_when_marketing_is_refused(kari, wording, news):
    give_consent(kari.subject, text=wording, method="form", by=None)
    give_consent(kari.subject, text=wording, method="form", about="other", by=None)
    object_to(kari.subject, activity=DIRECT_MARKETING, by=None)
    assert set(ConsentState.objects.values_list("state", flat=True)) == {"given"}
    assert may(kari.subject, "toy-stays")


def test_said_again_after_a_later_yes_it_counts_from_now(kari, news, siv):
    first = object_to(kari.subject, activity=DIRECT_MARKETING, by=None)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        give_consent(kari.subject, text=news, method="form", by=None)
        assert may(kari.subject)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        again = object_to(kari.subject, activity=DIRECT_MARKETING, by=None)
        assert again == first and again.made_at > first.made_at
        assert not may(kari.subject) and is_suppressed("email", MAIL)
    assert Objection.objects.count() == 1
