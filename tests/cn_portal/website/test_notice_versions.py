"""The public notice is the version in force, frozen; a coming one stands on a banner on every page (N64, N66, N67)."""

from datetime import date

import pytest

from cn_portal.website.models import NoticePage
from cn_portal.website.notice import notice_text
from privacy import actions, queries
from tests.privacy.noticing import TOLD, day, move_bring, night, write_elsewhere

AUTHORITY = "Postboks 458 Sentrum, 0105 Oslo"


@pytest.fixture
def colleagues(django_user_model):
    return [django_user_model.objects.create_user(f"{n}@cn.example", None, verified=True) for n in ("siv", "per")]


def html(client, address="/nb/personvern/"):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_page_says_what_was_published_and_its_date_until_the_next_version(client, site, colleagues):
    assert "Ikke publisert ennå" in html(client)
    with day("2026-03-02"):
        actions.publish_first_notice()
    write_elsewhere()
    page = html(client)
    assert "Versjon 2" in page and "2. mars 2026" in page and "/privacy/notice/nb/2/" in page
    assert "privacy@cn.example" in page and "/privacy/notice/nb/feed.atom" in page
    with day("2026-04-01"):
        actions.publish_notice(actions.draft_notice(by=colleagues[0]), by=colleagues[0])
    page = html(client)
    assert "Versjon 3" in page and "1. april 2026" in page and "privacy@cn.example" not in page
    assert not client.cookies


def test_a_coming_change_stands_on_every_page_and_on_ones_own_until_it_applies(client, site, colleagues):
    siv, per = colleagues
    with day("2026-03-02"):
        actions.publish_first_notice()
    with day("2026-04-01"):
        assert "notice-banner" not in html(client, "/nb/")
        move_bring()
        actions.approve_notice(actions.draft_notice(by=siv, changes=TOLD), by=per)
        night()
        client.force_login(siv, backend="cn_portal.accounts.backends.PasswordBackend")
        for address in ("/nb/", "/en/", "/nb/personvern/", "/privacy/request/", "/privacy/notice/nb/2/"):
            page = html(client, address)
            assert "notice-banner" in page and "/3/" in page, address
        assert "16. april 2026" in html(client, "/nb/") and "16 April 2026" in html(client, "/en/")
        assert "USA" not in html(client) and "(US)" not in html(client)
    with day("2026-04-16"):
        night()
        assert queries.version_in_force().number == 3
        assert "notice-banner" not in html(client, "/nb/") and "(US)" in html(client)


def test_an_editor_sees_additions_in_the_preview_and_the_public_with_the_next_version(client, site):
    actions.publish_first_notice()
    page = NoticePage.objects.get(locale__language_code="nb")
    page.additions = [{"type": "text", "value": "<p>Et tillegg fra redaktøren.</p>"}]
    page.save()
    assert "Et tillegg fra redaktøren." not in html(client)
    preview = page.make_preview_request(preview_mode="")
    assert "Et tillegg fra redaktøren." in preview.render().content.decode()
    [drift] = queries.notice_drift()
    assert not drift.material and drift.section


def test_the_notice_from_before_is_shown_as_it_was_while_it_is_the_only_one(client, site):
    actions.import_notice(b"Old <b>words\r\n", published_on=date(2018, 7, 10), language="en")
    page = html(client)
    assert "Old &lt;b&gt;words" in page and 'lang="en"' in page and "10. juli 2018" in page


@pytest.mark.parametrize("language", ["nb", "en"])
def test_our_words_say_law_post_complaint_history_and_what_was_forgotten(site, language):
    title, body = notice_text(language)
    assert title == ("Personvern hos Clemco Norge AS" if language == "nb" else title)
    for words in (
        "Clemco Norge AS, Postbox 104 Tveita, 0617 Oslo",
        "personopplysningsloven",
        AUTHORITY,
        "§ 13",
        f"/privacy/notice/{language}/",
        f"/privacy/notice/{language}/follow/",
        "14 ",
        'id="prof',
        "24 m",
    ):
        assert words in body, words


def test_the_way_to_complain_stands_where_people_ask_and_in_the_footer(client, site):
    for address in ("/nb/personvern/", "/nb/", "/privacy/request/", "/privacy/notice/nb/follow/"):
        assert AUTHORITY in html(client, address), address
