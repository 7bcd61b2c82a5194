"""What accounts hold about a person is found for that person, and for nobody else."""

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from cn_portal.accounts.models import AccountSession, SignInCode, SignInEvent, User
from cn_portal.accounts.personal_data import SessionData, proved_address_keys
from cn_portal.accounts.throttle import address_key
from privacy import registry
from privacy.actions import register_subject
from privacy.reach import rows_of

from .conftest import ask_for_code, type_password


def rows(model, *subjects):
    return set(rows_of(registry.declaration_of(model), [subject.pk for subject in subjects]))


@pytest.fixture
def traces(kari, ola, open_browser):
    """Both have failed, succeeded and asked for a code."""
    for user in (kari, ola):
        client = open_browser()
        ask_for_code(client, user.email)
        type_password(client, user.email)
        type_password(client, user.email, "wrong")


@pytest.mark.parametrize(("model", "count"), [(SignInEvent, 2), (SignInCode, 1), (AccessAttempt, 1)])
def test_rows_filed_under_an_address_are_found_for_its_person(traces, kari, ola, model, count):
    mine, theirs = rows(model, kari.subject), rows(model, ola.subject)
    assert len(mine) == len(theirs) == count and not mine & theirs


def test_rows_of_the_account_are_found(traces, kari, ola):
    assert rows(User, kari.subject) == {kari}
    assert {session.user for session in rows(AccountSession, kari.subject)} == {kari}


def test_an_address_somebody_merely_typed_finds_nothing_of_its_owner(traces, kari):
    typed = register_subject(role="contact", email=kari.email, by=None)
    assert rows(SignInEvent, typed) == rows(SignInCode, typed) == rows(AccessAttempt, typed) == set()
    assert not proved_address_keys([typed.pk]).exists()


def test_the_hash_of_an_identifier_is_the_one_attempts_are_filed_under(kari):
    assert [row["identifiers__index"] for row in proved_address_keys([kari.subject_id])] == [address_key(kari.email)]


def test_the_key_of_a_session_is_not_its_label(kari):
    row = AccountSession(session_key="secretsecret", user=kari, expire_date=timezone.now())
    assert "secret" not in SessionData.label(row) and SessionData.label(row)


@pytest.mark.parametrize(
    "label",
    [
        "accounts.User",
        "accounts.User_groups",
        "accounts.User_user_permissions",
        "accounts.AccountSession",
        "accounts.SignInEvent",
        "accounts.SignInCode",
        "accounts.TotpDevice",
        "accounts.RecoveryCode",
        "axes.AccessAttempt",
        "axes.AccessAttemptExpiration",
        "axes.AccessFailureLog",
        "axes.AccessLog",
    ],
)
def test_every_table_is_declared(label):
    declared = registry.declaration_of(label)
    assert declared.activity.code in ("accounts", "sign-in-security") and declared.keep.source


def test_names_of_rows_tell_nothing(traces, kari):
    for model in (SignInEvent, SignInCode):
        row = model.objects.first()
        assert str(row).endswith(str(row.pk)[:8])
