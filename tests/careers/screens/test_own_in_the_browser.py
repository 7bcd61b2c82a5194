"""The applicant's own pages in Chromium on a phone: checked by axe, never scrolling sideways; by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions, links
from careers.models import TalentPoolEntry
from tests.careers import factories, steps
from tests.trips.screen import DESK, PHONE, Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_own_pages_and_the_renewal(live_server, settings, client, new_context):
    settings.BASE_URL = live_server.url
    actions.ensure_consent_texts()
    ingrid = factories.make_user("ingrid@soker.example")
    refused, waiting = (
        factories.submit(factories.make_vacancy(), user=ingrid, cv=False, pool=with_pool) for with_pool in (True, False)
    )
    hr = factories.make_staff(actions.HR)
    actions.move_application(refused, to="rejected", by=hr, reason="Andre hadde mer erfaring.")
    steps.draft(factories.make_vacancy(), user=ingrid)
    entry = TalentPoolEntry.objects.get()
    today = timezone.localdate()
    agreed = today - timedelta(days=345)
    TalentPoolEntry.objects.update(first_agreed_on=agreed, agreed_on=agreed, ends_on=today + timedelta(days=20))

    factories.sign_in(client, ingrid)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    addresses = ["/applications/", "/applications/withdrawn/"]
    addresses += [f"/applications/{row.pk}/{tail}" for row in (refused, waiting) for tail in ("", "withdraw/")]
    for size in (PHONE, DESK):
        context = new_context(viewport=size)
        context.add_cookies([cookie])
        screen = Screen(context.new_page(), live_server.url)
        for address in addresses:
            screen.go(address)

    # Neither signed in nor with a mouse: the link from the mail, Tab to the first answer, Enter.
    stranger = Screen(new_context(viewport=PHONE, java_script_enabled=False).new_page(), live_server.url, script=False)
    stranger.go(links.pool_url(entry))
    stranger.page.get_by_role("button", name="Ja, la meg stå på listen").focus()
    with stranger.page.expect_navigation():
        stranger.page.keyboard.press("Enter")
    stranger._checked()
    entry.refresh_from_db()
    assert entry.renewed_on == today and stranger.reads("Du har fornyet det én gang")
    stranger.press("Gå ut av kandidatlisten")
    assert stranger.reads("Du står ikke på kandidatlisten")
