"""Models of the accounts app."""

from .factor import STEP_SECONDS, RecoveryCode, TotpDevice, new_seed
from .session import AccountSession
from .sign_in import SignInCode, SignInEvent
from .user import AddressTaken, User, normalise_email

__all__ = [
    "STEP_SECONDS",
    "AccountSession",
    "AddressTaken",
    "RecoveryCode",
    "SignInCode",
    "SignInEvent",
    "TotpDevice",
    "User",
    "new_seed",
    "normalise_email",
]
