import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from privacy.actions import files, orphans, register_subject, store_file
from privacy.actions.documents import destroy_document, document_name, file_document, open_document
from privacy.actions.files import EmptyFile, FilesRemain
from privacy.actions.orphans import sweep_orphans
from privacy.models import OfficeDocument, ServiceKey, TrailEntry
from privacy.vault import Damaged

pytestmark = pytest.mark.django_db


def later():
    return timezone.now() + timedelta(hours=2)


def lying():
    return sorted(files._names_in(storages["people"], ""))


@pytest.fixture
def kept():
    somebody = register_subject(role="customer", language="nb", by=None)
    store_file(somebody, stream=io.BytesIO(b"hers"), display_name="a.pdf", media_type="application/pdf", by=None)
    return paper()


def paper(content=b"%PDF- the agreement", name="Avtale Bring.pdf"):
    return file_document(
        io.BytesIO(content), kind="agreement", display_name=name, media_type="application/pdf", by=None
    )


def test_an_object_without_a_row_goes_at_night_and_what_has_one_stays(kept):
    storages["people"].save("aa/orphan", ContentFile(b"left behind"))
    before = lying()
    assert "aa/orphan" in before and len(before) == 3
    assert sweep_orphans(as_of=timezone.now()) == {"orphans": 0, "erased": 0, "missing": 0, "stopped": False}
    assert sweep_orphans(as_of=later(), dry_run=True) == {"orphans": 1, "erased": 0, "missing": 0, "stopped": False}
    assert lying() == before
    assert sweep_orphans(as_of=later()) == {"orphans": 1, "erased": 1, "missing": 0, "stopped": False}
    assert lying() == [name for name in before if name != "aa/orphan"]


def test_too_many_look_like_another_storage_and_are_left(kept, monkeypatch):
    monkeypatch.setitem(orphans.USUAL, "objects", 2)
    for number in range(3):
        storages["people"].save(f"aa/{number}", ContentFile(b"whose?"))
    assert sweep_orphans(as_of=later()) == {"orphans": 3, "erased": 0, "missing": 0, "stopped": True}
    assert len(lying()) == 5


def test_a_paper_opens_again_shows_nothing_and_is_destroyed_with_its_key(kept):
    other = paper(b"%PDF- another", "Ordre.pdf")
    with storages["people"].open(kept.storage_name) as lying_there:
        assert b"agreement" not in lying_there.read()
    assert b"Avtale" not in bytes(kept.display_name_sealed) and document_name(kept) == "Avtale Bring.pdf"
    with open_document(kept, by=None) as reader:
        assert reader.read() == b"%PDF- the agreement"
    assert len(kept.sha256) == 64 and kept.size == 19 and str(kept).startswith("Paper ")
    assert set(TrailEntry.objects.values_list("action", flat=True)) >= {"paper.filed", "paper.opened"}
    destroy_document(kept, by=None)
    assert list(OfficeDocument.objects.all()) == [other]
    assert set(ServiceKey.objects.filter(name__startswith="paper/").values_list("name", flat=True)) == {other.key_name}
    assert kept.storage_name not in lying() and other.storage_name in lying()


def test_an_empty_paper_leaves_nothing(db):
    with pytest.raises(EmptyFile):
        paper(b"")
    assert not OfficeDocument.objects.exists() and lying() == []
    assert not ServiceKey.objects.filter(name__startswith="paper/").exists()


def test_a_paper_that_cannot_be_filed_leaves_no_object(db, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("no trail")

    monkeypatch.setattr("privacy.actions.documents.note", broken)
    with pytest.raises(ValueError, match="no trail"):
        paper()
    assert not OfficeDocument.objects.exists() and lying() == []


def test_a_storage_that_keeps_the_object_keeps_the_row(kept, monkeypatch):
    monkeypatch.setattr("privacy.actions.documents.erase_object", lambda name: False)
    with pytest.raises(FilesRemain):
        destroy_document(kept, by=None)
    assert OfficeDocument.objects.filter(pk=kept.pk).exists() and document_name(kept)


def test_a_missing_object_is_said(kept):
    storages["people"].delete(kept.storage_name)
    with pytest.raises(Damaged):
        open_document(kept, by=None)
