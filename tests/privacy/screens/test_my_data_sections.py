"""The parts of the page: by kind, whose words a value is, who looked, sign-ins, what is stopped (N3 to N16, L47)."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privacy import actions
from privacy.declare import Category
from privacy.screens import kinds


def page_of(client, query=""):
    return client.get(f"/my-data/{query}").content.decode()


def test_every_kind_of_the_notice_is_there_held_or_not(kari, sign_in):
    page = page_of(sign_in(kari, language="en"), "?by=kind")
    for number in range(4, 17):
        assert f'id="N{number}"' in page, f"N{number}"
    assert "What we hold, by kind" in page and "We do not ask for it." in page
    assert "karikanari@kunde.example" in page and "Karikanari.txt" in page
    assert "For: " not in page.split('id="N4"')[0]
    # Each value with its purpose, basis and last day, by kind as by purpose.
    assert "Your account." in page and "GDPR Art 6(1)(f)" in page and "because the rule is" in page
    assert "lakanari" not in page


def test_every_category_has_its_kind():
    codes = {code for code, _title, _nothing in kinds.KINDS}
    # What was shared, and the rights used, have sections of their own on the page.
    assert {category.notice for category in Category} - codes == {"N49", "N61"}


def test_a_kind_with_many_records_is_cut_and_says_so(kari, sign_in, monkeypatch):
    monkeypatch.setattr(kinds, "MOST_ENTRIES", 1)
    from cn_portal.accounts.models import SignInEvent

    for _each in range(3):
        SignInEvent.objects.create(user=kari, address_key="", how="password", ok=True, agent="Firefox")
    page = page_of(sign_in(kari, language="en"), "?by=kind")
    assert "The first 1 of " in page


def test_by_purpose_is_the_first_view_and_each_links_the_other(kari, sign_in):
    client = sign_in(kari, language="en")
    assert "What we hold, by purpose" in page_of(client) and 'href="/my-data/?by=kind#held"' in page_of(client)
    assert 'href="/my-data/#held"' in page_of(client, "?by=kind")
    assert "What we hold, by purpose" in page_of(client, "?by=nonsense")


def test_each_purpose_offers_its_rights_and_explains_the_others(kari, sign_in):
    page = page_of(sign_in(kari, language="en"))
    account = page.split('id="accounts"')[1].split("</article>")[0]
    assert 'href="/my-data/object/#accounts"' in account
    assert "What does not apply here, and why" in account
    assert "This does not rest on a yes of yours, so there is none to take back." in account
    assert 'href="/my-data/consents/"' not in account


def test_values_say_whose_words_they_are(kari, sign_in):
    assert "noted by us" in page_of(sign_in(kari, language="en"))


def test_a_hand_over_stands_on_the_record_it_was_about(kari, sign_in, bring):
    payload = {"email": kari.email}
    actions.log_disclosure(kari.subject, recipient=bring, payload=payload, activity="accounts", by=kari, about=kari)
    actions.log_disclosure(
        kari.subject, recipient=bring, payload=payload, activity="accounts", by=kari, about=kari, direction="received"
    )
    record = page_of(sign_in(kari, language="en")).split('id="accounts"')[1].split("</article>")[0]
    assert "Shared with Postbudet AS on " in record and "Received from Postbudet AS on " in record


def test_who_has_looked_is_named_by_what_they_work_with(kari, ola, make_person, sign_in, frozen_day):
    frozen_day("2026-03-12")
    colleague = make_person("Selgerkanari", is_staff=True)
    client = sign_in(kari, language="en")
    assert "Nobody has opened a record of yours in the last 12 months." in page_of(client)
    actions.note_read(kari, by=colleague)
    colleague.groups.add(Group.objects.create(name="Sellers"))
    frozen_day("2026-03-13")
    actions.note_read(kari, by=colleague)
    page = page_of(sign_in(kari, language="en"))
    looks = page.split('id="reads"')[1].split("</section>")[0]
    assert "2 looks in the last 12 months" in looks
    assert "13 March 2026" in looks and "Sellers" in looks and "a colleague" in looks and "Account" in looks
    assert "elgerkanari" not in page and str(colleague.pk) not in page
    assert "salg" in page_of(sign_in(kari)).split('id="reads"')[1].split("</section>")[0]
    assert "Nobody has opened a record of yours" in page_of(sign_in(ola, language="en"))


def test_sign_ins_have_a_section_of_their_own(kari, sign_in):
    from cn_portal.accounts.models import SignInEvent

    for _each in range(2):
        SignInEvent.objects.create(
            user=kari, address_key="", how="password", ok=True, agent="Firefox", network="192.0.2.0/24"
        )
    page = page_of(sign_in(kari, language="en"))
    section = page.split('id="sign-ins"')[1].split("</section>")[0]
    assert "Firefox" in section and "192.0.2.0/24" in section and "So that attempts to break into" in section
    assert "192.0.2.0/24" not in page.split('id="held"')[1].split('id="sign-ins"')[0]


def test_what_is_stopped_is_listed_with_its_day(kari, sign_in, frozen_day):
    frozen_day("2026-03-12")
    actions.object_at_once(kari.subject, activity="accounts", by=kari)
    actions.pause(kari.subject, ground="claim", record=kari, by=kari)
    pause = actions.pause(kari.subject, ground="unlawful", by=kari).restrictions.get()
    actions.announce_lift(pause, on=pause.opened_at.date().replace(day=20), by=None)
    page = page_of(sign_in(kari, language="en"))
    section = " ".join(page.split('id="requests"')[1].split("</section>")[0].split())
    assert "<strong>Your account</strong>: stopped since 12 March 2026" in section
    assert "paused since 12 March 2026, because you need it for a claim (Art 18(1)(c))." in section
    assert "<strong>Everything</strong>" in section and "It ends on 20 March 2026." in section


@pytest.mark.parametrize("query", ["", "?by=kind"])
def test_thirty_requests_looks_and_stops_cost_as_many_queries_as_one(query, kari, sign_in):
    from privacy.models import Objection, Restriction, StaffRead

    def add(number):
        case = actions.have_it_in_writing(kari.subject, by=kari)
        StaffRead.objects.create(
            subject=kari.subject, actor=kari.pk, model="accounts.User", object_pk=str(number), on="2026-03-12"
        )
        Restriction.objects.create(
            subject=kari.subject, model="accounts.User", object_pk=str(number), ground="claim", request=case
        )
        Objection.objects.create(subject=kari.subject, activity=f"x-{number}", request=case)

    client = sign_in(kari)
    add(0)
    page_of(client, query)
    with CaptureQueriesContext(connection) as one:
        page_of(client, query)
    for number in range(1, 30):
        add(number)
    with CaptureQueriesContext(connection) as thirty:
        page_of(client, query)
    assert len(thirty) == len(one)


def test_the_security_page_leads_to_the_rights(kari, sign_in):
    page = sign_in(kari, language="en").get("/account/security/").content.decode()
    assert 'href="/my-data/"' in page and 'href="/my-data/requests/"' in page
