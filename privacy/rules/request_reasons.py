"""Why a request is given more time or refused, and the terms machines know these things by (DPV 2, Art 12)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """Why more time is taken, or a request is refused: words for people, a term for machines, the article."""

    code: str
    label: object
    term: str
    article: str


def _by_code(*reasons: Reason) -> dict[str, Reason]:
    return {reason.code: reason for reason in reasons}


# The vocabulary has no closer term for some of our reasons.
UNFULFILLED = "justifications:NonFulfilmentJustification"
EXTENSIONS = _by_code(
    Reason("complexity", _("the request is complex"), "eu-gdpr:JustificationA12Complexity", "Art 12(3)"),
    Reason("high_volume", _("there are many requests"), "eu-gdpr:JustificationA12HighVolume", "Art 12(3)"),
)
REFUSALS = _by_code(
    Reason("unfounded", _("clearly without ground"), "eu-gdpr:JustificationA12ManifestlyUnfounded", "Art 12(5)"),
    Reason(
        "excessive",
        _("repeated so often that it is excessive"),
        "eu-gdpr:JustificationA12ManifestlyExcessive",
        "Art 12(5)",
    ),
    Reason("legal_duty", _("a law makes us keep it"), "eu-gdpr:JustificationA17LegallyRequired", "Art 17(3)(b)"),
    Reason("claims", _("needed for a legal claim"), "eu-gdpr:JustificationA17LegalClaims", "Art 17(3)(e)"),
    Reason("third_persons", _("it would harm somebody else"), "justifications:ThirdPartyRightsImpaired", "Art 15(4)"),
    Reason("identity", _("we could not make sure who you are"), "eu-gdpr:JustificationA12IdentityFailure", "Art 12(2)"),
    Reason("accurate", _("what we hold is right"), UNFULFILLED, "Art 16"),
    Reason("compelling", _("our grounds weigh more than yours"), UNFULFILLED, "Art 21(1)"),
    Reason("not_covered", _("the law does not give this right here"), UNFULFILLED, "Art 12(4)"),
    Reason("not_ours", _("somebody else decides over this data"), UNFULFILLED, "Art 12(4)"),
)
# CN must show these two itself, so one alone cannot decide them (L6).
NEEDS_APPROVAL = frozenset({"unfounded", "excessive"})
# Why the engine itself answered: the person was erased, the case went on under another number.
ERASED, HELD, JOINED = "erased", "held", "joined"
OTHERS = {
    ERASED: _("what was to go is deleted"),
    HELD: _("a law or a claim keeps a part"),
    JOINED: _("carried on under another number"),
}

RIGHTS = {
    "access": "eu-gdpr:A15",
    "correction": "eu-gdpr:A16",
    "erasure": "eu-gdpr:A17",
    "restriction": "eu-gdpr:A18",
    "portability": "eu-gdpr:A20",
    "objection": "eu-gdpr:A21",
    "no_automated_decision": "eu-gdpr:A22",
    "withdrawal": "eu-gdpr:A7-3",
}
STATUS_TERMS = {
    "received": "dpv:RequestInitiated",
    "acknowledged": "dpv:RequestAcknowledged",
    "identity_pending": "dpv:RequestRequiresAction",
    "clarification_pending": "dpv:RequestRequiresAction",
    "in_progress": "dpv:RequestAccepted",
    "extended": "dpv:RequestActionDelayed",
    "fulfilled": "dpv:RequestFulfilled",
    "partly_fulfilled": "dpv:RequestFulfilled",
    "refused": "dpv:RequestRejected",
    "unidentifiable": "dpv:RequestUnfulfilled",
    "withdrawn_by_subject": "dpv:RequestUnfulfilled",
    "reopened": "dpv:RequestAccepted",
}


def reason_label(code: str) -> str:
    """A reason in words; a code that is no longer used stays as it is."""
    known = EXTENSIONS.get(code) or REFUSALS.get(code)
    return str(known.label) if known else str(OTHERS.get(code, code))
