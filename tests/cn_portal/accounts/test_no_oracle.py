"""From outside, a known and an unknown address cannot be told apart (T05)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cn_portal.accounts.models import SignInCode, SignInEvent, User
from privacy.models import OutgoingMail

from .conftest import PASSWORD, ask_for_code, type_code, type_password

STRANGER = "nobody@kunde.example"


@pytest.fixture
def passwordless(db):
    return User.objects.create_user("kode@kunde.example").email


def page_and_work(act, client, email):
    """What a visitor sees, and what the database does."""
    with CaptureQueriesContext(connection) as queries:
        response = act(client, email)
    page = response.content.decode().replace(email, "ADDRESS")
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    work = [_act_and_table(query["sql"]) for query in queries]
    return response.status_code, sorted(response.cookies), page, work


def _act_and_table(sql):
    return sql.split()[0], next(iter(re.findall(r'(?:FROM|INTO|UPDATE) "(\w+)"', sql)), "")


def wrong_password(client, email):
    return type_password(client, email, "quite another sentence")


def wrong_code(client, email):
    return type_code(client, email, "3333 3333")


@pytest.mark.parametrize("act", [ask_for_code, wrong_password, wrong_code])
def test_page_status_cookies_and_work_are_the_same(act, kari, passwordless, open_browser):
    # The first request of a process fills caches; it is not part of the comparison.
    page_and_work(act, open_browser(), "warm@kunde.example")
    seen = [page_and_work(act, open_browser(), email) for email in (kari.email, passwordless, STRANGER)]
    assert seen[0][3], "the comparison must have something to compare"
    assert seen[0] == seen[1] == seen[2]


def test_a_closed_account_looks_the_same(kari, ola, open_browser):
    User.objects.filter(pk=ola.pk).update(is_active=False)
    page_and_work(wrong_password, open_browser(), "warm@kunde.example")
    known = page_and_work(wrong_password, open_browser(), kari.email)
    assert known == page_and_work(wrong_password, open_browser(), ola.email)
    right = page_and_work(type_password, open_browser(), ola.email)
    assert right[:2] == known[:2] and right[2] == known[2]


def test_the_same_rows_are_written(kari, open_browser):
    for email in (kari.email, STRANGER):
        ask_for_code(open_browser(), email)
        type_password(open_browser(), email, PASSWORD + "?")
    codes, rows, mails = SignInCode.objects.all(), SignInEvent.objects.all(), OutgoingMail.objects.all()
    assert len(codes) == len(rows) == len(mails) == 2
    assert [row.user for row in rows] == [None, None]
    assert len({row.address_key for row in rows}) == 2
    assert [mail.subject for mail in mails] == [None, None]
    assert {mail.only_if_account for mail in mails} == {True}


def test_a_known_address_hashes_a_password_as_often_as_an_unknown_one(kari, passwordless, open_browser, monkeypatch):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashed = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a, **k: hashed.append(1) or verify(*a, **k))
    counts = []
    for email in (kari.email, passwordless, STRANGER):
        hashed.clear()
        wrong_password(open_browser(), email)
        counts.append(len(hashed))
    assert counts == [1, 1, 1]


def test_the_cap_looks_like_any_other_answer(kari, open_browser):
    page_and_work(ask_for_code, open_browser(), "warm@kunde.example")
    first = page_and_work(ask_for_code, open_browser(), kari.email)
    for _ in range(3):
        ask_for_code(open_browser(), kari.email)
    capped = page_and_work(ask_for_code, open_browser(), kari.email)
    assert capped[:3] == first[:3]
    assert SignInCode.objects.count() == 4
