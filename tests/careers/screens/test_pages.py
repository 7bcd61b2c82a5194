"""The public pages: what is open, what is closed, what search engines are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import actions
from careers.models import Hiring, VacancyPage
from careers.rules.adverts import end_of
from tests.careers import factories


def test_the_list_shows_open_vacancies_of_its_language(client, wordings):
    now = timezone.now()
    shown = factories.make_vacancy(title="Åpen stilling")
    factories.make_vacancy(title="Stengt", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    factories.make_vacancy(title="Kommer", opens_at=now + timedelta(days=1))
    factories.make_vacancy("en", title="English position")
    html = client.get(shown.get_parent().url).content.decode()
    assert "Åpen stilling" in html
    assert not any(title in html for title in ("Stengt", "Kommer", "English position"))


def test_an_empty_list_says_so(client, db):
    assert "<h1>Karriere</h1>" in client.get(factories.make_index().url).content.decode()


def test_an_open_vacancy_leads_to_the_form(client, vacancy):
    html = client.get(vacancy.url).content.decode()
    assert f"{vacancy.url}apply/" in html and "noindex" not in html and "99 99 99 99" in html


@pytest.mark.parametrize(("opens", "closes"), [(-5, -1), (1, 5)])
def test_one_that_is_not_open_has_no_form_and_is_not_indexed(client, wordings, opens, closes):
    now = timezone.now()
    page = factories.make_vacancy(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))
    answer = client.get(page.url)
    html = answer.content.decode()
    assert answer.status_code == (410 if closes < 0 else 200)
    assert f"{page.url}apply/" not in html and "noindex" in html and "JobPosting" not in html
    assert page.get_sitemap_urls() == []


def test_the_closing_act_shuts_page_form_list_and_site_map_at_once(client, vacancy, rf):
    list_url = vacancy.get_parent().url
    assert client.get(vacancy.url).status_code == client.get(f"{vacancy.url}apply/").status_code == 200
    assert vacancy.title in client.get(list_url).text
    actions.close_vacancy(Hiring.objects.of(vacancy), by=None)
    page = client.get(vacancy.url)
    assert page.status_code == 410 and "noindex" in page.text and "JobPosting" not in page.text
    # Those who applied can still read what they applied for.
    assert "Vi søker deg som liker verktøy." in page.text
    assert client.get(f"{vacancy.url}apply/").status_code == 410
    assert vacancy.title not in client.get(list_url).text
    assert vacancy.get_sitemap_urls(rf.get("/")) == []


def test_the_day_the_clock_goes_back_has_its_own_last_minute(client, vacancy):
    shuts = datetime(2026, 10, 25, 22, 59, tzinfo=UTC)
    type(vacancy).objects.filter(pk=vacancy.pk).update(
        opens_at=shuts - timedelta(days=9), closes_at=end_of(date(2026, 10, 25))
    )
    with time_machine.travel(shuts - timedelta(seconds=1), tick=False):
        html = client.get(vacancy.url).text
        assert f"{vacancy.url}apply/" in html and "søndag 25. oktober 2026 kl. 23:59" in html
    with time_machine.travel(shuts, tick=False):
        assert client.get(vacancy.url).status_code == 410


def test_the_facts_stand_as_rows_with_the_deadline_in_words(client, wordings):
    page = factories.make_vacancy(
        street="Dysekaien 12",
        postal_code="5035",
        town="Bergen",
        municipality="Alver",
        percentage=60,
        positions=2,
        start_words="Snarest",
        contact_email="service@cn.example",
        further_contacts=[("contact", {"role": "Verksted", "phone": "", "email": "verksted@cn.example"})],
        apply_by_email="jobb@cn.example",
        apply_by_post="Postboks 9, 5035 Bergen",
        closes_at=datetime(2027, 1, 8, 22, 59, tzinfo=UTC),
    )
    html = client.get(page.url).text
    for words in (
        "Dysekaien 12, 5035 Bergen, Alver, Norge",
        "deltid, 60 %",
        "Servicetekniker, industrimekaniker",
        "fredag 8. januar 2027 kl. 23:59",
        "Snarest",
        "Serviceleder",
        "verksted@cn.example",
        "jobb@cn.example",
        "Postboks 9, 5035 Bergen",
        page.reference,
    ):
        assert words in html, words


def test_the_company_is_where_one_applies_when_the_page_names_nobody_else(client, vacancy):
    assert "privacy@cn.example" in client.get(vacancy.url).text


def test_a_page_is_read_without_signing_in_and_leaves_no_session(client, vacancy):
    for address in (vacancy.url, vacancy.get_parent().url):
        answer = client.get(address)
        assert answer.status_code == 200 and "session" not in answer.cookies


def test_the_sitemap_names_open_ones(vacancy, rf):
    assert vacancy.get_sitemap_urls(rf.get("/"))


def test_an_unpublished_vacancy_takes_nothing(client, vacancy):
    assert client.get(f"{vacancy.url}apply/").status_code == 200
    vacancy.unpublish()
    assert client.get(f"{vacancy.url}apply/").status_code == 404


def test_a_reference_is_one_vacancy_in_all_languages(vacancy):
    factories.make_vacancy("en", reference=vacancy.reference, translation_key=vacancy.translation_key)
    with pytest.raises(ValidationError):
        factories.make_vacancy(reference=vacancy.reference).full_clean()


@pytest.mark.parametrize("changed", [{"closes_at": timezone.now() - timedelta(days=99)}, {"positions": 0}])
def test_the_database_refuses_nonsense(vacancy, changed):
    with pytest.raises(IntegrityError), transaction.atomic():
        VacancyPage.objects.filter(pk=vacancy.pk).update(**changed)
