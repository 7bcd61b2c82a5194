"""«Confirm that it is you»: five minutes, by password, app or mailed code (T13, L4)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cn_portal.accounts.models import SignInEvent, User

from .conftest import (
    PASSWORD,
    THERE,
    is_signed_in,
    last_code,
    mails,
    token_of,
    type_code,
    type_password,
)

GUARDED = "/account/security/password/"
BACK = "/account/confirm/?next=%2Faccount%2Fsecurity%2Fpassword%2F"


@pytest.fixture
def stale(kari, open_browser):
    """Signed in, but not confirmed."""
    client = open_browser()
    client.force_login(kari, backend="cn_portal.accounts.backends.PasswordBackend")
    return client


def confirm(client, way, **fields):
    return client.post("/account/confirm/", {"way": way, "next": GUARDED, **fields})


def test_an_open_session_alone_is_not_enough(stale):
    assert stale.get(GUARDED)["Location"] == BACK
    assert stale.post(GUARDED, {"password": "en helt ny setning"})["Location"] == BACK


def test_the_password_confirms_and_leads_back(stale, kari):
    before = stale.session.session_key
    assert confirm(stale, "password", password=PASSWORD)["Location"] == GUARDED
    assert stale.get(GUARDED).status_code == 200
    assert stale.session.session_key != before
    assert SignInEvent.objects.get(how="step_up").user == kari


def test_a_wrong_password_does_not(stale):
    assert confirm(stale, "password", password="wrong").status_code == 200
    assert confirm(stale, "password", password="").status_code == 200
    assert stale.get(GUARDED).status_code == 302
    assert SignInEvent.objects.filter(how="step_up", ok=False).count() == 1


def test_a_neighbours_password_does_not(stale, ola):
    User.objects.filter(pk=ola.pk).update(password="!")
    ola.set_password("olas egen lange setning")
    ola.save()
    assert confirm(stale, "password", password="olas egen lange setning").status_code == 200
    assert stale.get(GUARDED).status_code == 302


def test_guessing_is_locked(stale):
    answers = [confirm(stale, "password", password="wrong").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_the_app_confirms(kari, app_of, open_browser):
    device = app_of(kari)
    stale = open_browser()
    stale.force_login(kari, backend="cn_portal.accounts.backends.PasswordBackend")
    session = stale.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    assert confirm(stale, "app", token="000000x").status_code == 200
    device.refresh_from_db()
    device.clear_failures()
    assert confirm(stale, "app", token=token_of(device))["Location"] == GUARDED


def test_a_way_the_person_does_not_have_is_not_offered(stale, open_browser, db):
    assert 'name="token"' not in stale.get("/account/confirm/").content.decode()
    assert confirm(stale, "app", token="123456").status_code == 200
    per = User.objects.create_user("per@kunde.example")
    client = open_browser()
    client.force_login(per, backend="cn_portal.accounts.backends.EmailCodeBackend")
    page = client.get("/account/confirm/").content.decode()
    assert 'name="password"' not in page and 'name="code"' in page


def test_a_mailed_code_confirms_in_this_browser_once(stale, kari):
    assert confirm(stale, "send").status_code == 200
    code = last_code("confirm_code")
    assert [to for to, _ in mails("confirm_code")] == [kari.email]
    assert confirm(stale, "code", code=code)["Location"] == GUARDED
    assert confirm(stale, "code", code=code).status_code == 200


def test_a_code_for_confirming_does_not_sign_in(stale, kari, open_browser):
    confirm(stale, "send")
    thief = open_browser(THERE)
    thief.cookies["code-browser"] = stale.cookies["code-browser"].value
    assert type_code(thief, kari.email, last_code("confirm_code")).status_code == 200
    assert not is_signed_in(thief)


@pytest.mark.parametrize(("seconds", "fresh"), [(300, True), (301, False)])
def test_it_holds_for_five_minutes(kari, open_browser, seconds, fresh):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client = open_browser()
        type_password(client, kari.email)
        clock.move_to(start + timedelta(seconds=seconds))
        assert (client.get(GUARDED).status_code == 200) is fresh


def test_it_is_not_for_strangers(open_browser, db):
    assert open_browser().get("/account/confirm/")["Location"].startswith("/account/sign-in/")


def test_next_leads_only_to_this_site(stale):
    answer = stale.post("/account/confirm/", {"way": "password", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/my-data/"
