from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from privacy import vault
from privacy.actions import claim_subject, give_consent, log_disclosure, place_hold, store_file
from privacy.declare import KeepFor, KeepWith
from privacy.models import PersonKey, StoredFile
from privacy.queries import held_about
from privacy.queries.held import _source, day_text, held_row, period_text, plain_value, rule_text
from privacy.registry import declaration_of
from tests.toy.factories import bill, booking, guest, guest_file, house
from tests.toy.models import Booking, Guest, Remark, Room

DAY = date(2026, 3, 1)


def about(person, **more):
    return held_about(person.subject, **{"day": DAY, "language": "en", **more})


def group(found, label):
    (one,) = [each for each in found.groups if each.label == label]
    return one


def values_of(record):
    return {value.name: value for value in record.values}


def test_each_class_with_its_rows_values_and_reasons(kari, ola):
    found = about(kari)
    guests = group(found, "toy.guest")
    assert (guests.title, guests.activity.code, guests.rule) == ("Guests", "toy-stays", "24 months after visit")
    (record,) = guests.records
    assert (record.key, record.until, record.ends, record.hold) == (
        str(kari.guest.pk), date(2028, 1, 31), date(2028, 1, 31), None,
    )  # fmt: skip
    values = values_of(record)
    assert (values["name"].value, values["name"].label, values["name"].editable) == ("Kari Gjest", "Name", True)
    assert (values["phone"].value, values["diet"].value) == ("Kari 22", ["Kari eats fish"])
    assert (values["visited_on"].value, values["visited_on"].scope) == ("2026-01-31", "observed")
    assert (values["kind"].value, values["kind"].category) == ("for a day", "")
    assert record.source == "for a day" and record.is_editable
    assert "Ola" not in str(found.groups)


def test_secrets_and_what_is_about_others_is_named_and_withheld(kari):
    values = values_of(group(about(kari), "toy.guest").records[0])
    assert values["door_code"].value is None and "nobody can read" in values["door_code"].withheld
    assert values["next_of_kin"].value is None and "15(4)" in values["next_of_kin"].withheld
    assert "host" not in values and "id" not in values


def test_relations_are_shown_by_heading_and_missing_ones_as_nothing(kari):
    values = values_of(group(about(kari), "toy.booking").records[0])
    assert values["guest"].value == str(kari.guest)
    assert plain_value(Guest(), Guest._meta.get_field("host")) is None


def test_plain_values(kari):
    row = Guest(visited_on=date(2026, 1, 1))
    assert plain_value(row, Guest._meta.get_field("visited_on")) == "2026-01-01"
    row = Remark(raw=b"x", stars=3)
    assert plain_value(row, Remark._meta.get_field("raw")) == "b'x'"
    assert plain_value(row, Remark._meta.get_field("stars")) == 3
    assert plain_value(row, Remark._meta.get_field("subject")) is None


def test_a_hold_moves_the_end_and_says_why(kari):
    hold = {"ground": "claim", "law": "tvisteloven", "reason": "a dispute", "by": None}
    place_hold(kari.bill, subject=kari.subject, until=date(2040, 1, 1), **hold)
    record = group(about(kari), "toy.bill").records[0]
    assert (record.until, record.ends, record.hold.law) == (date(2031, 12, 31), date(2040, 1, 1), "tvisteloven")
    place_hold(kari.bill, subject=kari.subject, until=None, **hold)
    assert group(about(kari), "toy.bill").records[0].ends is None
    Booking.objects.update(open=True, open_until=date(2026, 3, 2))
    assert group(about(kari), "toy.guest").records[0].ends == date(2028, 1, 31)
    Guest.objects.update(visited_on=None)
    record = group(about(kari), "toy.guest").records[0]
    assert (record.until, record.ends) == (None, date(2026, 3, 2))


def test_what_goes_with_its_parent_shows_the_parents_clock(kari):
    meals = group(about(kari), "toy.meal")
    assert meals.rule == "24 months after visit" and meals.records[0].until == date(2028, 1, 31)


def test_rules_in_words(kari):
    assert group(about(kari), "toy.bill").rule == "60 months after the end of the accounting year"
    assert group(about(kari), "toy.doorlog").rule == "as long as you come here"
    assert group(about(kari), "toy.remark").rule == "90 days after written at"
    with override("en"):
        assert period_text(KeepFor(months=1, since="x", source="N1")) == "1 month"
        assert rule_text(declaration_of("privacy.StoredFile")) == "as long as the record it belongs to"


def test_what_goes_with_a_row_that_has_no_clock_is_kept_like_it():
    class WithItsPerson(declaration_of("privacy.SubjectIdentifier")):
        keep = KeepWith("subject", source="L43")

    with override("en"):
        assert rule_text(WithItsPerson) == "as long as anything is held about you, then as an empty number"


