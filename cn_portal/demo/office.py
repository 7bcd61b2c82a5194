"""What the privacy office of the demonstration has done: assessments approved by two, partners in the register."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from cn_portal.demo import documents
from privacy import registry
from privacy.actions import recipients, screenings
from privacy.models import Recipient
from privacy.scans import Scan

PROCESSOR = "dpv:DataProcessor"
# (name, what it does, country, address, what it receives data for, days until the agreement ends): all invented.
PROCESSORS = (
    ("Nordlys Drift AS", "hosting", "NO", "Skyveien 1, 0484 Oslo", (), 900),
    ("Brevdue E-post AS", "mail", "NO", "Postgata 7, 5003 Bergen", ("service-messages", "marketing-email"), 400),
    ("Kortmelding AB", "sms", "SE", "Signalgatan 4, 411 04 Göteborg", ("marketing-sms",), 45),
    ("Kassen Betaling AS", "payment", "NO", "Kjøpmannsgata 9, 7013 Trondheim", ("accounting",), 700),
)
# Outside the EEA, without a transfer tool: it waits, and cannot be approved as it stands.
WAITING = {"name": "Wayfarer Freight Inc.", "kind": "carrier", "country": "US", "address": "1 Harbor Road, Boston"}


def approve_assessments(colleagues) -> int:
    """The declared assessments: written by data protection, approved by the general manager. Returns how many."""
    return screenings.adopt_declared(author=colleagues["privacy"], reviewer=colleagues["manager"])


def enter_partners(colleagues) -> None:
    """Processors proposed by one and approved by the other, with their agreements; one proposal waits."""
    officer, manager = colleagues["privacy"], colleagues["manager"]
    for name, kind, country, address, activities, days in PROCESSORS:
        row = recipients.propose_recipient(
            name=name,
            role=PROCESSOR,
            kind=kind,
            country=country,
            address=address,
            contact_route="personvern@" + name.split()[0].lower() + ".example",
            activities=list(activities) or [each.code for each in registry.activities()],
            agreement_expires_on=timezone.localdate() + timedelta(days=days),
            paper=_agreement(name),
            by=officer,
        )
        recipients.approve_recipient(row, by=manager)
    facts = WAITING | {"role": Recipient.Role.CONTROLLER, "activities": ["deliveries"], "transfer_tool": ""}
    recipients.propose_recipient(**facts, by=officer)


def _agreement(name: str) -> Scan:
    paper = documents.pdf([f"Databehandleravtale med {name}", "", "Oppdiktet, til demonstrasjon."])
    return Scan(BytesIO(paper), "databehandleravtale.pdf", "application/pdf")
