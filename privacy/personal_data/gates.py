"""Demands of authorities and deals: files of the office about who got to see what (N50 to N53)."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Activity,
    Basis,
    Category,
    Field,
    Held,
    KeepFor,
    KeepWith,
    MatchedBy,
    NotPersonal,
    PersonalData,
)
from privacy.models import (
    AuthorityCase,
    AuthorityEvent,
    AuthorityPerson,
    DealCase,
    DealEvent,
    DealPerson,
    DealRead,
)
from privacy.personal_data.activities import KEY, PROOF, STAMP
from privacy.rules.deadlines import oslo_date
from privacy.rules.gates import TOLD

WHO = NotPersonal("key of the account that did it, without a name")
OFFICE_WORDS = NotPersonal("a reason of the office, which names nobody")

AUTHORITY_REQUESTS = registry.activity(
    Activity(
        code="authority-requests",
        title=_("Answering courts and authorities"),
        plainly=_("To hand over what a court or a law orders us to, and nothing more."),
        purpose="dpv:LegalCompliance",
        basis=Basis.LEGAL_DUTY,
        law="straffeprosessloven § 210; tvisteloven kapittel 26; GDPR Art 6(1)(c)",
        notice=("N50", "N51"),
        subjects=("everyone",),
        of_any=True,
        measures=(
            "access by role",
            "second factor for staff",
            "order on paper with its digest",
            "approval by a second person",
            "only what is in the scope of the order",
        ),
    )
)
DEAL_ACCESS = registry.activity(
    Activity(
        code="deal-access",
        title=_("Looking at the business before a merger or a sale"),
        plainly=_("To let a buyer's named advisers look at figures, and at names only when that cannot be avoided."),
        purpose="dpv:OrganisationGovernance",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_("Being able to merge, sell or reorganise the company."),
        necessity=_(
            "A buyer cannot value a company without seeing figures; counts and pseudonyms are enough for nearly all."
        ),
        balance=_("People expect a company may change hands, not that strangers read about them."),
        safeguards=_("Named persons, a signed promise first, pseudonyms, small numbers hidden, every look logged."),
        notice=("N52", "N53"),
        subjects=("everyone",),
        of_any=True,
        measures=(
            "access by name and day",
            "confidentiality statement before access",
            "pseudonyms unless a second person approved names",
            "every look is logged",
        ),
    )
)


def _demands_to_tell():
    """Cases their persons may know of: decided, and no longer kept from them by the authority's date."""
    today = oslo_date(timezone.now())
    return AuthorityCase.objects.filter(Q(gag_until__isnull=True) | Q(gag_until__lt=today), state__in=TOLD)


WHY_MATCHED = "a demand that a court keeps from its persons is not theirs to see before its day"


@registry.holds(AuthorityCase)
class AuthorityCaseData(PersonalData):
    title = _("Demands of authorities about you")
    subject = MatchedBy(
        lambda ids: Q(
            pk__in=AuthorityPerson.objects.filter(subject__in=ids, case__in=_demands_to_tell()).values("case")
        ),
        because=WHY_MATCHED,
    )
    activity = AUTHORITY_REQUESTS
    keep = KeepFor(months=60, since="closed_on", source="N51")
    evidence = PROOF
    order = "received_on"
    fields = {
        "id": KEY,
        "number": NotPersonal("a running number", shown=True),
        "state": Field(Category.DISCLOSURE, scope=OBSERVED),
        "authority": NotPersonal("a public body", shown=True),
        "unit": NotPersonal("a part of a public body", shown=True),
        "country": NotPersonal("where the authority sits", shown=True),
        "reference": NotPersonal("the authority's own number"),
        "instrument": Field(Category.DISCLOSURE, scope=OBSERVED),
        "section": NotPersonal("a section of a law", shown=True),
        "paper": KEY,
        "received_on": Field(Category.DISCLOSURE, scope=OBSERVED),
        "answer_by": STAMP,
        "categories": NotPersonal("which categories the order names", shown=True),
        "period_from": NotPersonal("what the order covers"),
        "period_to": NotPersonal("what the order covers"),
        "requester": WHO,
        "decided_by": WHO,
        "decided_on": STAMP,
        "decision_code": STAMP,
        "decision_reason": OFFICE_WORDS,
        "gag_until": STAMP,
        "urgent": STAMP,
        "urgent_reason": OFFICE_WORDS,
        "review_due_on": STAMP,
        "reviewed_on": STAMP,
        "reviewed_by": WHO,
        "review": STAMP,
        "review_reason": OFFICE_WORDS,
        "bundle": KEY,
        "bundle_sha256": NotPersonal("fingerprint of what was handed over"),
        "handed_over_on": Field(Category.DISCLOSURE, scope=OBSERVED),
        "closed_on": STAMP,
        "created_at": STAMP,
    }

    @classmethod
    def label(cls, row):
        return row.number


@registry.holds(AuthorityPerson)
class AuthorityPersonData(PersonalData):
    title = _("Your place in demands of authorities")
    subject = MatchedBy(
        lambda ids: Q(subject__in=ids, case__in=_demands_to_tell()),
        because=WHY_MATCHED,
    )
    activity = AUTHORITY_REQUESTS
    keep = KeepWith("case", source="N51")
    evidence = PROOF
    order = "added_at"
    fields = {"id": KEY, "case": KEY, "subject": KEY, "added_at": STAMP, "added_by": WHO}


