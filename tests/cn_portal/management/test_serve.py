"""Web server and worker start together and stop together, and leave nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def environment(prepared):
    return prepared.environment


def start(environment):
    command = [sys.executable, "manage.py", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: status(environment, "/healthz") == 200 or process.poll() is not None, 60)
    except AssertionError:
        process.kill()
        raise
    return process


def status(environment, path):
    try:
        with urlopen(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=5) as response:
            return response.status
    except HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return None


def wait_until(condition, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError("It did not happen in time.")


def children(process):
    """Process ids of everything below `process`, as the system knows them."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
    found, wave = set(), {process.pid}
    while wave := {pid for pid, parent in parents.items() if parent in wave}:
        found |= wave
    return found


def workers(process):
    return [pid for pid in children(process) if b"run_worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def alive(pids):
    return {pid for pid in pids if Path(f"/proc/{pid}").exists() and "(zombie)" not in _state(pid)}


def _state(pid):
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return "(zombie)"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_everything(environment, number):
    process = start(environment)
    wait_until(lambda: status(environment, "/readyz") == 200, 60)
    below = children(process)
    assert len(below) >= 3
    process.send_signal(number)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0, output.decode()
    assert b"Stopped." in output
    assert alive(below) == set()


def test_a_killed_parent_leaves_nothing_behind(environment):
    process = start(environment)
    wait_until(lambda: workers(process), 60)
    below = children(process)
    process.kill()
    process.communicate(timeout=30)
    wait_until(lambda: alive(below) == set(), 30)


def test_a_worker_that_ends_by_itself_stops_the_site(environment):
    process = start(environment)
    wait_until(lambda: workers(process), 60)
    os.kill(workers(process)[0], signal.SIGKILL)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"The worker ended by itself" in output
    assert status(environment, "/healthz") is None


def test_a_port_in_use_is_named(environment):
    with socket.create_server(("127.0.0.1", int(environment["PORT"]))):
        command = [sys.executable, "manage.py", "serve"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Port {environment['PORT']} cannot be used" in done.stderr
