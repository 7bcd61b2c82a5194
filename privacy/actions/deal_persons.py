"""The named outsiders of a deal: a signed statement first, then access by a second person, and its end (N52, N53)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import vault
from privacy.actions import gate_cases
from privacy.actions.documents import destroy_document, file_document
from privacy.actions.gate_cases import happened, locked, said
from privacy.actions.mail import queue_mail
from privacy.actions.request_mail import in_words
from privacy.actions.subjects import open_account, register_subject
from privacy.actions.trail import actor_id
from privacy.models import DealCase, DealPerson, OfficeDocument
from privacy.rules import gates
from privacy.rules.gates import GateRefused
from privacy.second_person import second_person

ROLE = "external"


@transaction.atomic
def add_outsider(deal: DealCase, *, name: str, email: str, organisation: str, language: str = "nb", by) -> DealPerson:
    """Name somebody who is to look. They are a person of their own: a typed address joins nobody (T31).

    Nothing is opened and nothing is mailed. GateRefused for a deal that is over and for an address in use.
    """
    deal = locked(deal)
    if deal.state in (gates.REFUSED, gates.CLOSED):
        raise GateRefused(_("This deal is over. Nothing was stored."))
    name = said(name, _("Write the person's name. Nothing was stored."))
    organisation = said(organisation, _("Write whom the person works for. Nothing was stored."))
    if get_user_model()._base_manager.filter(email__iexact=email.strip()).exists():
        raise GateRefused(_("This address cannot be used here. Ask for another one. Nothing was stored."))
    subject = register_subject(role=ROLE, language=language, email=email.strip(), by=by)
    person = DealPerson.objects.create(
        case=deal, subject=subject, name=name, email=email.strip(), organisation=organisation, asked_by=actor_id(by)
    )
    happened(deal, gates.PERSON_ADDED, by=by)
    return person


def file_statement(person: DealPerson, *, scan, signatory: str, signed_on: date, by) -> OfficeDocument:
    """File the signed statement (a `privacy.scans.Scan`) with who signed it and when. May raise EmptyFile.

    One that was withdrawn is replaced and destroyed; access has to be given anew then. GateRefused while one stands.
    """
    signatory = said(signatory, _("Write who signed. Nothing was stored."))
    if signed_on > gate_cases.today():
        raise GateRefused(_("The day of the signature is still to come. Nothing was stored."))
    with transaction.atomic():
        person = _locked(person)
        _refuse_when_over(person)
        if person.statement_id is not None and person.withdrawn_at is None:
            raise GateRefused(_("There is a statement in force already. Nothing was stored."))
        old = person.statement
        person.statement = file_document(
            scan.stream,
            kind=OfficeDocument.Kind.STATEMENT,
            display_name=scan.display_name,
            media_type=scan.media_type,
            by=by,
        )
        person.signatory, person.signed_on, person.withdrawn_at = signatory, signed_on, None
        person.granted_at = person.granted_by = person.revoked_at = person.revoked_by = None
        person.asked_by = actor_id(by)
        person.save()
        happened(person.case, gates.STATEMENT_FILED, by=by)
    if old is not None:
        destroy_document(old, by=by)
    return person.statement


@transaction.atomic
def grant_access(person: DealPerson, *, by) -> DealPerson:
    """The second person lets this outsider in: they get an account of their own and a mail with the address.

    OwnApproval for who named them or filed the statement; GateRefused without a statement in force (N53), for a deal
    that is not approved or has ended, and for an address that belongs to another account by now.
    """
    person = _locked(person)
    second_person(by, asked_by=person.asked_by)
    _refuse_when_over(person)
    if person.case.state != gates.APPROVED:
        raise GateRefused(_("The deal has not been approved yet. Nothing was changed."))
    if person.statement_id is None or person.withdrawn_at is not None:
        raise GateRefused(_("There is no signed confidentiality statement in force. Nothing was changed."))
    if person.granted_at is not None and person.revoked_at is None:
        raise GateRefused(_("This person has access already. Nothing was changed."))
    if person.case.ends_on < gate_cases.today():
        raise GateRefused(_("The last day of the deal has passed. Nothing was changed."))
    vault.unlock([person])
    _let_in(person, by=by)
    person.granted_at, person.granted_by = timezone.now(), actor_id(by)
    person.revoked_at = person.revoked_by = None
    person.save(update_fields=["granted_at", "granted_by", "revoked_at", "revoked_by"])
    happened(person.case, gates.ACCESS_GIVEN, by=by)
    _invite(person)
    return person


@transaction.atomic
def revoke_access(person: DealPerson, *, by) -> DealPerson:
    """End this outsider's access; it holds from their next request on."""
    person = _locked(person)
    if person.granted_at is None or person.revoked_at is not None:
        raise GateRefused(_("This person has no access. Nothing was changed."))
    person.revoked_at, person.revoked_by = timezone.now(), actor_id(by)
    person.save(update_fields=["revoked_at", "revoked_by"])
    happened(person.case, gates.ACCESS_TAKEN, by=by)
    return person


