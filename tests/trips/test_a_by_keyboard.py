"""Trip a in English, on a phone, by keyboard alone: every step is reached with the tab key and nothing is clicked."""

import pytest

from careers.models import Application
from tests.trips.screen import PHONE, Screen
from tests.trips.visitor import letter_to, links_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
EMAIL = "amelia.proof@seeker.example"
# What has the focus, as somebody hears it: its label, its words or its name.
FOCUSED = """() => { const at = document.activeElement; const label = at.labels && at.labels[0];
    return ((label ? label.innerText : at.innerText) || at.name || "").trim(); }"""
MOST_TABS = 60


def reach(screen, words):
    """Press the tab key until what has the focus says these words."""
    for _press in range(MOST_TABS):
        screen.page.keyboard.press("Tab")
        if screen.page.evaluate(FOCUSED).startswith(words):
            return screen.page.keyboard
    raise AssertionError(f"{words!r} cannot be reached by keyboard on {screen.page.url}")


def press(screen, words):
    keyboard = reach(screen, words)
    with screen.page.expect_navigation():
        keyboard.press("Enter")
    return screen._checked()


def test_apply_confirm_and_withdraw(live_server, settings, site, smtp, drain, new_context):
    settings.BASE_URL = live_server.url
    vacancy = next(pages["en"] for pages in site.values() if not pages["en"].cv_required)
    # A browser that asks for Norwegian: what comes by mail is in the language somebody applied in all the same.
    screen = Screen(new_context(viewport=PHONE).new_page(), live_server.url)
    screen.go(vacancy.get_url())
    assert screen.reads(vacancy.title, "Apply for the position")

    press(screen, "Apply")
    reach(screen, "Your name").type("Amelia Proof")
    reach(screen, "E-mail").type(EMAIL)
    press(screen, "Next")
    assert screen.page.locator("[aria-current=step]").inner_text().endswith("CV and letter")
    reach(screen, "Why do you want this job?").type("I like to know where things are.")
    press(screen, "Next")
    assert screen.reads("Amelia Proof", EMAIL, "I like to know where things are.")
    press(screen, "It is right: go on")
    reach(screen, "Yes, you may use what I send here").press("Space")
    press(screen, "Send the application")
    assert Application.objects.get().language == "en" and not Application.objects.get().subject.talent_pool.exists()

    drain()
    letter = letter_to(smtp, EMAIL)
    screen.go(links_in(letter)[0])
    press(screen, "Confirm")
    assert Application.objects.get().confirmed_at is not None
    withdraw = next(link for link in links_in(letter) if "/withdraw/" in link)
    screen.go(withdraw)
    reach(screen, "Only this application").press("Space")
    press(screen, "Withdraw and delete")
    drain()
    assert not Application.objects.exists()
