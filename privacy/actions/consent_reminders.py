"""A reminder before a consent ends, once, and no marketing in it (L21). Silence lets it end."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from privacy import registry, vault
from privacy.actions.erasure_steps import addresses_of
from privacy.actions.mail import queue_mail
from privacy.actions.trail import note
from privacy.models import ConsentState, DataSubject, SubjectIdentifier
from privacy.rules import consent as rules
from privacy.rules.deadlines import oslo_date

TEMPLATE = "privacy/mail/consent_reminder"


def remind_of_consents(*, as_of, dry_run: bool = False) -> dict:
    """Remind of every yes that ends within 30 days, once for each yes. Returns {"reminded": count}.

    Who is restricted or being erased is left alone; so is whoever has no address. A question that belongs to a form is
    asked there again and not reminded of.
    """
    day = oslo_date(as_of)
    asked = [purpose.code for purpose in registry.purposes() if purpose.on_page]
    standing = ConsentState.objects.filter(
        purpose__in=asked,
        state__in=rules.VALID,
        reminded_on__isnull=True,
        subject__state=DataSubject.State.ACTIVE,
    ).select_related("subject")
    due = [s for s in standing if rules.reminder_is_due(s.state, s.valid_until, s.reminded_on, day)]
    if dry_run:
        return {"reminded": len(due)}
    return {"reminded": sum(_remind(state, day) for state in due)}


@transaction.atomic
def _remind(state: ConsentState, day) -> bool:
    # Check and mark are one UPDATE: of two runs at the same moment one writes.
    if not ConsentState.objects.filter(pk=state.pk, reminded_on__isnull=True).update(reminded_on=day):
        return False
    person = state.subject.person
    account = get_user_model()._base_manager.filter(subject=person, is_active=True).first()
    address = account.email if account else _address_of(person)
    if not address:
        return False
    queue_mail(
        to=address,
        template=TEMPLATE,
        context={
            "purpose": state.purpose,
            "until": state.valid_until.isoformat(),
            "url": settings.BASE_URL + reverse("privacy:consents") if account else "",
        },
        language=person.language,
        subject=person,
    )
    note("consent.reminded", subject=state.subject, record=state, by=None, reason=state.purpose)
    return True


def _address_of(person) -> str:
    """The address to write to who has no account: a proved one before any other."""
    own = SubjectIdentifier.objects.filter(subject__in=person.group(), verified_at__isnull=False)
    proved = set(own.values_list("index", flat=True))
    found = sorted(addresses_of(person.group()), key=lambda each: vault.blind_index("email", each) not in proved)
    return found[0] if found else ""
