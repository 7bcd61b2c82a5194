import os
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from cn_portal import health, heartbeat


@pytest.fixture(autouse=True)
def living_worker(settings, tmp_path):
    settings.VAR = tmp_path
    heartbeat.beat(tmp_path)


def test_healthz_needs_no_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_when_everything_answers(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "ledger": "ok", "storage": "ok", "worker": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_readyz_names_a_database_that_does_not_answer(client, monkeypatch):
    def broken(alias):
        raise ConnectionError("secret host name")

    monkeypatch.setattr(health, "_answers_one", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "down", "ledger": "down", "storage": "ok", "worker": "ok"}
    assert b"secret" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("silence", "word"), [(health.WORKER_SILENCE - timedelta(seconds=20), "ok"), (health.WORKER_SILENCE, "down")]
)
def test_a_silent_worker_is_reported_in_time(client, silence, word):
    moment = (timezone.now() - silence).timestamp()
    os.utime(django_settings.VAR / heartbeat.NAME, (moment, moment))
    assert client.get("/readyz").json()["worker"] == word


@pytest.mark.django_db
def test_a_worker_that_never_lived_is_down(client):
    (django_settings.VAR / heartbeat.NAME).unlink()
    assert heartbeat.last_seen(django_settings.VAR) is None
    assert client.get("/readyz").json()["worker"] == "down"


def test_health_pages_are_read_only(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405
