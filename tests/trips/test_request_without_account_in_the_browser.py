"""Somebody we have no account for uses a right: on a phone, with the keyboard, from the footer to the answer (N61)."""

import re

import pytest

from cn_portal.accounts.models import User
from privacy import actions
from privacy.models import MailboxProof, SubjectRequest
from tests.trips.screen import PHONE, Screen
from tests.trips.visitor import Visitor, letter_to, mailed_code

EMAIL, ANSWER = "nora.ny@gjest.example", "Vi har ingenting om deg fra før."


def choose_by_keyboard(page, nth):
    """From the top of the page to the choice with this number, as a keyboard does it."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "right":
            break
    # Radio buttons are one stop; arrows move in them.
    page.keyboard.press("Space")
    for _press in range(nth):
        page.keyboard.press("ArrowDown")
    return page.evaluate("document.activeElement.value")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(300)
def test_from_the_footer_to_the_answer(live_server, settings, colleagues, smtp, drain, new_context):
    settings.BASE_URL = live_server.url
    screen = Screen(new_context(viewport=PHONE).new_page(), live_server.url)
    page = screen.page

    screen.go("/nb/").follow("Bruk rettighetene dine")
    screen.press("Send meg koden")
    assert screen.reads("ting må rettes")
    assert choose_by_keyboard(page, 2) == "correction"
    page.keyboard.press("Tab")
    page.keyboard.type(EMAIL)
    page.keyboard.press("Enter")
    page.wait_for_url("**/privacy/request/code/")
    screen._checked()
    drain()
    # A scanner that opens what the mail links to uses nothing up.
    link = re.search(r"http\S+/privacy/request/code/", letter_to(smtp, EMAIL)).group()
    assert Visitor().go(link).reads("venter ikke på noen kode")
    screen.fill(code=mailed_code(smtp, EMAIL)).press("Send henvendelsen")
    case = SubjectRequest.objects.get()
    assert case.right == "correction"
    assert screen.reads(case.number, "Dette skjer nå")

    actions.answer(case, outcome="fulfilled", text=ANSWER, by=colleagues["privacy"])
    drain()
    assert ANSWER not in letter_to(smtp, EMAIL)
    assert case.number in letter_to(smtp, EMAIL)
    screen.follow("Logg inn og følg saken").fill(email=EMAIL).press("Send meg en kode i stedet")
    drain()
    screen.fill(code=mailed_code(smtp, EMAIL)).press("Logg inn")
    assert page.url.endswith("/my-data/")
    screen.go(f"/my-data/requests/{case.number}/")
    assert screen.reads(case.number, ANSWER)
    assert User.objects.get(email=EMAIL).subject == case.subject


@pytest.mark.django_db
def test_every_right_is_three_clicks_from_the_footer_of_any_page():
    """The link, the choice, the button: without a script, an account or anything to read first."""
    for number, right in enumerate(SubjectRequest.Right.values):
        visitor = Visitor()
        visitor.client.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        visitor.go("/account/sign-in/").follow("Bruk rettighetene dine")
        visitor.press("Send meg koden", right=right, email=f"person{number}@gjest.example")
        assert visitor.address == "/privacy/request/code/"
        assert visitor.reads("En kode er på vei")
    started = MailboxProof.objects.values_list("right", flat=True)
    assert sorted(started) == sorted(SubjectRequest.Right.values)
