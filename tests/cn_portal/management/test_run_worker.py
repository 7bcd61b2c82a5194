import signal
import threading
from io import StringIO

import pytest
from django.core.management import call_command

from cn_portal import heartbeat, schedule, work
from cn_portal.management.commands import run_worker


@pytest.mark.django_db
def test_once_says_how_much_was_done(monkeypatch):
    monkeypatch.setattr(work, "drain", lambda: 7)
    out = StringIO()
    call_command("run_worker", "--once", stdout=out)
    assert out.getvalue() == "7 jobs done.\n"


@pytest.mark.django_db
def test_the_worker_works_until_it_is_stopped(monkeypatch, settings, tmp_path):
    settings.VAR = tmp_path
    stopped, rounds = threading.Event(), [5, 0, 0]

    def one_round():
        if len(rounds) == 1:
            stopped.set()
        return rounds.pop(0)

    monkeypatch.setattr(work, "one_round", one_round)
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)
    run_worker.run_until(stopped, pause=0.01)
    assert rounds == []
    assert heartbeat.last_seen(tmp_path) is not None
    assert (tmp_path / schedule.MARK).exists()


def test_a_stop_signal_sets_the_event():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        stopped = run_worker._stop_signal()
        assert not stopped.is_set()
        signal.raise_signal(signal.SIGTERM)
        assert stopped.is_set()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
