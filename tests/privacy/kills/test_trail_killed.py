"""A purge of the trail and a redaction, killed -9 between ledger and main database: the next night finishes (F26)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from privacy.actions import note, seal_trail, verify
from privacy.actions.trail_purge import purge_trail
from privacy.actions.trail_redaction import decide_redaction, finish_redactions, propose_redaction
from privacy.actions.verify import check
from privacy.models import TrailEntry, TrailPurge, TrailRedaction, TrailSeal
from tests.privacy.kills.dying import die_at

LATER = timedelta(days=61 * 31)


@pytest.mark.parametrize("name", ["trail.after_stub", "trail.after_purge"])
def test_a_killed_purge_is_finished_by_the_next_night(own_house, name):
    first = note("act.1", by=None)
    seal_trail()
    note("act.2", by=None)
    seal_trail()
    later = timezone.now() + LATER

    die_at(name, lambda: purge_trail(as_of=later))

    assert TrailPurge.objects.count() == 1
    found = check()
    assert found.problems == []
    assert bool(found.remarks) is TrailEntry.objects.filter(pk=first.pk).exists() is (name == "trail.after_stub")
    purge_trail(as_of=later)
    assert verify() == [] and not TrailEntry.objects.filter(pk=first.pk).exists()
    assert TrailPurge.objects.count() == 1 and TrailSeal.objects.get().number == 2


def test_a_killed_redaction_is_finished(own_house):
    siv, per = (get_user_model().objects.create_user(f"{name}@cn.example", None) for name in ("siv", "per"))
    entry = note("act.1", reason="Kari", by=None)
    seal_trail()
    proposal = propose_redaction(entry, code="personal-value", by=siv)

    die_at("redact.after_ledger", lambda: decide_redaction(proposal, approve=True, by=per))

    assert TrailRedaction.objects.count() == 1 and TrailEntry.objects.get(pk=entry.pk).reason == "Kari"
    assert verify() == [
        f"Trail entry {entry.pk} stands as it was before its words were taken out: finish the redaction."
    ]
    assert finish_redactions() == 1 and finish_redactions() == 0
    assert verify() == [] and TrailEntry.objects.get(pk=entry.pk).reason == "redacted"