@transaction.atomic
def withdraw_statement(person: DealPerson, *, by) -> DealPerson:
    """The statement no longer holds; with it goes the access, from the next request on (N53)."""
    person = _locked(person)
    if person.statement_id is None or person.withdrawn_at is not None:
        raise GateRefused(_("There is no statement in force. Nothing was changed."))
    person.withdrawn_at = timezone.now()
    person.save(update_fields=["withdrawn_at"])
    happened(person.case, gates.STATEMENT_WITHDRAWN, by=by)
    return person


@transaction.atomic
def ask_for_names(person: DealPerson, *, reason: str, by) -> DealPerson:
    """Ask that this outsider sees who the rows are about: always with a reason, decided by somebody else (N52)."""
    person = _locked(person)
    _refuse_when_over(person)
    if person.names_approved_at is not None:
        raise GateRefused(_("Names have been approved for this person already. Nothing was changed."))
    person.names_reason = said(reason, _("Say why names are needed. Nothing was changed."))
    person.names_asked_by = actor_id(by)
    person.save(update_fields=["names_reason", "names_asked_by"])
    happened(person.case, gates.NAMES_ASKED, by=by)
    return person


@transaction.atomic
def approve_names(person: DealPerson, *, by) -> DealPerson:
    """The second person's yes to names for this outsider. OwnApproval for who asked; GateRefused when nobody has."""
    person = _locked(person)
    _refuse_when_over(person)
    if not person.names_reason or person.names_approved_at is not None:
        raise GateRefused(_("Nobody has asked for names for this person. Nothing was changed."))
    second_person(by, asked_by=person.names_asked_by)
    person.names_approved_at, person.names_approved_by = timezone.now(), actor_id(by)
    person.save(update_fields=["names_approved_at", "names_approved_by"])
    happened(person.case, gates.NAMES_APPROVED, by=by)
    return person


def _locked(person: DealPerson) -> DealPerson:
    # The case first, as every act on it does: two locks in one order never wait for each other.
    deal = locked(person.case)
    person = locked(person)
    person.case = deal
    return vault.unlock([person])[0]


def _refuse_when_over(person: DealPerson) -> None:
    if person.case.state in (gates.REFUSED, gates.CLOSED):
        raise GateRefused(_("This deal is over. Nothing was changed."))


def _let_in(person: DealPerson, *, by) -> None:
    users = get_user_model()._base_manager
    if users.filter(email__iexact=person.email).exclude(subject=person.subject).exists():
        raise GateRefused(_("This address cannot be used here. Ask for another one. Nothing was changed."))
    if not users.filter(subject=person.subject).exists():
        open_account(person.subject, email=person.email, by=by)


def _invite(person: DealPerson) -> None:
    language = person.subject.language
    queue_mail(
        to=person.email,
        template="privacy/mail/deal_access",
        context={
            "number": person.case.number,
            "starts_on": in_words(person.case.starts_on, language),
            "ends_on": in_words(person.case.ends_on, language),
            "url": settings.BASE_URL + reverse("privacy:deal-room", args=[person.case_id]),
        },
        language=language,
        subject=person.subject,
    )
