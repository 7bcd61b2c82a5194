"""The documents the engine itself puts into a copy: records, account, profile, events, consents, disclosures, cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from django.contrib.auth import get_user_model

from privacy import registry
from privacy.bag_archive import Listing
from privacy.declare import INFERRED, Category, Field
from privacy.queries.held import HeldRecord
from privacy.queries.held_stream import HeldClass, HeldStream
from privacy.reach import Kept

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
BEHAVIOUR = (Category.BEHAVIOUR, Category.EMAIL_BEHAVIOUR)


def class_json(found: HeldClass, items: Iterator[dict]) -> Listing:
    """All records of one declared class, complete."""
    head = {
        "title": found.title,
        "activity": found.activity.code,
        "purpose": found.activity.purpose,
        "basis": found.activity.basis.value,
        "rule": found.rule,
    }
    return Listing(head, "items", items)


def items(about: HeldStream, found: HeldClass) -> Iterator[dict]:
    """The records of one class as ``class_json`` lists them."""
    return (record_json(record) for _row, record in about.rows(found.declaration.model))


def record_json(record: HeldRecord) -> dict:
    return {
        "id": record.key,
        "source": record.source,
        "keptUntil": record.ends.isoformat() if record.ends else None,
        "because": record.because,
        "hold": hold_json(record.hold),
        "values": values_json(record),
        "labels": {value.name: value.label for value in record.values},
        "scope": {value.name: value.scope for value in record.values if value.scope},
        "withheld": {value.name: value.withheld for value in record.values if value.withheld},
        "files": [str(stored.pk) for stored in record.files],
    }


def values_json(record: HeldRecord) -> dict:
    """What a record says by column; None where something is withheld."""
    return {value.name: value.value for value in record.values}


def account(about: HeldStream) -> Iterator[dict]:
    """The account and what belongs to it: every class of the activity the user model serves."""
    activity = registry.declaration_of(get_user_model()).activity
    own = [found for found in about.classes if found.activity is activity]
    # The account itself stands before its sessions and codes.
    for found in sorted(own, key=lambda each: each.declaration.model is not get_user_model()):
        for _row, record in about.rows(found.declaration.model):
            yield {"class": found.label, "title": found.title, "values": values_json(record)}


def profile(about: HeldStream) -> Iterator[dict]:
    """What was worked out about the person, not said by them."""
    for found in about.classes:
        names = [name for name, what in found.declaration.fields_of(Field).items() if what.scope is INFERRED]
        for _row, record in about.rows(found.declaration.model) if names else ():
            said = values_json(record)
            yield {"class": found.label, "id": record.key, "inferred": {name: said.get(name) for name in names}}


def events(about: HeldStream) -> Iterator[dict]:
    """Clicks on the site and in mails, one by one."""
    for found in about.classes:
        fields = found.declaration.fields_of(Field).values()
        if any(what.category in BEHAVIOUR for what in fields):
            for _row, record in about.rows(found.declaration.model):
                yield {"class": found.label, "id": record.key, **values_json(record)}


def hold_json(hold: Kept | None) -> dict | None:
    if hold is None:
        return None
    return {"law": hold.law, "reason": hold.reason, "until": hold.until.isoformat() if hold.until else None}


def disclosure_json(row) -> dict:
    return {
        "recipient": row.recipient.name,
        "role": row.recipient.role,
        "country": row.recipient.country,
        "direction": row.direction,
        "fields": row.field_names,
        "activity": row.activity,
        "basis": row.basis,
        "at": _utc(row.at),
    }


def request_json(case) -> dict:
    """One case with what happened in it; who of us acted is left out."""
    return {
        "number": case.number,
        "right": case.right,
        "channel": case.channel,
        "state": case.state,
        "outcome": case.outcome or None,
        "identity": case.identity,
        "received": case.received_on.isoformat(),
        "due": case.acts_by.isoformat(),
        "answered": case.answered_on.isoformat() if case.answered_on else None,
        "closed": case.closed_on.isoformat() if case.closed_on else None,
        "reason": case.reason_code or None,
        "fields": case.about_fields,
        "activity": case.activity or None,
        "events": [{"kind": event.kind, "on": event.on.isoformat()} for event in case.events.all()],
    }


def _utc(moment) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
