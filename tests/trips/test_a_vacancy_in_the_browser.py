"""A vacancy in Chromium, on a phone: read, shut by the one act, and gone from where one looks for jobs."""

import json

import pytest

from careers import actions
from careers.models import Hiring
from tests.trips.screen import PHONE, Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_a_vacancy_is_read_and_then_closed(live_server, settings, site, new_context):
    settings.BASE_URL = live_server.url
    screen = Screen(new_context(viewport=PHONE).new_page(), live_server.url)
    screen.go("/nb/").menu("Jobb hos oss").follow("Selger, Vestlandet")
    assert screen.reads("deltid, 80 %", "Dysekaien 12, 5035 Bergen, Norge", "jobb@cn.example", "Hva som skjer etterpå")
    # The policy of the house refuses inline scripts; a data block is none, and nobody complains of it.
    block = screen.page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(block)["title"] == "Selger, Vestlandet"
    screen.page.get_by_role("link", name="Slik søker du").click()
    assert screen.page.get_by_role("link", name="Søk", exact=True).is_visible()

    sales = site["sales"]["nb"]
    for pages in site.values():
        actions.close_vacancy(Hiring.objects.of(pages["nb"]), by=None)
    screen.go(sales.url)
    assert screen.reads("Denne stillingen er stengt", "Du kjenner verft og verksteder fra innsiden")
    assert screen.page.locator('script[type="application/ld+json"]').count() == 0
    assert screen.page.get_by_role("link", name="Søk", exact=True).count() == 0
    screen.go(sales.get_parent().url)
    assert screen.reads("Ingen ledige stillinger") and not screen.reads("Selger, Vestlandet")
