"""A consent taken back, killed -9 while its owner's erasure is ordered or carried out (N38, CiviCRM gdpr#156)."""

import pytest

from privacy import registry
from privacy.actions import erase_rows, give_consent, publish_text, withdraw_consent
from privacy.models import ConsentState, Erasure, StoredFile
from tests.privacy.kills.dying import (
    CANARY,
    assert_rows_and_objects_agree,
    assert_trail_holds,
    die_at,
    letters,
    points,
    run_worker,
    run_worker_when_the_lease_is_over,
)
from tests.toy.models import Bill, Guest

CARRYING_OUT = ("job.taken", "erase.after_ledger", "file.after_object", "erase.after_batch", "erase.after_told")


@pytest.fixture
def yes(kari, monkeypatch):
    """A consent that the guest's row rests on."""

    def end(subject, *, about, by):
        keys = Guest.objects.filter(subject=subject).values_list("pk", flat=True)
        erase_rows(Guest, subject=subject, pks=list(keys), cause="withdrawal", by=by)

    monkeypatch.setattr(registry, "_on_withdrawal", {"toy-stays": [end]})
    text = publish_text(
        purpose="toy-stays", language="nb", wording="Ja?", how_to_withdraw="Ett klikk.", valid_months=12, by=None
    )
    give_consent(kari.subject, text=text, method="form", by=None)
    return kari


def withdraw(subject):
    withdraw_consent(subject, purpose="toy-stays", method="form", by=None)


def standing():
    return ConsentState.objects.get().state


def test_killed_while_it_is_written_nothing_has_happened(yes):
    die_at("erase.ordered", lambda: withdraw(yes.subject))
    assert standing() == "given" and not Erasure.objects.exists() and Guest.objects.exists()
    withdraw(yes.subject)
    run_worker()
    assert standing() == "withdrawn" and not Guest.objects.exists()
    assert_trail_holds()


@pytest.mark.parametrize("name", points(CARRYING_OUT, on_postgres={"erase.after_batch"}))
def test_killed_while_it_is_carried_out_the_next_worker_goes_on(yes, name):
    withdraw(yes.subject)
    die_at(name)
    assert standing() == "withdrawn"
    run_worker_when_the_lease_is_over()
    assert Erasure.objects.get().state == "done" and not Guest.objects.exists() and not StoredFile.objects.exists()
    assert Bill.objects.get().note == CANARY and letters() == []
    assert_rows_and_objects_agree()
    assert_trail_holds()
