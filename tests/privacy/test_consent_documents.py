"""The record and the receipt against the written list of fields of ISO/IEC TS 27560, and against time."""

import hashlib
import json
from datetime import date

import pytest
from django.utils import timezone

from cn_portal.website.models.controller import ControllerSettings
from privacy import registry
from privacy.actions import (
    expire_consents,
    give_consent,
    publish_text,
    publish_texts,
    refuse_consent,
    take_over_consent,
    text_for,
    withdraw_consent,
)
from privacy.actions.consent import digest_of
from privacy.consent_documents import PROFILE, STATES, consent_receipt, consent_record, record_events, signed_part
from privacy.models import ConsentEvent, ConsentKind, ConsentState
from privacy.signing import is_signed
from tests.privacy.actions.test_consent import noon

PURPOSE = "marketing-email"

# The field list of the notice map, section 5: header, processing, parties, events.
HEADER = {"record_id", "schema_version", "pii_principal_id"}
PROCESSING = {
    "privacy_notice",
    "language",
    "purposes",
    "lawful_basis",
    "pii_information",
    "pii_controllers",
    "collection_method",
    "storage_locations",
    "retention_period",
    "recipient_third_parties",
    "withdrawal_method",
    "jurisdiction",
}
EVENT = {
    "event_time",
    "validity_duration",
    "entity_id",
    "event_type",
    "event_state",
    "dpv:isIndicatedAtTime",
    "dpv:hasIndicationMethod",
    "dpv:isIndicatedBy",
}
RECEIPT = {"receipt_id", "schema_version", "record", "issued_at", "sha256", "signature"}


def check_record(record):
    """Every field of the list is there and filled with what the list says it is."""
    assert record["dct:conformsTo"] == PROFILE
    assert record["header"].keys() >= HEADER and all(record["header"].values())
    assert record["processing"].keys() >= PROCESSING
    assert record["processing"]["jurisdiction"] == "NO"
    assert record["processing"]["lawful_basis"] == "eu-gdpr:A6-1-a"
    assert record["processing"]["pii_controllers"][0].keys() >= {"name", "represented_by", "address", "country"}
    assert record["processing"]["privacy_notice"].keys() == {"url", "version", "published", "sha256"}
    assert [party["role"] for party in record["parties"]] == ["dpv:DataController", "dpv:SupervisoryAuthority"]
    assert record["parties"][1]["authority_party"] == "https://w3id.org/dpv/legal/no#DPA-NO"
    assert record["events"]
    for event in record["events"]:
        assert event.keys() >= EVENT
        assert event["event_state"] in STATES.values() and event["event_time"].endswith("+00:00")
    assert json.loads(json.dumps(record)) == record


@pytest.fixture
def texts(db):
    publish_texts()


def yes(subject, language="nb"):
    text = text_for(PURPOSE, language)
    return give_consent(subject, text=text, method="my-data", by=None, from_age=15, evidence={"form": "my-data"})


def state_of(subject, purpose=PURPOSE):
    return ConsentState.objects.get(subject=subject, purpose=purpose)


def test_every_state_has_its_term():
    assert set(STATES) == set(ConsentKind.values) and len(set(STATES.values())) == len(STATES)


def test_a_record_has_every_field_of_the_list(kari, texts):
    event = yes(kari.subject)
    record = consent_record(state_of(kari.subject))
    check_record(record)
    said = record["processing"]
    assert said["wording"] == {
        "text": "Ja, dere kan sende meg nyheter og tilbud på e-post.",
        "version": 1,
        "sha256": event.text.fingerprint(),
    }
    assert said["purposes"][0]["dpv:hasPurpose"] == "dpv:DirectMarketing" and said["retention_period"] == "P24M"
    assert said["purposes"][0]["title"] == "Markedsføring på e-post" and said["purposes"][0]["channel"] == "email"
    assert said["pii_information"] == ["pd:EmailAddress", "pd:Name"]
    assert "ett trykk" in said["withdrawal_method"] and said["recipient_third_parties"] == []
    (first,) = record["events"]
    assert (first["validity_duration"], first["event_state"]) == ("P24M", "dpv:ConsentGiven")
    assert first["entity_id"] == str(kari.subject.pk) and first["dpv:isIndicatedBy"] == "dpv:DataSubject"
    assert first["evidence"] == {"form": "my-data", "from_age": 15}


def test_a_receipt_is_the_record_sealed_with_hash_and_signature(kari, texts):
    event = yes(kari.subject, "en")
    receipt = consent_receipt(event)
    check_record(receipt["record"])
    assert receipt.keys() >= RECEIPT and receipt["receipt_id"] == str(event.pk)
    assert receipt["event_sha256"] == digest_of(event)
    assert receipt["record"]["processing"]["wording"]["text"].startswith("Yes, you may send me news")
    stored = json.loads(json.dumps(receipt))
    assert stored["sha256"] == hashlib.sha256(signed_part(stored)).hexdigest()
    seal = {"signature": stored["signature"]["value"], "public_key": stored["signature"]["public_key"]}
    assert is_signed(signed_part(stored), **seal)
    stored["record"]["processing"]["wording"]["text"] = "Yes, to everything."
    assert not is_signed(signed_part(stored), **seal)


