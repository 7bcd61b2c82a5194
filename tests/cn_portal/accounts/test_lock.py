"""Locks on sign-in: on one account from one network address, never on an office or a victim (T06, T07)."""

import pytest
from axes.models import AccessAttempt

from cn_portal.accounts.throttle import address_key, username_key

from .conftest import HERE, THERE, ask_for_code, is_signed_in, last_code, type_code, type_password


def fail(client, email, times):
    return [type_password(client, email, "wrong").status_code for _ in range(times)]


def test_six_wrong_passwords_lock(kari, open_browser):
    client = open_browser()
    assert fail(client, kari.email, 5) == [200] * 5
    assert fail(client, kari.email, 1) == [429]
    locked = type_password(client, kari.email)
    assert locked.status_code == 429 and not is_signed_in(client)
    assert "<h1>" in locked.content.decode() and kari.email not in locked.content.decode()


def test_a_lock_looks_the_same_for_an_unknown_address(kari, open_browser):
    fail(open_browser(), kari.email, 6)
    fail(open_browser(), "nobody@kunde.example", 6)
    pages = [type_password(open_browser(), email) for email in (kari.email, "nobody@kunde.example")]
    assert [page.status_code for page in pages] == [429, 429]


def test_a_hundred_failures_lock_neither_the_victim_nor_the_office(kari, ola, open_browser):
    assert fail(open_browser(HERE), kari.email, 100)[-1] == 429
    at_home, colleague = open_browser(THERE), open_browser(HERE)
    assert type_password(at_home, kari.email).status_code == 302 and is_signed_in(at_home)
    assert type_password(colleague, ola.email).status_code == 302 and is_signed_in(colleague)


def test_another_spelling_is_the_same_account(kari, open_browser):
    fail(open_browser(), "KARI@kunde.example", 6)
    assert type_password(open_browser(), kari.email).status_code == 429


def test_failed_codes_count_as_well(kari, open_browser):
    client = open_browser()
    ask_for_code(client, kari.email)
    assert [type_code(client, kari.email, "33333333").status_code for _ in range(6)] == [200] * 5 + [429]
    assert type_code(client, kari.email, last_code()).status_code == 429


def test_a_success_clears_the_count(kari, open_browser):
    fail(open_browser(), kari.email, 5)
    type_password(open_browser(), kari.email)
    assert fail(open_browser(), kari.email, 5) == [200] * 5


def test_a_forged_header_changes_nothing(kari, open_browser):
    for number in range(6):
        open_browser().post(
            "/account/sign-in/",
            {"email": kari.email, "password": "wrong"},
            HTTP_X_FORWARDED_FOR=f"192.0.2.{number}",
        )
    assert type_password(open_browser(), kari.email).status_code == 429


def test_no_address_password_or_code_lies_in_the_table_of_attempts(kari, open_browser):
    client = open_browser()
    type_password(client, kari.email, "my secret sentence", next="/my-data/")
    type_code(client, kari.email, "3467ACDE")
    rows = AccessAttempt.objects.all()
    assert [row.username for row in rows] == [address_key(kari.email)]
    kept = " ".join(str(value) for row in rows for value in vars(row).values())
    assert "/account/sign-in/" in kept
    for secret in (kari.email, "my secret sentence", "3467ACDE"):
        assert secret not in kept


@pytest.mark.parametrize("credentials", [None, {}, {"email": ""}, {"username": None}])
def test_without_an_address_there_is_no_key(credentials):
    assert username_key(None, credentials) is None


def test_the_key_is_the_same_under_either_name(db):
    assert username_key(None, {"email": "Kari@kunde.example"}) == username_key(None, {"username": "kari@kunde.example"})
