"""An account nobody uses: told 30 and 7 days before its last day, once each, and never of anything that stays (N55)."""

from datetime import datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from privacy.actions import retention_warnings, run_jobs, run_retention
from privacy.actions.retention_warnings import warn_of_retention
from privacy.models import DataSubject, RetentionWarning, TrailEntry
from tests.privacy.actions.test_consent import noon

User = get_user_model()


def account(name="liv", active="2026-03-10", **facts):
    """An account last used on this day; with 24 months it is kept until 2028-03-10."""
    user = User.objects.create_user(f"{name}@gjest.example", None, verified=True, **facts)
    User.objects.filter(pk=user.pk).update(active_at=noon(active))
    return user


def open_order(user):
    organisation = apps.get_model("crm", "Organisation").objects.create(name="Verft AS")
    facts = {"organisation": organisation, "subject": user.subject, "ordered_on": datetime(2026, 3, 10).date()}
    return apps.get_model("crm", "Order").objects.create(number="O-1", **facts)


@pytest.fixture
def liv(db, frozen_day):
    frozen_day("2026-03-10")
    return account()


def night(day, frozen_day=None):
    if frozen_day:
        frozen_day(day)
    counts = warn_of_retention(as_of=noon(day))
    run_jobs()
    return counts["warned"]


def test_the_whole_life_of_an_account_nobody_uses(liv, frozen_day):
    neighbour = account("ola", active="2026-03-20")
    for day, warned, there in (
        ("2028-02-08", 0, True),
        ("2028-02-09", 1, True),
        ("2028-02-10", 0, True),
        ("2028-03-02", 0, True),
        ("2028-03-03", 1, True),
        ("2028-03-04", 0, True),
        ("2028-03-10", 0, True),
        ("2028-03-11", 0, False),
    ):
        frozen_day(day)
        told = [sent.to[0] for sent in mail.outbox]
        night(day)
        new = [sent.to[0] for sent in mail.outbox][len(told) :]
        assert new.count("liv@gjest.example") == warned, day
        run_retention(as_of=noon(day), allow_large=True)
        assert User.objects.filter(pk=liv.pk).exists() is there, day
    assert User.objects.filter(pk=neighbour.pk).exists()


def test_the_mail_says_the_day_and_how_to_stay_and_names_nobody(liv, frozen_day):
    User.objects.filter(pk=liv.pk).update(first_name="Liv", last_name="Gjest")
    assert night("2028-02-09", frozen_day) == 1
    (sent,) = mail.outbox
    assert sent.to == ["liv@gjest.example"]
    assert sent.subject == "Slettes snart hvis du ikke logger inn: Konto"
    assert "10. mars 2028" in sent.body and "/my-data/" in sent.body
    assert "Liv" not in sent.body and "liv@" not in sent.body
    assert TrailEntry.objects.filter(action="retention.warned", subject=liv.subject.pk, reason="30-days").count() == 1


def test_the_mail_is_in_the_language_of_the_account(liv, frozen_day):
    User.objects.filter(pk=liv.pk).update(language="en")
    night("2028-02-09", frozen_day)
    assert mail.outbox[0].subject == "Deleted soon unless you sign in: Account"
    assert "by 10 March 2028" in mail.outbox[0].body


def test_a_sign_in_begins_everything_anew(liv, frozen_day):
    assert night("2028-02-09", frozen_day) == 1
    User.objects.filter(pk=liv.pk).update(active_at=timezone.now())
    assert [night(day, frozen_day) for day in ("2028-03-03", "2030-01-09", "2030-01-10")] == [0, 0, 1]


def test_after_nights_in_which_nothing_ran_the_nearest_step_alone_is_told(liv, frozen_day):
    assert [night(day, frozen_day) for day in ("2028-03-08", "2028-03-09")] == [1, 0]
    (warning,) = RetentionWarning.objects.all()
    assert warning.days == 7 and str(warning) == f"Warning {str(warning.pk)[:8]}"


def test_of_two_runs_at_the_same_moment_one_writes(liv, frozen_day):
    from privacy import registry

    frozen_day("2028-02-09")
    declaration = registry.declaration_of(User)
    row, until = User.objects.get(), datetime(2028, 3, 10).date()
    assert retention_warnings._warn(declaration, row, until=until, step=30) is True
    assert retention_warnings._warn(declaration, row, until=until, step=30) is False
    run_jobs()
    assert len(mail.outbox) == 1


def test_a_dry_run_counts_and_sends_nothing(liv, frozen_day):
    frozen_day("2028-02-09")
    assert warn_of_retention(as_of=noon("2028-02-09"), dry_run=True) == {"warned": 1}
    run_jobs()
    assert mail.outbox == [] and not RetentionWarning.objects.exists()


def test_nobody_is_told_of_what_stays_or_cannot_be_kept_by_signing_in(db, frozen_day):
    frozen_day("2026-03-10")
    account("free")
    paused, closed, colleague = account("paused"), account("closed"), account("siv", is_staff=True)
    DataSubject.objects.filter(pk=paused.subject_id).update(state="restricted")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    buyer = account("buyer")
    open_order(buyer)
    assert night("2028-02-09", frozen_day) == 1 and colleague.is_staff
    assert [sent.to for sent in mail.outbox] == [["free@gjest.example"]]


def test_an_open_order_keeps_the_account_of_who_placed_it_and_not_from_their_own_erasure(db, frozen_day):
    from privacy.actions import plan_erasure

    frozen_day("2026-03-10")
    buyer, other = account("buyer"), account("other")
    order = open_order(buyer)
    run_retention(as_of=noon("2028-03-11"), allow_large=True)
    assert User.objects.filter(pk=buyer.pk).exists() and not User.objects.filter(pk=other.pk).exists()
    plan = plan_erasure(buyer.subject, day=datetime(2028, 3, 11).date())
    assert [item.action for item in plan.items if item.model == "accounts.User"] == ["delete"]
    type(order).objects.update(state="cancelled")
    run_retention(as_of=noon("2028-03-12"), allow_large=True)
    assert not User.objects.filter(pk=buyer.pk).exists()
