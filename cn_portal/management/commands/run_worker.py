import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from cn_portal import heartbeat, schedule, work
from cn_portal.backup import door
from privacy import vault

PAUSE_SECONDS = 2


class Command(BaseCommand):
    help = "Background worker and nightly clock. Runs until it is stopped; a job under way is finished first."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is waiting now, then stop")

    def handle(self, *args, **options):
        vault.require_keys()
        if options["once"]:
            self.stdout.write(f"{work.drain()} jobs done.")
            return
        run_until(_stop_signal(), pause=PAUSE_SECONDS)


def _stop_signal():
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def run_until(stopped, *, pause):
    """Rounds with `pause` seconds between them while there is nothing to do, until the event `stopped` is set."""
    while not stopped.is_set():
        heartbeat.beat(settings.VAR)
        close_old_connections()
        if not door.is_shut():
            schedule.publish_if_due(now=timezone.now())
            schedule.run_if_due(settings.VAR, now=timezone.now())
        if not work.one_round():
            stopped.wait(pause)
