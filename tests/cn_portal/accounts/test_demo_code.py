"""`demo_code EMAIL`: for demonstration accounts of a demonstration only."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cn_portal.accounts import actions
from cn_portal.accounts.models import TotpDevice, User


@pytest.fixture
def demo(seller, app_of, settings):
    settings.DEMO = True
    app_of(seller)
    User.objects.filter(pk=seller.pk).update(demo=True)
    return seller


def code_of(capsys, email="Seller@cn.example"):
    call_command("demo_code", email, "--format", "json")
    return json.loads(capsys.readouterr().out)["code"]


def test_the_code_works(demo, capsys):
    assert actions.verify_factor(demo, token=code_of(capsys)) is not None


def test_plain_text_is_the_code_alone(demo, capsys):
    call_command("demo_code", demo.email)
    assert len(capsys.readouterr().out.strip()) == 6


def test_twice_in_half_a_minute_and_then_again(demo, capsys):
    start = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        assert actions.verify_factor(demo, token=code_of(capsys))
        assert actions.verify_factor(demo, token=code_of(capsys))
        with pytest.raises(CommandError, match="30 seconds"):
            code_of(capsys)
        clock.move_to(start + timedelta(seconds=60))
        assert actions.verify_factor(demo, token=code_of(capsys))


@pytest.mark.parametrize("why", ["demo off", "not a demo account", "no app", "app not confirmed", "closed", "unknown"])
def test_it_refuses(demo, settings, capsys, why):
    assert code_of(capsys)
    if why == "demo off":
        settings.DEMO = False
    elif why == "not a demo account":
        User.objects.update(demo=False)
    elif why == "no app":
        TotpDevice.objects.all().delete()
    elif why == "app not confirmed":
        TotpDevice.objects.update(confirmed=False)
    elif why == "closed":
        User.objects.update(is_active=False)
    with pytest.raises(CommandError):
        code_of(capsys, "nobody@cn.example" if why == "unknown" else demo.email)
    assert capsys.readouterr().out == ""
