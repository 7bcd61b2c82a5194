from dataclasses import replace
from datetime import date

import pytest

from privacy.declare import Activity, Basis, DeclarationError
from privacy.rules import screenings as rules

PLAIN = Activity(code="a", title="A", plainly="Why.", purpose="dpv:X", basis=Basis.LEGAL_DUTY, notice=(), law="L")
WEIGHED = replace(PLAIN, basis=Basis.LEGITIMATE_INTEREST, interest="I", necessity="N", balance="B", safeguards="S")


def test_which_assessments_an_activity_needs_follows_from_what_it_is():
    assert rules.needed(PLAIN) == ()
    assert rules.needed(WEIGHED) == ("lia",)
    assert rules.needed(replace(PLAIN, screened=True)) == ("dpia",)
    assert rules.needed(replace(WEIGHED, screened=True)) == ("lia", "dpia")


def test_the_declaration_answers_what_it_can():
    assert rules.declared_answers(WEIGHED, "lia") == {
        "interest": "I",
        "necessity": "N",
        "balance": "B",
        "safeguards": "S",
    }
    said = rules.declared_answers(replace(WEIGHED, measures=("m", "n")), "dpia")
    assert said == {"description": "Why.", "necessity": "N", "risks": "", "measures": "m; n"}
    assert len(rules.unanswered("dpia", said)) == 1 and rules.unanswered("lia", {"interest": " "}) != []


@pytest.mark.parametrize(
    ("approved", "review"), [(date(2028, 2, 29), date(2029, 2, 28)), (date(2027, 3, 1), date(2028, 3, 1))]
)
def test_it_is_looked_at_again_a_year_on(approved, review):
    assert rules.next_review(approved) == review


@pytest.mark.parametrize("basis", ["mainly consent", "eu-gdpr:A6-1-a", None, (Basis.CONSENT, Basis.CONTRACT)])
def test_a_hedged_basis_is_impossible(basis):
    with pytest.raises(DeclarationError, match="one Basis"):
        replace(PLAIN, basis=basis)
