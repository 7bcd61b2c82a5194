"""What an advert says, and whether one can apply: the page, the mark-up and both feeds ask here (L41, T6). Pure.

Moments are aware datetimes and are compared as moments, so a door that shuts at 23:59 in Oslo shuts then on the days
with 23 and 25 hours as well. A `page` is a VacancyPage, a `hiring` its Hiring or None.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
LAST_MINUTE = time(23, 59)
# What an advert says is the same in all its languages but for its words: published on one page, it is so on all.
SHARED = (
    "reference",
    "occupation",
    "employment_type",
    "percentage",
    "positions",
    "sector",
    "starts_on",
    "street",
    "postal_code",
    "town",
    "municipality",
    "country",
    "contact_phone",
    "contact_email",
    "apply_by_email",
    "apply_by_post",
    "opens_at",
    "closes_at",
    "cv_required",
)
# Words an address of a role is made of, so that «salg.vest@» is not taken for somebody called Salg Vest.
_ROLES = """
    apply application applications career careers contact customer department economy firmapost hiring hr info job jobb
    jobs kontakt kontor kunde kundeservice lager ledelse ledig mail marked office ordre orders personal personell post
    recruitment rekruttering salg sales service soknad soknader stilling stillinger support vacancy verksted warehouse
    workshop
"""
_ROLE_WORDS = frozenset(_ROLES.split())
_TWO_NAMES = re.compile(r"[^\W\d_]{2,}(?:[._-][^\W\d_]+)+")


class Standing(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Contact:
    """A role that answers questions; never a person."""

    role: str
    phone: str
    email: str


@dataclass(frozen=True)
class Advert:
    """Everything one advert says in one language. `closed_at` is the moment from which nobody can apply."""

    key: str
    reference: str
    language: str
    title: str
    lead: str
    body: str
    url: str
    apply_url: str
    employer: str
    employer_url: str
    occupation_code: str
    occupation: str
    employment_type: str
    employment: str
    percentage: int
    extent: str
    positions: int
    sector: str
    starts_on: date | None
    start: str
    street: str
    postal_code: str
    town: str
    municipality: str
    country: str
    country_name: str
    contacts: tuple[Contact, ...]
    by_email: str
    by_post: str
    published_at: datetime
    updated_at: datetime
    closed_at: datetime

    @property
    def is_full_time(self) -> bool:
        return self.percentage == 100


def closing_moment(page, hiring) -> datetime | None:
    """From when on nobody can apply: the page's own time, or the act that closed all languages when that was earlier.

    None only for a page that is still being written.
    """
    acted = hiring.closed_at if hiring is not None else None
    return min((moment for moment in (page.closes_at, acted) if moment is not None), default=None)


def has_closed(page, hiring, now) -> bool:
    """Whether the last moment to apply has passed."""
    closing = closing_moment(page, hiring)
    return closing is not None and now >= closing


def standing(page, hiring, now, *, as_published=False) -> Standing:
    """Where the vacancy stands at this moment; `as_published` looks at a draft as it will be once it is public."""
    if has_closed(page, hiring, now):
        return Standing.CLOSED
    if not (page.live or as_published):
        return Standing.DRAFT
    return Standing.OPEN if page.opens_at is None or page.opens_at <= now else Standing.PLANNED


def is_open(page, hiring, now) -> bool:
    """Whether one can apply at this moment: the page is public, it has opened, and nothing has closed it."""
    return standing(page, hiring, now) is Standing.OPEN


def end_of(day: date) -> datetime:
    """The minute at which a vacancy that is open through this day closes, in Oslo."""
    return datetime.combine(day, LAST_MINUTE, tzinfo=OSLO)


def advert_of(page, *, hiring, employer: dict, base_url: str) -> Advert:
    """What the advert says. `employer` is the controller block; links in the text become absolute below `base_url`."""
    url = page.full_url
    return Advert(
        key=str(page.translation_key),
        reference=page.reference,
        language=page.locale.language_code,
        title=page.title,
        lead=page.lead,
        body=page.body_html.replace('href="/', f'href="{base_url}/'),
        url=url,
        apply_url=f"{url}apply/",
        employer=employer["name"],
        employer_url=employer["url"] or base_url,
        occupation_code=page.occupation,
        occupation=page.get_occupation_display(),
        employment_type=page.employment_type,
        employment=page.get_employment_type_display(),
        percentage=page.percentage,
        extent=page.extent,
        positions=page.positions,
        sector=page.sector,
        starts_on=page.starts_on,
        start=page.start_words,
        street=page.street,
        postal_code=page.postal_code,
        town=page.town,
        municipality=page.municipality,
        country=page.country,
        country_name=page.get_country_display(),
        contacts=contacts_of(page),
        by_email=page.apply_by_email or employer["email"],
        by_post=page.apply_by_post or employer["address"],
        published_at=published_at(page),
        updated_at=page.last_published_at or page.opens_at,
        closed_at=closing_moment(page, hiring),
    )


def published_at(page) -> datetime | None:
    """When the advert could first be read and acted on; None only for a page that is still being written."""
    return max(filter(None, (page.opens_at, page.first_published_at)), default=None)


def contacts_of(page) -> tuple[Contact, ...]:
    """The roles that answer questions, the first one first."""
    more = [Contact(each.value["role"], each.value["phone"], each.value["email"]) for each in page.further_contacts]
    return (Contact(page.contact_role, page.contact_phone, page.contact_email), *more)


def looks_personal(address: str) -> bool:
    """Whether an e-mail address seems to be one person's own: two words that are no words of a role, as kari.holm@."""
    name = address.partition("@")[0].lower()
    return bool(_TWO_NAMES.fullmatch(name)) and not _ROLE_WORDS & set(re.split(r"[._-]", name))
