"""What is covered in a text, when one reader sees another's judgement, and how long a note is open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from careers.rules import assessments

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_note_is_open_through_its_24th_hour():
    for age, is_open in ((timedelta(0), True), (timedelta(hours=24), True), (timedelta(hours=24, seconds=1), False)):
        assert assessments.may_correct_note(written_at=NOW - age, now=NOW) is is_open


def test_who_was_hired_is_answered_within_two_weeks():
    assert assessments.answer_due(date(2026, 2, 20)) == date(2026, 3, 6)


def test_passages_are_covered_wherever_they_stand_the_longest_first():
    text = "Ringte Kari Nes. kari nes liker henne, sa Kari."
    assert assessments.cover(text, ["Kari", "Kari Nes"]) == "Ringte […]. […] liker henne, sa […]."
    assert assessments.cover(text, []) == text
    assert assessments.missing_passages(text, ["KARI NES", "Per"]) == ["Per"]


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Ringte Kari Nes, som var fornøyd.", "Ringte […], som var fornøyd."),
        ("Kari Nes sa ja. Jeg ringte Kari Nes.", "[…] sa ja. Jeg ringte […]."),
        ("Ringte referansen.", "Ringte referansen."),
    ],
)
def test_what_was_covered_is_covered_in_a_new_wording_too(text, covered):
    said = assessments.cover_again(text, full="Ringte Kari Nes.", covered="Ringte […].")
    assert said == covered


def test_a_text_that_was_covered_whole_stays_covered_and_one_that_does_not_fit_stays_as_it_is():
    assert assessments.cover_again("Noe nytt.", full="Om Kari Nes", covered="[…]") == "[…]"
    assert assessments.cover_again("Om Kari.", full="Helt annet", covered="Om […].") == "Om Kari."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hilsen Ingrid Prøve", "Hilsen […]"),
        ("Ingrids kurs", "[…] kurs"),
        ("prøve@soker.example og ingrid@soker.example", "[…]@soker.example og […]"),
        ("ring 99 99 99 99 eller +47 99999999", "ring […] eller +[…]"),
        ("Prøvestasjonen i Bergen", "Prøvestasjonen i Bergen"),
    ],
)
def test_a_text_loses_name_address_and_number_and_nothing_else(text, left):
    person = {"names": "Ingrid Prøve", "email": "ingrid@soker.example", "phone": "+47 999 99 999"}
    assert assessments.without_person(text, **person) == left


def test_who_gave_nothing_leaves_the_text_as_it_is():
    assert assessments.without_person("Hei", names="", email="", phone="") == "Hei"


@pytest.mark.parametrize(
    ("text", "in_part", "found"),
    [
        ("Fagbrev, som Dag Moe har", False, True),
        ("fagbrev dag  moe", False, True),
        ("To kurs per dag", True, False),
        ("Dags kurs", True, True),
        ("Dags kurs", False, False),
        ("skriv til dag@soker.example", False, True),
        ("tlf. 99 99 99 99", False, True),
        ("fagbrev", True, False),
    ],
)
def test_a_record_that_names_somebody_is_known_and_a_word_is_no_name(text, in_part, found):
    person = {"names": "Dag Moe", "email": "dag@soker.example", "phone": "99999999"}
    assert assessments.names_person(text, **person, in_part=in_part) is found


def test_others_are_seen_after_ones_own_or_by_who_abstains_once_it_has_closed():
    seen = assessments.sees_others
    assert seen(has_submitted=True, abstains=False, has_closed=False)
    assert not seen(has_submitted=False, abstains=True, has_closed=False)
    assert seen(has_submitted=False, abstains=True, has_closed=True)
    assert not seen(has_submitted=False, abstains=False, has_closed=True)
