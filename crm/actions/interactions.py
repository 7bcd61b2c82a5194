"""Conversations: logged in one step; they move the clock of the law (N7, N55)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm import rules
from crm.actions.clocks import dealt_with
from crm.actions.contacts import create_contact
from crm.actions.refusal import Refused, changed_fields, refuse_future
from crm.models import Contact, Interaction
from privacy.actions import erase_rows, note


@transaction.atomic
def record_interaction(
    contact, *, kind, happened_on, text, by, organisation=None, product="", language=None
) -> Interaction:
    """Log what was said. The person counts as dealt with on that day, unless a later day is known already.

    Card and identity numbers in the text are masked before anything is stored (N11, L29).
    """
    refuse_future(happened_on, field="happened_on")
    text = _text(text)
    interaction = Interaction.objects.create(
        contact=contact,
        subject=contact.subject,
        organisation=organisation,
        kind=kind,
        happened_on=happened_on,
        text=text,
        product=rules.mask_numbers(product),
        author=by,
    )
    dealt_with(contact, day=happened_on, organisation=organisation)
    note("interaction.recorded", subject=contact.subject_id, record=interaction, by=by, reason=kind)
    return interaction


@transaction.atomic
def update_interaction(interaction, *, changes: dict, by) -> Interaction:
    """Correct what was written down; a later day moves the clock, an earlier one never moves it back."""
    changes = dict(changes)
    if "text" in changes:
        changes["text"] = _text(changes["text"])
    if "product" in changes:
        changes["product"] = rules.mask_numbers(changes["product"])
    changed = changed_fields(interaction, changes)
    if not changed:
        return interaction
    for name in changed:
        setattr(interaction, name, changes[name])
    refuse_future(interaction.happened_on, field="happened_on")
    interaction.save()
    dealt_with(interaction.contact, day=interaction.happened_on, organisation=interaction.organisation)
    note("interaction.updated", subject=interaction.subject_id, record=interaction, fields=changed, by=by)
    return interaction


def delete_interaction(interaction, *, by):
    """Have one conversation erased; returns the Erasure."""
    return erase_rows(Interaction, subject=interaction.subject, pks=[interaction.pk], cause="staff", by=by)


@transaction.atomic
def record_enquiry(*, name, email, message, language, phone="", product="", by=None) -> Interaction:
    """A question from the website: a new person and a new contact each time, joined to nobody (T31).

    Typing an address proves nothing, so an enquiry never changes or reveals a contact that is already here.
    """
    today = timezone.localdate()
    contact = create_contact(
        full_name=name,
        email=email,
        phone=phone,
        language=language,
        ground=Contact.Ground.ENQUIRY,
        source_channel=Contact.Channel.WEB,
        collected_on=today,
        informed_on=today,
        by=by,
    )
    return record_interaction(
        contact, kind=Interaction.Kind.ENQUIRY, happened_on=today, text=message, product=product, by=by
    )


def _text(text: str) -> str:
    text = rules.mask_numbers(text).strip()
    if not text:
        raise Refused(_("Write a few words about what was said."), field="text")
    return text
