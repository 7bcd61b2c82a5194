from privacy.models.consent import ConsentEvent, ConsentKind, ConsentState, ConsentText
from privacy.models.copy import Copy
from privacy.models.disclosure import Disclosure, Recipient
from privacy.models.document import OfficeDocument
from privacy.models.erasure import Erasure, RetentionRun
from privacy.models.file import StoredFile
from privacy.models.hold import LegalHold
from privacy.models.job import Job
from privacy.models.keys import PersonKey, ServiceKey
from privacy.models.ledger import ErasureLedger, TrailCheckpoint
from privacy.models.mail import OutgoingMail
from privacy.models.notice import RecipientNotice
from privacy.models.reading import StaffRead
from privacy.models.request import (
    MailboxProof,
    RequestEvent,
    RequestMessage,
    RequestSeries,
    SubjectRequest,
)
from privacy.models.restriction import Objection, Restriction, Suppression
from privacy.models.subject import DataSubject, SubjectIdentifier
from privacy.models.trail import PurgePermit, TrailEntry, TrailSeal

__all__ = [
    "OfficeDocument",
    "StaffRead",
    "Suppression",
    "Restriction",
    "Objection",
    "SubjectRequest",
    "RequestSeries",
    "RequestMessage",
    "RequestEvent",
    "MailboxProof",
    "ConsentEvent",
    "ConsentKind",
    "ConsentState",
    "ConsentText",
    "Copy",
    "DataSubject",
    "Disclosure",
    "Erasure",
    "ErasureLedger",
    "Job",
    "LegalHold",
    "OutgoingMail",
    "PersonKey",
    "PurgePermit",
    "Recipient",
    "RecipientNotice",
    "RetentionRun",
    "ServiceKey",
    "StoredFile",
    "SubjectIdentifier",
    "TrailCheckpoint",
    "TrailEntry",
    "TrailSeal",
]
