"""Every address of the site. Pages of the website come last, because Wagtail answers whatever is left."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cn_portal import addresses, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", addresses.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", addresses.security_contact, name="security-contact"),
    path("", include("cn_portal.website.urls")),
    path("media/<path:name>", addresses.picture, name="picture"),
    path("account/", include("cn_portal.accounts.urls")),
    path("applications/", include("careers.screens.urls")),
    path("", include("privacy.screens.urls")),
    # Wagtail's own sign-in would go round the second factor.
    path("admin/login/", RedirectView.as_view(url=settings.WAGTAILADMIN_LOGIN_URL, query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.DEMO:
    urlpatterns.append(path("demo/mailbox/", include("cn_portal.mailbox_pages")))
urlpatterns += i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=True)
