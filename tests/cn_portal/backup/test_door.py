"""While a restore runs: 503 for everybody, healthz alive, readyz not ready, static files there (T34)."""

import pytest
from django.utils import timezone

from cn_portal.backup import door


@pytest.fixture
def shut(settings, tmp_path):
    settings.VAR = tmp_path
    door.shut(backup="cn-backup-2026-03-02T040000Z", now=timezone.now())
    yield
    door.unlock()
    door.unlock()


def test_every_page_says_so_in_both_languages_and_when_to_come_back(client, shut):
    for address in ("/", "/nb/", "/admin/", "/my-data/", "/account/sign-in/", "/nowhere"):
        response = client.get(address)
        assert response.status_code == 503 and response["Retry-After"] == "120"
        assert "no-store" in response["Cache-Control"] and "Content-Security-Policy" in response
        page = response.content.decode()
        assert "Vi er straks tilbake" in page and '<div lang="en">' in page and "We will be back" in page
    assert client.post("/my-data/").status_code == 503


def test_the_process_is_alive_and_not_ready(client, shut, db):
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503 and response.json()["restore"] == "down"


def test_an_open_door_is_not_noticed(client, db):
    assert not door.is_shut() and "restore" not in client.get("/readyz").json()
    assert client.get("/my-data/").status_code == 302
