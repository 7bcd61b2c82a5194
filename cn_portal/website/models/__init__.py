"""Pages and settings of the public site. No page holds a person: what visitors write goes to the customer records."""

from cn_portal.website.models.contact import ContactPage
from cn_portal.website.models.controller import ControllerSettings
from cn_portal.website.models.home import HomePage
from cn_portal.website.models.news import NewsIndexPage, NewsPage
from cn_portal.website.models.privacy import CookiePage, NoticePage
from cn_portal.website.models.products import ProductIndexPage, ProductPage
from cn_portal.website.models.standard import StandardPage

__all__ = [
    "ContactPage",
    "ControllerSettings",
    "CookiePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NoticePage",
    "ProductIndexPage",
    "ProductPage",
    "StandardPage",
]
