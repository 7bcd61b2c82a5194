"""Every version at its own address for everybody; what differs; a feed; signing up and leaving (N64, N65, N67)."""

import hashlib
import xml.etree.ElementTree as ET
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from privacy import actions, queries
from privacy.models import NoticeFollower
from tests.privacy.noticing import day, night, significant, work, write_elsewhere

pytestmark = pytest.mark.django_db
OLD = "Huset\r\n  Vi lagrer  opplysninger <b> på.\r\n"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def versions(siv):
    """Version 1 from before in English, 2 and 3 of our own."""
    with day("2026-03-02"):
        actions.publish_first_notice()
    actions.import_notice(OLD.encode("cp1252"), published_on=date(2018, 7, 10), language="en")
    with day("2026-04-01"):
        write_elsewhere()
        actions.publish_notice(actions.draft_notice(by=siv), by=siv)


def html(address, client=None, status=200):
    response = (client or Client()).get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_each_version_stays_at_its_address_for_anybody_without_a_cookie(versions):
    for number, language in ((1, "en"), (2, "nb"), (2, "en"), (3, "nb"), (3, "en")):
        client = Client()
        page = html(f"/privacy/notice/{language}/{number}/", client)
        assert f'<html lang="{language}">' in page
        assert queries.text_of(_version(number), language).sha256 in page
        assert not client.cookies
    assert "privacy@cn.example" in html("/privacy/notice/nb/2/") and "Erstattet" in html("/privacy/notice/nb/2/")
    assert "nytt@cn.example" in html("/privacy/notice/nb/3/") and "chip good" in html("/privacy/notice/nb/3/")


def test_a_version_that_was_told_says_that_it_does_not_apply_yet(versions, siv, per):
    with day("2026-05-02"):
        significant(siv, per)
        work()
        night()
        mark = "Does not apply yet"
        assert mark in html("/privacy/notice/en/4/") and mark not in html("/privacy/notice/en/3/")
    with day("2026-06-20"):
        assert mark not in html("/privacy/notice/en/4/")


def _version(number):
    from privacy.queries.notice_versions import published_version

    return published_version(number)


def test_the_version_from_before_is_shown_as_it_was_with_its_date_and_digest(versions):
    page = html("/privacy/notice/en/1/")
    assert "10 July 2018" in page and hashlib.sha256(OLD.encode("cp1252")).hexdigest() in page
    assert "Huset\r\n  Vi lagrer  opplysninger &lt;b&gt; på.\r\n" in page
    other = html("/privacy/notice/nb/1/")
    assert "finnes bare på engelsk" in other and '<pre class="notice-original" lang="en"' in other


def test_the_very_bytes_can_be_fetched_and_have_the_digest_that_is_shown(versions):
    file = Client().get("/privacy/notice/en/1/text")
    assert file.content == OLD.encode("cp1252") and file["Content-Type"] == "text/plain; charset=windows-1252"
    own = Client().get("/privacy/notice/nb/2/text")
    assert hashlib.sha256(own.content).hexdigest() == queries.text_of(_version(2), "nb").sha256
    assert own["Content-Disposition"] == 'attachment; filename="notice-2-nb.html"'
    html("/privacy/notice/nb/1/text", status=404)


def test_what_is_not_published_is_not_found(versions, siv):
    write_elsewhere("tredje@cn.example")
    actions.draft_notice(by=siv)
    for address in ("nb/4/", "nb/9/", "de/2/", "de/", "nb/2/9/", "nb/9/text", "de/feed.atom"):
        html(f"/privacy/notice/{address}", status=404)


def test_the_list_has_every_version_with_dates_newest_first_and_a_way_to_compare(versions):
    page = html("/privacy/notice/nb/")
    places = [page.index(f'href="/privacy/notice/nb/{number}/"') for number in (3, 2, 1)]
    assert places == sorted(places)
    assert "10. juli 2018" in page and "2. mars 2026" in page and "1. april 2026" in page
    assert "/privacy/notice/nb/2/3/" in page and "/privacy/notice/nb/1/2/" in page
    assert 'hreflang="en"' in page and "/privacy/notice/en/" in page


