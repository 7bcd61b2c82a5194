"""Erasing in a versioned bucket that fails, lies or hangs up: done only when a listing shows it (F03, F04)."""

import http.client
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from privacy.actions import FilesRemain, carry_out, resume_waiting, run_jobs
from privacy.actions.jobs import MOST_ATTEMPTS
from privacy.models import Erasure, Job, PersonKey, StoredFile
from tests.privacy.actions.erasing import EVIDENCE, order, state_of, today
from tests.toy.factories import guest_file, house, rows_of_person

__all__ = ["today"]


class Weather:
    """What the way to the object store does to DELETE: from the ``nth`` on it answers, hangs up or pretends."""

    def __init__(self):
        self.mood, self.nth, self.deletes = "fine", 1, 0

    def strikes(self, method):
        if method != "DELETE":
            return False
        self.deletes += 1
        return self.mood != "fine" and self.deletes >= self.nth


@pytest.fixture
def bucket(s3, settings, monkeypatch):
    """The bucket, reached through a proxy whose weather can change; the client does not try again by itself."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(s3.endpoint, weather := Weather()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    people = settings.STORAGES["people"]
    options = people["OPTIONS"] | {"endpoint_url": f"http://127.0.0.1:{server.server_port}"}
    settings.STORAGES = settings.STORAGES | {"people": people | {"OPTIONS": options}}
    s3.weather = weather
    yield s3
    storages["people"].connection.meta.client.close()
    server.shutdown()
    server.server_close()


def _handler(endpoint, weather):
    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self):
            try:
                super().handle_one_request()
            except ConnectionError:
                self.close_connection = True

        def pass_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if weather.strikes(self.command):
                self.strike()
                return
            with closing(http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=20)) as upstream:
                headers = {**self.headers, "Host": urlsplit(endpoint).netloc}
                upstream.request(self.command, self.path, body, headers)
                answer = upstream.getresponse()
                self.reply(answer.status, answer.read(), answer.getheaders())

        def strike(self):
            if weather.mood == "reset":
                self.close_connection = True
            elif weather.mood == "pretends":
                self.reply(204, b"", [])
            else:
                self.reply(503, b"<Error><Code>SlowDown</Code></Error>", [("Content-Type", "application/xml")])

        def reply(self, status, body, headers):
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                    self.send_header(name, value)
            # An answer to HEAD says how long the object is and brings no body.
            length = dict(headers).get("Content-Length", "0") if self.command == "HEAD" else str(len(body))
            self.send_header("Content-Length", length)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = pass_on

        def log_message(self, *args):
            pass

    return Proxy


@pytest.fixture
def kari(bucket, db):
    """Two files, one of them overwritten and then deleted in the old way, so that versions and a marker lie there."""
    someone = house("kari@gjest.example", word="Kari")
    guest_file(someone.guest, b"a second paper", name="second.pdf")
    key = f"people/{someone.file.file.storage_name}"
    bucket.client.put_object(Bucket=bucket.bucket, Key=key, Body=b"an older version")
    bucket.client.delete_object(Bucket=bucket.bucket, Key=key)
    return someone


def left_in(bucket, prefix="people/"):
    found = bucket.client.list_object_versions(Bucket=bucket.bucket, Prefix=prefix)
    return [*found.get("Versions", []), *found.get("DeleteMarkers", [])]


def rows_of(someone):
    return rows_of_person(someone.subject, but=EVIDENCE | {"privacy.OutgoingMail"})


def test_every_version_and_every_marker_goes_and_the_neighbours_stay(bucket, kari, ola):
    ours = left_in(bucket)
    assert len(ours) == 5 and len(bucket.client.list_object_versions(Bucket=bucket.bucket)["DeleteMarkers"]) == 1
    done = carry_out(order(kari))
    assert (done.state, done.files) == ("done", 2)
    assert [each["Key"] for each in left_in(bucket)] == [f"people/{ola.file.file.storage_name}"]


@pytest.mark.parametrize("mood", ["503", "reset", "pretends"])
@pytest.mark.parametrize("nth", [1, 3])
def test_a_storage_that_fails_keeps_it_open_with_rows_and_keys_until_the_next_run(bucket, kari, mood, nth):
    before, erasure = rows_of(kari), order(kari)
    bucket.weather.mood, bucket.weather.nth = mood, nth
    with pytest.raises(FilesRemain):
        carry_out(erasure)
    erasure.refresh_from_db()
    assert (erasure.state, erasure.step, state_of(kari)) == ("executing", "freeze", "erasing")
    assert left_in(bucket) and rows_of(kari) == before
    assert PersonKey.objects.filter(subject=kari.subject).count() == 2
    bucket.weather.mood = "fine"
    done = carry_out(erasure)
    assert (done.state, done.files, left_in(bucket)) == ("done", 2, [])
    assert not StoredFile.objects.filter(subject=kari.subject).exists()


def test_a_storage_silent_until_the_worker_gave_up_is_not_forgotten_by_the_night(kari, bucket, frozen_day):
    erasure = order(kari)
    bucket.weather.mood = "503"
    Job.objects.filter(ref=erasure.pk).update(attempts=MOST_ATTEMPTS - 1)
    assert run_jobs() == 1
    assert Job.objects.get(ref=erasure.pk).state == "failed" and Erasure.objects.get().state == "executing"
    bucket.weather.mood = "fine"
    frozen_day("2026-03-02")
    now = timezone.now()
    assert resume_waiting(as_of=now, dry_run=True) == {"resumed": 1} and run_jobs() == 0
    assert resume_waiting(as_of=now) == {"resumed": 1} and resume_waiting(as_of=now) == {"resumed": 0}
    run_jobs()
    assert Erasure.objects.get().state == "done" and left_in(bucket) == []
