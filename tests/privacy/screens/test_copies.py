"""The life of a copy over HTTP: asked for, built, fetched three times, gone; never by anybody else."""

import io
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from privacy import actions, vault
from privacy.actions.mail import open_mail
from privacy.models import Copy, OutgoingMail
from privacy.screens import copies

URL = "/my-data/copy/"


@pytest.fixture
def ready(kari, drain):
    """A copy of Kari's that has been built."""
    copy = actions.request_copy(kari.subject, by=kari, language="nb")
    drain()
    copy.refresh_from_db()
    return copy


def url(copy):
    return f"{URL}{copy.pk}/"


def test_from_the_button_to_the_file(kari, ola, sign_in, drain):
    client = sign_in(kari, language="en")
    assert "Make a copy" in client.get(URL).content.decode()
    answer = client.post(URL)
    copy = Copy.objects.get()
    assert (answer.status_code, answer.url) == (302, url(copy))
    waiting = client.get(url(copy)).content.decode()
    assert "It waits its turn." in waiting
    assert f'href="{url(copy)}"' in waiting and "js/progress.js" in waiting
    drain()
    page = client.get(url(copy)).content.decode()
    assert "Your copy is ready" in page and "js/progress.js" not in page
    answer = client.post(url(copy))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="copy.zip"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer.headers["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        index = archive.read("data/index.html").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert "Karikanari" in index
    assert b"lakanari" not in everything


def test_progress_shows_the_parts(kari, sign_in):
    copy = actions.request_copy(kari.subject, by=kari)
    Copy.objects.filter(pk=copy.pk).update(state="building", done_parts=2, all_parts=7)
    page = sign_in(kari, language="en", confirmed=False).get(url(copy)).content.decode()
    assert "2 of 7 parts are done." in page
    assert '<progress class="progress" max="7" value="2">' in page


def test_the_page_to_read_is_whole_in_itself(ready):
    with actions.open_file(ready.file) as reader, zipfile.ZipFile(io.BytesIO(reader.read())) as archive:
        page = archive.read("data/index.html").decode()
    assert page.startswith("<!doctype html>") and "Hva du kan gjøre" not in page
    assert "Karikanari" in page and "Samtykkene dine" in page
    for forbidden in ("<script", "<link", "<img", "src=", "{{", "{%"):
        assert forbidden not in page
    assert "Datatilsynet" in page and "Postboks 458 Sentrum, 0105 Oslo" in page


def test_asking_twice_is_one_copy(kari, sign_in):
    client = sign_in(kari)
    assert client.post(URL).url == client.post(URL).url
    assert Copy.objects.count() == 1


def test_the_list_shows_what_can_still_be_fetched(kari, ready, sign_in):
    client = sign_in(kari, language="en")
    assert url(ready) in client.get(URL).content.decode()
    Copy.objects.filter(pk=ready.pk).update(downloads=3)
    assert url(ready) not in client.get(URL).content.decode()
    client.post(URL)
    assert "See how far it has come" in client.get(URL).content.decode()


def test_three_downloads_and_no_more(kari, ready, sign_in):
    client = sign_in(kari, language="en")
    for left in (3, 2, 1):
        assert f'<dd class="value">{left}</dd>' in client.get(url(ready)).content.decode()
        assert b"".join(client.post(url(ready)).streaming_content)
    for answer in (client.get(url(ready)), client.post(url(ready))):
        assert answer.status_code == 410
        assert "This copy is gone" in answer.content.decode()
    ready.refresh_from_db()
    assert ready.downloads == 3


def test_seven_days_and_no_more(kari, ready, sign_in):
    client = sign_in(kari)
    Copy.objects.filter(pk=ready.pk).update(expires_at=timezone.now() + timedelta(minutes=1))
    assert client.get(url(ready)).status_code == 200
    Copy.objects.filter(pk=ready.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(url(ready)).status_code == 410
    assert client.post(url(ready)).status_code == 410


def test_a_download_that_comes_too_late_by_a_moment_is_gone(kari, ready, sign_in, monkeypatch):
    Copy.objects.filter(pk=ready.pk).update(downloads=3)
    monkeypatch.setattr(copies, "is_readable", lambda copy, *, now: True)
    assert sign_in(kari).post(url(ready)).status_code == 410


def test_somebody_elses_copy_is_as_little_found_as_none(kari, ola, ready, sign_in):
    client = sign_in(ola)
    for method in (client.get, client.post):
        assert method(url(ready)).status_code == 404
        assert method(f"{URL}{uuid.uuid4()}/").status_code == 404
    ready.refresh_from_db()
    assert ready.downloads == 0
    assert Client().get(url(ready)).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_proof_is_asked_for_again(method, kari, ready, sign_in):
    client = sign_in(kari, confirmed=False)
    for path in (URL, url(ready)):
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer.url) == (302, f"/account/confirm/?next={path.replace('/', '%2F')}")
    assert Copy.objects.count() == 1
    ready.refresh_from_db()
    assert ready.downloads == 0


def test_a_proof_is_good_for_five_minutes(kari, sign_in):
    client = sign_in(kari)
    session = client.session
    for age, status in ((299, 200), (301, 302)):
        session["privacy.stepped_up_at"] = timezone.now().timestamp() - age
        session.save()
        assert client.get(URL).status_code == status


def test_no_token_no_copy(kari, ready, sign_in):
    client = sign_in(kari, enforce_csrf_checks=True)
    assert client.post(URL).status_code == 403
    assert client.post(url(ready)).status_code == 403
    assert Copy.objects.count() == 1


def test_a_damaged_copy_is_said_and_a_new_one_offered(kari, ready, sign_in, monkeypatch):
    def damaged(copy, *, by):
        raise vault.Damaged

    monkeypatch.setattr(copies.actions, "open_copy", damaged)
    answer = sign_in(kari, language="en").post(url(ready), follow=True)
    assert answer.redirect_chain == [(URL, 302)]
    assert "This copy is damaged and cannot be opened." in answer.content.decode()


def test_the_mail_that_it_is_ready_holds_a_link_and_nothing_personal(kari, sign_in, mail_sent):
    copy = actions.request_copy(kari.subject, by=kari, language="nb")
    title, body = mail_sent("privacy/mail/copy_ready", copy)
    assert title == "Kopien din er klar"
    assert f"{settings.BASE_URL}/my-data/copy/{copy.pk}/" in body
    assert "Karikanari" not in body and kari.email not in body
    # The link alone gives nothing away: it asks who is there.
    assert Client().get(url(copy)).status_code == 302


@pytest.fixture
def mail_sent(monkeypatch):
    """Builds a copy and gives back title and text of the mail it causes, as they are sent."""
    from privacy.actions import mail
    from privacy.actions.copies import fill_copy

    def build(template, copy):
        fill_copy(copy)
        waiting = OutgoingMail.objects.get(template=template)
        to, context = open_mail(waiting)
        message = mail._message(waiting, to, context)
        return message.subject, message.body

    return build


def test_somebody_without_an_account_gets_no_such_mail(db, drain):
    subject = actions.register_subject(role="enquirer", email="noen@kunde.example", by=None)
    copy = actions.request_copy(subject, by=None)
    drain()
    copy.refresh_from_db()
    assert copy.state == "ready"
    assert not OutgoingMail.objects.exists()


def test_the_script_only_looks_again():
    script = (Path(settings.ROOT) / "static/js/progress.js").read_text(encoding="utf-8")
    assert "[data-progress]" in script and "3000" in script
    assert "fetch(" not in script
