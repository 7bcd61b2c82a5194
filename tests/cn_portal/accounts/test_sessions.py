"""How long sessions live and how they end (T12)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from cn_portal.accounts import actions, jobs, queries
from cn_portal.accounts.models import AccountSession, User
from privacy.models import TrailEntry

from .conftest import PASSWORD, THERE, is_signed_in, mails, type_password

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


@pytest.fixture
def signed_in(kari, open_browser):
    client = open_browser()
    type_password(client, kari.email)
    return client


@pytest.mark.parametrize(("seconds", "alive"), [(30 * 60, True), (30 * 60 + 1, False)])
def test_half_an_hour_without_use(clock, signed_in, seconds, alive):
    clock.move_to(START + timedelta(seconds=seconds))
    assert is_signed_in(signed_in) is alive


def test_use_keeps_a_session_alive_for_twelve_hours_and_no_longer(clock, signed_in):
    for minutes in range(20, 12 * 60 + 1, 20):
        clock.move_to(START + timedelta(minutes=minutes))
        assert is_signed_in(signed_in), minutes
    clock.move_to(START + timedelta(hours=12, seconds=1))
    assert not is_signed_in(signed_in)


def test_the_last_use_is_written_once_a_minute_at_most(clock, signed_in):
    seen = AccountSession.objects.values_list("last_seen", flat=True)
    clock.move_to(START + timedelta(seconds=60))
    signed_in.get("/account/security/")
    assert seen.get() == START
    clock.move_to(START + timedelta(seconds=61))
    signed_in.get("/account/security/")
    assert seen.get() == START + timedelta(seconds=61)


def test_a_session_started_elsewhere_is_stamped_at_its_first_request(kari, open_browser):
    client = open_browser()
    client.force_login(kari, backend="cn_portal.accounts.backends.PasswordBackend")
    assert AccountSession.objects.get().agent == ""
    client.get("/account/security/")
    assert AccountSession.objects.get().agent == "Firefox · Linux"


def test_a_session_knows_its_account_and_says_nothing(kari, signed_in):
    row = AccountSession.objects.get()
    assert (row.user, row.agent, row.network) == (kari, "Firefox · Linux", "203.0.113.0/24")
    assert str(row) == "Session"
    assert row.get_session_store_class()(row.session_key).get("_auth_user_id") == str(kari.pk)


def test_one_session_is_ended_from_another(kari, ola, signed_in, open_browser):
    other, olas = open_browser(THERE), open_browser()
    type_password(other, kari.email)
    type_password(olas, ola.email)
    rows = queries.sessions_of(kari, session_key=signed_in.session.session_key)
    assert [row["here"] for row in rows] == [True, False]
    assert other.session.session_key not in str(rows)
    signed_in.post("/account/security/sessions/end/", {"session": rows[1]["handle"]})
    assert is_signed_in(signed_in) and is_signed_in(olas) and not is_signed_in(other)


def test_a_session_of_a_neighbour_cannot_be_ended(kari, ola, signed_in, open_browser):
    olas = open_browser()
    type_password(olas, ola.email)
    handle = queries.sessions_of(ola, session_key="")[0]["handle"]
    response = signed_in.post("/account/security/sessions/end/", {"session": handle}, follow=True)
    assert response.status_code == 200 and is_signed_in(olas)


def test_signing_out_everywhere_leaves_this_session_and_tells_the_person(kari, signed_in, open_browser):
    others = [open_browser(), open_browser(THERE)]
    for other in others:
        type_password(other, kari.email)
    signed_in.post("/account/security/sessions/end-others/")
    assert is_signed_in(signed_in) and not any(is_signed_in(other) for other in others)
    assert [to for to, _ in mails("signed_out_everywhere")] == [kari.email]
    assert TrailEntry.objects.filter(action="account.signed_out_everywhere", subject=kari.subject_id).count() == 1


def test_signing_out_everywhere_without_a_session_to_keep(kari, signed_in):
    assert actions.sign_out_everywhere(kari, by=None) == 1
    assert not is_signed_in(signed_in)


@pytest.mark.parametrize("path", ["end/", "end-others/"])
def test_looking_ends_nothing(signed_in, path):
    assert signed_in.get(f"/account/security/sessions/{path}").status_code == 405


def test_a_new_password_ends_other_sessions(kari, signed_in, open_browser):
    thief = open_browser(THERE)
    type_password(thief, kari.email)
    response = signed_in.post("/account/security/password/", {"password": "en helt ny setning"})
    assert response.status_code == 302
    assert is_signed_in(signed_in) and not is_signed_in(thief)
    assert type_password(open_browser(), kari.email, PASSWORD).status_code == 200
    assert type_password(open_browser(), kari.email, "en helt ny setning").status_code == 302


def test_closing_an_account_ends_its_session(kari, signed_in):
    User.objects.filter(pk=kari.pk).update(is_active=False)
    assert not is_signed_in(signed_in)


def test_sessions_whose_time_is_up_are_cleared(kari, ola):
    now = timezone.now()
    AccountSession.objects.create(session_key="old", user=kari, expire_date=now)
    AccountSession.objects.create(session_key="nobody", expire_date=now - timedelta(days=1))
    AccountSession.objects.create(session_key="live", user=ola, expire_date=now + timedelta(seconds=1))
    assert jobs.clear_sessions(as_of=now, dry_run=True) == {"due": 2, "deleted": 0}
    assert AccountSession.objects.count() == 3
    assert jobs.clear_sessions(as_of=now, dry_run=False) == {"due": 2, "deleted": 2}
    assert AccountSession.objects.get().session_key == "live"
