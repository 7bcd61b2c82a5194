"""The engine's front door for reading."""

from privacy.queries.certificate import Certificate, certificate_of
from privacy.queries.find import find_text
from privacy.queries.held import (
    HeldAbout,
    HeldGroup,
    HeldRecord,
    HeldValue,
    day_text,
    held_about,
    held_row,
    period_text,
    rule_text,
)
from privacy.queries.lasting import held_besides, held_by, kept_from, kept_until, period_of
from privacy.queries.notice_facts import transfers_of
from privacy.queries.notice_versions import (
    changes_since,
    default_changes,
    notice_drift,
    notice_reference,
    pending_version,
    tells_period,
    text_of,
    version_in_force,
    version_url,
)
from privacy.queries.purposes import WrongPurpose, purpose_allows, purposes_for, require_purpose
from privacy.queries.reads import reads_of
from privacy.queries.register import controller, declarations_under, register
from privacy.queries.requests import RequestPage, address_candidates, open_requests, request_page, requests_of
from privacy.queries.screenings import is_active
from privacy.queries.statistics import reports as statistics_reports
from privacy.queries.subjects import (
    active,
    address_index,
    consents_of,
    may_use,
    notices_due,
    open_erasure,
    recipients_of,
    subject_of,
)

__all__ = [
    "changes_since",
    "transfers_of",
    "default_changes",
    "notice_drift",
    "notice_reference",
    "pending_version",
    "tells_period",
    "text_of",
    "version_in_force",
    "version_url",
    "WrongPurpose",
    "is_active",
    "statistics_reports",
    "purpose_allows",
    "purposes_for",
    "require_purpose",
    "Certificate",
    "certificate_of",
    "HeldAbout",
    "HeldGroup",
    "HeldRecord",
    "HeldValue",
    "RequestPage",
    "active",
    "address_candidates",
    "address_index",
    "consents_of",
    "day_text",
    "controller",
    "declarations_under",
    "find_text",
    "held_about",
    "held_besides",
    "held_by",
    "held_row",
    "kept_from",
    "kept_until",
    "period_of",
    "may_use",
    "notices_due",
    "open_erasure",
    "open_requests",
    "period_text",
    "reads_of",
    "recipients_of",
    "register",
    "request_page",
    "requests_of",
    "rule_text",
    "subject_of",
]
