"""The database itself refuses to change what proves something; only a purge may delete."""

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from privacy.actions import give_consent, log_disclosure, note, open_request
from privacy.actions.trail import purging
from privacy.models import (
    ConsentEvent,
    ConsentState,
    Disclosure,
    PurgePermit,
    RequestEvent,
    TrailEntry,
    evidence,
)


@pytest.fixture
def proof(kari, ola, wording, ferry):
    """Two rows in each of the evidence tables."""
    for person in (kari, ola):
        give_consent(person.subject, text=wording, method="form", by=None)
        log_disclosure(person.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
        open_request(person.subject, right="access", by=None)
    ConsentState.objects.all().delete()


EVIDENCE = [ConsentEvent, Disclosure, RequestEvent, TrailEntry]


def test_these_tables_are_the_ones_with_triggers():
    assert {model._meta.db_table for model in EVIDENCE} == set(evidence.TABLES)


@pytest.mark.parametrize("model", EVIDENCE)
@pytest.mark.parametrize("column", ["at", "actor"])
def test_no_row_is_ever_changed(proof, model, column):
    row = model.objects.first()
    for act in (row.save, lambda: model.objects.filter(pk=row.pk).update(**{column: getattr(row, column)})):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            act()


@pytest.mark.parametrize("model", EVIDENCE)
def test_no_row_is_changed_even_while_a_purge_runs(proof, model):
    with pytest.raises(Error, match="append-only"), purging(model):
        model.objects.update(actor=None)


@pytest.mark.parametrize("model", EVIDENCE)
def test_no_row_is_deleted_outside_a_purge_of_its_own_table(proof, model):
    count = model.objects.count()
    others = [other for other in EVIDENCE if other is not model]
    assert count >= 2
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        model.objects.all().delete()
    with pytest.raises(Error, match="append-only"), purging(*others):
        model.objects.all().delete()
    assert model.objects.count() == count and not PurgePermit.objects.exists()


@pytest.mark.parametrize("model", EVIDENCE)
def test_a_purge_deletes_and_takes_its_permit_away(proof, model):
    first = model.objects.order_by("pk").first()
    count = model.objects.count()
    with purging(model):
        assert PurgePermit.objects.get().table == model._meta.db_table
        model.objects.filter(pk=first.pk).delete()
    assert model.objects.count() == count - 1 and not PurgePermit.objects.exists()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        model.objects.all().delete()


def test_a_purge_that_fails_leaves_no_permit(proof):
    with pytest.raises(RuntimeError), purging(TrailEntry):
        raise RuntimeError
    assert not PurgePermit.objects.exists()
    assert str(PurgePermit(pk=1, table="x")) == "Permit 1"


@pytest.mark.django_db(transaction=True)
def test_the_triggers_can_be_taken_down_and_put_up_again():
    entry = note("office.searched", by=None)
    with connection.schema_editor() as editor:
        evidence.remove(apps, editor)
    TrailEntry.objects.filter(pk=entry.pk).update(reason="changed")
    with connection.schema_editor() as editor:
        evidence.add(apps, editor)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        TrailEntry.objects.filter(pk=entry.pk).update(reason="changed again")
    assert TrailEntry.objects.get().reason == "changed"


def test_the_ledger_has_no_evidence_tables():
    class Editor:
        class connection:
            alias = "ledger"

    evidence.add(apps, Editor)
    evidence.remove(apps, Editor)
