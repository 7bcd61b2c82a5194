from types import SimpleNamespace

from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.models import Page, Site

from cn_portal.website.frame import frame_for
from cn_portal.website.models import ControllerSettings, HomePage

MENU = ["Produkter", "Service", "Om oss", "Aktuelt", "Kontakt"]


def request_for(path="/my-data/"):
    return RequestFactory().get(path)


def test_an_empty_database_gives_an_empty_frame(db):
    Site.objects.all().delete()
    Page.objects.all().delete()
    with override("nb"):
        frame = frame_for(request_for())
        html = render_to_string("base.html", {}, request=request_for())
    assert (frame.menu, frame.privacy_links, frame.notice_url, frame.home_url) == ([], [], "", "/")
    assert "Clemco Norge AS, Postbox 104 Tveita, 0617 Oslo" in html
    assert "Datatilsynet" in html


def test_the_menu_is_in_tree_order_and_the_language_of_the_visitor(site):
    with override("nb"):
        frame = frame_for(request_for())
    assert [link.title for link in frame.menu] == MENU
    assert frame.home_url == "/nb/" and frame.notice_url == "/nb/personvern/"
    with override("en"):
        assert frame_for(request_for()).notice_url == "/en/privacy/"


def test_contact_stays_in_the_footer_when_it_leaves_the_menu(site):
    Page.objects.filter(slug="kontakt").update(show_in_menus=False)
    with override("nb"):
        frame = frame_for(request_for())
    assert [link.title for link in frame.menu] == MENU[:-1]
    assert [link.title for link in frame.company_links] == MENU


def test_the_current_page_and_its_section_are_marked(site):
    page = HomePage.objects.get(slug="hjem").get_descendants().get(slug="blaseapparater")
    with override("nb"):
        here = {link.title: link.current for link in frame_for(request_for(), page=page).menu}
        above = {link.title: link.current for link in frame_for(request_for(), page=page.get_parent()).menu}
    assert here["Produkter"] == "true" and above["Produkter"] == "page"
    assert here["Service"] == above["Service"] == ""


def test_the_frame_is_worked_out_once_and_in_four_queries(site, django_assert_num_queries):
    request = request_for()
    with override("nb"):
        # Wagtail keeps the addresses of its sites in the cache; the first visitor after a change fills it.
        frame_for(request_for())
        with django_assert_num_queries(4):
            assert frame_for(request) is frame_for(request)


def test_the_footer_finds_the_careers_page_by_its_kind(site):
    from careers.models import CareersIndexPage

    home = HomePage.objects.get(slug="hjem")
    with override("nb"):
        assert [link.title for link in frame_for(request_for()).company_links] == MENU
        home.add_child(instance=CareersIndexPage(title="Jobb hos oss", slug="jobb", locale=home.locale))
        links = frame_for(request_for()).company_links
    assert [(link.title, link.url) for link in links][-1] == ("Jobb hos oss", "/nb/jobb/")


def test_pages_outside_the_tree_offer_the_other_language_as_a_form(site):
    request = request_for("/my-data/")
    request.user = SimpleNamespace(is_authenticated=True)
    with override("nb"):
        html = render_to_string("base.html", {}, request=request)
    assert f'action="{frame_for(request).set_language_url}" method="post"' in html
    assert '<button type="submit" name="language" value="en" lang="en">English</button>' in html
    assert 'name="next" value="/my-data/"' in html


def test_choosing_a_language_sets_its_cookie_and_returns(client, db):
    response = client.post("/language/", {"language": "en", "next": "/my-data/"})
    assert response.url == "/my-data/"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.post("/language/", {"language": "en", "next": "https://evil.example/"}).url == "/"
    assert settings.LANGUAGE_COOKIE_NAME not in client.get("/language/?language=en").cookies


def test_the_controller_block_follows_the_settings_row(client, site):
    row = ControllerSettings.load()
    row.legal_name, row.represented_by_nb, row.email = "Nytt Navn AS", "styrelederen", "nytt@cn.example"
    row.save()
    html = client.get("/nb/kontakt/").content.decode()
    assert "Nytt Navn AS" in html and "styrelederen" in html and "nytt@cn.example" in html
    assert "Clemco Norge AS (CN)" not in html
