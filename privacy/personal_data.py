"""What the engine itself holds about people: keys, proofs, mail, copies. Declared like everybody else's."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Activity,
    Basis,
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
    ConsentEvent,
    ConsentState,
    Copy,
    DataSubject,
    Disclosure,
    Erasure,
    LegalHold,
    OutgoingMail,
    PersonKey,
    StoredFile,
    SubjectIdentifier,
    TrailEntry,
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
        notice=("N17",),
        subjects=("everyone",),
    )
)
KEY = NotPersonal("a random key")
STAMP = NotPersonal("bookkeeping of the engine")
PROOF = _("Proof of what was chosen and done; it holds keys and field names, no names or addresses.")


@registry.holds(DataSubject)
class DataSubjectData(PersonalData):
    title = _("You, as we know you")
    subject = "pk"
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as anything is held about you, then as an empty number"), source="L43")
    evidence = _("An empty number that what must be kept is tied to.")
    fields = {
        "id": NotPersonal("a random key", shown=True),
        "roles": Field(Category.DEALINGS, scope=OBSERVED),
        "language": Field(Category.LANGUAGE),
        "state": Field(Category.RIGHTS, scope=ABOUT),
        "proved_as": KEY,
        "created_at": Field(Category.DEALINGS, scope=OBSERVED),
    }


@registry.holds(SubjectIdentifier)
class SubjectIdentifierData(PersonalData):
    title = _("Addresses you have proved")
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as anything is held about you"), source="L43")
    fields = {
        "id": KEY,
        "subject": KEY,
        "kind": NotPersonal("which sort of address it is", shown=True),
        "index": Field(Category.EMAIL, scope=OBSERVED, secret=True),
        "verified_at": Field(Category.LOGIN, scope=OBSERVED),
        "created_at": STAMP,
    }


@registry.holds(PersonKey)
class PersonKeyData(PersonalData):
    title = _("Keys your data is sealed with")
    activity = RIGHTS
    keep = KeepUntilErased(_("until your data is erased; then the key goes first"), source="T28")
    own_step = True
    fields = {
        "id": KEY,
        "subject": KEY,
        "compartment": NotPersonal("which part of the data it seals"),
        "wrapped": Field(Category.CREDENTIAL, scope=OBSERVED, secret=True, shown=False),
        "kek_id": NotPersonal("which house key wraps it"),
        "created_at": STAMP,
    }


@registry.holds(ConsentEvent)
class ConsentEventData(PersonalData):
    title = _("What you answered, and when")
    activity = RIGHTS
    keep = KeepFor(months=60, since="at", source="L43")
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


@registry.holds(ConsentState)
class ConsentStateData(PersonalData):
    title = _("Your consents now")
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as anything is held about you"), source="N37")
    fields = {
        "id": KEY,
        "subject": KEY,
        "purpose": Field(Category.PREFERENCE),
        "about": KEY,
        "state": Field(Category.PREFERENCE),
        "since": Field(Category.PREFERENCE, scope=OBSERVED),
        "valid_until": Field(Category.PREFERENCE, scope=OBSERVED),
        "event": KEY,
    }


@registry.holds(Disclosure)
class DisclosureData(PersonalData):
    title = _("What we have shared")
    activity = RIGHTS
    # The data disclosed (42 months) and three years more.
    keep = KeepFor(months=78, since="at", source="N49")
    evidence = PROOF
    order = "-at"
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
    }


@registry.holds(LegalHold)
class LegalHoldData(PersonalData):
    title = _("Why something must stay")
    activity = RIGHTS
    keep = KeepFor(months=36, since="until", source="L43")
    evidence = PROOF
    fields = {
        "id": KEY,
        "subject": KEY,
        "model": NotPersonal("which kind of record is held"),
        "object_pk": KEY,
        "ground": Field(Category.RIGHTS, scope=ABOUT),
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
    keep = KeepUntilErased(_("kept as proof; it names records and fields, never what they said"), source="L47")
    evidence = PROOF
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
    title = _("Partners told about an erasure")
    subject = "erasure__subject"
    activity = RIGHTS
    keep = KeepWith("erasure", source="L14")
    evidence = PROOF
    fields = {
        "id": KEY,
        "erasure": KEY,
        "recipient": NotPersonal("the partner, a company", shown=True),
        "references": KEY,
        "state": Field(Category.RIGHTS, scope=OBSERVED),
        "reason": NotPersonal("why the partner could not be told"),
        "created_at": STAMP,
        "settled_at": STAMP,
        "settled_by": NotPersonal("key of the account that did it, without a name"),
    }


@registry.holds(StoredFile)
class StoredFileData(PersonalData):
    title = _("Your files")
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as the record it belongs to"), source="N9")
    fields = {
        "id": KEY,
        "subject": KEY,
        "compartment": STAMP,
        "storage_name": NotPersonal("a random name"),
        "display_name": Field(Category.UPLOAD),
        "media_type": Field(Category.UPLOAD, scope=OBSERVED),
        "size": Field(Category.UPLOAD, scope=OBSERVED),
        "sealed_sha256": NotPersonal("fingerprint of the sealed bytes"),
        "scan_state": NotPersonal("whether a scanner has looked at it", shown=True),
        "created_at": Field(Category.UPLOAD, scope=OBSERVED),
    }


@registry.holds(Copy)
class CopyData(PersonalData):
    title = _("Copies you have asked for")
    activity = RIGHTS
    keep = KeepFor(months=36, since="requested_at", source="L43")
    files = ("file",)
    fields = {
        "id": KEY,
        "subject": KEY,
        "state": Field(Category.RIGHTS, scope=OBSERVED),
        "language": Field(Category.LANGUAGE),
        "file": KEY,
        "done_parts": STAMP,
        "all_parts": STAMP,
        "records": STAMP,
        "downloads": Field(Category.RIGHTS, scope=OBSERVED),
        "requested_at": Field(Category.RIGHTS, scope=OBSERVED),
        "ready_at": STAMP,
        "expires_at": STAMP,
    }


@registry.holds(OutgoingMail)
class OutgoingMailData(PersonalData):
    title = _("Messages to you")
    activity = MESSAGES
    keep = KeepFor(days=90, since="queued_at", source="N17")
    fields = {
        "id": KEY,
        "subject": KEY,
        "template": NotPersonal("which message it was, the same for everyone", shown=True),
        "language": Field(Category.LANGUAGE),
        "to_sealed": Field(Category.EMAIL, secret=True, shown=False),
        "to_index": Field(Category.EMAIL, secret=True, shown=False),
        "context_sealed": Field(Category.RIGHTS, secret=True, shown=False),
        "only_if_account": STAMP,
        "final": STAMP,
        "state": NotPersonal("whether it has gone", shown=True),
        "queued_at": Field(Category.DEALINGS, scope=OBSERVED),
        "settled_at": STAMP,
    }


def _subject_in(ids):
    from django.db.models import Q

    return Q(subject__in=ids)


registry.excuse("privacy.ConsentText", because="The wording of a question, the same for everyone.")
registry.excuse("privacy.Recipient", because="Companies that may receive data; no person is named in it.")
registry.excuse("privacy.RetentionRun", because="Numbers of what a nightly run took, per class.")
registry.excuse("privacy.Job", because="A kind of work and a random key; what it is about lies elsewhere.")
registry.excuse("privacy.ServiceKey", because="Keys of the house itself, not of a person.")
registry.excuse("privacy.TrailSeal", because="Fingerprints over the trail, which names nobody itself.")
registry.excuse("privacy.TrailCheckpoint", because="Signed fingerprints over the trail, kept outside the database.")
registry.excuse("privacy.PurgePermit", because="Names of tables, present for the length of one transaction.")
registry.excuse(
    "privacy.ErasureLedger",
    because="Random keys of what was erased; without the main database nobody can be told from them.",
)
