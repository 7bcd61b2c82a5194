"""What a vacancy's own page says: its facts, and the same facts for search engines while one can apply (L41)."""

import json

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, localtime

from careers.rules.adverts import Advert, Standing, advert_of, closing_moment, contacts_of, published_at, standing
from privacy.queries import controller, is_active

# Which of Google's kinds a kind of employment is, beside full or part time.
_KINDS = {
    "temporary": "TEMPORARY",
    "substitute": "TEMPORARY",
    "project": "TEMPORARY",
    "seasonal": "TEMPORARY",
    "holiday": "TEMPORARY",
    "apprentice": "INTERN",
    "trainee": "INTERN",
}
# In a script element «</script>» would end it, whatever stands around it.
_SPELLED_OUT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def context_of(page, request, now) -> dict:
    """What the templates of one vacancy are given. A preview shows a draft as it will be once it is public."""
    is_preview = getattr(request, "is_preview", False)
    hiring, employer = page.hiring(), controller()
    stands = standing(page, hiring, now, as_published=is_preview)
    is_cleared = is_active("recruitment")
    shows_posting = stands is Standing.OPEN and not is_preview
    return {
        "is_open": stands is Standing.OPEN,
        "has_closed": stands is Standing.CLOSED,
        "is_cleared": is_cleared,
        "closes_at": closing_moment(page, hiring),
        "published_at": published_at(page),
        "contacts": contacts_of(page),
        "employer": employer,
        "elsewhere": {
            "email": page.apply_by_email or employer["email"],
            "address": page.apply_by_post or employer["address"],
        },
        "job_posting": _posting(page, hiring, employer, is_cleared) if shows_posting else "",
    }


def _posting(page, hiring, employer, is_cleared) -> SafeString:
    advert = advert_of(page, hiring=hiring, employer=employer, base_url=settings.BASE_URL)
    return as_script(job_posting(advert, direct=is_cleared))


def job_posting(advert: Advert, *, direct: bool) -> dict:
    """The advert as a JobPosting of schema.org: Google's required set, and nothing the page does not show.

    `direct` says whether one applies on the page itself.
    """
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": advert.title,
        "description": description_of(advert),
        "identifier": {"@type": "PropertyValue", "name": advert.employer, "value": advert.reference},
        "datePosted": localdate(advert.published_at).isoformat(),
        "validThrough": localtime(advert.closed_at).isoformat(),
        "employmentType": kinds_of(advert),
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "jobLocation": {"@type": "Place", "address": _address(advert)},
        "occupationalCategory": str(advert.occupation),
        "totalJobOpenings": advert.positions,
        "directApply": direct,
        "url": advert.url,
        **({"jobStartDate": advert.starts_on.isoformat()} if advert.starts_on else {}),
    }


def description_of(advert: Advert) -> str:
    """Lead and text as HTML."""
    return format_html("<p>{}</p>", advert.lead) + advert.body if advert.lead else advert.body


def kinds_of(advert: Advert) -> list[str]:
    """Google's words for the extent, and for what is not permanent."""
    extent = "FULL_TIME" if advert.is_full_time else "PART_TIME"
    return [extent, _KINDS[advert.employment_type]] if advert.employment_type in _KINDS else [extent]


def as_script(data: dict) -> SafeString:
    """A data block. No browser runs it, so the content policy has nothing to forbid; no sign in it can end it."""
    text = json.dumps(data, ensure_ascii=False).translate(_SPELLED_OUT)
    # Nothing in `text` can be taken for markup any more.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _address(advert) -> dict:
    parts = {
        "streetAddress": advert.street,
        "postalCode": advert.postal_code,
        "addressLocality": advert.town,
        "addressRegion": advert.municipality,
        "addressCountry": advert.country,
    }
    return {"@type": "PostalAddress", **{name: value for name, value in parts.items() if value}}
