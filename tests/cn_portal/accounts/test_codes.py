"""Mailed codes: asked for by anybody, useful to one (T05, T10, T11, T17)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from cn_portal.accounts import actions
from cn_portal.accounts.models import SignInCode, User

from .conftest import HERE, THERE, last_code, mails

ASK = {"purpose": "sign_in", "browser": "b1", "ip": HERE, "language": "nb"}


def redeem(code, *, email="kari@kunde.example", browser="b1", purpose="sign_in"):
    return actions.redeem_code(email, code=code, browser=browser, purpose=purpose)


@pytest.fixture
def code(kari):
    actions.request_code(kari.email, **ASK)
    return last_code()


def test_the_right_code_works_once(code):
    assert redeem(code)
    assert not redeem(code)


def test_spaces_hyphens_and_capitals_do_not_matter(code):
    assert redeem(f" {code.replace(' ', '-').lower()} ")


def test_a_code_is_bound_to_browser_address_and_purpose(code, ola):
    assert not redeem(code, browser="b2")
    assert not redeem(code, browser="")
    assert not redeem(code, email=ola.email)
    assert not redeem(code, purpose="confirm")
    assert redeem(code)


def test_a_code_lives_ten_minutes(kari):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        actions.request_code(kari.email, **ASK)
        clock.move_to(start + timedelta(minutes=10))
        assert not redeem(last_code())
        clock.move_to(start + timedelta(minutes=10, seconds=-1))
        assert redeem(last_code())


@pytest.mark.parametrize(("wrong_tries", "works"), [(4, True), (5, False)])
def test_five_tries(code, wrong_tries, works):
    for _ in range(wrong_tries):
        assert not redeem("3333 3333")
    assert redeem(code) is works


def test_wrong_tries_from_another_browser_do_not_use_up_mine(code):
    for _ in range(9):
        assert not redeem("3333 3333", browser="theirs")
    assert redeem(code)


def test_neither_code_nor_address_is_in_the_row(code, kari):
    row = SignInCode.objects.get()
    kept = " ".join(str(value) for value in vars(row).values())
    assert code not in kept and code.replace(" ", "") not in kept and kari.email not in kept and HERE not in kept


def test_three_codes_per_address_in_a_quarter_of_an_hour(kari):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for number in range(100):
            actions.request_code(kari.email, **{**ASK, "ip": f"198.51.100.{number}"})
        assert len(mails()) == SignInCode.objects.count() == 3
        clock.move_to(start + timedelta(minutes=15, seconds=-1))
        actions.request_code(kari.email, **ASK)
        assert len(mails()) == 3
        clock.move_to(start + timedelta(minutes=15))
        actions.request_code(kari.email, **ASK)
        assert len(mails()) == 4


def test_ten_codes_per_network_address_in_an_hour(db):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for number in range(30):
            actions.request_code(f"nobody{number}@kunde.example", **ASK)
        assert SignInCode.objects.count() == 10
        actions.request_code("other@kunde.example", **{**ASK, "ip": THERE})
        assert SignInCode.objects.count() == 11
        clock.move_to(start + timedelta(hours=1))
        actions.request_code("late@kunde.example", **ASK)
        assert SignInCode.objects.count() == 12


def test_merged_requests_leave_the_code_on_its_way_alone(code, kari):
    for _ in range(20):
        actions.request_code(kari.email, **ASK)
    assert redeem(code)


def test_an_older_code_from_the_same_browser_still_works(kari):
    actions.request_code(kari.email, **ASK)
    first = last_code()
    actions.request_code(kari.email, **ASK)
    assert first != last_code()
    assert redeem(first) and redeem(last_code())


def test_the_mail_reaches_known_addresses_only(kari, drain, mailoutbox):
    actions.request_code(kari.email, **ASK)
    actions.request_code("nobody@kunde.example", **ASK)
    code = mails("sign_in_code")[0][1]["code"]
    drain()
    assert [mail.to for mail in mailoutbox] == [["kari@kunde.example"]]
    assert code in mailoutbox[0].body and code in mailoutbox[0].subject


@pytest.mark.django_db(transaction=True)
def test_of_many_posts_at_once_one_succeeds():
    User.objects.create_user("kari@kunde.example")
    actions.request_code("kari@kunde.example", **ASK)
    code = last_code()

    def try_it(_):
        try:
            return redeem(code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_it, range(4))) == 1


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_do_not_get_past_five():
    User.objects.create_user("kari@kunde.example")
    actions.request_code("kari@kunde.example", **ASK)

    def guess(number):
        try:
            return redeem(f"3333333{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(guess, "34679ACDEF"))
    assert SignInCode.objects.get().attempts == 6
    assert not redeem(last_code())
