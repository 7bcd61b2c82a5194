from privacy.models.backup import Backup, RestoreDrill
from privacy.models.breach import Breach, BreachEvent, BreachPerson, BreachSeries
from privacy.models.clocks import ConsentEnd, RetentionWarning
from privacy.models.consent import ConsentEvent, ConsentKind, ConsentState, ConsentText
from privacy.models.copy import Copy
from privacy.models.deal import DealCase, DealEvent, DealPerson, DealRead
from privacy.models.disclosure import Disclosure, InformationDuty, PendingHandOver, Recipient
from privacy.models.document import OfficeDocument
from privacy.models.erasure import Erasure, RetentionRun
from privacy.models.file import StoredFile
from privacy.models.gate import AuthorityCase, AuthorityEvent, AuthorityPerson, GateSeries
from privacy.models.hold import LegalHold
from privacy.models.job import Job
from privacy.models.keys import PersonKey, ServiceKey
from privacy.models.ledger import (
    ClockMark,
    ErasureLedger,
    StopLedger,
    TrailCheckpoint,
    TrailLoss,
    TrailPurge,
    TrailRedaction,
)
from privacy.models.mail import OutgoingMail
from privacy.models.notice import RecipientNotice
from privacy.models.notice_version import FollowerProof, NoticeFollower, NoticeMail, NoticeText, NoticeVersion
from privacy.models.reading import OfficeDigest, ReadReview, StaffRead
from privacy.models.request import (
    MailboxProof,
    RequestEvent,
    RequestMessage,
    RequestSeries,
    SubjectRequest,
)
from privacy.models.restriction import Objection, Restriction, Suppression
from privacy.models.retention_rule import RetentionRule
from privacy.models.screening import Screening
from privacy.models.statistic import Statistic
from privacy.models.subject import DataSubject, SubjectIdentifier
from privacy.models.trail import PurgePermit, RedactionProposal, TrailEntry, TrailSeal, Verification

__all__ = [
    "Backup",
    "RedactionProposal",
    "RestoreDrill",
    "StopLedger",
    "TrailLoss",
    "TrailPurge",
    "TrailRedaction",
    "Verification",
    "FollowerProof",
    "NoticeFollower",
    "NoticeMail",
    "NoticeText",
    "NoticeVersion",
    "AuthorityCase",
    "AuthorityEvent",
    "AuthorityPerson",
    "DealCase",
    "DealEvent",
    "DealPerson",
    "DealRead",
    "GateSeries",
    "ClockMark",
    "RetentionRule",
    "InformationDuty",
    "PendingHandOver",
    "Screening",
    "OfficeDocument",
    "Breach",
    "BreachEvent",
    "BreachPerson",
    "BreachSeries",
    "OfficeDigest",
    "ReadReview",
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
    "ConsentEnd",
    "RetentionWarning",
    "Statistic",
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
