"""Wordings: versioned, never edited, published from what is declared."""

from datetime import date

import pytest

from privacy import registry
from privacy.actions import NoWording, give_consent, publish_text, publish_texts, text_for
from privacy.actions.consent_texts import file_text
from privacy.models import ConsentText, TrailEntry
from privacy.queries import may_use

PURPOSE = "toy-stays"


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


def test_no_wording_no_question(db, wording):
    assert text_for(PURPOSE, "nb") == wording
    with pytest.raises(NoWording, match="toy-stays in en"):
        text_for(PURPOSE, "en")


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


def test_a_new_wording_leaves_a_yes_as_it_was_given_and_asks_nobody_again(kari, wording):
    event = give_consent(kari.subject, text=wording, method="form", by=None)
    publish(wording="Kan vi skrive til deg og selge adressen din?")
    state = kari.subject.consents.get()
    assert state.event == event and state.event.text.wording == "Kan vi skrive til deg?"
    assert kari.subject.consent_events.count() == 1
    assert may_use(kari.subject, purpose=PURPOSE, day=date.today())


def test_a_new_use_needs_a_yes_of_its_own(kari, wording):
    give_consent(kari.subject, text=wording, method="form", by=None)
    publish(purpose="marketing-sms", wording="Kan vi sende deg SMS?")
    assert may_use(kari.subject, purpose=PURPOSE, day=date.today())
    assert not may_use(kari.subject, purpose="marketing-sms", day=date.today())


def test_what_is_declared_is_published_once_in_both_languages(db):
    declared = sum(len(purpose.wordings) for purpose in registry.purposes())
    assert declared >= 18
    assert publish_texts() == declared == ConsentText.objects.filter(live=True).count()
    assert publish_texts() == 0
    noted = TrailEntry.objects.filter(action="consent.wording_published")
    assert noted.count() == declared and not noted.filter(subject__isnull=False).exists()


def test_only_those_named_are_published(db):
    assert publish_texts(codes=("marketing-sms",)) == 2
    assert set(ConsentText.objects.values_list("purpose", "language")) == {
        ("marketing-sms", "nb"),
        ("marketing-sms", "en"),
    }


def test_a_wording_from_elsewhere_is_stored_beside_the_one_that_is_asked(wording):
    facts = {"purpose": PURPOSE, "language": "nb", "how_to_withdraw": "Ring oss.", "valid_months": 12, "by": None}
    filed = file_text(wording="Får vi sende deg nytt?", **facts)
    assert (filed.version, filed.live) == (2, False)
    assert text_for(PURPOSE, "nb") == wording
    assert file_text(wording="Får vi sende deg nytt?", **facts) == filed
