from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction

from privacy import registry
from privacy.actions import (
    IllegalMove,
    NoWording,
    expire_consents,
    give_consent,
    publish_text,
    refuse_consent,
    text_for,
    verify,
    withdraw_consent,
)
from privacy.models import ConsentEvent, ConsentState, ConsentText, TrailEntry
from privacy.queries import may_use

OSLO = ZoneInfo("Europe/Oslo")
PURPOSE = "toy-stays"


@pytest.fixture
def acts(monkeypatch):
    """What was ended because a consent ended."""
    seen = []
    monkeypatch.setitem(
        registry._on_withdrawal, PURPOSE, [lambda subject, *, about, by: seen.append((subject, about, by))]
    )
    return seen


def state_of(person):
    row = ConsentState.objects.get(subject=person.subject, purpose=PURPOSE)
    return row.state, row.valid_until


def actions_noted():
    noted = TrailEntry.objects.filter(action__startswith="consent.").order_by("pk")
    return list(noted.values_list("action", flat=True))


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=OSLO)


def test_a_yes_names_its_wording_and_its_last_day(kari, wording, siv, frozen_day):
    frozen_day("2026-02-28")
    event = give_consent(kari.subject, text=wording, method="form", by=siv, evidence={"ticked": "ja, gjerne"})
    event.refresh_from_db()
    assert str(event).startswith("Consent event ") and str(ConsentState.objects.get()).startswith("Consent ")
    assert (event.kind, event.valid_until, event.method, event.actor) == ("given", date(2027, 2, 28), "form", siv.pk)
    assert event.text == wording and event.text_sha256 == wording.fingerprint()
    assert state_of(kari) == ("given", date(2027, 2, 28))
    assert actions_noted() == ["consent.wording_published", "consent.given"]
    assert may_use(kari.subject, purpose=PURPOSE, day=date(2027, 2, 28))
    assert not may_use(kari.subject, purpose=PURPOSE, day=date(2027, 3, 1))


def test_a_second_yes_renews_from_its_own_day(kari, wording, frozen_day):
    frozen_day("2026-03-01")
    give_consent(kari.subject, text=wording, method="form", by=None)
    frozen_day("2026-09-01")
    assert give_consent(kari.subject, text=wording, method="form", by=None).kind == "renewed"
    assert state_of(kari) == ("renewed", date(2027, 9, 1))
    assert ConsentEvent.objects.count() == 2


def test_a_no_is_kept_with_its_wording_and_allows_nothing(kari, wording):
    event = refuse_consent(kari.subject, text=wording, method="form", by=None)
    assert event.text == wording and event.valid_until is None
    assert state_of(kari) == ("refused", None)
    assert not may_use(kari.subject, purpose=PURPOSE, day=date.today())


def test_a_withdrawal_counts_at_once_and_ends_what_rested_on_it(kari, ola, wording, acts):
    for person in (kari, ola):
        give_consent(person.subject, text=wording, method="form", by=None)
    assert may_use(kari.subject, purpose=PURPOSE, day=date.today())
    withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    assert not may_use(kari.subject, purpose=PURPOSE, day=date.today())
    assert may_use(ola.subject, purpose=PURPOSE, day=date.today())
    assert acts == [(kari.subject, "", None)]


def test_what_cannot_be_ended_keeps_the_consent_as_it_was(kari, wording, monkeypatch):
    give_consent(kari.subject, text=wording, method="form", by=None)

    def refuse(subject, *, about, by):
        raise RuntimeError("the owner cannot end it now")

    monkeypatch.setitem(registry._on_withdrawal, PURPOSE, [refuse])
    with pytest.raises(RuntimeError), transaction.atomic():
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    assert state_of(kari)[0] == "given" and ConsentEvent.objects.count() == 1
    assert "consent.withdrawn" not in actions_noted()


