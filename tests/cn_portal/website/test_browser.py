"""Every kind of page in a real browser: accessible, on phone and desk, with and without script, from nobody else."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_error_or_scrolls_sideways(live_server, site, new_context, size, scheme):
    page = new_context(viewport=SIZES[size], color_scheme=scheme).new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    for address in (*site["nb"].values(), site["en"]["home"], "/nb/nowhere/"):
        page.goto(live_server.url + address)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], address
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, address
    assert refused == []


def test_no_page_asks_anybody_else_for_anything(live_server, site, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in site["nb"].values():
        page.goto(live_server.url + address)
    assert f"{live_server.url}/static/css/site.css" in asked
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_menu_folds_on_a_phone_and_opens_by_keyboard(live_server, site, new_context):
    page = new_context(viewport=SIZES["phone"]).new_page()
    page.goto(live_server.url + "/nb/")
    button, menu = page.get_by_role("button", name="Meny"), page.locator("#site-nav")
    assert not menu.is_visible() and button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    assert menu.is_visible() and button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not menu.is_visible() and button.evaluate("element => element === document.activeElement")


def test_everything_is_there_without_script(live_server, site, new_context):
    page = new_context(viewport=SIZES["phone"], java_script_enabled=False).new_page()
    page.goto(live_server.url + "/nb/kontakt/")
    assert page.locator("#site-nav").is_visible()
    assert not page.locator(".menu-button").is_visible()
    page.fill("#id_name", "Åse Prøve")
    page.fill("#id_email", "ase@kunde.example")
    page.fill("#id_message", "Vi trenger en dyse.")
    page.get_by_role("button", name="Send melding").click()
    assert page.get_by_text("Meldingen din er kommet fram").is_visible()


def test_the_first_tab_leads_past_the_menu(live_server, site, page):
    page.goto(live_server.url + "/nb/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_after_a_refused_form_the_summary_is_read_first(live_server, site, page):
    page.goto(live_server.url + "/nb/kontakt/")
    page.get_by_role("button", name="Send melding").click()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_name"
    assert Axe().run(page).response["violations"] == []
