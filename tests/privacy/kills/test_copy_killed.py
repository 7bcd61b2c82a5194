"""A copy, an upload and the end of a copy, killed -9: one more run leaves one copy, one mail and no stray object."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from privacy.actions import request_copy, store_file
from privacy.actions.copies import KEPT_FOR, expire_copies
from privacy.models import Copy, Job, OutgoingMail, StoredFile
from tests.privacy.kills.dying import (
    EMAIL,
    assert_rows_and_objects_agree,
    assert_trail_holds,
    die_at,
    letters,
    points,
    reconcile,
    run_worker,
    run_worker_when_the_lease_is_over,
)

BUILDING = ("job.taken", "copy.building", "file.object_stored", "copy.stored", "copy.ready", "mail.before_send")


@pytest.mark.parametrize("name", points(BUILDING, on_postgres={"copy.stored"}))
def test_a_copy_is_built_once_whatever_killed_the_first_worker(kari, name):
    request_copy(kari.subject, by=None)
    die_at(name)
    assert len(letters()) == 0
    run_worker_when_the_lease_is_over()
    copy = Copy.objects.get()
    assert copy.state == "ready" and copy.file.size > 1000
    assert [message.to for message in letters()] == [EMAIL]
    assert not Job.objects.filter(state="queued").exists()
    assert_rows_and_objects_agree()
    # The passport and the copy: whatever the first worker had stored besides is gone.
    assert StoredFile.objects.count() == 2
    assert_trail_holds()


def test_a_mail_that_was_handed_over_is_not_sent_again(kari):
    request_copy(kari.subject, by=None)
    die_at("mail.after_send")
    assert len(letters()) == 1 and OutgoingMail.objects.get().state == "sending"
    run_worker_when_the_lease_is_over()
    assert len(letters()) == 1 and OutgoingMail.objects.get().state == "failed"
    assert Copy.objects.get().state == "ready"


@pytest.mark.parametrize("name", points(("file.before_object", "file.before_rows"), on_postgres={"file.before_rows"}))
def test_a_copy_whose_time_is_up_goes_in_the_end(kari, name):
    request_copy(kari.subject, by=None)
    run_worker()
    later = timezone.now() + KEPT_FOR + timedelta(hours=1)
    die_at(name, lambda: expire_copies(as_of=later))
    assert Copy.objects.get().state == "ready" and StoredFile.objects.count() == 2
    with time_machine.travel(later):
        assert expire_copies(as_of=later) == {"expired": 1}
    assert (Copy.objects.get().state, Copy.objects.get().file) == ("gone", None)
    assert_rows_and_objects_agree()
    assert_trail_holds()


def test_an_upload_that_was_killed_leaves_no_half_row_and_its_object_is_swept(kari):
    def upload():
        store_file(kari.subject, stream=io.BytesIO(b"CV"), display_name="cv.pdf", media_type="application/pdf", by=None)

    die_at("file.object_stored", upload)
    assert StoredFile.objects.count() == 1
    assert reconcile() == []
    assert_rows_and_objects_agree()
    upload()
    assert StoredFile.objects.count() == 2
    assert_trail_holds()
