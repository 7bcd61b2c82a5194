"""The record of processing as linked data, in terms of the Data Privacy Vocabulary (L31)."""

from __future__ import annotations

from privacy.queries.register import physical_measures, register

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-no": "https://w3id.org/dpv/legal/no#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
}
AUTHORITY = {
    "@id": "legal-no:DPA-NO",
    "schema:name": "Datatilsynet",
    "schema:address": "Postboks 458 Sentrum, 0105 Oslo",
}


def register_jsonld(*, generated) -> dict:
    """The whole record (Art 30(1)) as one JSON-LD document; ``generated`` is the moment to put into it."""
    found = register()
    return {
        "@context": CONTEXT,
        "@type": "dpv:RecordOfProcessingActivities",
        "dct:created": generated.isoformat(),
        "dct:conformsTo": "GDPR Art 30(1); personopplysningsloven (LOV-2018-06-15-38)",
        "dpv:hasDataController": _controller(found["controller"]),
        "dpv:hasAuthority": AUTHORITY,
        "dpv:hasOrganisationalMeasure": physical_measures(),
        "dpv:hasProcess": [_process(activity) for activity in found["activities"]],
    }


def _controller(block: dict) -> dict:
    named = {f"schema:{name}": str(value) for name, value in block.items() if value}
    return {"@type": "dpv:DataController", **named}


def _process(activity: dict) -> dict:
    return {
        "@type": "dpv:Process",
        "dct:identifier": activity["code"],
        "dct:title": activity["title"],
        "dct:description": activity["plainly"],
        "dpv:hasPurpose": activity["purpose"],
        "dpv:hasLegalBasis": activity["basis"],
        "lawReference": activity["law"] or activity["article"],
        "legitimateInterest": activity["interest"] or None,
        "dpv:hasDataSubject": activity["subjects"],
        "dpv:hasPersonalData": activity["categories"],
        "dpv:hasRecipient": [_recipient(each) for each in activity["receivers"]],
        "dpv:hasStorageCondition": [_storage(each) for each in activity["keep"]],
        "dpv:hasTechnicalOrganisationalMeasure": activity["measures"],
        "dpv:hasRight": activity["rights"],
        "dpv:hasAssessment": [
            {"@type": _ASSESSMENTS[each["kind"]], "dct:valid": each["valid"]} for each in activity["assessments"]
        ],
        "automatedDecision": False,
        "basisReview": activity["review"] or None,
        "noticeRows": activity["notice"],
    }


_ASSESSMENTS = {"lia": "eu-gdpr:LIA", "dpia": "eu-gdpr:DPIAScreening"}


def _recipient(each: dict) -> dict:
    return {
        "@type": each["role"],
        "schema:name": each["name"],
        "dpv:hasCountry": each["country"],
        "dpv:hasDataTransferLegalBasis": each["transfer_tool"] or None,
    }


def _storage(keep: dict) -> dict:
    period = {name: keep[name] for name in ("period", "since", "anchor", "with", "reason") if name in keep}
    return {"@type": "dpv:StorageDuration", "schema:name": keep["title"], **period, "dct:source": keep["source"]}
