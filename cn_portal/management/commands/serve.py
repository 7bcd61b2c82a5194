import ctypes
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from privacy import vault

START_SECONDS = 60
STOP_SECONDS = 15
LOOK_SECONDS = 0.2
PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    help = "Web server and background worker in the foreground. Ctrl-C stops both."

    def handle(self, *args, **options):
        _require_free_port(settings.BIND, settings.PORT)
        _require_keys()
        stopped = _stop_signal()
        children = {"web server": _start(_web_server())}
        try:
            # The worker follows, so that the two do not slow each other's start on a small machine.
            if _wait_until_answering(stopped, children):
                self.stdout.write(self.style.SUCCESS(f"\nThe site answers at {settings.BASE_URL}/ (Ctrl-C stops it)."))
            if not stopped.is_set() and not _first_ended(children):
                children["worker"] = _start(_worker())
            lost = _watch(stopped, children)
        finally:
            _stop(children)
        if lost:
            raise CommandError(f"The {lost} ended by itself, so everything was stopped. Its last words are above.")
        self.stdout.write("Stopped.")


def _web_server():
    place = ["--bind", f"{settings.BIND}:{settings.PORT}", "--workers", str(settings.WEB_WORKERS), "--threads", "4"]
    return [sys.executable, "-m", "gunicorn", "cn_portal.wsgi", "--preload", "--log-level", "warning", *place]


def _worker():
    return [sys.executable, str(settings.ROOT / "manage.py"), "run_worker"]


def _require_keys():
    try:
        vault.require_keys()
    except ImproperlyConfigured as problem:
        raise CommandError(str(problem)) from None
    finally:
        connections.close_all()


def _require_free_port(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used. Choose another, as in: PORT={port + 1} make run"
            ) from error


def _stop_signal():
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def _start(command):
    """In a session of its own, so that Ctrl-C reaches only this command, which then stops both in order."""
    return subprocess.Popen(command, cwd=settings.ROOT, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603


def _die_with_parent():
    """On Linux the system stops a child whose parent was killed, so that nothing is ever left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_answering(stopped, children):
    host = "127.0.0.1" if settings.BIND in ("0.0.0.0", "::") else settings.BIND  # noqa: S104
    address = f"http://{host}:{settings.PORT}/healthz"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not stopped.is_set() and not _first_ended(children):
        if _answers(address):
            return True
        stopped.wait(LOOK_SECONDS)
    return False


def _answers(address):
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310  an address of our own making
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _watch(stopped, children):
    """Name of the child that ended by itself, or None when we were asked to stop."""
    while not stopped.is_set():
        if name := _first_ended(children):
            return name
        stopped.wait(LOOK_SECONDS)
    return None


def _first_ended(children):
    return next((name for name, child in children.items() if child.poll() is not None), None)


def _stop(children):
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
