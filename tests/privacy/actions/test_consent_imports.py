"""Old consents: with proof they count from their day, without it nobody uses them; no import talks over an answer."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from privacy.actions import (
    ConsentRefused,
    expire_consents,
    give_consent,
    publish_texts,
    refuse_consent,
    remind_of_consents,
    request_erasure,
    take_over_consent,
    text_for,
    verify,
    withdraw_consent,
)
from privacy.consenting import Proof, Wording
from privacy.models import ConsentEvent, ConsentState, ConsentText, OutgoingMail
from privacy.queries import may_use
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import person
from tests.toy.models import Bill

PURPOSE = "marketing-email"
PROOF = Proof(
    wording=Wording("Ja takk til nyhetsbrev på e-post.", "Svar «stopp» på en e-post."),
    language="nb",
    given_on=date(2025, 3, 1),
    evidence={"form": "fair-2025-117"},
)


@pytest.fixture
def liv(db, frozen_day):
    publish_texts()
    frozen_day("2026-03-01")
    subject = person("liv@gjest.example")
    Bill.objects.create(subject=subject, issued_on=date(2026, 1, 31), buyer_name="Liv AS")
    return subject


def take_over(subject, **more):
    return take_over_consent(subject, purpose=PURPOSE, method="import", by=None, **more)


def test_an_old_yes_without_proof_is_shown_as_such_and_used_by_nobody(liv):
    event = take_over(liv)
    state = ConsentState.objects.get(subject=liv)
    assert (event.kind, state.state, state.valid_until, event.text) == ("unknown", "unknown", None, None)
    assert not may_use(liv, purpose=PURPOSE, day=date(2026, 3, 1))
    assert verify() == []


def test_nobody_writes_to_ask_for_an_old_yes_and_it_does_not_run_out_into_use(liv):
    take_over(liv)
    for day in ("2026-03-02", "2028-02-15", "2028-03-02"):
        assert remind_of_consents(as_of=noon(day)) == {"reminded": 0}
        assert expire_consents(as_of=noon(day)) == {"expired": 0}
    assert not OutgoingMail.objects.exists()


def test_a_yes_from_now_on_begins_a_record_of_its_own(liv):
    take_over(liv)
    event = give_consent(liv, text=text_for(PURPOSE, "nb"), method="my-data", by=None, from_age=15)
    assert event.kind == "given" and may_use(liv, purpose=PURPOSE, day=date(2026, 3, 1))
    assert verify() == []


def test_it_can_be_taken_away(liv):
    take_over(liv)
    withdraw_consent(liv, purpose=PURPOSE, method="my-data", by=None)
    assert ConsentState.objects.get(subject=liv).state == "withdrawn"


def test_an_old_yes_with_proof_counts_from_its_day_in_its_own_words(liv):
    event = take_over(liv, proof=PROOF)
    assert (event.kind, event.valid_until, event.at) == ("given", date(2027, 3, 1), noon("2025-03-01"))
    assert event.text.wording == PROOF.wording.text and event.text_sha256 == event.text.fingerprint()
    assert (event.evidence["form"], event.evidence["taken_over"]) == ("fair-2025-117", True)
    assert text_for(PURPOSE, "nb") != event.text and not event.text.live
    assert may_use(liv, purpose=PURPOSE, day=date(2027, 3, 1))
    assert not may_use(liv, purpose=PURPOSE, day=date(2027, 3, 2))
    assert verify() == []


@override("en")
@pytest.mark.parametrize(
    ("proof", "sentence"),
    [
        (replace(PROOF, evidence={}), "Proof is the exact wording"),
        (replace(PROOF, wording=Wording(" ", "Slik.")), "Proof is the exact wording"),
        (replace(PROOF, given_on=date(2026, 3, 2)), "Proof is the exact wording"),
        (replace(PROOF, given_on=date(2024, 2, 29)), "has run out"),
    ],
)
def test_half_a_proof_or_one_too_old_stores_nothing(liv, proof, sentence):
    texts = ConsentText.objects.count()
    with pytest.raises(ConsentRefused, match=sentence):
        take_over(liv, proof=proof)
    assert not ConsentEvent.objects.exists() and ConsentText.objects.count() == texts


def test_a_proof_of_the_last_day_that_still_counts_is_taken(liv):
    assert take_over(liv, proof=replace(PROOF, given_on=date(2024, 3, 1))).valid_until == date(2026, 3, 1)


def test_a_question_nobody_asks_has_no_length_of_life(liv):
    with pytest.raises(ConsentRefused):
        take_over_consent(liv, purpose="never-heard-of", method="import", by=None, proof=PROOF)


@override("en")
@pytest.mark.parametrize("said", ["yes", "no", "withdrawn", "unknown"])
@pytest.mark.parametrize("proof", [None, PROOF])
def test_an_import_never_talks_over_an_answer(liv, said, proof):
    text = text_for(PURPOSE, "nb")
    if said in ("yes", "withdrawn"):
        give_consent(liv, text=text, method="form", by=None, from_age=15)
    if said == "withdrawn":
        withdraw_consent(liv, purpose=PURPOSE, method="link", by=None)
    if said == "no":
        refuse_consent(liv, text=text, method="form", by=None)
    if said == "unknown":
        take_over(liv)
    before = list(ConsentState.objects.values())
    with pytest.raises(ConsentRefused, match="There is an answer to this already"):
        take_over(liv, proof=proof)
    assert list(ConsentState.objects.values()) == before


def test_nobody_is_brought_back_by_an_import(liv):
    request_erasure(liv, cause="request", by=None)
    with pytest.raises(ConsentRefused):
        take_over(liv, proof=PROOF)
    assert not ConsentEvent.objects.exists()
