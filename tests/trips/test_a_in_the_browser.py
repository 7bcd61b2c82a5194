"""Trip a in Chromium: on a desk with script, on a phone without any."""

import pytest

from careers.models import Application, ApplicationDraft
from cn_portal.demo import documents
from privacy.models import StoredFile
from tests.trips.screen import DESK, PHONE, Screen
from tests.trips.visitor import letter_to, links_in, mailed_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
EMAIL = "ingrid.proeve@soker.example"


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_apply_confirm_look_and_withdraw(live_server, settings, site, smtp, drain, new_context, size, script, tmp_path):
    settings.BASE_URL = live_server.url
    cv = tmp_path / "cv-ingrid.pdf"
    cv.write_bytes(documents.pdf(["Ingrid Prøvesen", "Erfaring: verft"]))
    context = new_context(viewport=size, java_script_enabled=script)
    screen = Screen(context.new_page(), live_server.url, script=script)

    screen.go("/nb/").menu("Jobb hos oss").follow("Servicetekniker").follow("Søk")
    screen.fill(full_name="Ingrid Prøvesen").press("Neste")
    assert not ApplicationDraft.objects.exists(), "what is not right yet is not kept"
    screen.fill(email=EMAIL).press("Neste")
    assert screen.page.locator("[aria-current=step]").inner_text().endswith("CV og brev")
    screen.fill(message="Jeg har skiftet mange dyser.", links="linkedin")
    screen.page.set_input_files("#id_cv", cv)
    screen.press("Neste")
    screen.page.get_by_role("link", name="er ikke en hel nettadresse").click()
    assert screen.page.evaluate("document.activeElement.id") == "id_links"
    screen.fill(links="https://example.org/ingrid").press("Tilbake")
    assert screen.page.input_value("#id_full_name") == "Ingrid Prøvesen"
    screen.press("Neste")
    assert screen.page.input_value("#id_message") == "Jeg har skiftet mange dyser." and screen.reads("cv-ingrid.pdf")
    screen.press("Neste")
    assert screen.reads("Ingrid Prøvesen", EMAIL, "cv-ingrid.pdf", "https://example.org/ingrid")
    screen.press("Det stemmer: gå videre")
    for tick in ("consent", "talent_pool", "minor"):
        assert not screen.page.is_checked(f"#id_{tick}")
    screen.press("Send søknaden")
    assert not Application.objects.exists(), "without the tick nothing is sent"
    # Keyboard only: the tick by the space bar, the button by Enter.
    screen.page.focus("#id_consent")
    screen.page.keyboard.press("Space")
    screen.page.get_by_role("button", name="Send søknaden").focus()
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url("**/apply/received/**")
    screen._checked()
    assert screen.reads("Søknaden er kommet fram")
    drain()
    confirm = links_in(letter_to(smtp, EMAIL))[0]
    screen.go(confirm)
    assert Application.objects.get().confirmed_at is None
    screen.press("Bekreft adressen")
    assert Application.objects.get().confirmed_at is not None

    screen.follow("Gå til søknaden min")
    screen.fill(email=EMAIL).press("Send meg en kode i stedet")
    drain()
    screen.fill(code=mailed_code(smtp, EMAIL)).press("Logg inn")
    assert screen.reads("Servicetekniker", "Mottatt", "cv-ingrid.pdf")
    screen.follow("Trekk søknaden").tick("what_0").press("Trekk og slett")
    assert screen.reads("Søknaden er trukket")
    drain()
    assert not Application.objects.exists()
    assert not StoredFile.objects.exists()
