"""Open vacancies for feed readers and job boards: RSS 2.0, and JSON in the shape of NAV's public feed of adverts (L41).

Both are made of the same facts as the page, stand below the list of vacancies of their language, and are asked for anew
each time: what has closed is gone from them with the next question.
"""

import hashlib
import json
import re

from django.conf import settings
from django.http import HttpResponse
from django.utils import feedgenerator, timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careers.models import Hiring
from careers.rules.adverts import Advert, advert_of
from careers.screens.job_posting import description_of
from privacy.queries import controller

# NAV's own words, the same whatever the language of the advert.
_ENGAGEMENT = {
    "permanent": "Fast",
    "temporary": "Engasjement",
    "substitute": "Vikariat",
    "project": "Prosjekt",
    "apprentice": "Lærling",
    "trainee": "Trainee",
    "seasonal": "Sesong",
    "holiday": "Sommerjobb",
}
_SECTOR = {"private": "Privat", "public": "Offentlig"}
_COUNTRY = {"NO": "NORGE", "SE": "SVERIGE", "DK": "DANMARK", "FI": "FINLAND", "IS": "ISLAND"}
# What no XML may hold, whatever an editor has pasted.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@require_safe
def rss(request, index):
    """The open vacancies of one language as RSS."""
    adverts = open_adverts(index)
    made = feedgenerator.Rss201rev2Feed(
        title=_clean(f"{index.title} · {controller()['name']}"),
        link=index.full_url,
        feed_url=index.full_url + index.reverse_subpage("rss"),
        description=_clean(index.lead or _("Vacancies one can apply for now.")),
        language=index.locale.language_code,
    )
    for advert in adverts:
        made.add_item(
            title=_clean(advert.title),
            link=advert.url,
            description=_clean(description_of(advert)),
            unique_id=advert.url,
            unique_id_is_permalink=True,
            pubdate=localtime(advert.published_at),
            categories=[str(advert.occupation), str(advert.employment)],
        )
    return _answer(request, index, adverts, made.writeString("utf-8").encode(), "application/rss+xml")


@require_safe
def nav_json(request, index):
    """The open vacancies of one language as JSON, one page that holds them all."""
    adverts = open_adverts(index)
    body = {
        "content": [nav_ad(advert) for advert in adverts],
        "totalElements": len(adverts),
        "totalPages": 1,
        "pageNumber": 0,
        "pageSize": len(adverts),
        "first": True,
        "last": True,
    }
    return _answer(request, index, adverts, json.dumps(body, ensure_ascii=False).encode(), "application/json")


def open_adverts(index) -> list[Advert]:
    """What one can apply for below this list at this moment, the nearest deadline first; three queries."""
    pages = list(index.open_vacancies(timezone.now()).select_related("locale"))
    hirings = Hiring.objects.by_reference([page.reference for page in pages])
    employer = controller()
    return [
        advert_of(page, hiring=hirings.get(page.reference), employer=employer, base_url=settings.BASE_URL)
        for page in pages
    ]


def nav_ad(advert: Advert) -> dict:
    """One advert with the names and words NAV uses; occupations carry the code of STYRK-08."""
    return {
        "uuid": advert.key,
        "published": localtime(advert.published_at).isoformat(),
        "expires": localtime(advert.closed_at).isoformat(),
        "updated": localtime(advert.updated_at).isoformat(),
        "reference": advert.reference,
        "language": advert.language,
        "workLocations": [
            {
                "country": _COUNTRY[advert.country],
                "address": advert.street,
                "city": advert.town,
                "postalCode": advert.postal_code,
                "municipal": advert.municipality.upper(),
            }
        ],
        "title": advert.title,
        "description": description_of(advert),
        "sourceurl": advert.url,
        "link": advert.url,
        "applicationUrl": advert.apply_url,
        "applicationEmail": advert.by_email,
        "applicationDue": localtime(advert.closed_at).isoformat(),
        "categoryList": [{"categoryType": "STYRK08", "code": advert.occupation_code, "name": str(advert.occupation)}],
        "jobtitle": advert.title,
        "employer": {"name": advert.employer, "homepage": advert.employer_url},
        "engagementtype": _ENGAGEMENT[advert.employment_type],
        "extent": "Heltid" if advert.is_full_time else "Deltid",
        "percentage": advert.percentage,
        "starttime": advert.starts_on.isoformat() if advert.starts_on else advert.start,
        "positioncount": str(advert.positions),
        "sector": _SECTOR[advert.sector],
        "contactList": [
            {"role": contact.role, "phone": contact.phone, "email": contact.email} for contact in advert.contacts
        ],
    }


def _answer(request, index, adverts, content: bytes, kind: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["ETag"] = etag
    changed = max((advert.updated_at for advert in adverts), default=index.last_published_at)
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    # Kept by whoever likes, shown to nobody without asking: a closed vacancy is out of it at once.
    response["Cache-Control"] = "no-cache"
    # By the digest alone: a vacancy that left the feed leaves no later date behind.
    return get_conditional_response(request, etag=etag, response=response)


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
