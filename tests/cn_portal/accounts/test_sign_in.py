"""Sign-in and sign-out over HTTP."""

import pytest

from cn_portal.accounts.models import AccountSession, SignInEvent, User

from .conftest import (
    PASSWORD,
    THERE,
    ask_for_code,
    is_signed_in,
    last_code,
    mails,
    token_of,
    type_code,
    type_password,
)


def test_password_signs_in_and_leads_to_ones_own_page(kari, open_browser):
    client = open_browser()
    response = type_password(client, "KARI@kunde.example ")
    assert response.status_code == 302 and response["Location"] == "/my-data/"
    assert is_signed_in(client)


def test_a_wrong_password_does_not(kari, open_browser):
    client = open_browser()
    response = type_password(client, kari.email, PASSWORD + "!")
    assert response.status_code == 200
    assert not is_signed_in(client)


def test_a_mailed_code_signs_in_and_proves_the_mailbox(open_browser, db):
    per = User.objects.create_user("per@kunde.example")
    client = open_browser()
    assert ask_for_code(client, per.email).status_code == 200
    response = type_code(client, per.email, last_code().lower())
    assert response.status_code == 302 and is_signed_in(client)
    assert per.subject.identifiers.get().verified_at is not None


def test_a_code_typed_in_another_browser_does_nothing(kari, open_browser):
    mine, theirs = open_browser(), open_browser(THERE)
    ask_for_code(mine, kari.email)
    ask_for_code(theirs, "nobody@kunde.example")
    assert type_code(theirs, kari.email, last_code()).status_code == 200
    code = mails("sign_in_code")[0][1]["code"]
    assert type_code(theirs, kari.email, code).status_code == 200 and not is_signed_in(theirs)
    assert type_code(mine, kari.email, code).status_code == 302 and is_signed_in(mine)


def test_opening_pages_changes_nothing(kari, open_browser):
    client = open_browser()
    ask_for_code(client, kari.email)
    scanner = open_browser(THERE)
    for path in ("/account/sign-in/", "/account/sign-in/code/"):
        for _ in range(5):
            assert scanner.get(path).status_code == 200
            assert scanner.head(path).status_code == 200
    assert type_code(scanner, kari.email, last_code()).status_code == 200
    assert type_code(client, kari.email, last_code()).status_code == 302


def test_a_code_posted_twice_signs_in_once(kari, open_browser):
    client = open_browser()
    ask_for_code(client, kari.email)
    code = last_code()
    second = open_browser()
    second.cookies.update(client.cookies)
    assert type_code(client, kari.email, code).status_code == 302
    assert type_code(second, kari.email, code).status_code == 200 and not is_signed_in(second)


def test_a_closed_account_gets_in_neither_way(kari, open_browser):
    User.objects.filter(pk=kari.pk).update(is_active=False)
    client = open_browser()
    assert type_password(client, kari.email).status_code == 200
    ask_for_code(client, kari.email)
    assert type_code(client, kari.email, last_code()).status_code == 200
    assert not is_signed_in(client)


def test_errors_say_what_to_do_and_keep_the_address(kari, open_browser):
    client = open_browser()
    page = type_password(client, "kari@kunde.example", "").content.decode()
    assert 'value="kari@kunde.example"' in page and "error-summary" in page
    page = ask_for_code(client, "not an address").content.decode()
    assert "error-summary" in page and 'value="not an address"' in page
    assert type_code(client, kari.email, "").status_code == 200


def test_fields_can_be_filled_by_a_password_manager(open_browser, db):
    page = open_browser().get("/account/sign-in/").content.decode()
    assert 'autocomplete="username"' in page and 'autocomplete="current-password"' in page
    assert 'autocomplete="one-time-code"' in open_browser().get("/account/sign-in/code/").content.decode()
    assert "onpaste" not in page


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/my-data/copy/", "/my-data/copy/"),
        ("https://evil.example/", "/my-data/"),
        ("//evil.example/", "/my-data/"),
        ("javascript:alert(1)", "/my-data/"),
        ("/account/sign-in/", "/my-data/"),
    ],
)
def test_next_leads_only_to_this_site(kari, open_browser, asked, target):
    assert type_password(open_browser(), kari.email, next=asked)["Location"] == target


def test_staff_are_led_to_the_staff_pages(seller, open_browser):
    assert type_password(open_browser(), seller.email)["Location"] == "/admin/"


def test_who_is_signed_in_already_is_sent_on(kari, open_browser):
    client = open_browser()
    type_password(client, kari.email)
    assert client.get("/account/sign-in/?next=/my-data/copy/")["Location"] == "/my-data/copy/"


