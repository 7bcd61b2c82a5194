"""Correcting one's own facts: at once, and the trail says which fields, never what they were (L11)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions.trail import note
from privacy.declare import Field
from privacy.reach import rows_of


class NotEditable(Exception):
    """A field or row the person may not change by themselves; the sentence says what to do instead."""


def editable_fields(declaration) -> list[str]:
    """The columns of a class that the person may correct themselves."""
    return [name for name, what in declaration.fields_of(Field).items() if what.editable_by_subject]


def own_row(subject, *, label: str, key):
    """The person's own row of a class, or None: nobody else's can be named."""
    try:
        declaration = registry.declaration_of(label)
        return rows_of(declaration, subject.group()).filter(pk=key).first() if declaration else None
    except (LookupError, ValidationError, ValueError):
        return None


@transaction.atomic
def correct(row, *, subject, changes: dict, by) -> list[str]:
    """Change the person's own facts in one row; returns the names of the fields that really changed.

    Raises NotEditable for a field outside the declared list and ValidationError for a value the column refuses.
    """
    declaration = registry.declaration_of(type(row))
    surplus = set(changes) - set(editable_fields(declaration))
    if surplus:
        raise NotEditable(_("This cannot be changed here. Write to us and we will look at it."))
    changed = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, changes[name])
    if changed:
        row.full_clean(validate_constraints=True)
        row.save(update_fields=changed)
        note("subject.corrected", subject=subject, record=row, fields=changed, by=by)
    return changed
