"""Acts on accounts: one function each, keyword-only after the thing acted on."""

from .codes import redeem_code, request_code
from .entry import begin_sign_in, complete_sign_in, confirm_again, note_failure, sign_in, sign_out
from .factor import begin_factor, confirm_factor, new_recovery_codes, remove_factor, use_recovery_code, verify_factor
from .own import change_language, change_password
from .sessions import clear_expired, end_session, sign_out_everywhere
from .staff import change_staff, create_staff

__all__ = [
    "begin_factor",
    "begin_sign_in",
    "change_language",
    "change_password",
    "change_staff",
    "clear_expired",
    "complete_sign_in",
    "confirm_again",
    "confirm_factor",
    "create_staff",
    "end_session",
    "new_recovery_codes",
    "note_failure",
    "redeem_code",
    "remove_factor",
    "request_code",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "use_recovery_code",
    "verify_factor",
]
