"""What proves what was chosen, shared, held and erased: keys and field names, no names or addresses."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Category,
    Field,
    KeepFor,
    KeepUntilErased,
    MatchedBy,
    NotPersonal,
    PersonalData,
)
from privacy.models import (
    ConsentEvent,
    Disclosure,
    Erasure,
    LegalHold,
    TrailEntry,
)
from privacy.personal_data.activities import KEY, PROOF, RIGHTS, STAMP


@registry.holds(ConsentEvent)
class ConsentEventData(PersonalData):
    title = _("What you answered, and when")
    activity = RIGHTS
    # Counted from the end of the consent, not from the answer: what still stands must stay provable (Art 7(1)).
    keep = KeepFor(months=36, since="end__ended_on", source="L43", from_erasure=True)
    evidence = PROOF
    source = "method"
    order = "at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "purpose": Field(Category.PREFERENCE),
        "about": KEY,
        "kind": Field(Category.PREFERENCE),
        "text": NotPersonal("the wording that was shown, the same for everyone", shown=True),
        "text_sha256": NotPersonal("fingerprint of the wording"),
        "at": Field(Category.PREFERENCE, scope=OBSERVED),
        "valid_until": Field(Category.PREFERENCE, scope=OBSERVED),
        "method": Field(Category.PREFERENCE, scope=OBSERVED),
        "evidence": Field(Category.PREFERENCE, scope=OBSERVED),
        "actor": NotPersonal("key of the account that did it, without a name"),
        "digest": NotPersonal("fingerprint of the event"),
    }


@registry.holds(Disclosure)
class DisclosureData(PersonalData):
    title = _("What we have shared")
    activity = RIGHTS
    # The data disclosed (42 months) and three years more.
    keep = KeepFor(months=78, since="at", source="N49")
    evidence = PROOF
    order = "-at"
    told = Disclosure.told_on
    fields = {
        "id": KEY,
        "subject": KEY,
        "recipient": NotPersonal("the partner, a company", shown=True),
        "direction": Field(Category.DISCLOSURE, scope=OBSERVED),
        "activity": Field(Category.DISCLOSURE, scope=OBSERVED),
        "basis": Field(Category.DISCLOSURE, scope=OBSERVED),
        "field_names": Field(Category.DISCLOSURE, scope=OBSERVED),
        "payload_digest": NotPersonal("keyed fingerprint of what was sent"),
        "about_model": NotPersonal("which kind of record it was about"),
        "about_pk": KEY,
        "at": Field(Category.DISCLOSURE, scope=OBSERVED),
        "actor": NotPersonal("key of the account that did it, without a name"),
        "approver": NotPersonal("key of the account that approved it, without a name"),
        "case": KEY,
        "hidden_until": NotPersonal("until when a law forbade us to tell"),
        "purpose": NotPersonal("the activity's purpose as it was then"),
    }


@registry.holds(LegalHold)
class LegalHoldData(PersonalData):
    title = _("Why something must stay")
    activity = RIGHTS
    keep = KeepFor(months=36, since="ended_on", source="L43")
    evidence = PROOF
    fields = {
        "id": KEY,
        "subject": KEY,
        "model": NotPersonal("which kind of record is held"),
        "object_pk": KEY,
        "ground": Field(Category.RIGHTS, scope=ABOUT),
        "kind": NotPersonal("which sort of duty it is"),
        "state": NotPersonal("whether it has been approved, and whether it has ended", shown=True),
        "batch": KEY,
        "review_on": NotPersonal("when we look at it again", shown=True),
        "ended_on": STAMP,
        "paper": KEY,
        "approved_at": STAMP,
        "approved_by": NotPersonal("key of the account that did it, without a name"),
        "law": Field(Category.RIGHTS, scope=ABOUT),
        "reason": Field(Category.RIGHTS, scope=ABOUT),
        "until": Field(Category.RIGHTS, scope=ABOUT),
        "opened_at": STAMP,
        "opened_by": NotPersonal("key of the account that did it, without a name"),
        "released_at": STAMP,
        "released_by": NotPersonal("key of the account that did it, without a name"),
    }


@registry.holds(TrailEntry)
class TrailEntryData(PersonalData):
    title = _("Who did what with your data")
    activity = RIGHTS
    subject = MatchedBy(
        lambda ids: _subject_in(ids), because="the trail names persons by key only, so that it outlives an erasure"
    )
    # Claims are out of time after three years and a case may take two more. The trail's own purge takes it away in
    # whole seals (actions/trail_purge.py), so that what stays still verifies; the nightly run leaves it alone.
    keep = KeepFor(months=60, since="at", source="L47")
    evidence = PROOF
    own_step = True
    order = "at"
    fields = {
        "id": KEY,
        "uid": KEY,
        "at": Field(Category.RIGHTS, scope=OBSERVED),
        "action": Field(Category.RIGHTS, scope=OBSERVED),
        "actor": NotPersonal("key of the account that did it, without a name"),
        "subject": KEY,
        "model": NotPersonal("which kind of record it was about", shown=True),
        "object_pk": KEY,
        "field_names": Field(Category.RIGHTS, scope=OBSERVED),
        "reason": NotPersonal("a code for why", shown=True),
        "digest": NotPersonal("fingerprint of the entry"),
    }


@registry.holds(Erasure)
class ErasureData(PersonalData):
    title = _("Erasures")
    activity = RIGHTS
    keep = KeepUntilErased(_("kept for ever: it says that something was erased and nothing of what"), source="N56")
    evidence = PROOF
    fields = {
        "id": KEY,
        "subject": KEY,
        "cause": Field(Category.RIGHTS, scope=OBSERVED),
        "whole": NotPersonal("all or a part", shown=True),
        "scope": KEY,
        "state": Field(Category.RIGHTS, scope=OBSERVED),
        "step": STAMP,
        "ledger": KEY,
        "counts": NotPersonal("numbers per class"),
        "kept": NotPersonal("numbers per class, with law and day"),
        "files": NotPersonal("a number"),
        "actor": NotPersonal("key of the account that asked, without a name"),
        "created_at": Field(Category.RIGHTS, scope=OBSERVED),
        "finished_at": STAMP,
    }


@registry.holds("privacy.RecipientNotice")
class RecipientNoticeData(PersonalData):
    title = _("Partners told about a change")
    activity = RIGHTS
    keep = KeepFor(months=36, since="settled_at", source="L43")
    evidence = PROOF
    fields = {
        "id": KEY,
        "subject": KEY,
        "about": Field(Category.RIGHTS, scope=OBSERVED),
        "erasure": KEY,
        "request": KEY,
        "recipient": NotPersonal("the partner, a company", shown=True),
        "references": KEY,
        "state": Field(Category.RIGHTS, scope=OBSERVED),
        "reason": NotPersonal("why the partner could not be told"),
        "answer": NotPersonal("what the partner answered, without a name"),
        "created_at": STAMP,
        "settled_at": STAMP,
        "settled_by": NotPersonal("key of the account that did it, without a name"),
    }


def _subject_in(ids):
    from django.db.models import Q

    return Q(subject__in=ids)
