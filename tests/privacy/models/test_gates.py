"""Rows of gates name nobody where they are printed, and what happened in a case is never changed (N50 to N53)."""

import pytest
from django.db import DatabaseError, transaction

from privacy.actions.deal_reads import look_in
from privacy.models import (
    AuthorityEvent,
    AuthorityPerson,
    DealEvent,
    DealPerson,
    DealRead,
    GateSeries,
)
from tests.privacy.actions import gating

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(siv, per, kari):
    gating.handed_over(siv, per, kari.subject)
    look_in(gating.let_in(gating.deal(siv, per), siv, per), by=None)


def test_what_is_printed_is_a_number_or_the_head_of_a_key(everything):
    for model in (AuthorityEvent, AuthorityPerson, DealEvent, DealPerson, DealRead):
        row = model.objects.first()
        assert str(row).endswith(str(row.pk)[:8]) and "Ada" not in str(row)
    assert str(GateSeries.objects.first()).startswith("AC-")
    event = AuthorityEvent.objects.first()
    assert str(event.case) == event.case.number
    assert str(DealEvent.objects.first().case).startswith("DC-")


@pytest.mark.parametrize("model", [AuthorityEvent, DealEvent, DealRead])
def test_evidence_is_neither_changed_nor_deleted(everything, model):
    for act in (lambda: model.objects.update(at="2020-01-01T00:00Z"), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert model.objects.exists()
