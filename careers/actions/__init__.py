"""Everything that changes something in careers: one act, one function."""

from careers.actions.applying import submit_application
from careers.actions.confirming import confirm_application
from careers.actions.deciding import add_note, move_application
from careers.actions.errors import AlreadyApplied, NotPossible
from careers.actions.keeping import follow_closing_days
from careers.actions.roles import HIRING_LEADERS, HR, ensure_roles
from careers.actions.sharing import share_vacancy, stop_sharing
from careers.actions.withdrawing import leave_talent_pool, withdraw_application
from careers.actions.wordings import POOL, RECRUITMENT, ensure_consent_texts

__all__ = [
    "HIRING_LEADERS",
    "HR",
    "POOL",
    "RECRUITMENT",
    "AlreadyApplied",
    "NotPossible",
    "add_note",
    "confirm_application",
    "ensure_consent_texts",
    "ensure_roles",
    "follow_closing_days",
    "leave_talent_pool",
    "move_application",
    "share_vacancy",
    "stop_sharing",
    "submit_application",
    "withdraw_application",
]
