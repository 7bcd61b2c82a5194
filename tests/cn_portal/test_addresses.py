from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from cn_portal import addresses


def test_robots_are_kept_out_of_private_places(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /my-data/" in lines
    assert "Disallow: /admin/" in lines
    assert lines[-1] == f"Sitemap: {django_settings.BASE_URL}/sitemap.xml"


def test_security_contact_never_expires_while_the_site_runs(client, settings):
    settings.SECURITY_CONTACT = "mailto:vakt@cn.example"
    fields = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert fields["Contact"] == "mailto:vakt@cn.example"
    expires = datetime.fromisoformat(fields["Expires"])
    assert datetime.now(UTC) + timedelta(days=170) < expires < datetime.now(UTC) + timedelta(days=365)


@pytest.fixture
def media():
    folder = Path(django_settings.MEDIA_ROOT)
    for name in ("images/one.png", "original_images/one.png", "documents/one.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"content")


@pytest.mark.django_db
def test_a_scaled_picture_is_public(client, media):
    response = client.get("/media/images/one.png")
    assert b"".join(response.streaming_content) == b"content"
    assert response["Cache-Control"] == "public, max-age=604800"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["original_images/one.png", "documents/one.pdf", "images/../documents/one.pdf", "images/none.png"]
)
def test_nothing_else_of_the_folder_is_public(client, media, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_the_small_files_are_read_only(client):
    for path in ("/robots.txt", "/.well-known/security.txt", "/media/images/one.png"):
        assert client.post(path).status_code == 405
    assert set(addresses.NOT_FOR_SEARCH_ENGINES) >= {"/my-data/", "/account/", "/applications/"}
