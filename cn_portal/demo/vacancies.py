"""Puts the careers pages into the site: one list and three open vacancies, in both languages."""

import uuid
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale

import careers.actions
from careers.models import CareersIndexPage, VacancyPage
from careers.rules.adverts import end_of
from cn_portal.demo.vacancy_texts import INDEX, VACANCIES
from cn_portal.website.models import ContactPage, HomePage
from privacy.actions import publish_texts

SPACE = uuid.UUID("2d4b6a0e-6c55-4f0e-8f5a-5a0f3f2f9d71")
OPEN_FOR = timedelta(days=7)
# What a vacancy's texts hold besides values of the page.
OWN_WORDS = ("key", "closes_in", "starts_in", "nb", "en")
# The company's own switchboard of the demonstration.
PHONE = "+47 20 00 00 00"


def build_vacancies() -> dict[str, dict[str, VacancyPage]]:
    """Make what is missing, and let HR write below both lists. Returns {"technician": {"nb": page, "en": page}, …}."""
    publish_texts()
    now = timezone.now()
    made: dict[str, dict[str, VacancyPage]] = {facts["key"]: {} for facts in VACANCIES}
    for language in INDEX:
        index = _index(language)
        for number, facts in enumerate(VACANCIES, 1):
            made[facts["key"]][language] = _vacancy(index, facts, language, f"{now:%Y}-{number:02d}", now)
    careers.actions.ensure_roles()
    return made


def share_with_leader(vacancy, colleagues) -> None:
    """The hiring leader reads the applications for this one vacancy, until it has been closed for four weeks."""
    until = timezone.localdate(vacancy.closes_at) + timedelta(weeks=4)
    careers.actions.share_vacancy(vacancy, user=colleagues["hiring"], until=until, by=colleagues["hr"])


def _index(language) -> CareersIndexPage:
    locale = Locale.objects.get(language_code=language)
    there = CareersIndexPage.objects.filter(locale=locale, translation_key=_key("careers")).first()
    return there or _add_index(locale, INDEX[language])


def _add_index(locale, text) -> CareersIndexPage:
    home = HomePage.objects.get(locale=locale)
    page = CareersIndexPage(locale=locale, translation_key=_key("careers"), show_in_menus=True, **text)
    home.add_child(instance=page)
    # In the menu, the way to reach us stays last.
    page.move(ContactPage.objects.child_of(home).earliest("path"), pos="left")
    page.refresh_from_db()
    return page


def _vacancy(index, facts, language, reference, now) -> VacancyPage:
    key = _key(facts["key"])
    there = VacancyPage.objects.filter(locale=index.locale, translation_key=key).first()
    return there or index.add_child(instance=_new(index, facts, language, reference, now))


def _new(index, facts, language, reference, now) -> VacancyPage:
    same = {name: value for name, value in facts.items() if name not in OWN_WORDS}
    words = dict(facts[language])
    further = [("contact", {"role": role, "phone": PHONE, "email": ""}) for role in words.pop("further_roles", ())]
    starts_on = now.date() + timedelta(days=facts["starts_in"]) if facts["starts_in"] else None
    return VacancyPage(
        locale=index.locale,
        translation_key=_key(facts["key"]),
        reference=reference,
        contact_phone=PHONE,
        further_contacts=further,
        starts_on=starts_on,
        opens_at=now - OPEN_FOR,
        closes_at=end_of(timezone.localdate(now) + timedelta(days=facts["closes_in"])),
        **same,
        **words,
    )


def _key(name) -> uuid.UUID:
    return uuid.uuid5(SPACE, name)
