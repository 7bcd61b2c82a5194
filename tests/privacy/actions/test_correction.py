import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from privacy.actions import NotEditable, correct
from privacy.actions.correction import editable_fields, own_row
from privacy.models import TrailEntry
from privacy.registry import declaration_of
from tests.toy.models import Guest


def test_ones_own_facts_change_at_once_and_the_trail_names_the_fields(kari, ola):
    assert editable_fields(declaration_of(Guest)) == ["name", "phone"]
    changes = {"name": "Kari Nygjest", "phone": kari.guest.phone}
    assert correct(kari.guest, subject=kari.subject, changes=changes, by=None) == ["name"]
    row = Guest.objects.get(pk=kari.guest.pk)
    assert (row.name, row.phone) == ("Kari Nygjest", "Kari 22")
    entry = TrailEntry.objects.get(action="subject.corrected")
    assert entry.field_names == ["name"] and "Nygjest" not in str(entry.__dict__)
    assert Guest.objects.get(pk=ola.guest.pk).name == "Ola Gjest"


def test_the_same_again_changes_nothing(kari):
    assert correct(kari.guest, subject=kari.subject, changes={"name": "Kari Gjest"}, by=None) == []
    assert not TrailEntry.objects.filter(action="subject.corrected").exists()


def test_what_is_not_ones_own_to_change_is_refused(kari):
    with pytest.raises(NotEditable):
        correct(kari.guest, subject=kari.subject, changes={"name": "x", "visited_on": None}, by=None)
    with pytest.raises(ValidationError), transaction.atomic():
        correct(kari.guest, subject=kari.subject, changes={"name": ""}, by=None)
    row = Guest.objects.get(pk=kari.guest.pk)
    assert row.name == "Kari Gjest" and row.visited_on is not None


def test_only_ones_own_rows_can_be_named(kari, ola):
    assert own_row(kari.subject, label="toy.Guest", key=kari.guest.pk) == kari.guest
    for label, key in (
        ("toy.Guest", ola.guest.pk),
        ("toy.Guest", "no key"),
        ("toy.Room", 1),
        ("toy.Nothing", 1),
        ("nonsense", 1),
    ):
        assert own_row(kari.subject, label=label, key=key) is None
