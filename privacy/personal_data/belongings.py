"""What lies with the engine on the way to somebody: files, copies, mail; and what holds no person at all."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    OBSERVED,
    Category,
    Field,
    KeepFor,
    KeepUntilErased,
    NotPersonal,
    PersonalData,
)
from privacy.models import (
    Copy,
    OutgoingMail,
    StoredFile,
)
from privacy.personal_data.activities import KEY, MESSAGES, RIGHTS, STAMP


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
        "purpose": NotPersonal("which consent it rests on, if any", shown=True),
        "state": NotPersonal("whether it has gone", shown=True),
        "queued_at": Field(Category.DEALINGS, scope=OBSERVED),
        "settled_at": STAMP,
    }


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
registry.excuse(
    "privacy.OfficeDocument",
    because="Papers of the office, sealed: agreements, orders, statements; who is named in one has the case for it.",
)
