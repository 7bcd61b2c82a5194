"""The engine's front door for writing: one function, one act."""

from privacy.actions.consent import (
    ConsentRefused,
    expire_consent,
    expire_consents,
    give_consent,
    refuse_consent,
    request_consent,
    withdraw_consent,
)
from privacy.actions.consent_ends import erase_with_account_if_empty
from privacy.actions.consent_imports import take_over_consent
from privacy.actions.consent_reminders import remind_of_consents
from privacy.actions.consent_requests import withdraw_on_page
from privacy.actions.consent_texts import NoWording, publish_text, publish_texts, text_for
from privacy.actions.copies import CopyGone, build_copy, open_copy, request_copy
from privacy.actions.correction import NotEditable, correct, correct_by_staff
from privacy.actions.disclosure import (
    NotAllowed,
    NotSent,
    allowed_payload,
    hand_over,
    log_disclosure,
    log_received,
    one_hand_over,
)
from privacy.actions.disclosure_notices import settle_notice
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
from privacy.actions.holds import (
    HoldRefused,
    approve_holds,
    place_hold,
    propose_holds,
    refuse_holds,
    release_hold,
    review_holds,
)
from privacy.actions.jobs import enqueue, extend_lease, run_jobs
from privacy.actions.mail import cancel_mail, queue_mail
from privacy.actions.mailbox_codes import WrongCode
from privacy.actions.mailbox_proofs import expire_proofs, finish_proof, start_proof
from privacy.actions.notice_followers import (
    expire_follower_proofs,
    finish_following,
    leave_notice,
    start_following,
)
from privacy.actions.notice_imports import import_notice
from privacy.actions.notice_versions import (
    NoticeRefused,
    approve_notice,
    discard_draft,
    draft_notice,
    publish_first_notice,
    publish_notice,
)
from privacy.actions.objections import ObjectionRefused, decide_objection, object_to
from privacy.actions.reads import note_read, note_reads
from privacy.actions.request_answers import answer, close, extend, propose_refusal, reopen
from privacy.actions.request_case import RequestRefused
from privacy.actions.request_clock import remind_of_requests
from privacy.actions.request_corrections import announce_end, correct_for, end_pause
from privacy.actions.request_erasures import close_moot
from privacy.actions.request_fulfilment import (
    answer_by_letter,
    build_copy_for,
    erase_for,
    erasure_plan_for,
    object_for,
    obstacle,
    restrict_for,
    withdraw_for,
    write_erasure_letter,
)
from privacy.actions.request_letters import letter_printed, register_letter
from privacy.actions.request_matching import candidates_for, match_request
from privacy.actions.request_notices import make_request_notices
from privacy.actions.request_questions import ask, prove_identity, receive_reply
from privacy.actions.request_self_service import (
    ask_a_person,
    ask_for_copy,
    ask_to_delete,
    contest,
    correct_own,
    have_it_in_writing,
    no_machine_decides,
    object_at_once,
    order_erasure,
    pause,
)
from privacy.actions.requests import acknowledge, open_request, record_done, take_back, take_up
from privacy.actions.restrictions import RestrictionRefused, announce_lift, lift_restriction, restrict
from privacy.actions.retention import run_retention
from privacy.actions.retention_brake import PlanChanged, allow_plan
from privacy.actions.retention_clock import ClockRefused, confirm_clock
from privacy.actions.retention_plan import rehearse, retention_plan
from privacy.actions.retention_rules import RuleRefused, approve_rule, propose_rule, retire_rule
from privacy.actions.screenings import NotActive, adopt_declared, require_active
from privacy.actions.subjects import (
    NotYours,
    add_identifier,
    claim_subject,
    confirm_identity,
    drop_identifiers,
    is_confirmed,
    open_account,
    prove_mailbox,
    register_subject,
)
from privacy.actions.suppression import is_suppressed, lift_suppression, suppress
from privacy.actions.trail import note, seal_trail
from privacy.actions.verify import verify
from privacy.rules.consent import IllegalMove
from privacy.throttle import allows, visitor

__all__ = [
    "expire_follower_proofs",
    "finish_following",
    "leave_notice",
    "start_following",
    "import_notice",
    "NoticeRefused",
    "approve_notice",
    "discard_draft",
    "draft_notice",
    "publish_first_notice",
    "publish_notice",
    "ask_a_person",
    "ask_for_copy",
    "ask_to_delete",
    "contest",
    "correct_own",
    "have_it_in_writing",
    "no_machine_decides",
    "object_at_once",
    "order_erasure",
    "pause",
    "ConsentRefused",
    "CopyGone",
    "EmptyFile",
    "FilesRemain",
    "HoldRefused",
    "IllegalMove",
    "NoWording",
    "NotActive",
    "NotAllowed",
    "NotSent",
    "NotEditable",
    "NotYours",
    "ObjectionRefused",
    "RequestRefused",
    "RestrictionRefused",
    "WrongCode",
    "acknowledge",
    "add_identifier",
    "allowed_payload",
    "allows",
    "announce_lift",
    "announce_end",
    "answer",
    "answer_by_letter",
    "ask",
    "build_copy",
    "build_copy_for",
    "cancel_mail",
    "candidates_for",
    "carry_out",
    "claim_subject",
    "close",
    "close_moot",
    "confirm_identity",
    "correct",
    "correct_by_staff",
    "correct_for",
    "decide_objection",
    "drop_identifiers",
    "end_pause",
    "enqueue",
    "erase_files",
    "erase_rows",
    "erase_with_account_if_empty",
    "erase_for",
    "erasure_plan_for",
    "expire_consent",
    "expire_consents",
    "expire_proofs",
    "extend",
    "extend_lease",
    "files_follow_transaction",
    "finish_proof",
    "give_consent",
    "is_confirmed",
    "is_suppressed",
    "letter_printed",
    "lift_restriction",
    "lift_suppression",
    "log_disclosure",
    "log_received",
    "hand_over",
    "one_hand_over",
    "adopt_declared",
    "require_active",
    "make_request_notices",
    "match_request",
    "note",
    "note_read",
    "note_reads",
    "object_to",
    "object_for",
    "obstacle",
    "open_account",
    "open_copy",
    "open_file",
    "open_request",
    "approve_holds",
    "place_hold",
    "propose_holds",
    "refuse_holds",
    "review_holds",
    "plan_erasure",
    "propose_refusal",
    "prove_identity",
    "prove_mailbox",
    "publish_text",
    "publish_texts",
    "queue_mail",
    "receive_reply",
    "record_done",
    "refuse_consent",
    "register_letter",
    "register_subject",
    "release_hold",
    "remind_of_consents",
    "remind_of_requests",
    "reopen",
    "replay_erasures",
    "request_consent",
    "request_copy",
    "request_erasure",
    "restrict",
    "restrict_for",
    "resume_waiting",
    "run_jobs",
    "run_retention",
    "PlanChanged",
    "allow_plan",
    "ClockRefused",
    "confirm_clock",
    "rehearse",
    "retention_plan",
    "RuleRefused",
    "approve_rule",
    "propose_rule",
    "retire_rule",
    "seal_trail",
    "settle_notice",
    "store_file",
    "take_back",
    "take_over_consent",
    "suppress",
    "take_up",
    "text_for",
    "start_proof",
    "verify",
    "visitor",
    "withdraw_consent",
    "withdraw_on_page",
    "withdraw_for",
    "write_erasure_letter",
]
