import pytest
from csp.middleware import CSPMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from cn_portal import middleware


def answer(request):
    return HttpResponse(request.META["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("count", "header", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, "", "198.51.100.1"),
        (1, " , ", "198.51.100.1"),
    ],
)
def test_only_trusted_proxies_are_believed(settings, count, header, address):
    settings.PROXY_COUNT = count
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=header)
    assert middleware.TrustedProxies(answer)(request).content.decode() == address
    assert middleware.client_address(request) == address


def test_every_answer_carries_the_house_headers():
    response = middleware.HouseHeaders(answer)(RequestFactory().get("/"))
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", middleware.PRIVATE_PREFIXES)
def test_private_pages_are_never_stored(path):
    request = RequestFactory().get(f"{path}x")
    request.user = AnonymousUser()
    assert middleware.PrivatePages(answer)(request)["Cache-Control"] == "private, no-store"


def test_a_public_page_for_a_stranger_may_be_stored():
    request = RequestFactory().get("/nb/")
    request.user = AnonymousUser()
    response = middleware.PrivatePages(answer)(request)
    assert "Cache-Control" not in response
    assert "Vary" not in response


@pytest.mark.parametrize(("signed_in", "stored"), [(True, False), (False, True)])
def test_a_public_page_for_somebody_signed_in_is_not_stored(settings, signed_in, stored):
    request = RequestFactory().get("/nb/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "abc"
    request.user = type("Somebody", (), {"is_authenticated": signed_in})()
    response = middleware.PrivatePages(answer)(request)
    assert ("no-store" not in response.get("Cache-Control", "")) is stored


def test_a_view_that_says_no_store_itself_keeps_its_own_words():
    def own(request):
        return HttpResponse(headers={"Cache-Control": "no-store, max-age=0"})

    assert middleware.PrivatePages(own)(RequestFactory().get("/my-data/"))["Cache-Control"] == "no-store, max-age=0"


def test_the_public_policy_allows_nothing_inline(client):
    policy = client.get("/robots.txt")["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.django_db
def test_the_editor_has_its_own_policy(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy


def test_no_content_type_is_guessed_and_no_window_is_shared(client):
    response = client.get("/robots.txt")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_an_address_without_a_language_leads_to_one_with_it(client):
    response = client.get("/", headers={"accept-language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/en/")
    assert client.get("/", headers={"accept-language": "nb"})["Location"] == "/nb/"
    assert client.get("/no-such-page/")["Location"] == "/nb/no-such-page/"


@pytest.mark.django_db
def test_not_found_in_one_of_our_views_is_not_found(client):
    response = client.get("/media/nothing.png", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize(("path", "ancestors"), [("/admin/pages/3/edit/preview/", "'self'"), ("/nb/", "'none'")])
def test_a_preview_may_be_framed_by_the_editor_and_a_public_page_by_nobody(path, ancestors):
    """A preview comes out of the public page's own middleware with the strict header already on it."""

    def public_page(request):
        return CSPMiddleware(lambda _request: HttpResponse())(request)

    outer = CSPMiddleware(middleware.AdminContentPolicy(public_page))
    policy = outer(RequestFactory().get(path))["Content-Security-Policy"]
    assert f"frame-ancestors {ancestors}" in policy
