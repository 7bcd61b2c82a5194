"""Contacts: entered with where the details came from, changed, told, invited, erased (N4, N6, N42, T11)."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm import rules
from crm.actions.refusal import Refused, changed_fields, refuse_future, refuse_unless_active
from crm.models import Contact, Employment
from privacy.actions import (
    add_identifier,
    drop_identifiers,
    erase_rows,
    note,
    open_account,
    queue_mail,
    register_subject,
)

PLAIN_TEXT = ("full_name", "title", "source_note")


@transaction.atomic
def create_contact(
    *, full_name, ground, source_channel, collected_on, by, email="", phone="", language="nb", interests=(), **facts
) -> Contact:
    """Enter a person, with how and when the details came to us (N42). Always a new person of the engine (T31).

    ``interests`` are words; they are marked as entered by staff. Refused without a source, for a day to come, a number
    that is none, or an address another contact has.
    """
    refuse_unless_active("customer-relations")
    _refuse_without_source(source_channel, facts.get("source_note", ""))
    refuse_future(collected_on, field="collected_on")
    email = rules.normalise_email(email)
    values = facts | {"full_name": full_name, "email": email, "phone": _phone(phone), "language": language}
    values |= {"ground": ground, "source_channel": source_channel, "collected_on": collected_on, "collected_by": by}
    values |= {"interests": rules.merged_interests([], interests, origin="staff"), "last_dealt_with_on": collected_on}
    role = "enquirer" if ground == Contact.Ground.ENQUIRY else "customer"
    subject = register_subject(role=role, language=language, email=email or None, by=by)
    contact = Contact(subject=subject, **_masked(values))
    _save(contact)
    note("contact.created", subject=subject, record=contact, by=by, reason=source_channel)
    return contact


@transaction.atomic
def update_contact(contact, *, changes: dict, by) -> Contact:
    """Change some fields of a contact; nothing is written when nothing changes. Staff edits move no clock (N55)."""
    changes = _masked(dict(changes))
    if "email" in changes:
        changes["email"] = rules.normalise_email(changes["email"])
    if "phone" in changes:
        changes["phone"] = _phone(changes["phone"])
    if "interests" in changes:
        changes["interests"] = rules.merged_interests(contact.interests, changes["interests"], origin="staff")
    changed = changed_fields(contact, changes)
    if not changed:
        return contact
    for name in changed:
        setattr(contact, name, changes[name])
    _refuse_without_source(contact.source_channel, contact.source_note)
    refuse_future(contact.collected_on, field="collected_on")
    _save(contact)
    if "email" in changed:
        _new_address(contact, by)
    note("contact.updated", subject=contact.subject_id, record=contact, fields=changed, by=by)
    return contact


@transaction.atomic
def add_employment(contact, *, organisation, role="", started_on=None, by) -> Employment:
    """This person works there now. Who had left somewhere and is somewhere again is kept by the ordinary clock."""
    if contact.employments.filter(organisation=organisation, ended_on__isnull=True).exists():
        raise Refused(_("This person is already registered there."), field="organisation")
    employment = Employment.objects.create(
        contact=contact, organisation=organisation, role=rules.mask_numbers(role), started_on=started_on
    )
    contact.left_company_on = None
    contact.save(update_fields=["left_company_on"])
    note("employment.added", subject=contact.subject_id, record=employment, by=by)
    return employment


@transaction.atomic
def leave_company(employment, *, left_on, by) -> Employment:
    """The person works there no longer. When it was the last place, the 90 days begin (T11)."""
    refuse_future(left_on, field="left_on")
    if employment.ended_on is not None:
        raise Refused(_("That this person has left is already registered."))
    if employment.started_on and left_on < employment.started_on:
        raise Refused(_("Nobody leaves before they begin: check the two days."), field="left_on")
    employment.ended_on = left_on
    employment.save(update_fields=["ended_on"])
    contact = employment.contact
    if not contact.employments.filter(ended_on__isnull=True).exists():
        contact.left_company_on = left_on
    # Saved in any case: what this company does keeps the person no longer.
    contact.save(update_fields=["left_company_on"])
    note("employment.ended", subject=contact.subject_id, record=employment, by=by)
    return employment


def delete_contact(contact, *, by):
    """Have a contact erased with all that goes with it; what an open order holds stays. Returns the Erasure."""
    return erase_rows(Contact, subject=contact.subject, pks=[contact.pk], cause="staff", by=by)


@transaction.atomic
def inform_contact(contact, *, by) -> Contact:
    """Mail the person what we hold and why, with the way to say no (Art 13 and 14, N42). Refused without an address."""
    _refuse_without_address(contact)
    queue_mail(
        to=contact.email,
        template="crm/mail/information",
        context=_mail_context(contact),
        language=contact.language,
        subject=contact.subject,
    )
    contact.informed_on = timezone.localdate()
    contact.save(update_fields=["informed_on"])
    note("contact.informed", subject=contact.subject_id, record=contact, by=by)
    return contact


@transaction.atomic
def invite_contact(contact, *, by):
    """Give the person a page of their own and mail where it is; the mailbox proves who they are. Returns the user."""
    _refuse_without_address(contact)
    person = contact.subject.person
    if get_user_model().objects.filter(email=contact.email).exclude(subject=person).exists():
        raise Refused(_("Another person signs in with this address. Ask for an address of their own."), field="email")
    if get_user_model().objects.filter(subject=person).exclude(email=contact.email).exists():
        raise Refused(_("This person already signs in with another address."), field="email")
    user = open_account(person, email=contact.email, by=by)
    queue_mail(
        to=contact.email,
        template="crm/mail/invitation",
        context=_mail_context(contact),
        language=contact.language,
        subject=person,
    )
    note("contact.invited", subject=person, record=contact, by=by)
    return user


def _mail_context(contact) -> dict:
    with translation.override(contact.language):
        source = str(contact.get_source_channel_display())
    return {"name": contact.full_name, "source": source, "url": f"{settings.BASE_URL}/my-data/"}


def _refuse_without_address(contact) -> None:
    if not contact.email:
        raise Refused(_("There is no e-mail address for this person. Ask for one first."), field="email")


def _refuse_without_source(channel, text) -> None:
    if not channel:
        raise Refused(_("Say how we got these details: the person has a right to know."), field="source_channel")
    if channel == Contact.Channel.NETWORK and not text.strip():
        raise Refused(_("Give the address of the page the details were read on."), field="source_note")


def _phone(text: str) -> str:
    try:
        return rules.e164(text)
    except ValueError:
        raise Refused(
            _("This is not a phone number. Example: 22 00 00 00 or +47 22 00 00 00."), field="phone"
        ) from None


def _masked(values: dict) -> dict:
    return values | {name: rules.mask_numbers(values[name]).strip() for name in PLAIN_TEXT if name in values}


def _save(contact) -> None:
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError:
        raise Refused(
            _("A contact with this e-mail address is already here. Search for the address and use that contact."),
            field="email",
        ) from None


def _new_address(contact, by) -> None:
    # What was proved was the old mailbox; the new one proves nothing until its owner has answered from it.
    if contact.email:
        add_identifier(contact.subject, email=contact.email, by=by)
    drop_identifiers(contact.subject, except_email=contact.email, by=by)