def test_a_source_of_several_columns_is_read_one_after_the_other(kari):
    class Several(declaration_of("toy.guest")):
        source = ("kind", "name", "visited_on", "said by the door")

    with override("nb"):
        assert _source(Several, kari.guest) == "for a day, Kari Gjest, 31. januar 2026, said by the door"
        kari.guest.visited_on, kari.guest.name = None, ""
        assert _source(Several, kari.guest) == "for a day, said by the door"
    with override("en"):
        assert day_text(date(2026, 1, 31)) == "31 January 2026"


def test_one_row_on_a_page_of_its_own(kari):
    found = held_row(kari.guest, day=DAY, language="en")
    assert (found.label, [each.key for each in found.records]) == ("toy.guest", [str(kari.guest.pk)])
    assert values_of(found.records[0])["name"].value == "Kari Gjest"
    key = PersonKey.objects.filter(subject=kari.subject).first()
    assert held_row(key, day=DAY, language="en") is None


def test_activities_are_named_once(kari):
    codes = [each.code for each in about(kari).activities]
    assert "toy-stays" in codes and len(codes) == len(set(codes))


def test_both_languages(kari):
    norwegian = group(about(kari, language="nb"), "toy.guest")
    assert norwegian.rule != "24 months after visit" and norwegian.rule.startswith("24 måneder")
    kari.subject.language = "nb"
    assert held_about(kari.subject, day=DAY).language == "nb"


def test_files_of_a_row(kari):
    (record,) = group(about(kari), "toy.guestfile").records
    assert record.files == [kari.file.file]
    assert values_of(group(about(kari), "privacy.storedfile").records[0])["display_name"].value == "Kari.pdf"


def test_a_damaged_value_is_named_and_the_rest_is_there(kari):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE toy_guest SET phone = %s", [b"\x01damaged bytes that nobody sealed"])
    values = values_of(group(about(kari), "toy.guest").records[0])
    assert values["phone"].value is None and values["phone"].withheld
    assert values["name"].value == "Kari Gjest"


def test_a_value_whose_key_is_gone_reads_as_empty(kari):
    vault.destroy_keys([kari.subject.pk], ["main"])
    assert values_of(group(about(kari), "toy.guest").records[0])["phone"].value in ("", None)


def test_claimed_records_are_shown_together(kari):
    other = house("kari@gjest.example", word="Kari2")
    claim_subject(kari.subject, claimed=other.subject, by=None)
    other.subject.refresh_from_db()
    assert len(group(about(kari), "toy.guest").records) == 2
    assert about(other).subject == kari.subject and about(other).records == about(kari).records


def test_consents_disclosures_and_what_one_did(kari, ola, wording, ferry, siv):
    give_consent(kari.subject, text=wording, method="form", by=None)
    log_disclosure(kari.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
    found = about(kari)
    assert [state.purpose for state in found.consents] == ["toy-stays"]
    assert [row.recipient.name for row in found.disclosures] == ["Fergen AS"]
    assert found.acted == [] and about(ola).consents == [] and about(ola).disclosures == []
    Guest.objects.filter(pk=ola.guest.pk).update(host=siv)
    Room.objects.create(name="1", cleaned_by=siv, first_guest_of=siv)
    assert held_about(siv.subject, day=DAY, language="en").acted == [("guests", 1), ("rooms", 2)]


def test_the_number_of_queries_does_not_grow_with_the_rows(kari):
    def count(person):
        with CaptureQueriesContext(connection) as queries:
            found = about(person)
            assert all(value.name for each in found.groups for record in each.records for value in record.values)
        return len(queries), found.records

    Booking.objects.update(open=True)
    few, rows = count(kari)
    for number in range(30):
        here = guest(kari.subject, name=f"guest {number}", phone=f"{number}")
        booking(here, wish=f"{number}", open=number % 2 == 0)
        bill(kari.subject, note=f"{number}")
        guest_file(here, b"x")
    many, more_rows = count(kari)
    assert more_rows > rows + 120 and many == few


def test_a_clock_that_starts_at_a_moment(kari):
    Remark.objects.update(written_at=datetime(2026, 1, 1, 23, 30, tzinfo=UTC))
    assert group(about(kari), "toy.remark").records[0].until == date(2026, 4, 2)


@pytest.mark.parametrize("name", ["class without anything to show"])
def test_what_has_nothing_to_show_is_left_out(kari, name):
    labels = {each.label for each in about(kari).groups}
    assert "privacy.personkey" not in labels and "toy.guest" in labels


def test_a_file_without_its_row_is_still_listed(kari):
    import io

    store_file(kari.subject, stream=io.BytesIO(b"x"), display_name="x", media_type="text/plain", by=None)
    assert len(group(about(kari), "privacy.storedfile").records) == StoredFile.objects.count() == 2
