"""Both feeds: the same facts as the page, valid for their readers, without a vacancy as soon as it has closed (L41)."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers import actions
from careers.models import Hiring
from tests.careers import factories

KINDS = {"rss": "application/rss+xml; charset=utf-8", "json": "application/json; charset=utf-8"}


def feed_url(page, name):
    return f"{page.get_parent().url}{name}/"


def read_rss(client, page):
    answer = client.get(feed_url(page, "rss"))
    # Not «bozo»: well-formed for a reader that forgives nothing.
    found = feedparser.parse(answer.content)
    assert not found.bozo and found.version == "rss20"
    return found


def titles(client, page):
    return (
        [entry.title for entry in read_rss(client, page).entries],
        [each["title"] for each in client.get(feed_url(page, "json")).json()["content"]],
    )


def test_a_reader_reads_the_rss(client, wordings):
    page = factories.make_vacancy(
        title="Sveiser & smed <nå>",
        opens_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        body='<p>Se <a href="/nb/">oss</a></p>',
    )
    found = read_rss(client, page)
    assert found.feed.language == "nb" and found.feed.link == page.get_parent().full_url
    (entry,) = found.entries
    assert (entry.title, entry.link, entry.id) == ("Sveiser & smed <nå>", page.full_url, page.full_url)
    assert entry.published_parsed[:5] == (2026, 10, 25, 0, 30)
    assert page.lead in entry.description and 'href="http' in entry.description
    assert [tag.term for tag in entry.tags] == ["Servicetekniker, industrimekaniker", "fast"]


def test_job_boards_get_the_shape_of_nav(client, wordings):
    page = factories.make_vacancy(
        street="Dysekaien 12",
        postal_code="5035",
        town="Bergen",
        municipality="Bergen",
        employment_type="substitute",
        percentage=60,
        start_words="Snarest",
        contact_email="service@cn.example",
        closes_at=datetime(2036, 3, 28, 21, 59, tzinfo=UTC),
    )
    body = client.get(feed_url(page, "json")).json()
    (ad,) = body["content"]
    assert (body["totalElements"], body["first"], body["last"]) == (1, True, True)
    assert ad["uuid"] == str(page.translation_key) and ad["reference"] == page.reference
    assert ad["expires"] == ad["applicationDue"] == "2036-03-28T22:59:00+01:00"
    assert ad["workLocations"] == [
        {
            "country": "NORGE",
            "address": "Dysekaien 12",
            "city": "Bergen",
            "postalCode": "5035",
            "municipal": "BERGEN",
        }
    ]
    assert ad["categoryList"][0] == {
        "categoryType": "STYRK08",
        "code": "7233",
        "name": "Servicetekniker, industrimekaniker",
    }
    assert (ad["engagementtype"], ad["extent"], ad["sector"], ad["starttime"]) == (
        "Vikariat",
        "Deltid",
        "Privat",
        "Snarest",
    )
    assert ad["positioncount"] == "1" and ad["applicationUrl"] == f"{page.full_url}apply/"
    assert ad["contactList"] == [{"role": "Serviceleder", "phone": "+47 99 99 99 99", "email": "service@cn.example"}]
    assert ad["applicationEmail"] == "privacy@cn.example"


def test_the_words_of_another_language_and_the_same_facts(client, wordings):
    page = factories.make_vacancy("en", starts_on=datetime(2036, 5, 2, tzinfo=UTC).date())
    (ad,) = client.get(feed_url(page, "json")).json()["content"]
    assert ad["language"] == "en" and ad["engagementtype"] == "Fast" and ad["starttime"] == "2036-05-02"
    assert ad["categoryList"][0]["name"] == "Service technician, industrial mechanic"
    assert read_rss(client, page).feed.language == "en"


def test_only_what_is_open_now_stands_in_them(client, vacancy):
    now = timezone.now()
    factories.make_vacancy(title="Kommer", opens_at=now + timedelta(days=1))
    factories.make_vacancy(title="Stengt", opens_at=now - timedelta(days=9), closes_at=now - timedelta(minutes=1))
    factories.make_vacancy("en", title="English")
    factories.make_vacancy(title="Kladd").unpublish()
    assert titles(client, vacancy) == ([vacancy.title], [vacancy.title])


def test_the_closing_act_takes_it_out_of_both_and_leaves_its_neighbour(client, vacancy):
    other = factories.make_vacancy(closes_at=vacancy.closes_at + timedelta(days=1))
    assert titles(client, vacancy) == ([vacancy.title, other.title],) * 2
    actions.close_vacancy(Hiring.objects.of(vacancy), by=None)
    assert titles(client, vacancy) == ([other.title],) * 2


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_reader_that_has_the_newest_is_told_so_and_one_that_has_not_gets_it(client, vacancy, name):
    address = feed_url(vacancy, name)
    first = client.get(address)
    assert first.status_code == 200 and first["Content-Type"] == KINDS[name]
    assert first["Cache-Control"] == "no-cache" and "Last-Modified" in first
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    actions.close_vacancy(Hiring.objects.of(vacancy), by=None)
    later = client.get(address, headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]})
    assert later.status_code == 200 and later["ETag"] != first["ETag"]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_an_empty_feed_is_a_feed_and_is_only_read(client, db, name):
    index = factories.make_index()
    assert client.get(f"{index.url}{name}/").status_code == 200
    assert client.head(f"{index.url}{name}/").status_code == 200
    assert client.put(f"{index.url}{name}/").status_code == 405
    assert feedparser.parse(client.get(f"{index.url}rss/").content).entries == []


def test_what_no_xml_may_hold_is_left_out(client, wordings):
    page = factories.make_vacancy(title="Smed\x0b på verft", lead="Lin\x01je\x1f")
    (entry,) = read_rss(client, page).entries
    assert entry.title == "Smed på verft" and "Linje" in entry.description


def test_pages_name_their_feeds(client, vacancy):
    index = vacancy.get_parent()
    for page in (vacancy, index):
        text = client.get(page.url).text
        assert f'type="application/rss+xml" title="Ledige stillinger" href="{index.full_url}rss/"' in text
        assert f'type="application/json" title="Ledige stillinger" href="{index.full_url}json/"' in text


@pytest.mark.parametrize("name", sorted(KINDS))
def test_ten_vacancies_cost_as_many_queries_as_one(client, vacancy, name):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(feed_url(vacancy, name)).status_code == 200
        return len(seen)

    count()
    one = count()
    for _number in range(9):
        Hiring.objects.of(factories.make_vacancy())
    assert count() == one
