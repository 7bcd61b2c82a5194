"""The carriers CN's notice names, as recipients with the only fields they may receive, and how each is told (N49)."""

from collections.abc import Callable

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


_senders: dict[str, Callable[[dict], None]] = {}


def sends_to(code: str):
    """Decorator: this function(payload) hands a consignment to the carrier with this code.

    It raises `privacy.actions.NotSent`, or any OSError, when the carrier does not take it; the payload is the very one
    that is logged. A second sender for one carrier replaces the first.
    """

    def register(send):
        _senders[code] = send
        return send

    return register


def sender_of(carrier) -> Callable[[dict], None]:
    """How this carrier is told: by its own sender, else by the consignment note that goes with the goods."""
    return _senders.get(carrier.code, _on_paper)


def _on_paper(payload: dict) -> None:
    """The note is printed from the delivery's page and travels with the parcel: there is no line to fail."""


def _facts(carrier: dict) -> dict:
    return carrier | {
        "role": "dpv:ThirdParty",
        "kind": "carrier",
        "country": "NO",
        "state": "active",
        "allowed_fields": list(CARRIER_FIELDS),
        "activities": ["deliveries"],
    }
