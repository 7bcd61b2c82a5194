"""The same facts as `held_about`, in pages, whatever the number of rows."""

import uuid
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privacy.actions import place_hold
from privacy.models import TrailEntry
from privacy.queries import held_about, held_stream
from privacy.queries.held_stream import HeldStream, Keys
from tests.toy.factories import bill, booking, guest
from tests.toy.models import Bill, Booking, DoorLog, Guest, Meal, Remark

DAY = date(2026, 3, 1)


def stream(person):
    return HeldStream(person.subject, day=DAY, language="en")


def everything(about):
    """{class: records} of either way to gather them."""
    if isinstance(about, HeldStream):
        return {c.label: [record for _row, record in about.rows(c.declaration.model)] for c in about.classes}
    return {group.label: group.records for group in about.groups}


@pytest.fixture
def small_pages(monkeypatch):
    """So little room that every class is read in pages of two."""
    monkeypatch.setattr(held_stream, "MOST_KEPT", 0)
    monkeypatch.setattr(held_stream, "PAGE", 2)


@pytest.fixture
def crowd(kari, ola):
    for number in range(5):
        booking(kari.guest, wish=f"wish {number}", open=number == 0)
        Remark.objects.create(subject=kari.subject, text=f"remark {number}")
    law = {"ground": "claim", "law": "GDPR Art 17(3)(e)", "reason": "x", "until": date(2031, 12, 31)}
    place_hold(kari.remark, subject=kari.subject, by=None, **law)
    return kari


def test_it_tells_what_the_page_tells(crowd):
    told, kept = everything(held_about(crowd.subject, day=DAY, language="en")), everything(stream(crowd))
    assert {label: len(records) for label, records in told.items()} == {
        label: len(records) for label, records in kept.items()
    }
    for label, records in told.items():
        assert sorted(records, key=lambda record: record.key) == sorted(kept[label], key=lambda record: record.key)
    assert any(record.hold for record in kept["toy.guest"]) and any(record.hold for record in kept["toy.remark"])


def test_pages_tell_the_same_as_what_is_kept(crowd, monkeypatch):
    kept = everything(stream(crowd))
    monkeypatch.setattr(held_stream, "MOST_KEPT", 0)
    monkeypatch.setattr(held_stream, "PAGE", 2)
    about = stream(crowd)
    assert all(found.rows is None for found in about.classes)
    assert everything(about) == kept
    assert {len(chunk) for chunk in about.chunks(Booking)} == {2}


def test_the_order_is_the_declared_one_and_the_key_decides_between_equals(crowd):
    keys = [row.pk for row, _record in stream(crowd).rows(Remark)]
    assert keys == sorted(keys) and len(keys) == 6


@pytest.mark.parametrize("room", [0, 300])
def test_rows_are_narrowed_by_a_foreign_key(kari, monkeypatch, room):
    monkeypatch.setattr(held_stream, "MOST_KEPT", room)
    other = booking(guest(kari.subject), wish="another")
    about = stream(kari)
    assert [row.pk for row, _record in about.rows(Booking, guest=[other.guest_id])] == [other.pk]
    assert [row.pk for row, _record in about.rows(Booking, guest=[uuid.uuid4()])] == []
    assert [row.pk for row, _record in about.rows(Meal)] == [kari.meal.pk]


def test_of_a_class_with_nothing_there_is_nothing(kari):
    Bill.objects.filter(subject=kari.subject).delete()
    about = stream(kari)
    assert about.of(Bill) is None and list(about.chunks(Bill)) == []
    assert about.of(Guest).label == "toy.guest"


def test_a_row_that_goes_meanwhile_is_left_out(kari, small_pages):
    gone = [bill(kari.subject) for _number in range(3)]
    pages = stream(kari).chunks(Bill)
    seen = [row.pk for row, _record in next(pages)]
    Bill.objects.exclude(pk__in=seen).delete()
    assert [row.pk for page in pages for row, _record in page] == [] and len(gone) == 3


def test_keys_are_packed_where_they_are_random_and_listed_where_not(kari, small_pages):
    for number in range(4):
        DoorLog.objects.create(address_key=kari.door.address_key, door=f"door {number}")
    packed, listed = Keys(Guest, Guest.objects.order_by("pk")), Keys(DoorLog, DoorLog.objects.order_by("pk"))
    assert (len(packed), packed[0:5]) == (1, [kari.guest.pk])
    assert listed[1:3] == list(DoorLog.objects.order_by("pk").values_list("pk", flat=True))[1:3] and len(listed) == 5


def test_the_number_of_queries_hangs_on_the_classes_not_on_the_rows(kari):
    with CaptureQueriesContext(connection) as few:
        everything(stream(kari))
    for number in range(30):
        Remark.objects.create(subject=kari.subject, text=f"remark {number}")
    with CaptureQueriesContext(connection) as more:
        everything(stream(kari))
    assert len(more) == len(few)


def test_the_keys_of_what_nothing_can_hold_stay_unread(kari):
    assert TrailEntry.objects.exists()
    holdable = held_stream._holdable(kari.subject.group(), DAY)
    labels = {declaration.model._meta.label_lower for declaration in holdable}
    assert {"toy.guest", "toy.booking", "toy.meal", "privacy.storedfile"} <= labels
    assert not {"privacy.trailentry", "privacy.disclosure", "toy.doorlog", "crm.interaction"} & labels


class Server:
    """A database that says it is PostgreSQL, and what it was told."""

    vendor, alias = "postgresql", "default"

    def __init__(self, in_atomic_block=False):
        self.in_atomic_block, self.told = in_atomic_block, []

    @contextmanager
    def cursor(self):
        yield SimpleNamespace(execute=self.told.append)


@pytest.mark.parametrize(("inside", "told"), [(False, ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"]), (True, [])])
def test_what_is_kept_is_of_one_moment_where_the_database_can_do_that(db, monkeypatch, inside, told):
    server = Server(in_atomic_block=inside)
    monkeypatch.setattr(held_stream, "connections", {"default": server})
    with held_stream._snapshot():
        pass
    assert server.told == told


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer and needs no levels")
@pytest.mark.django_db(transaction=True)
def test_postgresql_reads_it_in_one_snapshot():
    with held_stream._snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


def test_what_goes_between_the_question_and_the_reading_leaves_no_empty_class(kari, monkeypatch):
    kari.remark.delete()
    monkeypatch.setattr(held_stream, "present", lambda declarations, ids: set(declarations))
    labels = [found.label for found in stream(kari).classes]
    assert "toy.guest" in labels and "toy.remark" not in labels
