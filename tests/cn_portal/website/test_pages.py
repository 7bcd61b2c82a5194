import re

import pytest

from cn_portal.website.models import HomePage, NewsPage

NOTICE = {"nb": "/nb/personvern/", "en": "/en/privacy/"}
EVERYWHERE = {
    "nb": ("/nb/personvern/", "/nb/informasjonskapsler/", "/nb/kontakt/", "/my-data/", "https://www.datatilsynet.no/"),
    "en": ("/en/privacy/", "/en/cookies/", "/en/contact/", "/my-data/", "https://www.datatilsynet.no/"),
}
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)
INLINE_EVENT = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
LOADED = re.compile(r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*?\b(?:src|href|srcset)=\"([^\"]+)\"")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_each_page_answers_in_its_language_and_carries_the_footer(client, site, language):
    for kind, address in site[language].items():
        response = client.get(address)
        html = response.content.decode()
        assert response.status_code == 200, kind
        assert f'<html lang="{language}">' in html, kind
        assert html.count("<h1") == 1, kind
        footer = html[html.index("<footer") :]
        for link in EVERYWHERE[language]:
            assert f'href="{link}"' in footer, (kind, link)
        assert "Postboks 458 Sentrum, 0105 Oslo" in footer
        assert "Clemco Norge AS, Postbox 104 Tveita, 0617 Oslo" in footer


def test_pages_name_the_same_page_in_the_other_language(client, site):
    html = client.get(site["nb"]["product"]).content.decode()
    assert f'<a href="{site["en"]["product"]}" hreflang="en" lang="en">English</a>' in html
    assert re.search(rf'<link rel="alternate" hreflang="en" href="[^"]*{site["en"]["product"]}">', html)


def test_no_page_holds_inline_script_or_style(client, site):
    assert INLINE_SCRIPT.search("<script>x</script>") and INLINE_EVENT.search('<a onclick="x">')
    for address in (*site["nb"].values(), *site["en"].values(), "/nb/nowhere/"):
        html = client.get(address).content.decode()
        assert not INLINE_SCRIPT.search(html), address
        assert not INLINE_EVENT.search(html), address
        assert "<style" not in html and "style=" not in html, address


def test_everything_a_page_loads_is_ours(client, site):
    for address in (*site["nb"].values(), *site["en"].values()):
        loaded = LOADED.findall(client.get(address).content.decode())
        ours = [each for each in loaded if each.startswith(("/static/", "/media/"))]
        assert "/static/css/site.css" in ours and "/static/js/site.js" in ours
        others = {each for each in loaded if each not in ours}
        # The rest are <link>s that name this site's own pages to search engines; they are not loaded.
        assert all(re.match(r"https?://(localhost|testserver)(:\d+)?/", each) for each in others), (address, others)


def test_the_root_goes_to_the_visitors_language(client, site):
    assert client.get("/", headers={"accept-language": "en-GB,en"}).url == "/en/"
    assert client.get("/", headers={"accept-language": "nb"}).url == "/nb/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/nb/"


def test_content_pages_set_no_cookie(client, site):
    for kind, address in site["nb"].items():
        client.cookies.clear()
        names = set(client.get(address).cookies)
        assert names == ({"csrf"} if kind == "contact" else set()), kind


def test_the_front_page_shows_products_and_the_three_latest_news(client, site):
    extra = NewsPage.objects.get(slug="mal-saltet")
    older = NewsPage(title="Eldst", slug="eldst", lead="Gammelt", published_on="2020-01-01", locale=extra.locale)
    extra.get_parent().add_child(instance=older)
    html = client.get("/nb/").content.decode()
    assert html.count('class="card tile"') == 6 + 3
    assert html.index("Nå ser du alt") < html.index("Kurs i blåsing") < html.index("Mål saltet")
    assert "Eldst" not in html
    assert "Eldst" in client.get("/nb/aktuelt/").content.decode()


def test_news_are_shown_ten_at_a_time(client, site):
    parent = NewsPage.objects.get(slug="mal-saltet").get_parent()
    for number in range(10):
        parent.add_child(instance=NewsPage(title=f"Sak {number}", slug=f"sak-{number}", published_on="2019-01-01"))
    first, second = (client.get(f"/nb/aktuelt/?page={page}").content.decode() for page in (1, 2))
    assert first.count("<h2><a") == 10 and 'rel="next"' in first and 'rel="prev"' not in first
    assert second.count("<h2><a") == 3 and 'rel="prev"' in second and 'rel="next"' not in second


def test_an_unpublished_page_leaves_the_menu_and_answers_404(client, site):
    page = HomePage.objects.get(slug="hjem").get_children().get(slug="service")
    assert 'href="/nb/service/"' in client.get("/nb/").content.decode()
    page.unpublish()
    assert 'href="/nb/service/"' not in client.get("/nb/").content.decode()
    assert client.get("/nb/service/").status_code == 404


def test_the_site_map_names_pages_of_both_languages(client, site):
    body = client.get("/sitemap.xml").content.decode()
    for address in (*site["nb"].values(), *site["en"].values()):
        assert len(re.findall(f"<loc>[^<]*{address}</loc>", body)) == 1, address
