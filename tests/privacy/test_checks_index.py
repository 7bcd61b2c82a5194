"""Each way from a class to its person has an index: looking somebody up reads no table from end to end (E010)."""

import pytest
from django.db import models

from privacy import checks, registry
from privacy.declare import MatchedBy
from tests.house.test_gate import declare, diary, make, own_registry, subject_key, told  # noqa: F401
from tests.toy.models import Guest

BARE = {"subject": subject_key(db_index=False)}


def meta(**options):
    """A diary whose way to the person has no index but what these options of its Meta give it."""
    columns = {**BARE, "text": models.TextField(), "day": models.DateField()}
    model = make(**columns)
    for name, value in options.items():
        setattr(model._meta, name, value)
    return model


def test_a_way_without_an_index(own_registry):  # noqa: F811
    code, message, hint = told(declare(diary(**BARE)))
    assert (code, message) == ("privacy.E010", "toy.Diary is searched by toy.Diary.subject, which has no index.")
    assert "db_index" in hint and "Meta.indexes" in hint


@pytest.mark.parametrize(
    "options",
    [
        {"indexes": [models.Index(fields=["subject", "day"], name="x")]},
        {"indexes": [models.Index(fields=["-subject"], name="x")]},
        {"constraints": [models.UniqueConstraint(fields=["subject", "day"], name="x")]},
        {"unique_together": (("subject", "day"),)},
    ],
)
def test_an_index_that_begins_with_it_will_do(own_registry, options):  # noqa: F811
    assert declare(meta(**options)) == []


@pytest.mark.parametrize(
    "options",
    [
        {"indexes": [models.Index(fields=["day", "subject"], name="x")]},
        {"indexes": [models.Index(fields=["subject"], name="x", condition=models.Q(day__isnull=False))]},
        {"indexes": [models.Index(models.F("subject"), name="x")]},
        {"constraints": [models.UniqueConstraint(fields=["subject"], name="x", condition=models.Q(text=""))]},
        {"constraints": [models.CheckConstraint(condition=models.Q(text=""), name="x")]},
    ],
)
def test_one_that_does_not_serve_every_search_will_not(own_registry, options):  # noqa: F811
    assert told(declare(meta(**options)))[0] == "privacy.E010"


def test_every_column_on_the_way_is_looked_at(own_registry, monkeypatch):  # noqa: F811
    monkeypatch.setattr(Guest._meta.get_field("subject"), "db_index", False)
    errors = [error.msg for error in checks.every_model_is_accounted_for()]
    assert "toy.Guest is searched by toy.Guest.subject, which has no index." in errors
    # A booking is found by its own key to the person, a meal and a file of a guest by way of the guest.
    assert "toy.GuestFile is searched by toy.Guest.subject, which has no index." in errors
    assert not any(message.startswith("toy.Booking") for message in errors)


def test_a_function_that_matches_answers_for_itself(own_registry):  # noqa: F811
    assert declare(diary(**BARE), subject=MatchedBy(lambda ids: models.Q(), because="no key")) == []


def test_every_class_of_the_house_is_found_by_an_index():
    assert len(registry.declarations()) > 40
    assert [error for error in checks.every_model_is_accounted_for() if error.id == "privacy.E010"] == []
