import pytest
from django.conf import settings
from django.utils.translation import override

from cn_portal.website.cookies import DAY, HOUR, cookies, lasts

GOOD = {"name": "Åse Prøve", "email": "ase@kunde.example", "message": "Hei på dere", "phone": "", "homepage": ""}


def test_the_page_lists_each_cookie_by_its_real_name(client, site):
    html = client.get("/nb/informasjonskapsler/").content.decode()
    assert [html.count(f"<code>{cookie.name}</code>") for cookie in cookies()] == [1, 1, 1, 1, 1]


def test_a_walk_through_the_site_sets_only_cookies_of_the_table(client, site):
    found = set()
    for language in site.values():
        for address in language.values():
            found |= set(client.get(address).cookies)
    found |= set(client.post("/nb/kontakt/", GOOD).cookies)
    found |= set(client.post("/language/", {"language": "en"}).cookies)
    found |= set(client.get(settings.LOGIN_URL).cookies)
    found |= set(client.post("/privacy/request/", {"right": "access", "email": "ase@kunde.example"}).cookies)
    assert {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "request-proof"} <= found
    assert found <= {cookie.name for cookie in cookies()}


@pytest.mark.parametrize(
    ("seconds", "nb", "en"),
    [
        (None, "Til du lukker nettleseren", "Until you close the browser"),
        (60, "1 minutt", "1 minute"),
        (HOUR - 1, "59 minutter", "59 minutes"),
        (HOUR, "1 time", "1 hour"),
        (2 * DAY - 1, "47 timer", "47 hours"),
        (2 * DAY, "2 dager", "2 days"),
        (364 * DAY, "364 dager", "364 days"),
    ],
)
def test_durations_are_words(seconds, nb, en):
    with override("nb"):
        assert lasts(seconds) == nb
    with override("en"):
        assert lasts(seconds) == en


def test_a_session_that_ends_with_the_browser_says_so(settings):
    def session():
        return next(cookie for cookie in cookies() if cookie.name == settings.SESSION_COOKIE_NAME)

    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = False
    assert session().seconds == settings.SESSION_COOKIE_AGE
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    assert session().seconds is None
