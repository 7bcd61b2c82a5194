"""What is wrong with a vacancy before it is saved: each fault stands at its field, with what to do about it."""

import re

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from careers.rules import adverts


def of_vacancy(page, now) -> dict:
    """{field: sentence}, empty when nothing is wrong. Fields a draft has left open are not asked about."""
    found = {}
    for look in (_of_reference, _of_times, _of_start, _of_contacts):
        found |= look(page, now)
    return found


def next_reference(day) -> str:
    """The next number of the year that no vacancy, no hiring and no application has, for example 2026-04."""
    taken = {
        reference
        for model, field in (
            ("VacancyPage", "reference"),
            ("Hiring", "reference"),
            ("Application", "vacancy_reference"),
        )
        for reference in apps.get_model("careers", model)
        .objects.filter(**{f"{field}__startswith": f"{day.year}-"})
        .values_list(field, flat=True)
    }
    numbers = [int(found.group(1)) for each in taken if (found := re.fullmatch(r"\d{4}-(\d{1,6})", each))]
    return f"{day.year}-{max(numbers, default=0) + 1:02d}"


def _of_reference(page, now) -> dict:
    same = type(page).objects.filter(reference=page.reference)
    if same.exclude(translation_key=page.translation_key).exists():
        return {"reference": _("Another vacancy has this reference. Choose one that is not taken.")}
    if page.pk is None and not same.exists() and _has_applications(page.reference):
        return {
            "reference": _("Applications for an earlier vacancy have this reference. Choose one that is not taken.")
        }
    before = _public(page)
    if before is not None and before.reference != page.reference and _is_in_use(before.reference):
        return {"reference": _("Hiring has begun under this reference, so it stays. Write it as it was.")}
    return {}


def _of_times(page, now) -> dict:
    if page.opens_at is None or page.closes_at is None:
        return {}
    if page.closes_at <= page.opens_at:
        return {"closes_at": _("The vacancy would close before it opens. Choose a later time.")}
    before = _public(page)
    if before is not None and before.closes_at <= now < page.closes_at and _has_applications(before.reference):
        return {
            "closes_at": _(
                "This vacancy has closed. Reopen it on its page “Closing”, which shows what that moves, or write the "
                "time as it was."
            )
        }
    return {}


def _of_start(page, now) -> dict:
    if page.starts_on and page.start_words:
        return {"start_words": _("Say either the day or the words. Empty one of the two.")}
    return {}


def _of_contacts(page, now) -> dict:
    found = {}
    personal = _("This looks like one person's own address. Write an address of the role, for example service@…")
    for name in ("contact_email", "apply_by_email"):
        if _is_personal(getattr(page, name)):
            found[name] = personal
    contacts = adverts.contacts_of(page)
    if any(_is_personal(each.email) for each in contacts[1:]):
        found["further_contacts"] = personal
    if _names_staff(contacts[0].role):
        found["contact_role"] = _("This is the name of a colleague. Write the role: pages keep old versions.")
    if any(_names_staff(each.role) for each in contacts[1:]):
        found["further_contacts"] = _("One of these is the name of a colleague. Write the role instead.")
    return found


def _public(page):
    """The row as it is public now; None for a page that was never saved or never published."""
    return type(page).objects.filter(pk=page.pk, live=True).first() if page.pk else None


def _has_applications(reference: str) -> bool:
    return apps.get_model("careers", "Application").objects.filter(vacancy_reference=reference).exists()


def _is_in_use(reference: str) -> bool:
    return (
        _has_applications(reference) or apps.get_model("careers", "Hiring").objects.filter(reference=reference).exists()
    )


def _is_personal(address: str) -> bool:
    if not address:
        return False
    return adverts.looks_personal(address) or get_user_model().objects.filter(email__iexact=address).exists()


def _names_staff(role: str) -> bool:
    first, _space, last = role.strip().rpartition(" ")
    if not first:
        return False
    return get_user_model().objects.filter(is_staff=True, first_name__iexact=first, last_name__iexact=last).exists()