@registry.holds(AuthorityEvent)
class AuthorityEventData(PersonalData):
    title = _("What happened with demands of authorities")
    subject = MatchedBy(
        lambda ids: Q(
            case__in=AuthorityPerson.objects.filter(subject__in=ids, case__in=_demands_to_tell()).values("case")
        ),
        because=WHY_MATCHED,
    )
    activity = AUTHORITY_REQUESTS
    keep = KeepWith("case", source="N51")
    evidence = PROOF
    order = "at"
    fields = {"id": KEY, "case": KEY, "kind": STAMP, "at": STAMP, "reason_code": STAMP, "actor": WHO}


PROVES = _("it proves who was let in, and that they promised to keep it to themselves")
PROOF_LAW = "GDPR Art 5(2), 17(3)(e)"


def _deals_of(ids):
    return DealPerson.objects.filter(subject__in=ids).values("case")


@registry.holds(DealCase)
class DealCaseData(PersonalData):
    title = _("Deals you were given access for")
    subject = MatchedBy(
        lambda ids: Q(pk__in=_deals_of(ids)), because="a deal has several outsiders, and is nobody's own"
    )
    activity = DEAL_ACCESS
    keep = KeepFor(months=60, since="closed_on", source="N53")
    evidence = PROOF
    order = "starts_on"
    fields = {
        "id": KEY,
        "number": NotPersonal("a running number", shown=True),
        "state": Field(Category.DEALINGS, scope=OBSERVED),
        "parties": NotPersonal("companies", shown=True),
        "purpose": OFFICE_WORDS,
        "starts_on": Field(Category.DEALINGS, scope=OBSERVED),
        "ends_on": Field(Category.DEALINGS, scope=OBSERVED),
        "classes": NotPersonal("kinds of records"),
        "requester": WHO,
        "decided_by": WHO,
        "decided_on": STAMP,
        "decision_reason": OFFICE_WORDS,
        "control_changed": STAMP,
        "informed_on": STAMP,
        "closed_on": STAMP,
        "created_at": STAMP,
    }

    @classmethod
    def label(cls, row):
        return row.number


@registry.holds(DealPerson)
class DealPersonData(PersonalData):
    title = _("Your access in a deal")
    activity = DEAL_ACCESS
    # A clock of its own: one outsider who was let in would otherwise hold all others of the deal.
    keep = KeepFor(months=60, since="case__closed_on", source="N53")
    held_by = (
        Held("deal-open", Q(granted_at__isnull=False, proof_until__isnull=True), reason=PROVES, law=PROOF_LAW),
        Held("deal-access", Q(granted_at__isnull=False), reason=PROVES, law=PROOF_LAW, until="proof_until"),
    )
    order = "added_at"
    fields = {
        "id": KEY,
        "case": NotPersonal("the number of the deal", shown=True),
        "subject": KEY,
        "name": Field(Category.NAME, scope=ABOUT),
        "email": Field(Category.EMAIL, scope=ABOUT),
        "organisation": Field(Category.EMPLOYMENT, scope=ABOUT),
        "statement": KEY,
        "signatory": Field(Category.NAME, scope=ABOUT),
        "signed_on": Field(Category.DEALINGS),
        "withdrawn_at": Field(Category.DEALINGS, scope=OBSERVED),
        "asked_by": WHO,
        "granted_by": WHO,
        "granted_at": Field(Category.DEALINGS, scope=OBSERVED),
        "revoked_at": Field(Category.DEALINGS, scope=OBSERVED),
        "revoked_by": WHO,
        "names_reason": OFFICE_WORDS,
        "names_asked_by": WHO,
        "names_approved_by": WHO,
        "names_approved_at": STAMP,
        "proof_until": STAMP,
        "added_at": STAMP,
    }


@registry.holds(DealRead)
class DealReadData(PersonalData):
    title = _("What you have looked at in a deal")
    subject = "person__subject"
    activity = DEAL_ACCESS
    keep = KeepWith("person", source="N52")
    evidence = PROOF
    order = "-at"
    fields = {
        "id": KEY,
        "person": KEY,
        "model": NotPersonal("which kind of record it was", shown=True),
        "page": STAMP,
        "rows": STAMP,
        "with_names": Field(Category.DEALINGS, scope=OBSERVED),
        "at": Field(Category.DEALINGS, scope=OBSERVED),
    }


@registry.holds(DealEvent)
class DealEventData(PersonalData):
    title = _("What happened in deals you had access for")
    subject = MatchedBy(lambda ids: Q(case__in=_deals_of(ids)), because="a deal has several outsiders")
    activity = DEAL_ACCESS
    keep = KeepWith("case", source="N53")
    evidence = PROOF
    order = "at"
    fields = {"id": KEY, "case": KEY, "kind": STAMP, "at": STAMP, "reason_code": STAMP, "actor": WHO}


registry.excuse("privacy.GateSeries", because="The last number given out in a year.")
