"""Somebody with a real browser: what they click, type and read, and a check of each page they meet."""

import re

from axe_playwright_python.sync_playwright import Axe

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


class Screen:
    """One tab of a browser. Every page that is opened through it is checked: axe, no scrolling sideways."""

    def __init__(self, page, base, *, script=True):
        self.page, self.base, self.script = page, base, script
        self.complaints = []
        page.on("console", self._heard)

    def _heard(self, message):
        if message.type == "error" and "410" not in message.text and "422" not in message.text:
            self.complaints.append(message.text)

    def go(self, address):
        """Open an address of the site, or a whole one from a mail."""
        self.page.goto(address if address.startswith("http") else f"{self.base}{address}")
        return self._checked()

    def follow(self, name):
        """Click the first visible link with this name."""
        self.page.get_by_role("link", name=re.compile(re.escape(name))).locator("visible=true").first.click()
        return self._checked()

    def press(self, name, *, nth=0):
        """Press the button with exactly this name."""
        self.page.get_by_role("button", name=name, exact=True).nth(nth).click()
        return self._checked()

    def menu(self, name):
        """Follow an entry of the main menu, unfolding it where it is folded."""
        unfold = self.page.get_by_role("button", name="Meny")
        if unfold.is_visible():
            unfold.click()
        self.page.locator("#site-nav").get_by_role("link", name=name).click()
        return self._checked()

    def fill(self, **said):
        """Type into fields by the end of their id: name, email, message …"""
        for name, text in said.items():
            self.page.fill(f"#id_{name}", text)
        return self

    def tick(self, name):
        self.page.check(f"#id_{name}")
        return self

    def reads(self, *texts):
        """Whether all of these can be read on the page."""
        words = " ".join(self.page.locator("main").inner_text().split())
        return all(text in words for text in texts)

    def _checked(self):
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, f"{self.page.url} scrolls sideways by {wide} px"
        if self.script:
            found = Axe().run(self.page).response["violations"]
            met = [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]
            assert met == [], f"{self.page.url}: {met}"
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        return self
