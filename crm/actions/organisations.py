"""Organisations: entered, changed, and removed while nothing hangs on them."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crm import rules
from crm.actions.refusal import Refused, changed_fields
from crm.models import Organisation
from privacy.actions import note


@transaction.atomic
def create_organisation(*, name: str, org_number: str = "", by, **facts) -> Organisation:
    """Enter a company. Refused for a number with a wrong check digit or one that is here already."""
    organisation = Organisation(name=name.strip(), org_number=_org_number(org_number), **facts)
    _save(organisation)
    note("organisation.created", record=organisation, by=by)
    return organisation


@transaction.atomic
def update_organisation(organisation, *, changes: dict, by) -> Organisation:
    """Change what is known about a company; nothing is written when nothing changes."""
    if "org_number" in changes:
        changes = changes | {"org_number": _org_number(changes["org_number"])}
    changed = changed_fields(organisation, changes)
    if not changed:
        return organisation
    for name in changed:
        setattr(organisation, name, changes[name])
    _save(organisation)
    note("organisation.updated", record=organisation, fields=changed, by=by)
    return organisation


@transaction.atomic
def delete_organisation(organisation, *, by) -> None:
    """Remove a company nobody works at and nobody bought for; refused otherwise, with what is in the way."""
    if organisation.employments.exists() or organisation.orders.exists():
        raise Refused(
            _("People or orders belong to this organisation, so it stays. Move or end them first, then delete it.")
        )
    note("organisation.deleted", record=organisation, by=by)
    organisation.delete()


def _org_number(text: str) -> str:
    try:
        return rules.normalise_org_number(text)
    except ValueError:
        raise Refused(
            _("This is not a valid organisation number: look it up in Brønnøysundregistrene, or leave it empty."),
            field="org_number",
        ) from None


def _save(organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        raise Refused(
            _("An organisation with this number is already here. Search for the number and use that one."),
            field="org_number",
        ) from None
