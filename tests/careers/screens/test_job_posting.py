"""The mark-up for search engines, read back by a crawler: Google's required set, only what the page shows (L41)."""

import html
import re
from datetime import UTC, datetime, timedelta

import extruct
import pytest
from django.urls import reverse
from django.utils import timezone

from careers import actions
from careers.models import Hiring
from tests.careers import factories

REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "validThrough"}
FACTS = {
    "street": "Dysekaien 12",
    "postal_code": "5035",
    "town": "Bergen",
    "municipality": "Alver",
    "positions": 2,
    "opens_at": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "closes_at": datetime(2036, 3, 28, 21, 59, tzinfo=UTC),
}


def postings(text):
    return [each for each in extruct.extract(text, syntaxes=["json-ld"])["json-ld"] if each["@type"] == "JobPosting"]


def posting(client, page):
    (found,) = postings(client.get(page.url).text)
    return found


def shown_text(text):
    """What a reader sees of a page: its main part without markup."""
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def test_a_crawler_reads_the_required_set(client, wordings):
    found = posting(client, page := factories.make_vacancy(**FACTS))
    assert set(found) >= REQUIRED | {"employmentType", "identifier"}
    assert found["title"] == page.title
    assert found["description"] == f"<p>{page.lead}</p>{page.body}"
    assert found["datePosted"] == "2026-10-25"
    assert found["validThrough"] == "2036-03-28T22:59:00+01:00"
    assert found["identifier"]["value"] == page.reference
    assert found["employmentType"] == ["FULL_TIME"]
    assert found["totalJobOpenings"] == 2
    assert found["url"] == page.full_url
    assert found["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Dysekaien 12",
        "postalCode": "5035",
        "addressLocality": "Bergen",
        "addressRegion": "Alver",
        "addressCountry": "NO",
    }


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_fact_in_it_is_shown_on_the_page(client, wordings, language):
    page = factories.make_vacancy(language, starts_on=datetime(2036, 5, 2, tzinfo=UTC).date(), **FACTS)
    text = client.get(page.url).text
    (found,) = postings(text)
    shown = shown_text(text)
    address = found["jobLocation"]["address"]
    said = [
        found["title"],
        page.lead,
        found["hiringOrganization"]["name"],
        found["identifier"]["value"],
        found["occupationalCategory"],
        *(address[part] for part in ("streetAddress", "postalCode", "addressLocality", "addressRegion")),
        {"nb": "Norge", "en": "Norway"}[language],
        {"nb": "25. oktober 2026", "en": "25 October 2026"}[language],
        {"nb": "2. mai 2036", "en": "2 May 2036"}[language],
        {"nb": "fredag 28. mars 2036 kl. 22:59", "en": "Friday 28 March 2036 at 22:59"}[language],
        {"nb": "heltid, 100 %", "en": "full time, 100 %"}[language],
    ]
    for words in said:
        assert words in shown, words
    known = REQUIRED | {"@context", "@type", "employmentType", "identifier", "occupationalCategory", "url"}
    assert set(found) - known == {"totalJobOpenings", "directApply", "jobStartDate"}


@pytest.mark.parametrize(
    ("employment", "percentage", "kinds"),
    [
        ("permanent", 100, ["FULL_TIME"]),
        ("permanent", 99, ["PART_TIME"]),
        ("substitute", 100, ["FULL_TIME", "TEMPORARY"]),
        ("apprentice", 50, ["PART_TIME", "INTERN"]),
    ],
)
def test_extent_and_employment_are_googles_kinds(client, wordings, employment, percentage, kinds):
    page = factories.make_vacancy(employment_type=employment, percentage=percentage)
    assert posting(client, page)["employmentType"] == kinds


def test_no_sign_in_a_title_ends_the_block(client, wordings):
    title = 'Smed </script><script>alert(1)</script> & "sønn" <!--'
    page = factories.make_vacancy(title=title)
    text = client.get(page.url).text
    assert "<script>alert" not in text
    (found,) = postings(text)
    assert found["title"] == title


def test_it_stands_on_the_single_page_only_and_is_gone_after_the_act(client, vacancy):
    assert posting(client, vacancy)["title"] == vacancy.title
    assert postings(client.get(vacancy.get_parent().url).text) == []
    actions.close_vacancy(Hiring.objects.of(vacancy), by=None)
    assert postings(client.get(vacancy.url).text) == []


def test_one_to_come_and_one_that_has_closed_have_none(client, wordings):
    now = timezone.now()
    coming = factories.make_vacancy(opens_at=now + timedelta(days=1))
    gone = factories.make_vacancy(opens_at=now - timedelta(days=9), closes_at=now - timedelta(minutes=1))
    assert postings(client.get(coming.url).text) == postings(client.get(gone.url).text) == []


def test_a_draft_is_previewed_as_it_will_be_and_has_no_mark_up(client, vacancy):
    vacancy.unpublish()
    factories.sign_in(client, factories.make_staff(actions.HR))
    vacancy.save_revision()
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[vacancy.pk]))
    assert answer.status_code == 200
    assert f"{vacancy.url}apply/" in answer.text and postings(answer.text) == []


def test_a_page_that_was_never_saved_is_previewed(client, wordings):
    index = factories.make_index()
    factories.sign_in(client, factories.make_staff(actions.HR))
    address = reverse("wagtailadmin_pages:preview_on_add", args=["careers", "vacancypage", index.pk])
    now = timezone.localtime()
    typed = {
        "title": "Smed",
        "slug": "smed",
        "reference": "2026-99",
        "lead": "Du former stål.",
        "body": '{"entityMap": {}, "blocks": []}',
        "occupation": "7233",
        "employment_type": "permanent",
        "percentage": "100",
        "positions": "1",
        "sector": "private",
        "town": "Moss",
        "country": "NO",
        "contact_role": "Verksmester",
        "contact_phone": "+47 20 00 00 00",
        "further_contacts-count": "0",
        "opens_at": f"{now - timedelta(days=1):%Y-%m-%d %H:%M}",
        "closes_at": f"{now + timedelta(days=9):%Y-%m-%d %H:%M}",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert client.post(address, typed).json()["is_valid"] is True
    answer = client.get(address, {"mode": ""})
    assert answer.status_code == 200
    assert "Du former stål." in answer.text and "Verksmester" in answer.text
