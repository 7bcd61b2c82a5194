"""The public pages: what is open, what is closed, what search engines are told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.models import VacancyPage
from tests.careers import factories


def test_open_is_from_the_opening_to_the_closing():
    start = timezone.now()
    page = VacancyPage(live=True, opens_at=start, closes_at=start + timedelta(days=1))
    second = timedelta(seconds=1)
    assert [page.is_open(moment) for moment in (start - second, start, page.closes_at - second, page.closes_at)] == [
        False,
        True,
        True,
        False,
    ]
    assert not page.has_closed(page.closes_at - second) and page.has_closed(page.closes_at)
    page.live = False
    assert not page.is_open(start)


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
    html = client.get(page.url).content.decode()
    assert f"{page.url}apply/" not in html and "noindex" in html
    assert page.get_sitemap_urls() == []


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
