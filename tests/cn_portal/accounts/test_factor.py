"""The second factor: seeds sealed, codes hashed, everything once (T06, T09)."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cn_portal.accounts import actions
from cn_portal.accounts.models import AccountSession, RecoveryCode, TotpDevice
from privacy.models import TrailEntry

from .conftest import mails, token_of


def wrong(device):
    return f"{(int(token_of(device)) + 1) % 1_000_000:06d}"


def test_an_app_is_in_use_only_after_its_first_code(kari):
    waiting = actions.begin_factor(kari, by=kari)
    assert actions.verify_factor(kari, token=token_of(waiting)) is None
    assert actions.confirm_factor(kari, token=wrong(waiting), by=kari) is None
    TotpDevice.objects.update(throttling_failure_count=0)
    assert len(actions.confirm_factor(kari, token=token_of(waiting), by=kari)) == 10
    assert TotpDevice.objects.get().confirmed


def test_nothing_waiting_confirms_nothing(kari):
    assert actions.confirm_factor(kari, token="123456", by=kari) is None


def test_a_second_start_replaces_the_seed(kari):
    first, second = actions.begin_factor(kari, by=kari), actions.begin_factor(kari, by=kari)
    assert first.seed != second.seed and TotpDevice.objects.count() == 1
    assert len(base64.b32decode(second.seed)) == 20


def test_a_code_works_once(kari, app_of):
    device = app_of(kari)
    token = token_of(device)
    assert actions.verify_factor(kari, token=f"{token[:3]} {token[3:]}") == device
    assert actions.verify_factor(kari, token=token) is None


def test_a_row_read_before_the_other_request_wrote_does_not_let_a_code_in_twice(kari, app_of):
    device = app_of(kari)
    first, second = TotpDevice.objects.get(pk=device.pk), TotpDevice.objects.get(pk=device.pk)
    token = token_of(device)
    assert first.verify_token(token)
    assert not second.verify_token(token)


@pytest.mark.parametrize(("step", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_neighbouring_half_minutes_are_accepted(kari, app_of, step, works):
    device = app_of(kari)
    with time_machine.travel(timezone.now(), tick=False):
        assert bool(actions.verify_factor(kari, token=token_of(device, step))) is works


def test_the_remembered_clock_difference_never_shuts_the_right_time_out(kari, app_of):
    device = app_of(kari)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for minute in range(4):
            clock.move_to(start + timedelta(minutes=minute))
            device.refresh_from_db()
            assert actions.verify_factor(kari, token=token_of(device, 1))
        device.refresh_from_db()
        assert device.drift == 1
        clock.move_to(start + timedelta(minutes=10))
        assert actions.verify_factor(kari, token=token_of(device, 0))


@pytest.mark.parametrize("token", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345"])
def test_what_is_not_six_digits_is_refused(kari, app_of, token):
    app_of(kari)
    assert actions.verify_factor(kari, token=token) is None


def test_each_failure_makes_the_wait_longer(kari, app_of):
    device = app_of(kari)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        assert actions.verify_factor(kari, token=wrong(device)) is None
        assert actions.verify_factor(kari, token=token_of(device)) is None
        assert actions.use_recovery_code(kari, code=device.codes[0]) is None
        clock.move_to(start + timedelta(seconds=1))
        assert actions.verify_factor(kari, token=token_of(device)) is not None
        device.refresh_from_db()
        assert device.throttling_failure_count == 0


def test_the_seed_is_not_in_the_database(kari, app_of):
    device = app_of(kari)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_totpdevice")
        row = b" ".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    seed = device.seed
    assert len(seed) == 32
    for form in (seed.encode(), base64.b32decode(seed), base64.b32decode(seed).hex().encode()):
        assert form not in row


def test_recovery_codes_are_ten_are_kept_hashed_and_work_once(kari, app_of):
    codes = app_of(kari).codes
    assert len(set(codes)) == 10
    kept = " ".join(str(value) for row in RecoveryCode.objects.values() for value in row.values())
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert actions.use_recovery_code(kari, code=f" {codes[3].lower()} ") is not None
    assert actions.use_recovery_code(kari, code=codes[3]) is None
    assert RecoveryCode.objects.filter(used_at__isnull=True).count() == 9


def test_new_recovery_codes_replace_the_old(kari, app_of):
    old = app_of(kari).codes
    new = actions.new_recovery_codes(kari, by=kari)
    assert actions.use_recovery_code(kari, code=old[0]) is None
    TotpDevice.objects.update(throttling_failure_count=0)
    assert actions.use_recovery_code(kari, code=new[0]) is not None


def test_recovery_codes_of_a_neighbour_do_not_work(kari, ola, app_of):
    mine, _theirs = app_of(kari), app_of(ola)
    assert actions.use_recovery_code(ola, code=mine.codes[0]) is None
    assert actions.use_recovery_code(kari, code=mine.codes[0]) is not None


def test_without_recovery_codes_none_works(kari, app_of):
    app_of(kari)
    RecoveryCode.objects.all().delete()
    assert actions.use_recovery_code(kari, code="AAAAA-AAAAA") is None


def test_without_an_app_nothing_is_verified(kari):
    assert actions.verify_factor(kari, token="123456") is None
    assert actions.use_recovery_code(kari, code="AAAAA-AAAAA") is None


def test_a_new_app_replaces_the_old_tells_the_person_and_ends_other_sessions(kari, ola, app_of):
    first = app_of(kari)
    AccountSession.objects.create(session_key="here", user=kari, expire_date=timezone.now())
    AccountSession.objects.create(session_key="elsewhere", user=kari, expire_date=timezone.now())
    AccountSession.objects.create(session_key="olas", user=ola, expire_date=timezone.now())
    waiting = actions.begin_factor(kari, by=kari)
    assert TotpDevice.objects.get(confirmed=True) == first
    actions.confirm_factor(kari, token=token_of(waiting), by=kari, keep="here")
    assert TotpDevice.objects.get() == waiting
    assert set(AccountSession.objects.values_list("session_key", flat=True)) == {"here", "olas"}
    assert [to for to, _ in mails("factor_changed")] == [kari.email] * 2
    assert TrailEntry.objects.filter(action="account.factor_added", actor=kari.pk, subject=kari.subject_id).count() == 2


def test_removing_takes_app_and_codes(kari, ola, app_of):
    app_of(kari), app_of(ola)
    assert actions.remove_factor(kari, by=kari)
    assert set(TotpDevice.objects.values_list("user", flat=True)) == {ola.pk}
    assert RecoveryCode.objects.filter(user=ola).count() == RecoveryCode.objects.count() == 10
    assert TrailEntry.objects.filter(action="account.factor_removed", subject=kari.subject_id).count() == 1


def test_removing_nothing_says_so(kari):
    assert not actions.remove_factor(kari, by=kari)
    assert not TrailEntry.objects.filter(action="account.factor_removed").exists() and not mails()


def test_there_is_one_app_in_use_per_person(kari, app_of):
    app_of(kari)
    with pytest.raises(IntegrityError), transaction.atomic():
        TotpDevice.objects.create(user=kari, confirmed=True, seed="A" * 32)


def test_names_of_rows_tell_nothing(kari, app_of):
    device = app_of(kari)
    assert str(device) == f"Authenticator {str(device.pk)[:8]}"
    assert str(RecoveryCode.objects.first()).startswith("Recovery code ")
