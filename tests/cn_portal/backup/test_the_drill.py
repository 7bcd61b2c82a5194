"""Back up, erase, restore, replay: what was ended stays ended, what was kept is as it was (N56, L39, T34, F25)."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from cn_portal import work
from cn_portal.backup import door, making, restoring
from privacy.actions import (
    give_consent,
    is_suppressed,
    note,
    publish_text,
    queue_mail,
    request_erasure,
    restrict,
    seal_trail,
    suppress,
    verify,
    withdraw_consent,
)
from privacy.actions.objections import object_to
from privacy.actions.replay_stops import replay_stops
from privacy.actions.verify import check
from privacy.models import ConsentState, DataSubject, ErasureLedger, Objection, OutgoingMail, TrailEntry, TrailLoss
from privacy.models.restriction import DIRECT_MARKETING
from tests.privacy.kills.dying import CANARY, assert_rows_and_objects_agree, bytes_on_disk, places_with, raw_bytes
from tests.toy.factories import rows_of_person
from tests.toy.models import Booking, Guest


def restore(backups):
    return restoring.restore(backups, now=timezone.now())


def at_home(subject):
    """Everything the toy house holds about one person."""
    return {name: rows for name, rows in rows_of_person(subject).items() if name.startswith("toy.")}


@pytest.fixture
def yes(ola):
    """Ola's consent, given before the backup."""
    text = publish_text(
        purpose="toy-stays", language="nb", wording="Ja?", how_to_withdraw="Ett klikk.", valid_months=12, by=None
    )
    give_consent(ola.subject, text=text, method="form", by=None)
    return ola


def test_the_drill(kari, yes, backups):
    assert Guest.objects.filter(subject=yes.subject).exists() and at_home(yes.subject)
    seal_trail()
    made = making.make(backups, now=timezone.now())
    held = b"".join(path.read_bytes() for path in backups.rglob("*") if path.is_file())
    assert CANARY.encode() in held and places_with(CANARY)

    note("act.after", by=None)
    request_erasure(kari.subject, cause="request", by=None)
    work.drain()
    withdraw_consent(yes.subject, purpose="toy-stays", method="page", by=None)
    seal_trail()
    assert not places_with(CANARY)

    done = restore(backups)

    assert (done["id"], done["replayed"], done["problems"], done["opened"]) == (made["id"], 3, [], True)
    # Kari's own, and what rested on Ola's consent, which no worker had begun with. The withdrawal is replayed too and
    # orders the same once more, of which nothing is left.
    assert done["replayed"] + done["already"] == ErasureLedger.objects.count()
    assert done["stops"]["withdrawal"] == 1 and done["lost_seals"] > 0 and done["data_age"] > 0
    assert not places_with(CANARY) and CANARY.encode() not in raw_bytes() + bytes_on_disk("people")
    assert DataSubject.objects.get(pk=kari.subject.pk).state == "erased"
    assert not TrailEntry.objects.filter(action="act.after").exists()
    assert not Guest.objects.filter(subject=yes.subject).exists()
    assert ConsentState.objects.get(subject=yes.subject).state == "withdrawn"
    assert_rows_and_objects_agree()
    assert not door.is_shut() and verify() == []
    # The seals that went with the restore are told, and their numbers are not given out again.
    assert check().remarks[0].startswith("Restored ")
    note("act.later", by=None)
    assert seal_trail().number > TrailLoss.objects.get().lost_to and verify() == []
    # Again: nothing is left to replay but what this restore brings back anew.
    assert restore(backups)["opened"] and not places_with(CANARY)


def test_what_was_stopped_after_the_backup_stays_stopped(kari, ola, backups):
    queue_mail(to=ola.email, template="privacy/mail/erased", context={}, language="nb", subject=ola.subject)
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now() + timedelta(days=1))
    making.make(backups, now=timezone.now())
    object_to(ola.subject, activity=DIRECT_MARKETING, by=None)
    suppress(kari.subject, by=None, source="letter")
    restrict(kari.subject, ground="accuracy", by=None, record=kari.guest)
    restrict(ola.subject, ground="claim", by=None)

    done = restore(backups)

    suppressed = done["stops"].pop("suppression")
    assert suppressed > 0 and done["stops"] == {"withdrawal": 0, "objection": 1, "restriction": 2}
    assert Objection.objects.get(subject=ola.subject).state == "upheld"
    assert is_suppressed("email", ola.email) and is_suppressed("email", kari.user.email)
    assert DataSubject.objects.get(pk=ola.subject.pk).state == "restricted"
    # What waited to be sent then may have been sent since: it is not sent twice. Everybody signs in anew.
    assert done["mails"] == 1 and not OutgoingMail.objects.filter(state="queued").exists()
    assert not Session.objects.exists()
    # A second time everything is known.
    assert sum(restore(backups)["stops"].values()) == sum(done["stops"].values()) + suppressed
    assert sum(replay_stops().values()) == 0


def test_a_number_that_is_used_again_is_never_taken_for_the_erased_row(ola, backups, monkeypatch):
    """Keys of another kind than UUIDs are given out a second time after a restore."""
    kept = Booking.objects.get(pk=ola.booking.pk)
    entry = ErasureLedger.objects.create(
        subject=ola.subject.pk, cause="request", scope={"privacy.TrailEntry": ["1"], "toy.Guest": []}
    )
    making.make(backups, now=timezone.now())
    ErasureLedger.objects.filter(pk=entry.pk).update(scope={"privacy.TrailEntry": ["1", "2"]})
    first = TrailEntry.objects.order_by("pk").first()
    done = restore(backups)
    assert (done["replayed"], done["already"]) == (0, 1)
    assert TrailEntry.objects.order_by("pk").first().uid == first.uid and Booking.objects.get(pk=kept.pk) == kept
    assert Guest.objects.filter(subject=ola.subject).exists()


def test_an_order_that_no_worker_had_begun_is_not_forgotten(kari, ola, backups):
    making.make(backups, now=timezone.now())
    request_erasure(kari.subject, cause="request", by=None)
    assert places_with(CANARY), "nothing may have gone before the restore"
    neighbour = at_home(ola.subject)

    done = restore(backups)

    assert (done["replayed"], done["problems"], done["opened"]) == (1, [], True)
    assert not places_with(CANARY)
    assert DataSubject.objects.get(pk=kari.subject.pk).state == "erased" and at_home(ola.subject) == neighbour


def test_files_in_an_object_store_come_back_and_those_of_the_erased_go_again(s3, kari, ola, backups):
    def objects():
        found = s3.client.list_objects_v2(Bucket=s3.bucket, Prefix="people/").get("Contents", [])
        return {each["Key"]: s3.client.get_object(Bucket=s3.bucket, Key=each["Key"])["Body"].read() for each in found}

    before = objects()
    assert before, "both persons have a file in the bucket"
    making.make(backups, now=timezone.now())
    request_erasure(kari.subject, cause="request", by=None)
    work.drain()
    kept = objects()
    assert kept and kept.items() < before.items()
    for key in kept:
        s3.client.delete_object(Bucket=s3.bucket, Key=key)

    done = restore(backups)

    assert (done["replayed"], done["problems"], done["opened"]) == (1, [], True)
    assert objects() == kept
    versions = s3.client.list_object_versions(Bucket=s3.bucket, Prefix="people/")
    left = {each["Key"] for each in versions.get("Versions", [])} - set(kept)
    assert left == set(), "no version of an erased person's file may stay"
    assert_rows_and_objects_agree()
