"""The command: what it prints, and when it refuses."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cn_portal.accounts.models import User
from crm.models import Organisation

pytestmark = pytest.mark.one_database


def seed(*options, **more):
    out, err = StringIO(), StringIO()
    call_command("seed_demo", *options, stdout=out, stderr=err, **more)
    return out.getvalue(), err.getvalue()


def test_it_prints_the_same_counts_twice(db):
    first, said = seed("--people", "6", "--format", "json")
    counts = json.loads(first)
    assert (counts["people"], counts["organisations"], said) == (6, 2, "")
    second, said = seed("--people", "6", "--format", "json")
    assert json.loads(second) == counts
    assert "already" in said


def test_in_words_and_silent(db):
    assert seed("--people", "6", verbosity=0) == ("", "")
    words, _said = seed("--people", "6")
    assert "      6  people" in words
    assert "talent pool" in words


def test_it_scales(db):
    counts = json.loads(seed("--people", "30", "--format", "json")[0])
    assert (counts["people"], counts["organisations"]) == (30, 10)


@pytest.mark.parametrize("changed", [{"DEMO": False}, {"PRODUCTION": True}])
def test_it_refuses_where_nothing_may_be_invented(db, settings, changed):
    for name, value in changed.items():
        setattr(settings, name, value)
    with pytest.raises(CommandError, match="nothing was written"):
        seed("--people", "6")
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_too_few_people_is_a_wrong_call(db):
    with pytest.raises(CommandError, match="at least 6") as refusal:
        seed("--people", "2")
    assert refusal.value.returncode == 2
