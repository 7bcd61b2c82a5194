from datetime import date

import pytest
from django.utils.translation import override

from crm import actions as crm
from privacy.actions import place_hold, propose_holds
from privacy.models import LegalHold
from privacy.queries import holds as reads
from tests.crm import factories
from tests.toy.models import Bill

DAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day(DAY.isoformat())


def place(kari, record, until, **changes):
    values = {"subject": kari.subject, "ground": "claim", "law": "GDPR Art 17(3)(e)", "reason": "x", "by": None}
    return place_hold(record, until=until, **values | changes)


def test_what_waits_comes_first_then_what_ends_first(kari, siv):
    open_end, late = place(kari, kari.guest, None), place(kari, kari.booking, date(2026, 12, 1))
    soon = place(kari, kari.bill, date(2026, 4, 1))
    propose_holds([kari.meal], kind="claim", law="x", reason="open-dispute", by=siv)
    asked = LegalHold.objects.get(state="proposed")
    assert list(reads.holds(day=DAY)) == [asked, soon, late, open_end]
    assert list(reads.holds(day=date(2026, 4, 2))) == [asked, late, open_end]
    assert list(reads.holds(which="over", day=date(2026, 4, 2))) == [soon]
    by_law = place(kari, kari.remark, DAY, ground="statutory")
    assert list(reads.holds(which="law", day=DAY)) == [by_law] and by_law not in reads.holds(day=DAY)
    assert reads.holds(which="all", day=DAY).count() == 5


def test_labels_of_many_holds_take_one_query_per_class(kari, ola, django_assert_num_queries):
    found = [place(someone, row, None) for someone in (kari, ola) for row in (someone.guest, someone.bill)]
    with django_assert_num_queries(2):
        lines = reads.lines(found, day=DAY)
    assert [line.label for line in lines] == [f"{h.model.split('.')[1].lower()} {h.object_pk[:8]}" for h in found]


def test_records_are_found_by_their_own_numbers(db):
    placed = factories.order(ordered_on=DAY)
    slip = crm.book_delivery(factories.delivery(placed=placed), by=None)
    made = crm.issue_invoice(placed, by=None, issued_on=DAY)
    for label, text, row in (
        ("crm.Order", placed.number, placed),
        ("crm.Invoice", str(made.number), made),
        ("crm.Delivery", slip.shipment_reference, slip),
        ("crm.Delivery", placed.number, slip),
        ("crm.Order", str(placed.pk), placed),
        ("crm.Order", str(placed.pk)[:8].upper(), placed),
    ):
        found, missing = reads.find_records(label, [text])
        assert ([each.record for each in found], missing) == ([row], [])
    assert reads.find_records("crm.Invoice", ["abc", "99999"]) == ([], ["abc", "99999"])
    assert reads.find_records("privacy.TrailEntry", ["1"]) == ([], ["1"])
    assert reads.find_records("crm.Nothing", ["1"]) == ([], ["1"])


def test_of_two_with_one_number_nobody_can_tell_which(db):
    placed = factories.order(ordered_on=DAY)
    for _twice in range(2):
        crm.book_delivery(factories.delivery(placed=placed), by=None)
    assert reads.find_records("crm.Delivery", [placed.number]) == ([], [placed.number])


def test_of_a_class_with_very_many_rows_none_are_listed(kari, monkeypatch):
    assert f"toy.Bill {kari.bill.pk}" in {each.value for each in reads.records_of(kari.subject)}
    monkeypatch.setattr(reads, "MOST_OF_A_CLASS", 1)
    Bill.objects.create(subject=kari.subject, issued_on=DAY, buyer_name="x")
    listed = {each.value.split()[0] for each in reads.records_of(kari.subject)}
    assert "toy.Bill" not in listed and "toy.Guest" in listed


def test_only_classes_with_a_way_to_a_person_and_a_key_are_held_by_hand(db):
    names = {each.name() for each in reads.holdable()}
    assert {"crm.Order", "crm.Invoice", "crm.Interaction", "crm.Delivery", "careers.Application", "toy.Bill"} <= names
    assert not {name for name in names if name.startswith("privacy.")} and "toy.DoorLog" not in names


def test_the_plot_counts_holds_by_the_quarter_they_end(kari):
    place(kari, kari.bill, date(2026, 3, 31), ground="statutory", kind="acc_primary")
    place(kari, kari.meal, date(2026, 4, 1), ground="statutory", kind="acc_secondary")
    place(kari, kari.guest, date(2026, 6, 30))
    place(kari, kari.booking, date(2031, 12, 31), ground="statutory")
    place(kari, kari.remark, None)
    with override("en"):
        rows = dict(reads.ending_plot(day=DAY).rows)
    assert list(rows)[0] == "Q1 2026" and list(rows)[-1] == "later" and len(rows) == 9
    assert (rows["Q1 2026"], rows["Q2 2026"], rows["later"]) == ((1, 0, 0), (0, 1, 1), (1, 0, 0))
