import pytest
from wagtail.signal_handlers import disable_reference_index_auto_update

from cn_portal.demo.website_content import build_site

PAGES = {
    "nb": {
        "home": "/nb/",
        "products": "/nb/produkter/",
        "product": "/nb/produkter/blaseapparater/",
        "service": "/nb/service/",
        "about": "/nb/om-oss/",
        "news": "/nb/aktuelt/",
        "item": "/nb/aktuelt/mal-saltet/",
        "contact": "/nb/kontakt/",
        "notice": "/nb/personvern/",
        "cookies": "/nb/informasjonskapsler/",
    },
    "en": {
        "home": "/en/",
        "products": "/en/products/",
        "product": "/en/products/blast-machines/",
        "service": "/en/service/",
        "about": "/en/about/",
        "news": "/en/news/",
        "item": "/en/news/measure-the-salt/",
        "contact": "/en/contact/",
        "notice": "/en/privacy/",
        "cookies": "/en/cookies/",
    },
}


@pytest.fixture
def site(db, settings):
    """The demonstration company's website; addresses by language and kind of page.

    Wagtail's indexes of words and links are left out: they take most of the time and no page is made from them.
    """
    backend = settings.WAGTAILSEARCH_BACKENDS["default"] | {"AUTO_UPDATE": False}
    settings.WAGTAILSEARCH_BACKENDS = {"default": backend}
    with disable_reference_index_auto_update():
        build_site()
    return PAGES
