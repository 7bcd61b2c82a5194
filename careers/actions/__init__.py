"""Everything that changes something in careers: one act, one function."""

from careers.actions.advertising import share_facts
from careers.actions.applying import has_live_application, submit_application, submit_draft
from careers.actions.assessing import (
    abstain,
    add_criterion,
    change_criterion,
    cover_reason,
    criteria_of,
    end_criterion,
    is_used,
    move_criterion,
    own_assessment,
    save_assessment,
    set_blind,
)
from careers.actions.changing import change_application, may_change, reopen_for_changes
from careers.actions.closing import Moved, close_vacancy, reopen_vacancy
from careers.actions.confirming import confirm_application
from careers.actions.deciding import NotAsShown, move_application, preview_move
from careers.actions.drafting import (
    DRAFTS,
    answered,
    answers_to_keep,
    attach_to_draft,
    discard_draft,
    files_of,
    mail_draft_link,
    remove_draft_file,
    save_draft,
    start_draft,
)
from careers.actions.errors import AlreadyApplied, NotPossible
from careers.actions.findings import (
    clear_finding,
    flag_content,
    keep_content,
    remove_content,
    remove_due_findings,
    take_back_item,
)
from careers.actions.guardians import erase_child, lacks_guardian, record_guardian_check, require_guardian
from careers.actions.hired import mark_moved, record_start, take_move_back
from careers.actions.interviews import (
    cancel_interview,
    cannot_come,
    change_interview,
    choose_time,
    no_time_fits,
    offer_interview,
    offer_other_times,
)
from careers.actions.keeping import follow_closing_days
from careers.actions.notes import add_note, correct_note, cover_note, remove_note
from careers.actions.pool import ask_for_renewals, end_overdue_yeses, is_in_pool, join_pool, renew_pool_entry
from careers.actions.pool_writing import preview_pool_letter, reachable, write_to_pool
from careers.actions.questions import (
    add_question,
    change_question,
    move_question,
    questions_are_locked,
    remove_question,
)
from careers.actions.records import answer_nobody, ask_who_was_hired, due_on, write_decision_record
from careers.actions.referee_wording import REFEREE, SPECIAL_ITEM
from careers.actions.referees import add_referee, agree_to_referee, may_ask, note_referee, remove_referee, tell_referee
from careers.actions.refusing import (
    Text,
    carry_out_refusal,
    give_up_refusal,
    languages_of,
    order_refusal,
    plan_refusal,
)
from careers.actions.registering import register_application
from careers.actions.roles import HIRING_LEADERS, HR, ensure_roles
from careers.actions.sharing import share_vacancy, stop_sharing
from careers.actions.withdrawing import leave_talent_pool, withdraw_application, withdraw_everything
from careers.actions.wordings import POOL, RECRUITMENT, ensure_consent_texts

__all__ = [
    "abstain",
    "add_criterion",
    "change_criterion",
    "criteria_of",
    "end_criterion",
    "is_used",
    "move_criterion",
    "own_assessment",
    "save_assessment",
    "set_blind",
    "correct_note",
    "cover_note",
    "cover_reason",
    "remove_note",
    "answer_nobody",
    "due_on",
    "ask_who_was_hired",
    "write_decision_record",
    "DRAFTS",
    "HIRING_LEADERS",
    "HR",
    "POOL",
    "RECRUITMENT",
    "REFEREE",
    "SPECIAL_ITEM",
    "AlreadyApplied",
    "Moved",
    "NotAsShown",
    "NotPossible",
    "Text",
    "add_note",
    "add_question",
    "answered",
    "answers_to_keep",
    "attach_to_draft",
    "change_application",
    "change_question",
    "discard_draft",
    "files_of",
    "has_live_application",
    "mail_draft_link",
    "may_change",
    "move_question",
    "questions_are_locked",
    "remove_draft_file",
    "remove_question",
    "reopen_for_changes",
    "save_draft",
    "start_draft",
    "submit_draft",
    "add_referee",
    "agree_to_referee",
    "ask_for_renewals",
    "cancel_interview",
    "cannot_come",
    "carry_out_refusal",
    "change_interview",
    "choose_time",
    "clear_finding",
    "close_vacancy",
    "confirm_application",
    "end_overdue_yeses",
    "ensure_consent_texts",
    "ensure_roles",
    "erase_child",
    "flag_content",
    "follow_closing_days",
    "give_up_refusal",
    "is_in_pool",
    "join_pool",
    "keep_content",
    "lacks_guardian",
    "languages_of",
    "leave_talent_pool",
    "mark_moved",
    "may_ask",
    "move_application",
    "no_time_fits",
    "note_referee",
    "offer_interview",
    "offer_other_times",
    "order_refusal",
    "plan_refusal",
    "preview_move",
    "preview_pool_letter",
    "reachable",
    "record_guardian_check",
    "record_start",
    "register_application",
    "remove_content",
    "remove_due_findings",
    "remove_referee",
    "renew_pool_entry",
    "reopen_vacancy",
    "require_guardian",
    "share_facts",
    "share_vacancy",
    "stop_sharing",
    "submit_application",
    "take_back_item",
    "take_move_back",
    "tell_referee",
    "withdraw_application",
    "withdraw_everything",
    "write_to_pool",
]
