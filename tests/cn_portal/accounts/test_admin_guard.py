"""Nothing below /admin/ without a second factor shown in this session (T06, N63)."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import get_resolver

from cn_portal.accounts import actions
from cn_portal.accounts.models import TotpDevice, User

from .conftest import is_signed_in, token_of, type_password


def admin_addresses():
    """One address for every pattern below /admin/, with made-up values for its parts."""

    def walk(patterns, prefix):
        for entry in patterns:
            path = prefix + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                yield from walk(entry.url_patterns, path)
            else:
                yield path

    for path in walk(get_resolver().url_patterns, ""):
        if path.startswith("admin/"):
            plain = re.sub(r"<[^>]*>|\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", path)
            yield "/" + plain.replace("^", "").replace("$", "").replace("\\", "").replace("?", "")


@pytest.fixture
def manager(seller):
    """Somebody who could do everything, had they shown a second factor."""
    User.objects.filter(pk=seller.pk).update(is_superuser=True)
    seller.refresh_from_db()
    return seller


def test_every_admin_address_refuses_a_password_alone(manager, app_of, open_browser):
    app_of(manager)
    client = open_browser()
    client.force_login(manager, backend="cn_portal.accounts.backends.PasswordBackend")
    addresses = sorted(set(admin_addresses()))
    assert len(addresses) > 150 and "/admin/password_reset/" in addresses
    for address in addresses:
        for method in (client.get, client.post):
            response = method(address)
            wanted = "/account/sign-out/" if address == "/admin/logout/" and method == client.post else None
            assert response.status_code in (302, 307), address
            assert response["Location"].startswith(wanted or "/account/second-factor/?next="), address


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin", "/admin/pages/", "/admin/no-such-page/", "/admin/password_reset/"]
)
def test_a_stranger_is_led_to_our_sign_in(open_browser, db, address):
    response = open_browser().get(address)
    assert response.status_code == 302 and response["Location"].startswith("/account/sign-in/?next=")


def test_wagtails_own_sign_in_does_not_sign_in(manager, open_browser):
    client = open_browser()
    response = client.post("/admin/login/", {"username": manager.email, "password": "en lang setning om sandblåsing"})
    assert response["Location"].startswith("/account/sign-in/")
    assert not is_signed_in(client)


def test_a_customer_is_refused(kari, verified):
    client = verified(kari)
    assert is_signed_in(client)
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/pages/").status_code == 403


def test_a_person_given_admin_access_by_a_group_needs_the_factor_too(kari, app_of, open_browser):
    kari.user_permissions.add(Permission.objects.get(codename="access_admin"))
    app_of(kari)
    client = open_browser()
    client.force_login(kari, backend="cn_portal.accounts.backends.PasswordBackend")
    assert client.get("/admin/")["Location"] == "/account/second-factor/?next=%2Fadmin%2F"


def test_with_the_second_factor_the_page_answers(manager, verified):
    client = verified(manager)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/")["Location"] == "/admin/"
    assert client.get("/admin/password_reset/")["Location"] == "/admin/"


def test_staff_without_an_app_are_led_to_setting_one_up(manager, open_browser):
    client = open_browser()
    assert type_password(client, manager.email)["Location"] == "/admin/"
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/second-factor/set-up/")
    assert response.status_code == 200


def test_the_whole_first_day_of_a_colleague(manager, open_browser):
    client = open_browser()
    type_password(client, manager.email)
    page = client.get("/account/second-factor/set-up/").content.decode()
    assert 'role="img"' not in page and TotpDevice.objects.count() == 0
    page = client.post("/account/second-factor/set-up/", {"start": "1"}).content.decode()
    assert 'role="img"' in page and "style=" not in page.split("<main")[1].split("</main")[0]
    waiting = TotpDevice.objects.get()
    assert client.post("/account/second-factor/set-up/", {"token": ""}).status_code == 200
    before = client.session.session_key
    page = client.post("/account/second-factor/set-up/", {"token": token_of(waiting)}).content.decode()
    assert page.count("<li>") >= 10 and client.session.session_key != before
    assert client.get("/admin/").status_code == 200


def test_a_wrong_first_code_switches_nothing_on(manager, open_browser):
    client = open_browser()
    type_password(client, manager.email)
    client.post("/account/second-factor/set-up/", {"start": "1"})
    page = client.post("/account/second-factor/set-up/", {"token": "abc"})
    assert "error-summary" in page.content.decode()
    assert not TotpDevice.objects.get().confirmed


def test_a_request_for_data_is_refused_as_data(manager, open_browser):
    client = open_browser()
    for headers in ({"HTTP_ACCEPT": "application/json"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}):
        response = client.get("/admin/pages/", **headers)
        assert response.status_code == 403 and response["Content-Type"] == "application/json"
    assert client.get("/admin/pages/", HTTP_ACCEPT="text/html,application/json").status_code == 302


def test_sign_out_from_the_staff_pages_is_ours(manager, verified):
    client = verified(manager)
    response = client.post("/admin/logout/", follow=True)
    assert response.redirect_chain[0] == ("/account/sign-out/", 307)
    assert not is_signed_in(client)


def test_a_filled_form_is_not_carried_over(db, open_browser):
    response = open_browser().post("/admin/pages/?x=1", {"a": "b"})
    assert response["Location"] == "/account/sign-in/?next=%2Fadmin%2Fpages%2F"


@pytest.mark.parametrize("change", ["factor", "staff", "active"])
def test_what_is_taken_away_counts_from_the_next_request_on(manager, verified, change):
    client = verified(manager)
    assert client.get("/admin/").status_code == 200
    if change == "factor":
        TotpDevice.objects.filter(user=manager).delete()
    elif change == "staff":
        User.objects.filter(pk=manager.pk).update(is_staff=False, is_superuser=False)
    else:
        actions.change_staff(manager, changes={"is_active": False}, by=None)
    assert client.get("/admin/").status_code in (302, 403)


def test_the_rest_of_the_site_is_left_alone(db, open_browser):
    response = open_browser().get("/administration/")
    assert "/account/" not in response.get("Location", "")
