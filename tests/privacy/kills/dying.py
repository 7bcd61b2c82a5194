"""What the kill tests share: a process of its own that is killed -9 at a named point, and what must hold afterwards.

The process is forked, so Django is imported once; it opens connections of its own, works on the same committed
database and the same folders, and runs the worker command as an operator would.
"""

import os
import signal
import traceback
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from cn_portal import mailbox
from privacy.actions import files, log_disclosure, seal_trail, verify
from privacy.actions.jobs import LEASE
from privacy.models import Recipient, StoredFile
from privacy.queries import find_text
from tests.settings import ON_POSTGRES
from tests.toy.factories import bill, booking, guest, guest_file
from tests.toy.models import DoorLog, Remark
from tests.toy.personal_data import address_key

CANARY = "Kanarikari"
EMAIL = "kanarikari@gjest.example"


def points(names, *, on_postgres):
    """The points to be killed at: all of them on SQLite, one of each kind on PostgreSQL."""
    return [name for name in names if name in on_postgres] if ON_POSTGRES else list(names)


def canary_person():
    """Somebody with an account, files, queued work of their own, something shared, and a canary in every text."""
    user = get_user_model().objects.create_user(EMAIL, first_name=CANARY, language="nb", verified=True)
    subject = user.subject
    here = guest(subject, name=f"{CANARY} Gjest", email=EMAIL, phone=f"{CANARY} 22", door_code=CANARY)
    bed = booking(here, wish=CANARY)
    bill(subject, buyer_name=CANARY, note=CANARY)
    Remark.objects.create(subject=subject, text=CANARY, signature=CANARY, stars=5, tags=[CANARY])
    DoorLog.objects.create(address_key=address_key(EMAIL), door=CANARY)
    guest_file(here, content=CANARY.encode(), name=f"{CANARY}.pdf")
    ferry = Recipient.objects.create(
        code="ferry", name="Fergen AS", state="active", allowed_fields=["name"], activities=["toy-stays"]
    )
    log_disclosure(subject, about=bed, recipient=ferry, payload={"name": CANARY}, activity="toy-stays", by=None)
    return SimpleNamespace(user=user, subject=subject, guest=here)


def die_at(name, act=None):
    """Run the worker, or ``act``, in a process that is to die at this point; raises AssertionError when it did not."""
    connections.close_all()
    child = os.fork()
    if not child:
        _live_and_die(name, act or run_worker)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"nothing was killed at {name}"


def _live_and_die(name, act):
    try:
        settings.FAILPOINT = f"{name}:kill"
        act()
    except BaseException:
        traceback.print_exc()
    finally:
        # Without the clean-up of the test run, which is its parent's.
        os._exit(1)


def run_worker():
    with Path(os.devnull).open("w") as nowhere:
        call_command("run_worker", once=True, stdout=nowhere)


def run_worker_when_the_lease_is_over():
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        run_worker()


def letters(to=None):
    """Messages the mailbox holds, of one receiver or all."""
    return [message for message in mailbox.messages() if to in (None, message.to)]


def reconcile():
    """What an operator does after a crash; returns what could not be put right: I1."""
    soon = timezone.now() + files.ORPHAN_AGE + timedelta(minutes=1)
    files.delete_orphans(files.reconcile_files(now=soon)["objects_without_row"], by=None)
    left = files.reconcile_files(now=soon)
    return left["rows_without_object"] + left["objects_without_row"]


def objects():
    return set(files._names_in(storages["people"], ""))


def assert_rows_and_objects_agree():
    assert reconcile() == []
    assert objects() == set(StoredFile.objects.values_list("storage_name", flat=True))


def assert_trail_holds():
    seal_trail()
    assert verify() == []


def places_with(text):
    return {hit.place for hit in find_text(text, now=timezone.now())}


def raw_bytes():
    """The database as it lies on the disk, log included; nothing on PostgreSQL, whose files are the server's own."""
    if connection.vendor != "sqlite":
        return b""
    names = [str(connections[alias].settings_dict["NAME"]) for alias in ("default", "ledger")]
    paths = [Path(f"{name}{ending}") for name in names for ending in ("", "-wal", "-journal")]
    return b"".join(path.read_bytes() for path in paths if path.exists())


def bytes_on_disk(folder):
    return b"".join(path.read_bytes() for path in Path(settings.VAR, folder).rglob("*") if path.is_file())
