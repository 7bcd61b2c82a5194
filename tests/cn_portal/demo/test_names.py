"""Invented people and companies: nobody real can be meant or reached."""

from itertools import islice
from random import Random

import phonenumbers
import pytest
from stdnum.no import orgnr

from cn_portal.demo import names
from crm import rules


def first(source, count=400, seed=1):
    return list(islice(source(Random(seed)), count))


def test_organisation_numbers_are_valid_and_begin_with_a_digit_no_real_one_has():
    numbers = [names.org_number(serial) for serial in range(3000)]
    assert all(orgnr.is_valid(number) and rules.normalise_org_number(number) == number for number in numbers)
    assert {number[0] for number in numbers} == {"1"}
    assert len(set(numbers)) == len(numbers)


def test_companies_have_names_numbers_and_domains_of_their_own():
    made = first(names.companies, 2000)
    for part in ("name", "org_number", "domain"):
        assert len({getattr(company, part) for company in made}) == 2000
    assert all(company.domain.endswith(".example") and company.domain.isascii() for company in made)


def test_phone_numbers_look_right_and_belong_to_no_operator():
    numbers = [made.phone for source in (names.companies, names.people) for made in first(source)]
    for number in numbers:
        parsed = phonenumbers.parse(number)
        assert phonenumbers.is_possible_number(parsed)
        assert not phonenumbers.is_valid_number(parsed)
        assert rules.e164(number) == number


def test_no_two_people_share_a_mailbox_though_names_repeat():
    made = first(names.people, 3000)
    assert len({person.name for person in made}) < 3000
    assert len({person.mailbox for person in made}) == 3000
    assert all(person.mailbox.isascii() for person in made)


def test_the_country_is_in_the_names():
    made = {person.name for person in first(names.people, 600)}
    assert any(letter in name for name in made for letter in "æøåÅØ")
    assert any(name.split()[-1] in names.SAMI_LAST for name in made)
    assert any(tuple(name.rsplit(" ", 1)) in names.ARRIVED for name in made)


def test_the_same_seed_gives_the_same_people_and_another_gives_others():
    assert first(names.people, 50, seed=7) == first(names.people, 50, seed=7)
    assert first(names.people, 50, seed=7) != first(names.people, 50, seed=8)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Åse Rød", "aase-rod"),
        ("Ánte Čeavllá", "ante-ceavlla"),
        ("Łukasz Wiśniewski", "lukasz-wisniewski"),
        ("Vardvågen Stål & Rør", "vardvaagen-staal-ror"),
        (" -- ", ""),
    ],
)
def test_latin_spells_for_an_address(text, plain):
    assert names.latin(text) == plain
