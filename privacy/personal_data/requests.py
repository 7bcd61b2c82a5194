"""What people ask of us: cases, the words in them, what they stopped, and who looked (N61, L13, L16, L43, L47)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Category,
    Field,
    KeepFor,
    KeepUntilErased,
    KeepWith,
    MatchedBy,
    NotPersonal,
    PersonalData,
)
from privacy.models import (
    MailboxProof,
    Objection,
    RequestEvent,
    RequestMessage,
    Restriction,
    StaffRead,
    SubjectIdentifier,
    SubjectRequest,
    Suppression,
)
from privacy.personal_data.activities import KEY, PROOF, RIGHTS, STAMP

WHO = NotPersonal("key of the account that did it, without a name")


def _own_addresses(ids):
    return SubjectIdentifier.objects.filter(subject__in=ids).values("index")


@registry.holds(SubjectRequest)
class SubjectRequestData(PersonalData):
    title = _("What you have asked of us")
    activity = RIGHTS
    keep = KeepFor(months=36, since="closed_on", source="L43")
    evidence = PROOF
    order = "-registered_at"
    source = "channel"
    fields = {
        "id": KEY,
        "number": NotPersonal("a running number", shown=True),
        "subject": KEY,
        "right": Field(Category.RIGHTS),
        "channel": Field(Category.RIGHTS, scope=OBSERVED),
        "language": Field(Category.LANGUAGE),
        "state": Field(Category.RIGHTS, scope=OBSERVED),
        "outcome": Field(Category.RIGHTS, scope=OBSERVED),
        "identity": Field(Category.RIGHTS, scope=OBSERVED),
        "received_on": Field(Category.RIGHTS, scope=OBSERVED),
        "due_on": Field(Category.RIGHTS, scope=OBSERVED),
        "extended_due_on": Field(Category.RIGHTS, scope=OBSERVED),
        "paused_due_on": Field(Category.RIGHTS, scope=OBSERVED),
        "answered_on": Field(Category.RIGHTS, scope=OBSERVED),
        "closed_on": Field(Category.RIGHTS, scope=OBSERVED),
        "reason_code": Field(Category.RIGHTS, scope=OBSERVED),
        "about_model": NotPersonal("which kind of record it is about"),
        "about_pk": KEY,
        "about_fields": Field(Category.RIGHTS),
        "activity": Field(Category.RIGHTS),
        "copy": KEY,
        "erasure": KEY,
        "reminded_days": STAMP,
        "registered_at": STAMP,
        "registered_by": WHO,
    }

    @classmethod
    def label(cls, row):
        return row.number


@registry.holds(RequestEvent)
class RequestEventData(PersonalData):
    title = _("What happened in your requests")
    subject = "request__subject"
    activity = RIGHTS
    keep = KeepWith("request", source="L43")
    evidence = PROOF
    order = "at"
    fields = {
        "id": KEY,
        "request": NotPersonal("the number of the request", shown=True),
        "kind": Field(Category.RIGHTS, scope=OBSERVED),
        "on": Field(Category.RIGHTS, scope=OBSERVED),
        "at": STAMP,
        "reason_code": Field(Category.RIGHTS, scope=OBSERVED),
        "actor": WHO,
    }


@registry.holds(RequestMessage)
class RequestMessageData(PersonalData):
    title = _("What you and we wrote in your requests")
    activity = RIGHTS
    keep = KeepWith("request", source="L43")
    files = ("scan",)
    order = "at"
    source = "channel"
    fields = {
        "id": KEY,
        "request": NotPersonal("the number of the request", shown=True),
        "subject": KEY,
        "direction": Field(Category.RIGHTS, scope=OBSERVED),
        "kind": Field(Category.RIGHTS, scope=OBSERVED),
        "channel": Field(Category.RIGHTS, scope=OBSERVED),
        "text": Field(Category.FEEDBACK),
        "name": Field(Category.NAME),
        "email": Field(Category.EMAIL),
        "postal_address": Field(Category.POSTAL_ADDRESS),
        "scan": KEY,
        "on": Field(Category.RIGHTS, scope=OBSERVED),
        "at": STAMP,
        "sent_at": Field(Category.RIGHTS, scope=OBSERVED),
        "written_by": WHO,
    }


@registry.holds(Restriction)
class RestrictionData(PersonalData):
    title = _("Where you have paused the use")
    activity = RIGHTS
    keep = KeepFor(months=36, since="lifted_at", source="L43")
    evidence = PROOF
    order = "opened_at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "model": NotPersonal("which kind of record it is about"),
        "object_pk": KEY,
        "ground": Field(Category.RIGHTS),
        "request": KEY,
        "opened_at": Field(Category.RIGHTS, scope=OBSERVED),
        "opened_by": WHO,
        "lift_on": Field(Category.RIGHTS, scope=ABOUT),
        "lift_told_at": Field(Category.RIGHTS, scope=OBSERVED),
        "lifted_at": Field(Category.RIGHTS, scope=OBSERVED),
        "lifted_by": WHO,
    }


@registry.holds(Objection)
class ObjectionData(PersonalData):
    title = _("What you have objected to")
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as it stands; after an erasure as proof without a name"), source="L16")
    evidence = PROOF
    order = "made_at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "activity": Field(Category.RIGHTS),
        "state": Field(Category.RIGHTS, scope=OBSERVED),
        "request": KEY,
        "made_at": Field(Category.RIGHTS, scope=OBSERVED),
        "decided_at": Field(Category.RIGHTS, scope=OBSERVED),
        "decided_by": WHO,
        "reason_code": Field(Category.RIGHTS, scope=OBSERVED),
    }


@registry.holds(Suppression)
class SuppressionData(PersonalData):
    title = _("Addresses we never send marketing to")
    subject = MatchedBy(
        lambda ids: Q(index__in=_own_addresses(ids)),
        because="it holds a keyed hash alone, so that it outlives an erasure and stops a later import",
    )
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as we send marketing, or until you ask us to be reachable again"), source="L16")
    evidence = _("A keyed hash of an address you do not want marketing to; without it we could write to you again.")
    order = "since"
    fields = {
        "id": KEY,
        "kind": NotPersonal("which sort of address it is", shown=True),
        "index": Field(Category.EMAIL, scope=OBSERVED, secret=True),
        "since": Field(Category.RIGHTS, scope=OBSERVED),
        "source": Field(Category.RIGHTS, scope=OBSERVED),
    }


@registry.holds(StaffRead)
class StaffReadData(PersonalData):
    title = _("Who on our staff has looked")
    activity = RIGHTS
    keep = KeepFor(months=12, since="on", source="L47")
    order = "-on"
    fields = {
        "id": KEY,
        "subject": KEY,
        "actor": WHO,
        "role": NotPersonal("what the member of staff works with", shown=True),
        "purpose": NotPersonal("what the member of staff looked for", shown=True),
        "assigned": NotPersonal("whether the record was the reader's to look after"),
        "model": NotPersonal("which kind of record it was", shown=True),
        "object_pk": KEY,
        "on": Field(Category.RIGHTS, scope=OBSERVED),
        "first_at": STAMP,
    }


@registry.holds(MailboxProof)
class MailboxProofData(PersonalData):
    title = _("Requests waiting for a code")
    subject = MatchedBy(
        lambda ids: Q(email_index__in=_own_addresses(ids)),
        because="nobody is a person to us before the mailbox is proved",
    )
    activity = RIGHTS
    keep = KeepFor(days=1, since="created_at", source="N61")
    fields = {
        "id": KEY,
        "right": Field(Category.RIGHTS),
        "language": Field(Category.LANGUAGE),
        "email_index": Field(Category.EMAIL, secret=True, shown=False),
        "content_sealed": Field(Category.RIGHTS, secret=True, shown=False),
        "code_hash": Field(Category.CREDENTIAL, secret=True, shown=False),
        "tries": STAMP,
        "used_at": STAMP,
        "created_at": Field(Category.RIGHTS, scope=OBSERVED),
    }


registry.excuse("privacy.RequestSeries", because="The last number given out in a year.")
