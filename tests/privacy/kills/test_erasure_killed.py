"""Killed -9 at every boundary, one more run of the worker finishes: nothing half, nothing twice, nothing left (F01)."""

import pytest

from privacy.actions import request_erasure
from privacy.failpoints import NAMES
from privacy.models import (
    DataSubject,
    Erasure,
    ErasureLedger,
    Job,
    OutgoingMail,
    PersonKey,
    RecipientNotice,
    StoredFile,
)
from tests.privacy.kills.dying import (
    CANARY,
    EMAIL,
    assert_rows_and_objects_agree,
    assert_trail_holds,
    bytes_on_disk,
    die_at,
    letters,
    places_with,
    points,
    raw_bytes,
    run_worker_when_the_lease_is_over,
)
from tests.toy.factories import rows_of_person

ONE_OF_EACH = {"job.taken", "erase.after_objects", "erase.after_batch", "erase.after_ledger_end", "mail.after_send"}
ELSEWHERE = {"erase.ordered", "file.object_stored", "file.before_rows", "copy.building", "copy.stored", "copy.ready"}
# Each of these has a file of its own here.
OTHER_WORK = ("retention.", "breach.", "trail.", "redact.", "backup.", "restore.", "rotate.")
KILLED_HERE = [name for name in NAMES if name not in ELSEWHERE and not name.startswith(OTHER_WORK)]


@pytest.mark.parametrize("name", points(KILLED_HERE, on_postgres=ONE_OF_EACH))
def test_a_worker_killed_at_this_point_is_carried_on_by_the_next(kari, ola, name):
    neighbour = rows_of_person(ola.subject)
    erasure = request_erasure(kari.subject, cause="request", by=None)
    assert CANARY in str(rows_of_person(kari.subject)["toy.Guest"])

    die_at(name)
    erasure.refresh_from_db()
    assert_begun_and_never_forgotten(erasure)
    run_worker_when_the_lease_is_over()

    erasure.refresh_from_db()
    assert (erasure.state, erasure.files, erasure.counts["toy.Guest"]) == ("done", 1, 1)
    assert ErasureLedger.objects.get().counts == erasure.counts and ErasureLedger.objects.get().finished_at
    assert not Job.objects.filter(state="queued").exists()
    assert_rows_and_objects_agree()
    assert not StoredFile.objects.filter(subject=kari.subject).exists()
    assert RecipientNotice.objects.count() == 1
    assert_one_last_mail(name)
    assert_trail_holds()
    assert_nothing_holds_the_canary()
    assert rows_of_person(ola.subject) == neighbour


def test_before_it_is_erased_the_canary_is_found_in_every_place_that_is_looked_at(kari):
    places = places_with(CANARY)
    assert {"default:toy_guest.name", "default:toy_guest.phone (sealed)", "files of people (opened)"} <= places
    assert "default:accounts_user.email" in places and EMAIL.startswith(CANARY.lower())
    assert not raw_bytes() or CANARY.encode() in raw_bytes()


def assert_begun_and_never_forgotten(erasure):
    """I2: whatever the kill left, the ledger knows before anything has gone, and somebody will take it up."""
    gone = not StoredFile.objects.filter(subject=erasure.subject).exists()
    if gone or erasure.step:
        assert ErasureLedger.objects.filter(pk=erasure.ledger).exists()
    assert erasure.state == "done" or Job.objects.filter(kind="privacy.erase", state="queued").exists()


def assert_nothing_holds_the_canary():
    """I5. On SQLite the bytes of the files themselves are read, freed pages and log included."""
    # The address holds the name too, and letters are folded. A key that is destroyed opens nothing sealed.
    assert CANARY.encode().lower() not in (raw_bytes() + bytes_on_disk("people") + bytes_on_disk("mail")).lower()
    assert PersonKey.objects.count() == 2
    assert raw_bytes() or places_with(CANARY) == set()


def assert_one_last_mail(name):
    """I3. Of a mail whose worker died with it in its hands, only the office knows that it may have gone."""
    assert len(letters()) == 1 and str(Erasure.objects.get().pk) in letters()[0].text
    mail = OutgoingMail.objects.get()
    assert mail.state == ("failed" if name == "mail.after_send" else "sent")
    assert (bytes(mail.to_sealed), bytes(mail.context_sealed), mail.to_index) == (b"", b"", "")


def test_a_kill_while_ordering_leaves_nothing_begun_and_ordering_again_works(kari, ola):
    before = rows_of_person(kari.subject)
    die_at("erase.ordered", lambda: request_erasure(kari.subject, cause="request", by=None))
    assert not Erasure.objects.exists() and not Job.objects.exists() and not ErasureLedger.objects.exists()
    assert rows_of_person(kari.subject) == before
    request_erasure(kari.subject, cause="request", by=None)
    run_worker_when_the_lease_is_over()
    assert DataSubject.objects.get(pk=kari.subject.pk).state == "erased" and places_with(CANARY) == set()
    assert_trail_holds()


def test_killed_again_and_again_it_still_gets_there(kari, ola):
    request_erasure(kari.subject, cause="request", by=None)
    for name in ("erase.after_freeze", "erase.after_objects", "erase.after_batch", "erase.before_end"):
        # A dead worker's lease runs out; nothing else has moved meanwhile.
        Job.objects.update(lease_until=None)
        die_at(name)
    run_worker_when_the_lease_is_over()
    assert Erasure.objects.get().state == "done" and len(letters()) == 1
    assert_nothing_holds_the_canary()
    assert_rows_and_objects_agree()
    assert_trail_holds()
