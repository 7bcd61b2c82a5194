import pytest

from cn_portal.website.notice import notice_context, purpose_of
from privacy import queries, registry


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_notice_shows_every_purpose_of_the_register(client, site, language):
    html = client.get(site[language]["notice"]).content.decode()
    codes = {activity.code for activity in registry.activities()}
    assert "enquiries" in codes and "website-editing" in codes
    for code in codes:
        assert html.count(f'id="purpose-{code}"') == 1, code
    assert "Clemco Norge AS" in html[html.index("<title>") : html.index("</title>")]


def test_recipients_and_periods_are_those_of_the_register(db):
    from crm.actions import ensure_carriers

    ensure_carriers()
    context = notice_context("en")
    named = {name for row in queries.register()["activities"] for name in row["recipients"]}
    assert {"Bring", "TNT", "Ramberg"} <= named
    assert set(context["recipients"]) == named
    kept = {purpose.code: purpose.keep for purpose in context["purposes"]}
    assert any("60 months after the end of the accounting year" in line for line in kept["accounting"])


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_fixed_text_names_law_authority_and_rights(client, site, language):
    html = client.get(site[language]["notice"]).content.decode()
    for words in ("Datatilsynet", "Postboks 458 Sentrum, 0105 Oslo", "§ 13", "GDPR", 'href="/my-data/"', 'id="prof'):
        assert words in html, words


def test_purposes_of_colleagues_stand_apart(db):
    context = notice_context("nb")
    assert [purpose.code for purpose in context["colleague_purposes"]] == ["website-editing"]
    assert "website-editing" not in [purpose.code for purpose in context["purposes"]]


def test_an_unknown_language_gets_the_english_text(db):
    assert notice_context("de")["fixed_text"] == "website/notice/en.html"


def test_a_purpose_for_a_form_has_basis_and_period_in_one_line(db):
    purpose = purpose_of("enquiries")
    assert purpose.basis_text.startswith("GDPR Art 6(1)(f). ")
    assert purpose.period_text == " · ".join(purpose.keep) != ""
    assert purpose_of("recruitment").basis_text == "GDPR Art 6(1)(a)"
