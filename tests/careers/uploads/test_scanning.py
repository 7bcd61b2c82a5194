"""The scanner is believed only when it says that a file is clean (F15)."""

import io

import clamd
import pytest

from careers.uploads import Refused, check_upload, scanning
from tests.careers.factories import pdf_bytes, upload
from tests.fixtures.scanner import EICAR, nobody, playing

OK, FOUND = b"stream: OK\n", b"stream: Eicar FOUND\n"


def test_without_a_scanner_nothing_is_scanned_and_that_is_said():
    assert scanning.scan(io.BytesIO(EICAR)) == "not_scanned"
    assert check_upload(upload()).scan == "not_scanned"


def test_the_real_scanner_finds_what_it_knows(settings, clamd_socket):
    settings.CLAMD_URL = clamd_socket
    stream = io.BytesIO(pdf_bytes())
    stream.read(3)
    assert scanning.scan(stream) == "clean" and stream.tell() == 0
    for content in (EICAR, pdf_bytes(EICAR)):
        with pytest.raises(scanning.Infected):
            scanning.scan(io.BytesIO(content))


def test_what_is_found_is_refused_and_what_is_clean_is_taken(settings, clamd_socket):
    settings.CLAMD_URL = clamd_socket
    assert check_upload(upload()).scan == "clean"
    with pytest.raises(Refused) as refused:
        check_upload(upload(content=pdf_bytes(EICAR)))
    assert refused.value.code == "infected"


def test_more_than_the_real_scanner_takes_is_not_scanned(settings, clamd_socket):
    settings.CLAMD_URL = clamd_socket
    assert scanning.scan(io.BytesIO(b"x" * 1_000_000)) == "clean"
    assert scanning.scan(io.BytesIO(b"x" * 3_000_000)) == "failed"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (OK, "clean"),
        (b"INSTREAM size limit exceeded. ERROR\n", "failed"),
        (b"stream: broken ERROR\n", "failed"),
        (b"hello\n", "failed"),
        (b"", "failed"),
    ],
)
def test_only_ok_is_clean(settings, answer, said):
    with playing(answer) as settings.CLAMD_URL:
        assert scanning.scan(io.BytesIO(b"x")) == said


def test_found_over_the_network_too(settings):
    with playing(FOUND) as settings.CLAMD_URL, pytest.raises(scanning.Infected):
        scanning.scan(io.BytesIO(b"x"))


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.sock"])
def test_a_scanner_that_is_down_has_not_looked(settings, url):
    settings.CLAMD_URL = url if url.startswith("unix") else nobody()
    assert scanning.scan(io.BytesIO(b"x")) == "failed"
    assert check_upload(upload()).scan == "failed"


def test_where_no_connection_can_be_made_at_all_nobody_has_looked(settings, monkeypatch):
    def used_up(*args, **kwargs):
        raise OSError(24, "Too many open files")

    settings.CLAMD_URL = "unix:///nowhere/clamd.sock"
    monkeypatch.setattr(clamd.socket, "socket", used_up)
    stream = io.BytesIO(b"xyz")
    assert scanning.scan(stream) == "failed" and stream.read() == b"xyz"


def test_a_frozen_scanner_is_waited_for_three_seconds_at_most(settings, monkeypatch):
    assert scanning.SECONDS == 3
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    with playing(None) as settings.CLAMD_URL:
        assert scanning.scan(io.BytesIO(b"x")) == "failed"


@pytest.mark.parametrize(
    ("state", "configured", "seen"),
    [
        ("clean", True, True),
        ("clean", False, True),
        ("not_scanned", False, True),
        ("not_scanned", True, False),
        ("failed", True, False),
        ("failed", False, False),
        ("infected", True, False),
        ("infected", False, False),
    ],
)
def test_what_staff_may_see(settings, state, configured, seen):
    settings.CLAMD_URL = "tcp://127.0.0.1:1" if configured else ""
    assert scanning.may_be_seen(state) is seen
