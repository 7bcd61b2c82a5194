"""After a failover that lost the newest seals, two colleagues say so on the command line."""

import pytest

from privacy.actions import note, seal_trail, verify
from privacy.models import TrailLoss, TrailSeal

ASKS, APPROVES = "siv@cn.example", "per@cn.example"


@pytest.fixture
def colleagues(db, django_user_model):
    for address in (ASKS, APPROVES):
        django_user_model.objects.create_superuser(address, password="x" * 20)


@pytest.fixture
def lost(colleagues):
    for number in range(2):
        note(f"act.{number}", by=None)
        seal_trail()
    TrailSeal.objects.filter(number=2).delete()
    assert len(verify()) == 1


def test_two_who_are_staff_accept_it_and_it_is_a_remark_from_then_on(run, lost):
    ended = run("privacy_accept_failover", ASKS, APPROVES, "--format", "json")
    assert (ended.code, ended.document) == (0, {"after_seal": 1, "lost_to": 2})
    loss = TrailLoss.objects.get()
    assert loss.asked_by != loss.approved_by and verify() == []


@pytest.mark.parametrize("pair", [(ASKS, ASKS), (ASKS, "nobody@cn.example"), ("nobody@cn.example", APPROVES)])
def test_one_alone_or_a_stranger_is_refused(run, lost, pair):
    ended = run("privacy_accept_failover", *pair)
    assert ended.is_refused() and ended.err and not TrailLoss.objects.exists() and len(verify()) == 1


def test_where_nothing_is_missing_there_is_nothing_to_accept(run, colleagues):
    ended = run("privacy_accept_failover", ASKS, APPROVES)
    assert ended.is_refused() and "Nothing was changed" in ended.err
