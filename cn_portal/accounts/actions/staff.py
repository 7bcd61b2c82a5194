"""Accounts of staff: opened and changed by staff who may, never by signing up."""

from django.contrib.auth.models import Group
from django.db import transaction

from cn_portal.accounts.models import User
from privacy.actions import note

from .sessions import end_others

CHANGEABLE = ("first_name", "last_name", "language", "is_active", "is_superuser")


@transaction.atomic
def create_staff(email, *, first_name, last_name, groups, password=None, by, language="nb", demo=False) -> User:
    """A new staff account in `groups` (names or Group rows). Raises `AddressTaken` when the address has an account.

    Without a password, the first sign-in is by mailed code; the second factor is set up then.
    """
    user = User.objects.create_user(
        email,
        password,
        language=language,
        verified=True,
        first_name=first_name,
        last_name=last_name,
        is_staff=True,
        demo=demo,
    )
    user.groups.set(_groups(groups))
    note("account.staff_created", subject=user.subject, record=user, by=by)
    return user


@transaction.atomic
def change_staff(user, *, changes, groups=None, by) -> list[str]:
    """Change some of name, language, access and groups of a staff account; returns the names of what changed.

    A change of access ends the person's sessions, so that it counts from the next request on.
    """
    changed = [name for name in CHANGEABLE if name in changes and getattr(user, name) != changes[name]]
    for name in changed:
        setattr(user, name, changes[name])
    user.save(update_fields=changed) if changed else None
    if groups is not None and set(_groups(groups)) != set(user.groups.all()):
        user.groups.set(_groups(groups))
        changed.append("groups")
    if {"groups", "is_active", "is_superuser"} & set(changed):
        end_others(user, keep=None)
    if changed:
        note("account.staff_changed", subject=user.subject, record=user, fields=changed, by=by)
    return changed


def _groups(groups):
    named = [Group.objects.get(name=group) if isinstance(group, str) else group for group in groups]
    return sorted(named, key=lambda group: group.pk)
