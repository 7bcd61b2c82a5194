"""What HR opens every day, in Chromium on a phone: checked by axe, never scrolling sideways, nothing in the console."""

import pytest
from django.urls import reverse

from careers import actions
from tests.careers import assessing, factories, meetings
from tests.trips.screen import PHONE, Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


def test_the_pages_of_a_hiring(live_server, settings, client, context):
    settings.BASE_URL = live_server.url
    actions.ensure_consent_texts()
    hr = factories.make_staff(actions.HR, first_name="Hanne", last_name="Prøvesen")
    vacancy = factories.make_vacancy()
    assessing.criterion(vacancy)
    row = factories.submit(vacancy, pool=True)
    actions.move_application(row, to="interview_1", by=hr, reason="")
    row.refresh_from_db()
    actions.add_note(row, text="Kan begynne i mars.", by=hr)
    assessing.assess(row, hr)
    meetings.agreed(row, by=hr)
    meetings.refer(row)

    factories.sign_in(client, hr)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.set_viewport_size(PHONE)
    screen = Screen(page, live_server.url)
    of_vacancy = [reverse(each, args=[vacancy.reference]) for each in ("careers_board", "careers_list", "careers_pack")]
    of_row = [reverse(f"careers_applications:{each}", args=[row.pk]) for each in ("inspect", "assess")]
    lists = [f"/admin/careers/{each}/" for each in ("vacancies", "interviews", "talent-pool")]
    for address in (*of_vacancy, *of_row, *lists):
        screen.go(address)
        assert screen.page.locator("main h1, main h2").count(), f"{address} has no heading"
    assert screen.reads(row.full_name)
