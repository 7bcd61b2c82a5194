"""The engine's front door for writing: one function, one act."""

from privacy.actions.consent import (
    NoWording,
    expire_consents,
    give_consent,
    publish_text,
    refuse_consent,
    text_for,
    withdraw_consent,
)
from privacy.actions.copies import CopyGone, build_copy, open_copy, request_copy
from privacy.actions.correction import NotEditable, correct
from privacy.actions.disclosure import NotAllowed, allowed_payload, log_disclosure
from privacy.actions.erasure import (
    carry_out,
    erase_rows,
    plan_erasure,
    replay_erasures,
    request_erasure,
    resume_waiting,
)
from privacy.actions.files import (
    EmptyFile,
    FilesRemain,
    erase_files,
    files_follow_transaction,
    open_file,
    store_file,
)
from privacy.actions.holds import HoldRefused, place_hold, release_hold
from privacy.actions.jobs import enqueue, run_jobs
from privacy.actions.mail import cancel_mail, queue_mail
from privacy.actions.retention import run_retention
from privacy.actions.subjects import (
    NotYours,
    add_identifier,
    claim_subject,
    confirm_identity,
    drop_identifiers,
    is_confirmed,
    lift_restriction,
    open_account,
    prove_mailbox,
    register_subject,
    restrict,
)
from privacy.actions.trail import note, seal_trail
from privacy.actions.verify import verify
from privacy.rules.consent import IllegalMove

__all__ = [
    "CopyGone",
    "EmptyFile",
    "FilesRemain",
    "HoldRefused",
    "IllegalMove",
    "NoWording",
    "NotAllowed",
    "NotEditable",
    "NotYours",
    "add_identifier",
    "allowed_payload",
    "build_copy",
    "cancel_mail",
    "carry_out",
    "claim_subject",
    "confirm_identity",
    "correct",
    "drop_identifiers",
    "enqueue",
    "erase_files",
    "erase_rows",
    "expire_consents",
    "files_follow_transaction",
    "give_consent",
    "is_confirmed",
    "lift_restriction",
    "log_disclosure",
    "note",
    "open_account",
    "open_copy",
    "open_file",
    "place_hold",
    "plan_erasure",
    "prove_mailbox",
    "publish_text",
    "queue_mail",
    "refuse_consent",
    "register_subject",
    "release_hold",
    "replay_erasures",
    "request_copy",
    "request_erasure",
    "restrict",
    "resume_waiting",
    "run_jobs",
    "run_retention",
    "seal_trail",
    "store_file",
    "text_for",
    "verify",
    "withdraw_consent",
]
