"""Stops that a restored database does not know are repeated; those that no longer fit are passed over (T34)."""

import uuid

import pytest
from django.utils import timezone

from privacy.actions import note
from privacy.actions.replay_stops import replay_stops
from privacy.models import DataSubject, Objection, Restriction, StopLedger, Suppression
from privacy.models.restriction import DIRECT_MARKETING

NOTHING = {"withdrawal": 0, "objection": 0, "suppression": 0, "restriction": 0}


def stop(kind, someone, key, about=""):
    return StopLedger.objects.create(kind=kind, subject=someone.subject.pk, key=key, about=about, at=timezone.now())


def test_what_is_not_known_is_stopped_again_and_once(kari, ola):
    stop("objection", kari, DIRECT_MARKETING)
    stop("restriction", kari, "accuracy", f"toy.Guest:{kari.guest.pk}")
    StopLedger.objects.create(kind="suppression", key=f"email:{'a' * 64}", method="letter", at=timezone.now())
    done = replay_stops()
    assert (done["objection"], done["restriction"], done["withdrawal"]) == (1, 1, 0) and done["suppression"] >= 1
    assert Objection.objects.get().subject_id == kari.subject.pk
    found = Restriction.objects.get()
    assert (found.model, found.object_pk, found.ground) == ("toy.Guest", str(kari.guest.pk), "accuracy")
    assert Suppression.objects.get(index="a" * 64).source == "letter"
    assert replay_stops() == NOTHING


def test_an_objection_to_what_rests_on_something_else_by_now_is_passed_over(kari):
    stop("objection", kari, "toy-stays")
    assert replay_stops() == NOTHING and not Objection.objects.exists()


@pytest.mark.parametrize("place", ["gone", "a number", "a number of a numbered class", "no class", "another's"])
def test_a_pause_of_a_record_that_is_not_there_pauses_nothing_else(kari, ola, place):
    about = {
        "gone": f"toy.Guest:{uuid.uuid4()}",
        "a number": "toy.Guest:7",
        "a number of a numbered class": f"privacy.TrailEntry:{note('act', by=None).pk}",
        "no class": f"toy.Ghost:{kari.guest.pk}",
        "another's": f"toy.Guest:{ola.guest.pk}",
    }[place]
    stop("restriction", kari, "accuracy", about)
    assert replay_stops() == NOTHING and not Restriction.objects.exists()
    assert DataSubject.objects.get(pk=kari.subject.pk).state == "active"


def test_whose_data_is_deleted_is_not_paused_and_the_next_one_is(kari, ola):
    DataSubject.objects.filter(pk=kari.subject.pk).update(state="erased")
    stop("restriction", kari, "accuracy")
    stop("restriction", ola, "accuracy")
    assert replay_stops() == NOTHING | {"restriction": 1}
    assert Restriction.objects.get().subject_id == ola.subject.pk


def test_somebody_the_database_does_not_know_is_passed_over(kari):
    for kind, key in (("objection", DIRECT_MARKETING), ("restriction", "accuracy"), ("withdrawal", "toy-stays")):
        StopLedger.objects.create(kind=kind, subject=uuid.uuid4(), key=key, at=timezone.now())
    assert replay_stops() == NOTHING