def test_before_the_first_version_the_list_says_so(db):
    assert "Ingen versjon er publisert ennå." in html("/privacy/notice/nb/")
    assert ET.fromstring(Client().get("/privacy/notice/nb/feed.atom").content).findall(f"{ATOM}entry") == []  # noqa: S314  our own feed


def test_what_differs_is_said_in_words_and_not_by_colour_alone(versions):
    page = html("/privacy/notice/en/2/3/")
    assert "<strong>Gone:</strong> <del>" in page and "<strong>New:</strong> <ins>" in page
    assert "privacy@cn.example" in page and "nytt@cn.example" in page
    assert "The two say the same." in html("/privacy/notice/en/3/3/")
    assert "ulike" in html("/privacy/notice/nb/1/2/") and "ulike" not in html("/privacy/notice/nb/2/3/")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_feed_is_atom_with_an_entry_for_each_version(versions, language):
    response = Client().get(f"/privacy/notice/{language}/feed.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)  # noqa: S314  our own feed
    assert feed.tag == f"{ATOM}feed"
    for part in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{part}") is not None, part
    selfs = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len(selfs) == 1 and selfs[0].endswith(f"/privacy/notice/{language}/feed.atom")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}updated")[:10] for entry in entries] == ["2026-04-01", "2026-03-02", "2018-07-10"]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    assert all(entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}summary") for entry in entries)


# Signing up


def send(client, address, **data):
    return client.post(f"/privacy/notice/{address}", data)


def test_from_the_form_over_the_code_to_a_follower_and_out_again(db):
    client = Client()
    assert "Slik" not in html("/privacy/notice/nb/follow/", client)
    answer = send(client, "nb/follow/", email="fia@gjest.example")
    known = send(Client(), "nb/follow/", email="fia@gjest.example")
    assert (answer.status_code, answer.url.rsplit("/", 2)[0]) == (302, known.url.rsplit("/", 2)[0])
    page = html(answer.url, client)
    assert "fia" not in page and "fia" not in answer.url
    work()
    code = mail.outbox[0].subject.split(" er ")[0]
    assert client.post(answer.url, {"code": "000 000" if code != "000 000" else "1"}).status_code == 422
    assert not NoticeFollower.objects.exists()
    done = client.post(answer.url, {"code": code})
    assert done.url == "/privacy/notice/nb/follow/done/" and "Du får vite om endringer" in html(done.url, client)
    follower = NoticeFollower.objects.get()
    leave = f"/privacy/notice/leave/{follower.pk}/"
    assert "Meld meg av" in html(leave) and NoticeFollower.objects.exists()
    assert "Du er meldt av" in Client().post(leave).content.decode()
    assert not NoticeFollower.objects.exists()
    assert Client().post(leave).status_code == Client().get(leave).status_code == 200
    assert Client().get(f"/privacy/notice/leave/{uuid4()}/").status_code == 200


def test_the_form_says_who_why_how_long_and_where_to_complain(db):
    page = html("/privacy/notice/en/follow/")
    for words in ("Clemco Norge AS", "GDPR Art 6(1)(f)", "Until you leave", "Postboks 458 Sentrum, 0105 Oslo"):
        assert words in page, words
    assert send(Client(), "en/follow/", email="no address").status_code == 422
    assert send(Client(), "en/follow/", email="").status_code == 422
    assert html(f"/privacy/notice/en/follow/{uuid4()}/")


def test_a_form_from_elsewhere_is_refused(db):
    client = Client(enforce_csrf_checks=True)
    assert send(client, "nb/follow/", email="fia@gjest.example").status_code == 403
    assert send(client, f"leave/{uuid4()}/").status_code == 403


@pytest.mark.parametrize("address", ["nb/", "nb/2/", "nb/feed.atom", "nb/follow/done/"])
def test_what_is_only_read_takes_no_post(versions, address):
    assert send(Client(), address).status_code == 405
