import pytest
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from cn_portal.demo.website_content import build_site
from cn_portal.demo.website_texts import TEXTS
from cn_portal.website.models import ControllerSettings, HomePage


def test_both_languages_are_built_once(db):
    first = build_site()
    assert first == {"pages_made": 34, "pages": 34}
    before = list(Page.objects.order_by("pk").values("pk", "path", "title", "latest_revision_created_at"))
    assert build_site() == {"pages_made": 0, "pages": 34}
    assert list(Page.objects.order_by("pk").values("pk", "path", "title", "latest_revision_created_at")) == before
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="nb")
    assert ControllerSettings.objects.count() == 1


def test_every_page_has_its_translation(db):
    build_site()
    nb, en = (Locale.objects.get(language_code=code) for code in ("nb", "en"))
    pages = Page.objects.filter(depth__gt=1, locale=nb)
    assert pages.count() == 17
    assert all(page.has_translation(en) for page in pages)


def test_texts_of_both_languages_go_together():
    shapes = [
        [(p.key, p.kind, p.parent, p.in_menu, [b[0] for b in p.body], len(p.specs)) for p in TEXTS[code]]
        for code in ("nb", "en")
    ]
    assert shapes[0] == shapes[1]


def test_what_an_editor_changed_is_left_alone(db):
    build_site()
    HomePage.objects.filter(slug="hjem").update(headline="Vår egen overskrift")
    build_site()
    assert HomePage.objects.get(slug="hjem").headline == "Vår egen overskrift"


def test_a_deleted_page_comes_back_in_its_place(db):
    build_site()
    Page.objects.get(slug="blaseapparater").delete()
    assert build_site() == {"pages_made": 1, "pages": 34}
    assert Page.objects.get(slug="blaseapparater").get_parent().slug == "produkter"


# Wagtail leaves the temporary file of a scaled picture to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("images", "count"), [(False, 0), (True, 1)])
def test_a_picture_is_drawn_only_when_asked_for(db, client, images, count):
    build_site(images=images)
    build_site(images=images)
    assert get_image_model().objects.count() == count
    html = client.get("/nb/aktuelt/mal-saltet/").content.decode()
    assert html.count("Tverrsnitt av blåst stål") == count
