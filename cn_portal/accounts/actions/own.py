"""What a person changes about their own account: password and language."""

from django.db import transaction

from privacy.actions import note

from .sessions import end_others, tell


@transaction.atomic
def change_password(user, *, password, by, keep=None) -> None:
    """Set a new password, end every other session, and mail the person.

    `password` has been validated. `keep` is the key of the session the change is made in; the caller renews that
    session's hash afterwards (`update_session_auth_hash`), or it ends too.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    end_others(user, keep=keep)
    note("account.password_changed", subject=user.subject, record=user, fields=["password"], by=by)
    tell(user, "password_changed")


@transaction.atomic
def change_language(user, *, language, by) -> None:
    """The language of mails to this person and of the pages behind the sign-in: `nb` or `en`."""
    user.language = language
    user.save(update_fields=["language"])
    note("account.language_changed", subject=user.subject, record=user, fields=["language"], by=by)
