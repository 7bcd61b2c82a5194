"""The security page and what can be changed from it."""

import pytest

from cn_portal.accounts.models import RecoveryCode, TotpDevice, User
from privacy.models import TrailEntry

from .conftest import ask_for_code, is_signed_in, last_code, mails, type_code, type_password


@pytest.fixture
def client(kari, open_browser):
    client = open_browser()
    type_password(client, kari.email)
    return client


def test_account_leads_to_security(client):
    assert client.get("/account/")["Location"] == "/account/security/"


def test_strangers_are_led_to_sign_in(open_browser, db):
    for path in ("", "password/", "sessions/end/", "sessions/end-others/", "language/"):
        answer = open_browser().post(f"/account/security/{path}")
        assert answer["Location"].startswith("/account/sign-in/"), path


def test_the_page_shows_ways_sessions_and_history(client, kari, ola, open_browser):
    type_password(open_browser(), kari.email, "wrong")
    type_password(open_browser(), ola.email, "wrong")
    response = client.get("/account/security/")
    page = response.content.decode()
    assert kari.email in page and "Firefox · Linux" in page and "203.0.113.0/24" in page
    assert ola.email not in page
    assert [event.ok for event in response.context["history"]] == [False, True]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("language", "heading"), [("nb", "Innlogging og sikkerhet"), ("en", "Sign-in and security")])
def test_the_pages_follow_the_accounts_language(client, kari, language, heading):
    User.objects.filter(pk=kari.pk).update(language=language)
    assert heading in client.get("/account/security/", HTTP_ACCEPT_LANGUAGE="de").content.decode()


def test_a_language_chosen_in_this_browser_wins(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Sign-in and security" in client.get("/account/security/").content.decode()


def test_the_language_is_saved(client, kari):
    client.post("/account/security/language/", {"language": "en"})
    kari.refresh_from_db()
    assert kari.language == "en"
    client.post("/account/security/language/", {"language": "xx"})
    kari.refresh_from_db()
    assert kari.language == "en"
    assert TrailEntry.objects.filter(action="account.language_changed", field_names=["language"]).count() == 1


def test_a_weak_password_changes_nothing(client, kari):
    before = User.objects.get(pk=kari.pk).password
    for weak in ("short", "", "kari@kunde.example"):
        page = client.post("/account/security/password/", {"password": weak})
        assert page.status_code == 200 and "error-summary" in page.content.decode(), weak
    assert User.objects.get(pk=kari.pk).password == before and not mails("password_changed")


def test_a_new_password_is_told_and_noted_without_its_value(client, kari):
    client.post("/account/security/password/", {"password": "en helt ny setning"})
    assert [to for to, _ in mails("password_changed")] == [kari.email]
    row = TrailEntry.objects.get(action="account.password_changed")
    assert (row.actor, row.subject, row.field_names) == (kari.pk, kari.subject_id, ["password"])
    assert User.objects.get(pk=kari.pk).password.startswith("argon2")


def test_a_forgotten_password_is_replaced_after_a_mailed_code(kari, open_browser):
    client = open_browser()
    ask_for_code(client, kari.email, next="/account/security/password/")
    assert type_code(client, kari.email, last_code(), next="/account/security/password/")["Location"].endswith(
        "password/"
    )
    assert client.post("/account/security/password/", {"password": "husker denne bedre"}).status_code == 302
    assert type_password(open_browser(), kari.email, "husker denne bedre").status_code == 302


def test_new_recovery_codes_and_removal_need_a_post(kari, verified, open_browser):
    client = verified(kari)
    client.post("/account/confirm/", {"way": "password", "password": "en lang setning om sandblåsing"})
    old = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert client.get("/account/second-factor/recovery-codes/").status_code == 200
    assert client.get("/account/second-factor/remove/").status_code == 200
    assert set(RecoveryCode.objects.values_list("digest", flat=True)) == old and TotpDevice.objects.count() == 1
    assert client.post("/account/second-factor/recovery-codes/").status_code == 200
    assert not old & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert client.post("/account/second-factor/remove/")["Location"] == "/account/security/"
    assert TotpDevice.objects.count() == RecoveryCode.objects.count() == 0
    assert is_signed_in(client)


def test_without_an_app_recovery_codes_lead_to_setting_one_up(client):
    assert client.get("/account/second-factor/recovery-codes/")["Location"] == "/account/second-factor/set-up/"


@pytest.mark.parametrize("act", ["recovery-codes", "remove", "set-up"])
def test_changing_the_factor_needs_confirming(kari, verified, act):
    assert verified(kari).get(f"/account/second-factor/{act}/")["Location"].startswith("/account/confirm/")


def test_an_app_in_use_is_asked_for_before_another_is_set_up(kari, app_of, open_browser):
    app_of(kari)
    client = open_browser()
    client.force_login(kari, backend="cn_portal.accounts.backends.PasswordBackend")
    assert client.get("/account/second-factor/set-up/")["Location"] == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200


def test_the_second_step_page_sends_on_who_has_shown_it(kari, verified):
    assert verified(kari).get("/account/second-factor/?next=/my-data/copy/")["Location"] == "/my-data/copy/"


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize(
    "template",
    ["sign_in_code", "confirm_code", "password_changed", "factor_changed", "signed_out_everywhere"],
)
def test_every_mail_is_written_in_both_languages(kari, drain, mailoutbox, template, language):
    from privacy.actions import queue_mail

    context = {"code": "ABCD EFGH", "minutes": 10, "when": "02.03.2026 12:00"}
    queue_mail(to=kari.email, template=f"accounts/mail/{template}", context=context, language=language)
    drain()
    mail = mailoutbox[0]
    wanted = context["code"] if "code" in template else context["when"]
    assert wanted in mail.body and mail.subject and "\n" not in mail.subject
    norwegian = any(word in mail.body for word in ("koden", "Koden", "Var det deg"))
    assert norwegian is (language == "nb")
