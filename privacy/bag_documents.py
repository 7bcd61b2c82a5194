"""The documents inside a copy, as JSON can hold them: DPV terms, ISO 27560 names, UTC times (L15, L37)."""

from __future__ import annotations

from datetime import UTC

from privacy.queries.held import HeldAbout, HeldGroup

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
}
AUTHORITY = {
    "@id": "https://w3id.org/dpv/legal/no#DPA-NO",
    "name": "Datatilsynet",
    "address": "Postboks 458 Sentrum, 0105 Oslo",
    "right": "eu-gdpr:A77",
}


def group_json(group: HeldGroup) -> dict:
    return {
        "title": group.title,
        "activity": group.activity.code,
        "purpose": group.activity.purpose,
        "basis": group.activity.basis.value,
        "rule": group.rule,
        "items": [_record_json(record) for record in group.records],
    }


def _record_json(record) -> dict:
    return {
        "id": record.key,
        "source": record.source,
        "keptUntil": record.ends.isoformat() if record.ends else None,
        "because": record.because,
        "hold": _hold_json(record.hold),
        "values": {value.name: value.value for value in record.values},
        "labels": {value.name: value.label for value in record.values},
        "scope": {value.name: value.scope for value in record.values if value.scope},
        "withheld": {value.name: value.withheld for value in record.values if value.withheld},
        "files": [str(stored.pk) for stored in record.files],
    }


def _hold_json(hold) -> dict | None:
    if hold is None:
        return None
    return {"law": hold.law, "reason": hold.reason, "until": hold.until.isoformat() if hold.until else None}


def consent_json(state) -> dict:
    text = state.event.text
    return {
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr",
        "record_id": str(state.pk),
        "purpose": state.purpose,
        "state": state.state,
        "since": state.since.astimezone(UTC).isoformat(),
        "valid_until": state.valid_until.isoformat() if state.valid_until else None,
        "method": state.event.method,
        "wording": text.wording if text else "",
        "wording_sha256": state.event.text_sha256,
        "withdrawal_method": text.how_to_withdraw if text else "",
        "lawful_basis": "eu-gdpr:A6-1-a",
        "jurisdiction": "NO",
    }


def disclosure_json(row) -> dict:
    return {
        "recipient": row.recipient.name,
        "role": row.recipient.role,
        "country": row.recipient.country,
        "direction": row.direction,
        "fields": row.field_names,
        "activity": row.activity,
        "basis": row.basis,
        "at": row.at.astimezone(UTC).isoformat(),
    }


def processing(about: HeldAbout) -> list[dict]:
    activities = {group.activity.code: group.activity for group in about.groups}
    return [
        {
            "@type": "dpv:Process",
            "code": code,
            "dpv:hasPurpose": activity.purpose,
            "dpv:hasLegalBasis": activity.basis.value,
            "lawReference": activity.law or activity.basis.article,
            "legitimateInterest": str(activity.interest) or None,
            "inPlainWords": str(activity.plainly),
            "automatedDecision": False,
            "dpv:hasRight": [f"eu-gdpr:{right}" for right in activity.basis.rights],
        }
        for code, activity in sorted(activities.items())
    ]


def records_row(group: HeldGroup) -> dict:
    ends = [record.ends for record in group.records if record.ends]
    return {
        "file": f"records/{group.label}.json",
        "activity": group.activity.code,
        "basis": group.activity.basis.value,
        "items": len(group.records),
        "keptUntil": max(ends).isoformat() if ends else None,
    }


def recipients(about: HeldAbout) -> list[dict]:
    counts: dict = {}
    for row in about.disclosures:
        counts[row.recipient] = counts.get(row.recipient, 0) + 1
    return [
        {"name": each.name, "role": each.role, "country": each.country, "disclosures": count}
        for each, count in sorted(counts.items(), key=lambda pair: pair[0].name)
    ]