def test_a_receipt_stays_as_it_was_when_controller_wording_and_state_change(kari, texts):
    event = yes(kari.subject)
    before = json.dumps(consent_receipt(event), sort_keys=True)
    ControllerSettings.objects.create(legal_name="Nytt Navn AS", postal_address="Postboks 1, 0001 Oslo")
    publish_text(
        purpose=PURPOSE, language="nb", wording="Noe annet?", how_to_withdraw="Slik.", valid_months=24, by=None
    )
    later = yes(kari.subject)
    withdraw_consent(kari.subject, purpose=PURPOSE, method="link", by=None)
    event.refresh_from_db()
    assert json.dumps(consent_receipt(event), sort_keys=True) == before
    newer = consent_receipt(later)["record"]
    assert newer["processing"]["pii_controllers"][0]["name"] == "Nytt Navn AS"
    assert newer["processing"]["wording"]["text"] == "Noe annet?"
    assert "Nytt Navn AS" not in before and "Clemco Norge AS" in before


def test_the_language_of_the_page_that_prints_it_does_not_matter(kari, texts):
    from django.utils.translation import override

    event = yes(kari.subject)
    with override("en"):
        english = consent_receipt(event)
    with override("nb"):
        assert consent_receipt(event) == english
    assert english["record"]["processing"]["pii_controllers"][0]["represented_by"] == "daglig leder"


def test_a_record_tells_its_whole_life_and_a_yes_after_an_end_starts_another(kari, ola, texts, frozen_day):
    frozen_day("2026-01-31")
    yes(kari.subject), yes(ola.subject)
    frozen_day("2027-01-31")
    yes(kari.subject)
    frozen_day("2029-02-01")
    expire_consents(as_of=noon("2029-02-01"))
    record = consent_record(state_of(kari.subject))
    check_record(record)
    assert [event["event_state"] for event in record["events"]] == [
        "dpv:ConsentGiven",
        "dpv:RenewedConsentGiven",
        "dpv:ConsentExpired",
    ]
    last = record["events"][-1]
    assert (last["dpv:isIndicatedBy"], last["validity_duration"]) == ("dpv:DataController", None)
    assert last["entity_id"] == "Clemco Norge AS (CN)" and last["dpv:hasIndicationMethod"] == "clock"
    again = yes(kari.subject)
    fresh = consent_record(state_of(kari.subject))
    assert len(fresh["events"]) == 1 and fresh["header"]["record_id"] == str(again.pk)
    assert record["header"]["record_id"] == str(record_events(kari.subject.consent_events.earliest("at"))[0].pk)
    assert fresh["header"]["record_id"] != record["header"]["record_id"]


def test_a_no_and_an_old_yes_without_proof_have_records_too(kari, ola, texts):
    refuse_consent(kari.subject, text=text_for(PURPOSE, "nb"), method="form", by=None)
    take_over_consent(ola.subject, purpose=PURPOSE, method="import", by=None)
    no, unknown = consent_record(state_of(kari.subject)), consent_record(state_of(ola.subject))
    for record in (no, unknown):
        check_record(record)
    assert [no["events"][0]["event_state"], unknown["events"][0]["event_state"]] == [
        "dpv:ConsentRefused",
        "dpv:ConsentUnknown",
    ]
    assert no["processing"]["wording"]["text"] and not unknown["processing"]["wording"]["text"]


def test_whom_the_facts_are_shared_with_is_named(kari, wording, ferry):
    give_consent(kari.subject, text=wording, method="form", by=None)
    said = consent_record(state_of(kari.subject, "toy-stays"))["processing"]
    assert said["recipient_third_parties"] == [ferry.name]
    assert "pd:Name" in said["pii_information"] and said["purposes"][0]["title"] == "Stays"


def test_an_answer_from_before_receipts_is_told_with_what_stands_now(kari, texts):
    text = text_for(PURPOSE, "nb")
    event = ConsentEvent(
        subject=kari.subject,
        purpose=PURPOSE,
        kind="given",
        text=text,
        text_sha256=text.sha256,
        at=timezone.now(),
        valid_until=date(2028, 1, 1),
        method="form",
    )
    event.digest = digest_of(event)
    event.save()
    check_record(consent_receipt(event)["record"])


def test_a_question_nobody_declared_still_has_a_record(kari, db):
    assert registry.purpose_of("loose-question") is None
    text = publish_text(
        purpose="loose-question", language="nb", wording="Ja?", how_to_withdraw="Slik.", valid_months=1, by=None
    )
    give_consent(kari.subject, text=text, method="form", by=None)
    record = consent_record(state_of(kari.subject, "loose-question"))
    check_record(record)
    assert record["processing"]["purposes"][0]["title"] == "loose-question"
