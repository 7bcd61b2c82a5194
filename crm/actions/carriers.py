"""The carriers CN's notice names, as recipients with the only fields they may receive (N49)."""

from django.apps import apps

CARRIER_FIELDS = [
    "receiver_name",
    "address",
    "postcode",
    "city",
    "country",
    "phone",
    "email",
    "shipment_reference",
]
CARRIERS = (
    {"code": "bring", "name": "Bring", "transfer_tool": ""},
    {"code": "tnt", "name": "TNT", "transfer_tool": "SCC, to be verified (TNT belongs to FedEx, USA)"},
    {"code": "ramberg", "name": "Ramberg", "transfer_tool": ""},
)


def ensure_carriers(*, models=apps) -> list:
    """Bring, TNT and Ramberg are in the register of recipients; one that is there is left as the office has set it."""
    recipients = models.get_model("privacy", "Recipient").objects
    return [recipients.get_or_create(code=carrier["code"], defaults=_facts(carrier))[0] for carrier in CARRIERS]


def _facts(carrier: dict) -> dict:
    return carrier | {
        "role": "dpv:ThirdParty",
        "kind": "carrier",
        "country": "NO",
        "state": "active",
        "allowed_fields": list(CARRIER_FIELDS),
        "activities": ["deliveries"],
    }
