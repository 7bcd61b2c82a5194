"""Correcting facts, one's own at once and contested ones by the office: the trail says which fields, not what (L11)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions.request_notices import make_request_notices
from privacy.actions.trail import note
from privacy.declare import KEEP, Field
from privacy.reach import rows_of, told_rows


class NotEditable(Exception):
    """A field or row the person may not change by themselves; the sentence says what to do instead."""


def editable_fields(declaration) -> list[str]:
    """The columns of a class that the person may correct themselves."""
    return [name for name, what in declaration.fields_of(Field).items() if what.editable_by_subject]


def own_row(subject, *, label: str, key):
    """The person's own row of a class, or None: nobody else's can be named."""
    try:
        declaration = registry.declaration_of(label)
        return told_rows(declaration, subject.group()).filter(pk=key).first() if declaration else None
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
    return _change(row, changes, action="subject.corrected", subject=subject, by=by)


@transaction.atomic
def correct_by_staff(row, *, changes: dict, request, by) -> list[str]:
    """Change what a case says is wrong in one row of its person; returns the names of the fields that really changed.

    Those who were told the old values become tasks of the case (Art 19). Raises NotEditable for a row of somebody else,
    a field that is not about the person and one that a law keeps as it was, ValidationError for an impossible value.
    """
    declaration = registry.declaration_of(type(row))
    if not rows_of(declaration, request.subject.group()).filter(pk=row.pk).exists():
        raise NotEditable(_("This record is not one of the person whose case this is. Nothing was changed."))
    facts = declaration.fields_of(Field)
    if any(name not in facts or facts[name].secret for name in changes):
        raise NotEditable(_("This is not a fact about the person. Nothing was changed."))
    if declaration.statutory and any(facts[name].on_erase is KEEP for name in changes):
        raise NotEditable(_("A law keeps this record as it was made. Make a new record that puts it right."))
    changed = _change(row, changes, action="record.corrected", subject=request.subject, by=by)
    if changed:
        make_request_notices(request, record=row, fields=changed)
    return changed


def _change(row, changes: dict, *, action: str, subject, by) -> list[str]:
    changed = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, changes[name])
    if changed:
        row.full_clean(validate_constraints=True)
        row.save(update_fields=changed)
        note(action, subject=subject, record=row, fields=changed, by=by)
    return changed
