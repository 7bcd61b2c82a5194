"""Files of applications: kept with what the scanner said, shown when it may be, destroyed when it found something."""

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

from careers.actions import files
from careers.models import ApplicationFile, ApplicationFilePreview
from careers.uploads import CheckedFile, check_upload, scanning
from privacy import actions as engine
from privacy.models import Erasure, Job, StoredFile, TrailEntry
from tests.careers import factories
from tests.fixtures.scanner import EICAR, nobody, playing

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def row(vacancy):
    return factories.submit(vacancy, cv=False)


def checked(name="cv.pdf", content=None, scan="not_scanned"):
    found = check_upload(factories.upload(name, content))
    return CheckedFile(found.stream, found.display_name, found.media_type, scan)


def attach(row, **how):
    with engine.files_follow_transaction(), transaction.atomic():
        return files.attach_file(row, kind="cv", checked=checked(**how), by=None)


def queued(kind):
    return [job.ref for job in Job.objects.filter(kind=kind, state="queued")]


def test_a_file_is_kept_cleaned_and_its_pages_are_drawn(row, drain):
    attached = attach(row)
    assert (attached.file.scan_state, attached.preview) == ("not_scanned", "waiting")
    assert queued(files.PREVIEW) == [attached.pk] and queued(files.SCAN) == []
    drain()
    attached.refresh_from_db()
    (page,) = attached.previews.all()
    assert (attached.preview, attached.pages, page.number, page.text) == ("made", 1, 1, "")
    assert page.image.startswith("iVBORw0KGgo") and str(page).startswith("Preview ")
    files.make_preview(attached.pk)
    assert ApplicationFilePreview.objects.count() == 1


def test_of_a_text_document_the_words_are_kept(row, drain):
    attached = attach(row, name="cv.docx", content=factories.docx_bytes())
    drain()
    (page,) = attached.previews.all()
    assert (page.image, page.text) == ("", "Erfaring: blaserom")
    attached.refresh_from_db()
    assert (attached.preview, attached.pages) == ("made", 0)


def test_a_document_without_words_has_no_preview(row, drain):
    empty = factories.docx_bytes(**{"word/document.xml": '<w:document xmlns:w="http://w"/>'})
    attached = attach(row, name="cv.docx", content=empty)
    drain()
    attached.refresh_from_db()
    assert (attached.preview, attached.previews.count()) == ("none", 0)


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png"])
def test_what_cannot_be_drawn_says_so(row, drain, media_type):
    attached = attach(row)
    stored = engine.store_file(
        row.subject, stream=factories.upload(content=b"x"), display_name="x", media_type=media_type, by=None
    )
    ApplicationFile.objects.filter(pk=attached.pk).update(file=stored)
    drain()
    attached.refresh_from_db()
    assert attached.preview == "none"


def test_a_second_worker_that_has_drawn_the_same_changes_nothing(row, monkeypatch):
    attached = attach(row)
    real = files.parsing.preview

    def meanwhile(source, kind):
        drawn = real(source, kind)
        ApplicationFile.objects.filter(pk=attached.pk).update(preview="made")
        return drawn

    monkeypatch.setattr(files.parsing, "preview", meanwhile)
    files.make_preview(attached.pk)
    assert attached.previews.count() == 0


def test_jobs_of_files_that_are_gone_do_nothing(row):
    files.make_preview(row.pk)
    files.rescan(row.pk)
    files.no_preview(row.pk)


def test_a_file_the_scanner_did_not_answer_for_waits_unseen(row, settings, drain):
    settings.CLAMD_URL = nobody()
    attached = attach(row, scan="failed")
    assert queued(files.SCAN) == [attached.file_id] and queued(files.PREVIEW) == []
    files.make_preview(attached.pk)
    assert attached.previews.count() == 0
    with pytest.raises(files.NotScanned):
        files.rescan(attached.file_id)
    engine.run_jobs()
    job = Job.objects.get(kind=files.SCAN)
    assert (job.state, job.attempts, job.last_error) == ("queued", 1, "NotScanned") and job.run_after > timezone.now()
    with playing(b"stream: OK\n") as settings.CLAMD_URL:
        files.rescan(attached.file_id)
        assert StoredFile.objects.get(pk=attached.file_id).scan_state == "clean"
        drain()
    attached.refresh_from_db()
    assert attached.preview == "made"


def infect(row, settings):
    attached = attach(row, content=factories.pdf_bytes(EICAR), scan="failed")
    with playing(b"stream: Eicar FOUND\n") as settings.CLAMD_URL:
        files.rescan(attached.file_id)
    settings.CLAMD_URL = nobody()
    return attached


def test_what_is_found_later_is_destroyed_and_the_applicant_is_told(row, vacancy, settings, drain):
    neighbour = factories.submit(vacancy)
    row.refresh_from_db()
    outbox.outbox.clear()
    attached = infect(row, settings)
    assert StoredFile.objects.get(pk=attached.file_id).scan_state == "infected"
    drain()
    assert not ApplicationFile.objects.filter(pk=attached.pk).exists()
    assert not StoredFile.objects.filter(pk=attached.file_id).exists()
    assert TrailEntry.objects.filter(action="application.file_infected").count() == 1
    assert any("virusskanneren" in each.body for each in outbox.outbox if each.to == [row.email])
    assert neighbour.files.get().previews.count() == 1
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_file_of_a_draft_is_destroyed_as_well(row, vacancy, settings, drain):
    from careers.models import ApplicationDraft, DraftFile

    draft = ApplicationDraft.objects.create(
        subject=row.subject,
        vacancy=vacancy,
        vacancy_reference=vacancy.reference,
        vacancy_title="x",
        email="a@b.example",
    )
    kept = DraftFile.objects.create(
        draft=draft, file=files.keep_checked(row.subject, checked=checked(scan="failed"), by=None)
    )
    assert files.check_files(as_of=timezone.now(), dry_run=True) == {"scans": 0, "previews": 0}
    with playing(b"stream: Eicar FOUND\n") as settings.CLAMD_URL:
        files.rescan(kept.file_id)
    drain()
    assert not DraftFile.objects.exists() and Erasure.objects.filter(subject=row.subject, state="done").exists()


def test_every_night_what_nobody_has_looked_at_is_put_in_line_again(row, settings):
    attached = attach(row)
    Job.objects.all().delete()
    assert files.check_files(as_of=timezone.now(), dry_run=True) == {"scans": 0, "previews": 1}
    assert Job.objects.count() == 0
    files.check_files(as_of=timezone.now())
    assert queued(files.PREVIEW) == [attached.pk]
    # With a scanner, what came before there was one is looked at too, and seen by nobody until then.
    settings.CLAMD_URL = nobody()
    assert files.check_files(as_of=timezone.now()) == {"scans": 1, "previews": 0}
    assert queued(files.SCAN) == [attached.file_id]
    assert not scanning.may_be_seen(attached.file.scan_state)


def test_erasing_takes_object_versions_and_previews(row, vacancy, s3, drain):
    neighbour = factories.submit(vacancy)
    attached = attach(row)
    drain()
    name = StoredFile.objects.get(pk=attached.file_id).storage_name
    from django.core.files.storage import storages

    assert storages["people"].versions(name) and attached.previews.count() == 1
    engine.request_erasure(row.subject, cause="request", by=None)
    drain()
    assert storages["people"].versions(name) == []
    assert set(ApplicationFilePreview.objects.values_list("file__application", flat=True)) == {neighbour.pk}
