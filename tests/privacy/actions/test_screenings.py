"""Nothing begins without its assessment, approved by another (N26, L36)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import override

from privacy import checks_of_production, registry
from privacy.actions import ConsentRefused, give_consent, publish_text, require_active
from privacy.actions.screenings import (
    NotActive,
    ScreeningRefused,
    adopt_declared,
    approve_screening,
    draft_screening,
    edit_screening,
    ensure_screenings,
    mark_due,
    reject_screening,
)
from privacy.checks_of_production import assessments_are_approved
from privacy.models import Screening, TrailEntry
from privacy.queries import is_active
from privacy.queries.screenings import needed_screenings, standings
from privacy.rules import screenings as rules
from privacy.second_person import OwnApproval

WEIGHED = "customer-relations"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def nothing_approved(db):
    Screening.objects.all().delete()


def test_an_activity_on_legitimate_interest_waits_for_two_persons(nothing_approved, siv, per):
    assert not is_active(WEIGHED) and is_active("rights")
    with pytest.raises(NotActive, match="Looking after customers"):
        require_active(WEIGHED)
    draft = draft_screening(WEIGHED, kind="lia", by=siv)
    assert draft == draft_screening(WEIGHED, kind="lia", by=per) and not is_active(WEIGHED)
    assert set(draft.answers) == set(rules.QUESTIONS["lia"]) and all(draft.answers.values())
    assert str(draft).endswith("customer-relations 1")
    with pytest.raises(OwnApproval):
        approve_screening(draft, by=siv)
    approved = approve_screening(draft, by=per)
    assert (approved.state, approved.author, approved.reviewer) == ("approved", siv.pk, per.pk)
    assert approved.next_review_on == rules.next_review(timezone.localdate())
    require_active(WEIGHED)
    with pytest.raises(ScreeningRefused):
        approve_screening(approved, by=per)


def test_profiling_and_recruitment_wait_for_a_dpia_screening(nothing_approved):
    assert {"recruitment", "recommendations", "talent-pool"} <= {
        each.activity.code for each in needed_screenings() if each.kind == "dpia"
    }
    assert not is_active("recruitment") and not is_active("recommendations")
    adopt_declared()
    assert is_active("recruitment") and is_active("recommendations")


def test_whoever_writes_last_cannot_approve_and_gaps_are_not_approved(nothing_approved, siv, per):
    draft = draft_screening(WEIGHED, kind="lia", by=siv)
    answers = dict.fromkeys(rules.QUESTIONS["lia"], " It is so. ")
    draft = edit_screening(draft, answers=answers | {"balance": " "}, outcome="acceptable", by=per)
    assert draft.answers["interest"] == "It is so." and draft.author == per.pk
    with pytest.raises(OwnApproval):
        approve_screening(draft, by=per)
    with pytest.raises(ScreeningRefused, match="no answer"):
        approve_screening(draft, by=siv)
    draft = edit_screening(draft, answers=answers, outcome="not_acceptable", by=per)
    with pytest.raises(ScreeningRefused, match="may not go on"):
        approve_screening(draft, by=siv)
    with pytest.raises(ScreeningRefused):
        edit_screening(draft, answers=answers, outcome="perhaps", by=per)
    with pytest.raises(OwnApproval):
        reject_screening(draft, by=per)
    assert reject_screening(draft, by=siv).state == "rejected" and not is_active(WEIGHED)
    with pytest.raises(ScreeningRefused):
        edit_screening(draft, answers=answers, outcome="acceptable", by=per)
    assert TrailEntry.objects.filter(action="screening.edited", reason=WEIGHED).first().field_names != []


def test_a_new_version_begins_with_the_old_answers_and_replaces_it_when_approved(siv, per, db):
    old = Screening.objects.get(activity=WEIGHED)
    Screening.objects.filter(pk=old.pk).update(answers=dict.fromkeys(rules.QUESTIONS["lia"], "Yes."))
    new = draft_screening(WEIGHED, kind="lia", by=siv)
    assert (new.version, new.answers["interest"]) == (old.version + 1, "Yes.") and is_active(WEIGHED)
    approve_screening(new, by=per)
    old.refresh_from_db()
    assert old.state == "superseded" and is_active(WEIGHED)


def test_what_is_due_for_review_goes_on_and_says_so(db):
    row = Screening.objects.get(activity=WEIGHED)
    day = datetime(2030, 3, 1, 12, tzinfo=UTC)
    Screening.objects.filter(pk=row.pk).update(next_review_on=day.date())
    assert mark_due(as_of=day - timedelta(days=1)) == {"due": 0}
    assert mark_due(as_of=day, dry_run=True) == {"due": 1}
    row.refresh_from_db()
    assert row.state == "approved"
    assert mark_due(as_of=day) == {"due": 1} and mark_due(as_of=day) == {"due": 0}
    assert is_active(WEIGHED)
    assert [each.is_due for each in standings() if each.activity.code == WEIGHED] == [True]


def test_drafts_are_made_of_all_that_is_missing_and_of_nothing_else(nothing_approved, siv):
    drafts = ensure_screenings(by=siv)
    assert len(drafts) == len(needed_screenings()) > 8
    assert all(not rules.unanswered(draft.kind, draft.answers) for draft in drafts)
    assert ensure_screenings(by=siv) == []
    with pytest.raises(ScreeningRefused, match="needs no such"):
        draft_screening("rights", kind="lia", by=siv)


def test_every_declared_activity_answers_each_question_in_both_languages():
    for language in ("nb", "en"):
        with override(language):
            for activity, kind in needed_screenings():
                said = rules.declared_answers(activity, kind)
                assert rules.unanswered(kind, said) == [], (activity.code, language)
    with override("nb"):
        assert "leverandørene" in rules.declared_answers(registry.activity_of(WEIGHED), "lia")["balance"]


def test_a_production_takes_nothing_over_and_says_what_is_missing(nothing_approved, settings, siv, per):
    settings.PRODUCTION = True
    with pytest.raises(ScreeningRefused):
        adopt_declared(author=siv, reviewer=per)
    assert not Screening.objects.exists()
    (warning,) = assessments_are_approved()
    assert warning.id == "privacy.W101" and "recruitment (dpia)" in warning.msg
    settings.PRODUCTION = False
    assert adopt_declared(author=siv, reviewer=per) == len(needed_screenings()) and adopt_declared() == 0
    assert assessments_are_approved() == []


def test_the_check_is_silent_before_there_are_tables(monkeypatch):
    def no_table():
        raise OperationalError("no such table")

    monkeypatch.setattr(checks_of_production, "standings", no_table)
    assert assessments_are_approved() == []


def test_nobody_says_yes_to_what_has_not_been_cleared(kari, siv):
    facts = {"purpose": "recommendations", "language": "nb", "wording": "Ja.", "how_to_withdraw": "Her."}
    text = publish_text(**facts, valid_months=12, by=None)
    say = {"text": text, "method": "form", "by": siv, "from_age": 15}
    assert give_consent(kari.subject, **say)
    Screening.objects.filter(activity="recommendations").update(state="rejected")
    with pytest.raises(ConsentRefused, match="Recommendations"):
        give_consent(kari.subject, **say)
