"""One stuck erasure in a replay does not keep the others from being replayed."""

import pytest

from privacy.actions import FilesRemain, erasure, replay_erasures
from privacy.models import ErasureLedger
from tests.privacy.actions.erasing import erase, today

__all__ = ["today"]


def test_the_others_are_replayed_and_the_failure_is_said(kari, ola, monkeypatch):
    erase(kari)
    erase(ola)
    stuck = ErasureLedger.objects.get(subject=kari.subject.pk)
    ErasureLedger.objects.filter(pk=stuck.pk).update(ordered_at=stuck.ordered_at.replace(year=2020))
    real, seen = erasure._replay, []

    def replay(entry):
        seen.append(entry.subject)
        if entry.pk == stuck.pk:
            raise FilesRemain(1, 1)
        return real(entry)

    monkeypatch.setattr(erasure, "_replay", replay)
    with pytest.raises(FilesRemain):
        replay_erasures()
    assert seen == [kari.subject.pk, ola.subject.pk]
