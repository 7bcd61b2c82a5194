"""Why the engine holds anything, and words its declarations share."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    Activity,
    Basis,
    NotPersonal,
)

RIGHTS = registry.activity(
    Activity(
        code="rights",
        title=_("Keeping our promises about your data"),
        plainly=_("To know what we hold about you, to prove your choices, and to do what you ask of us."),
        purpose="dpv:RightsFulfilment",
        basis=Basis.LEGAL_DUTY,
        law="GDPR Art 5(2), 7(1), 12-22, 30",
        notice=("N61", "N63"),
        subjects=("everyone",),
    )
)
MESSAGES = registry.activity(
    Activity(
        code="service-messages",
        title=_("Messages you have asked for"),
        plainly=_("To send you codes, receipts and answers."),
        purpose="dpv:CommunicationManagement",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_("Answering people who turn to us."),
        necessity=_("A code, a receipt or an answer reaches nobody without an address. It is forgotten after 90 days."),
        balance=_("Whoever asks for something expects the answer where they said. No advertising is put into it."),
        safeguards=_("Addresses and words are sealed while a message waits, and emptied when it has been sent."),
        notice=("N17",),
        subjects=("everyone",),
    )
)
KEY = NotPersonal("a random key")
STAMP = NotPersonal("bookkeeping of the engine")
PROOF = _("Proof of what was chosen and done; it holds keys and field names, no names or addresses.")
