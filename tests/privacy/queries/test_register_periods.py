"""Every activity of the record says how long, also one that no class of records serves (L31)."""

from django.utils.translation import override

from privacy import registry
from privacy.declare import Activity, Basis
from privacy.queries.register import _keep_of_the_consent


def test_what_rests_on_a_consent_lasts_as_long_as_it():
    with override("en"):
        row = _keep_of_the_consent(registry.activity_of("marketing-email"))
    assert (row["period"], row["since"]) == ("P24M", "consent") and "24 months at most" in row["words"]


def test_what_only_uses_what_is_held_for_another_reason_says_so():
    asked = Activity(
        code="x", title="X", plainly="x", purpose="dpv:X", basis=Basis.LEGAL_DUTY, law="L", notice=("N51",)
    )
    with override("en"):
        row = _keep_of_the_consent(asked)
    assert row["reason"] == row["words"] and "nothing is held for this alone" in row["words"]
