"""A text that would tell the applicant who said it."""

from types import SimpleNamespace

import pytest

from careers.rules.referees import names_the_referee

REFEREE = SimpleNamespace(full_name="Bjørn Åge Li", email="bjorn@verksted.example", phone="+47 99 99 99 99")


@pytest.mark.parametrize(
    "text",
    ["Bjørn sier ja", "ifølge ÅGE", "skriv til Bjorn@Verksted.example", "ring 9999 9999", "ring +47 99999999"],
)
def test_a_name_an_address_or_a_number_is_found(text):
    assert names_the_referee(text, REFEREE)


@pytest.mark.parametrize("text", ["Referansen sier ja.", "Et bjørnesterkt menneske", "Li er for kort", "99 dager"])
def test_other_words_are_not(text):
    assert not names_the_referee(text, REFEREE)


def test_nothing_to_look_for():
    nobody = SimpleNamespace(full_name="Li", email="", phone="112")
    assert not names_the_referee("112 og Li", nobody)