def test_signing_in_gives_the_session_a_new_key(kari, open_browser):
    client = open_browser()
    type_password(client, kari.email)
    first = client.session.session_key
    type_password(client, kari.email)
    assert client.session.session_key != first
    assert not AccountSession.objects.filter(session_key=first).exists()


def test_sign_out_ends_the_session_and_clears_the_browser(kari, open_browser):
    client, thief = open_browser(), open_browser()
    type_password(client, kari.email)
    thief.cookies.update(client.cookies)
    assert is_signed_in(thief)
    assert client.get("/account/sign-out/").status_code == 405
    response = client.post("/account/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not is_signed_in(client) and not is_signed_in(thief)


def test_the_history_tells_successes_and_failures(kari, ola, open_browser):
    client = open_browser()
    type_password(client, kari.email, "wrong")
    type_password(client, kari.email)
    rows = SignInEvent.objects.order_by("at").values_list("how", "ok", "user", "network", "agent")
    assert list(rows) == [
        ("password", False, None, "203.0.113.0/24", "Firefox · Linux"),
        ("password", True, kari.pk, "203.0.113.0/24", "Firefox · Linux"),
    ]


class TestSecondFactor:
    """Whoever has an app is not signed in before it has been shown."""

    def test_the_right_password_alone_opens_nothing(self, kari, app_of, open_browser):
        app_of(kari)
        client = open_browser()
        response = type_password(client, kari.email, next="/my-data/")
        assert response["Location"] == "/account/second-factor/?next=%2Fmy-data%2F"
        assert not is_signed_in(client)

    def test_then_the_app_signs_in_with_a_new_session_key(self, kari, app_of, open_browser):
        device = app_of(kari)
        client = open_browser()
        type_password(client, kari.email)
        before = client.session.session_key
        response = client.post("/account/second-factor/", {"token": token_of(device), "next": "/my-data/copy/"})
        assert response["Location"] == "/my-data/copy/" and is_signed_in(client)
        assert client.session.session_key != before

    def test_a_wrong_code_does_not(self, kari, app_of, open_browser):
        device = app_of(kari)
        client = open_browser()
        type_password(client, kari.email)
        wrong = f"{(int(token_of(device)) + 1) % 1000000:06d}"
        assert client.post("/account/second-factor/", {"token": wrong}).status_code == 200
        assert client.post("/account/second-factor/", {"token": ""}).status_code == 200
        assert not is_signed_in(client)
        assert SignInEvent.objects.filter(how="factor", ok=False).count() == 2

    def test_a_recovery_code_works_once(self, kari, app_of, open_browser):
        codes = app_of(kari).codes
        client = open_browser()
        type_password(client, kari.email)
        assert client.get("/account/second-factor/?recovery=1").status_code == 200
        assert client.post("/account/second-factor/", {"recovery": codes[0].lower()}).status_code == 302
        assert is_signed_in(client)
        other = open_browser()
        type_password(other, kari.email)
        assert other.post("/account/second-factor/", {"recovery": codes[0]}).status_code == 200
        assert not is_signed_in(other)

    def test_a_mailed_code_needs_it_too(self, kari, app_of, open_browser):
        app_of(kari)
        client = open_browser()
        ask_for_code(client, kari.email)
        assert type_code(client, kari.email, last_code())["Location"].startswith("/account/second-factor/")
        assert not is_signed_in(client)

    def test_the_page_without_a_first_step_leads_back(self, open_browser, db):
        assert open_browser().get("/account/second-factor/")["Location"] == "/account/sign-in/"

    def test_a_password_changed_meanwhile_ends_the_waiting(self, kari, app_of, open_browser):
        device = app_of(kari)
        client = open_browser()
        type_password(client, kari.email)
        kari.set_password("another long sentence")
        kari.save()
        response = client.post("/account/second-factor/", {"token": token_of(device)})
        assert response["Location"] == "/account/sign-in/" and not is_signed_in(client)

    def test_the_waiting_ends_after_ten_minutes(self, kari, app_of, open_browser, monkeypatch):
        device = app_of(kari)
        client = open_browser()
        type_password(client, kari.email)
        until = client.session["accounts_pending"]["until"]
        monkeypatch.setattr("cn_portal.accounts.actions.entry.time.time", lambda: until + 1)
        assert client.post("/account/second-factor/", {"token": token_of(device)}).status_code == 302
        monkeypatch.undo()
        assert not is_signed_in(client)

    def test_an_account_closed_meanwhile_ends_the_waiting(self, kari, app_of, open_browser):
        device = app_of(kari)
        client = open_browser()
        type_password(client, kari.email)
        User.objects.filter(pk=kari.pk).update(is_active=False)
        client.post("/account/second-factor/", {"token": token_of(device)})
        assert not is_signed_in(client)