@pytest.mark.parametrize("first", ["nothing", "refused", "withdrawn"])
def test_an_illegal_move_leaves_nothing_behind(kari, wording, first):
    if first == "refused":
        refuse_consent(kari.subject, text=wording, method="form", by=None)
    if first == "withdrawn":
        give_consent(kari.subject, text=wording, method="form", by=None)
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    before = (ConsentEvent.objects.count(), TrailEntry.objects.count(), list(ConsentState.objects.values()))
    with pytest.raises(IllegalMove), transaction.atomic():
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    assert before == (ConsentEvent.objects.count(), TrailEntry.objects.count(), list(ConsentState.objects.values()))


@pytest.mark.parametrize("end", ["refused", "withdrawn", "expired"])
def test_a_new_yes_after_an_end_begins_anew(kari, wording, end, frozen_day):
    frozen_day("2026-01-10")
    if end == "refused":
        refuse_consent(kari.subject, text=wording, method="form", by=None)
    else:
        give_consent(kari.subject, text=wording, method="form", by=None)
    if end == "withdrawn":
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    if end == "expired":
        frozen_day("2027-06-01")
        expire_consents(as_of=noon("2027-06-01"))
    assert state_of(kari)[0] == end
    assert give_consent(kari.subject, text=wording, method="form", by=None).kind == "given"
    assert state_of(kari)[0] == "given" and verify() == []


def test_answers_about_different_things_stand_beside_each_other(kari, wording, acts):
    give_consent(kari.subject, text=wording, method="form", by=None, about="one")
    give_consent(kari.subject, text=wording, method="form", by=None, about="two")
    withdraw_consent(kari.subject, purpose=PURPOSE, about="one", method="page", by=None)
    assert dict(ConsentState.objects.values_list("about", "state")) == {"one": "withdrawn", "two": "given"}
    assert acts == [(kari.subject, "one", None)] and verify() == []


def test_events_of_one_consent_never_share_a_moment(kari, wording):
    with time_machine.travel(noon("2026-05-05"), tick=False):
        give_consent(kari.subject, text=wording, method="form", by=None)
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
        give_consent(kari.subject, text=wording, method="form", by=None)
    assert len(set(ConsentEvent.objects.values_list("at", flat=True))) == 3 and verify() == []


def test_it_expires_on_the_day_after_its_last_and_not_before(kari, wording, acts, frozen_day):
    frozen_day("2026-01-31")
    give_consent(kari.subject, text=wording, method="form", by=None)
    assert expire_consents(as_of=noon("2027-01-31")) == {"expired": 0} and state_of(kari)[0] == "given"
    assert expire_consents(as_of=noon("2027-02-01"), dry_run=True) == {"expired": 1}
    assert state_of(kari)[0] == "given" and acts == []
    assert expire_consents(as_of=noon("2027-02-01")) == {"expired": 1}
    assert state_of(kari) == ("expired", None) and acts == [(kari.subject, "", None)]
    assert expire_consents(as_of=noon("2027-02-01")) == {"expired": 0}


# Wordings


def test_no_wording_no_question(db, wording):
    assert text_for(PURPOSE, "nb") == wording
    with pytest.raises(NoWording, match="toy-stays in en"):
        text_for(PURPOSE, "en")


def publish(**changes):
    values = {
        "purpose": PURPOSE,
        "language": "nb",
        "wording": "Kan vi skrive til deg?",
        "how_to_withdraw": "Ett klikk på siden din.",
        "valid_months": 12,
        "by": None,
    }
    return publish_text(**{**values, **changes})


def test_the_same_wording_is_the_same_version_and_a_new_one_retires_it(wording):
    assert publish() == wording
    newer = publish(wording="Kan vi ringe deg?")
    assert newer.version == 2 and text_for(PURPOSE, "nb") == newer
    assert publish(wording="Kan vi ringe deg?", valid_months=6).version == 3
    assert list(ConsentText.objects.order_by("version").values_list("live", flat=True)) == [False, False, True]


def test_a_wording_that_was_retired_comes_back_as_a_new_version(wording):
    ConsentText.objects.update(live=False)
    assert publish().version == 2


def test_a_stored_wording_is_never_edited(wording):
    wording.wording = "Kan vi selge deg?"
    with pytest.raises(ValueError, match="new version"):
        wording.save()
    wording.refresh_from_db()
    wording.live = False
    wording.save()
    assert str(wording) == "toy-stays nb v1"
