"""A question of consent that cannot be right is refused where it is declared."""

import pytest

from privacy import registry
from privacy.consenting import Purpose, Wording
from privacy.declare import Basis, DeclarationError

FINE = {
    "code": "toy-stays",
    "title": "Stays",
    "plainly": "To have a bed ready.",
    "activity": registry.activity_of("toy-stays"),
    "months": 12,
    "wordings": {"nb": Wording("Ja?", "Slik.")},
}


def test_what_is_right_is_taken():
    assert Purpose(**FINE).on_page is True


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"activity": registry.activity_of("toy-bookkeeping")}, "needs an activity that rests on consent to toy-stays"),
        ({"code": "another"}, "not toy-stays: one yes, one use"),
        ({"months": 0}, "no yes lasts for ever"),
        ({"wordings": {}}, "has no wording"),
        ({"wordings": {"nb": Wording("Ja?", " ")}}, "in nb needs its question and how the answer is taken back"),
        ({"wordings": {"en": Wording("", "So.")}}, "in en needs its question"),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_sentence(change, sentence):
    with pytest.raises(DeclarationError, match=sentence):
        Purpose(**{**FINE, **change})


def test_a_code_is_used_once(monkeypatch):
    monkeypatch.setattr(registry, "_purposes", dict(registry._purposes))
    made = registry.purpose(Purpose(**FINE))
    assert registry.purpose_of("toy-stays") is made and made in registry.purposes()
    with pytest.raises(DeclarationError, match="toy-stays is entered twice"):
        registry.purpose(Purpose(**FINE))


def test_every_activity_of_the_house_that_rests_on_consent_has_its_question_in_both_languages():
    resting = {a.consent for a in registry.activities() if a.basis is Basis.CONSENT and not a.code.startswith("toy")}
    assert len(resting) >= 9
    assert resting == {purpose.code for purpose in registry.purposes()}
    assert {tuple(sorted(purpose.wordings)) for purpose in registry.purposes()} == {("en", "nb")}
