"""A consent as others can read it: ISO/IEC TS 27560 record and receipt in DPV terms (N37, L18).

What a receipt says was written into the answer when it was given: controller, notice and use as they were then. A
receipt is therefore the same document for as long as its event is kept, whatever is renamed or moved later (N2).
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from importlib import import_module

from django.conf import settings
from django.utils.translation import override

from privacy import registry, words
from privacy.bag_documents import AUTHORITY, CONTEXT
from privacy.declare import Basis, Field
from privacy.models import ConsentEvent, Recipient
from privacy.queries.register import controller, declarations_under
from privacy.rules import consent as rules
from privacy.signing import sign

STANDARD = "ISO/IEC TS 27560:2023"
PROFILE = "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"
JURISDICTION = "NO"
SHOWN = "shown"

STATES = {
    rules.ASKED: "dpv:ConsentRequested",
    rules.GIVEN: "dpv:ConsentGiven",
    rules.REFUSED: "dpv:ConsentRefused",
    rules.DEFERRED: "dpv:ConsentRequestDeferred",
    rules.RENEWED: "dpv:RenewedConsentGiven",
    rules.WITHDRAWN: "dpv:ConsentWithdrawn",
    rules.EXPIRED: "dpv:ConsentExpired",
    rules.REVOKED: "dpv:ConsentRevoked",
    rules.INVALIDATED: "dpv:ConsentInvalidated",
    rules.UNKNOWN: "dpv:ConsentUnknown",
}
# What the controller or the clock does; everything else is the person's own word.
BY_CONTROLLER = {rules.ASKED, rules.EXPIRED, rules.REVOKED, rules.INVALIDATED, rules.UNKNOWN}


def notice(language: str) -> dict:
    """{"version", "published", "sha256", "url"} of the notice in force, by ``settings.PRIVACY_NOTICE``'s function."""
    module, _dot, name = settings.PRIVACY_NOTICE.rpartition(".")
    return getattr(import_module(module), name)(language)


def shown_with(purpose: str, *, language: str) -> dict:
    """What stands around a question now, in its language: controller, notice, purpose, facts used, who gets them."""
    declared = registry.purpose_of(purpose)
    activity = next((each for each in registry.activities() if each.consent == purpose), None)
    with override(language):
        return {
            "language": language,
            "controller": controller(),
            "notice": notice(language),
            "title": str(declared.title) if declared else words.purpose_title(purpose),
            "plainly": str(declared.plainly if declared else activity.plainly if activity else ""),
            "channel": declared.channel if declared else "",
            "purpose": activity.purpose if activity else "",
            "personal_data": _facts(activity, declared),
            "recipients": _recipients(activity),
        }


def _facts(activity, declared) -> list[str]:
    own = declarations_under(activity) if activity else []
    found = {what.category.dpv for each in own for what in each.fields_of(Field).values()}
    return sorted(found | {category.dpv for category in (declared.facts if declared else ())})


def _recipients(activity) -> list[str]:
    codes = activity.recipients if activity else ()
    return list(Recipient.objects.filter(code__in=codes).order_by("name").values_list("name", flat=True))


def record_events(event) -> list[ConsentEvent]:
    """The events of one record up to this one, oldest first; a yes after an end begins a new record."""
    earlier = ConsentEvent.objects.filter(
        subject=event.subject_id, purpose=event.purpose, about=event.about, at__lte=event.at
    ).select_related("text")
    record: list[ConsentEvent] = []
    for each in earlier.order_by("at", "pk"):
        if record and record[-1].kind in rules.BEGINS_ANEW:
            record = []
        record.append(each)
    return record


def consent_record(state) -> dict:
    """The record of one consent as it stands: header, processing, parties, events."""
    return _record(state.event)


def consent_receipt(event) -> dict:
    """What the person gets for one answer: the record as it then was, sealed with a hash and our signature."""
    content = {
        "@context": CONTEXT,
        "receipt_id": str(event.pk),
        "schema_version": STANDARD,
        "issued_at": _utc(event.at),
        "event_sha256": event.digest,
        "record": _record(event),
    }
    message = signed_part(content)
    signature, public_key = sign(message)
    return {
        **content,
        "sha256": hashlib.sha256(message).hexdigest(),
        "signature": {"algorithm": "Ed25519", "public_key": public_key, "value": signature},
    }


def signed_part(receipt: dict) -> bytes:
    """The bytes that hash and signature of a receipt are made over: its other members as compact, sorted JSON."""
    content = {name: value for name, value in receipt.items() if name not in ("sha256", "signature")}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _record(event) -> dict:
    events = record_events(event)
    answer = next((each for each in reversed(events) if each.text_id), events[-1])
    shown = answer.evidence.get(SHOWN) or shown_with(event.purpose, language=_language(answer))
    return {
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": PROFILE,
        "header": {
            "record_id": str(events[0].pk),
            "schema_version": PROFILE,
            "pii_principal_id": str(event.subject_id),
        },
        "processing": _processing(answer, shown),
        "parties": _parties(shown),
        "events": [_event(each, shown) for each in events],
    }


def _language(answer) -> str:
    return answer.text.language if answer.text else answer.subject.language


def _processing(answer, shown: dict) -> dict:
    text = answer.text
    return {
        "privacy_notice": shown["notice"],
        "language": shown["language"],
        "purposes": [
            {
                "code": answer.purpose,
                "about": answer.about,
                "title": shown["title"],
                "plainly": shown["plainly"],
                "channel": shown["channel"],
                "dpv:hasPurpose": shown["purpose"],
            }
        ],
        "lawful_basis": Basis.CONSENT.value,
        "pii_information": shown["personal_data"],
        "pii_controllers": [shown["controller"]],
        "collection_method": answer.method,
        "storage_locations": [shown["controller"]["country"]],
        "retention_period": _period(text),
        "recipient_third_parties": shown["recipients"],
        "withdrawal_method": text.how_to_withdraw if text else "",
        "jurisdiction": JURISDICTION,
        "wording": {
            "text": text.wording if text else "",
            "version": text.version if text else None,
            "sha256": answer.text_sha256,
        },
    }


def _parties(shown: dict) -> list[dict]:
    return [
        {"role": "dpv:DataController", **shown["controller"]},
        {"role": "dpv:SupervisoryAuthority", "authority_party": AUTHORITY["@id"], **AUTHORITY},
    ]


def _event(event, shown: dict) -> dict:
    by_controller = event.kind in BY_CONTROLLER
    return {
        "event_id": str(event.pk),
        "event_time": _utc(event.at),
        "validity_duration": _period(event.text) if event.kind in rules.VALID else None,
        "valid_until": event.valid_until.isoformat() if event.valid_until else None,
        "entity_id": shown["controller"]["name"] if by_controller else str(event.subject_id),
        "event_type": "dpv:ExpressedConsent",
        "event_state": STATES[event.kind],
        "dpv:isIndicatedAtTime": _utc(event.at),
        "dpv:hasIndicationMethod": event.method,
        "dpv:isIndicatedBy": "dpv:DataController" if by_controller else "dpv:DataSubject",
        "evidence": {name: value for name, value in event.evidence.items() if name != SHOWN},
        "wording_sha256": event.text_sha256,
        "event_sha256": event.digest,
    }


def _period(text) -> str | None:
    return f"P{text.valid_months}M" if text else None


def _utc(moment) -> str:
    return moment.astimezone(UTC).isoformat()
