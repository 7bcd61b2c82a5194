import pytest

from cn_portal import work
from privacy import actions


def test_drain_goes_on_until_nothing_is_ready(monkeypatch):
    batches, seals = [work.BATCH, 3, 0], []
    monkeypatch.setattr(actions, "run_jobs", lambda *, limit, now: batches.pop(0))
    monkeypatch.setattr(actions, "seal_trail", lambda: seals.append(1))
    assert work.drain() == work.BATCH + 3
    assert batches == []
    assert len(seals) == 3


@pytest.mark.django_db
def test_an_idle_round_does_nothing():
    work.drain()
    assert work.one_round() == 0
