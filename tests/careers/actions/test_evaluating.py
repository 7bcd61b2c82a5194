"""Criteria, notes, assessments, the record of who was hired, and shares: what may be done, and what is refused."""

import io
import json
import re
import zipfile
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from careers import actions, queries, queries_assessment
from careers.models import Application, Assessment, Criterion, DecisionRecord, HireQuestion, Judgement, Note
from privacy.actions import build_copy, run_jobs
from privacy.models import OutgoingMail, TrailEntry
from privacy.queries import held_about
from tests.careers import assessing, factories

TODAY = timezone.localdate


@pytest.fixture
def row(vacancy):
    return factories.submit(vacancy, cv=False, phone="99887766")


@pytest.fixture
def hr(db):
    return factories.make_staff(actions.HR, first_name="Hanne", last_name="Rolig")


def test_nothing_adds_up_ranks_or_compares_people():
    names = [
        f"{m.__name__}.{f.name}".lower() for m in apps.get_app_config("careers").get_models() for f in m._meta.fields
    ]
    assert names and not [name for name in names if re.search(r"score|rank|rating|total|points|weight", name)]
    assert Judgement._meta.get_field("level").get_internal_type() == "CharField"


def test_criteria_are_changed_freely_until_somebody_was_judged_by_them(row, vacancy, hr):
    first, second = assessing.criterion(vacancy), assessing.criterion(vacancy, title="Truckførerbevis")
    same = actions.change_criterion(first, title="Fagbrev", meaning="", need="should", by=hr)
    assert same.pk == first.pk and same.need == "should"
    assessing.assess(row, hr)
    newer = actions.change_criterion(first, title="Fagbrev i mekanikk", meaning="", need="must", by=hr)
    first.refresh_from_db()
    assert newer.replaces == first and first.ended_at and first.title == "Fagbrev"
    assert Judgement.objects.filter(criterion=first).count() == 1
    with pytest.raises(actions.NotPossible):
        actions.change_criterion(first, title="X", meaning="", need="must", by=hr)
    assert actions.criteria_of(newer.hiring) == [newer, second]
    actions.move_criterion(second, up=True, by=hr)
    actions.move_criterion(second, up=True, by=hr)
    assert actions.criteria_of(newer.hiring) == [second, newer]
    actions.end_criterion(second, by=hr)
    actions.end_criterion(newer, by=hr)
    assert set(Criterion.objects.values_list("title", flat=True)) == {"Fagbrev", "Truckførerbevis"}


def trail(action):
    return TrailEntry.objects.filter(action=action).count()


def test_the_same_words_again_are_no_new_version(row, vacancy, hr):
    first = assessing.criterion(vacancy)
    assessing.assess(row, hr)
    same = actions.change_criterion(first, title=first.title, meaning=first.meaning, need=first.need, by=hr)
    assert (same.pk, same.ended_at) == (first.pk, None)
    assert (Criterion.objects.count(), trail("criterion.added"), trail("criterion.changed")) == (1, 1, 0)


def test_a_draft_keeps_what_is_there_and_leaves_out_what_is_still_empty(row, vacancy, hr):
    said, open_yet = assessing.criterion(vacancy), assessing.criterion(vacancy, title="Truckførerbevis")
    judgements = {str(said.pk): ("3", "Fagbrev."), str(open_yet.pk): ("", "Vet ikke")}
    draft = actions.save_assessment(row, judgements=judgements, by=hr, submit=False)
    assert [(each.criterion, each.level) for each in draft.judgements.all()] == [(said, "3")]
    with pytest.raises(actions.NotPossible):
        actions.save_assessment(row, judgements=judgements, by=hr, submit=True)


def test_a_review_without_names_is_begun_once(vacancy, hr):
    hiring = assessing.hiring_of(vacancy)
    for _press in range(2):
        assert actions.set_blind(hiring, blind=True, by=hr).blind is True
    assert (trail("hiring.blind_begun"), trail("hiring.blind_ended")) == (1, 0)
    assert actions.set_blind(hiring, blind=False, by=hr).blind is False
    assert (trail("hiring.blind_begun"), trail("hiring.blind_ended")) == (1, 1)


@pytest.mark.parametrize("title", ["", "Ikke gravid", "01010112345 og 4111111111111111"])
def test_an_empty_a_forbidden_and_a_numbered_criterion_are_refused(vacancy, title):
    with pytest.raises(actions.NotPossible):
        assessing.criterion(vacancy, title=title)
    assert not Criterion.objects.exists()


def test_the_thirteenth_criterion_is_refused(vacancy):
    for number in range(12):
        assessing.criterion(vacancy, title=f"K {number}")
    with pytest.raises(actions.NotPossible):
        assessing.criterion(vacancy)


def test_others_are_hidden_until_ones_own_is_in_and_a_correction_is_a_new_version(row, vacancy, hr):
    other = factories.make_staff(actions.HR)
    with pytest.raises(actions.NotPossible):
        assessing.assess(row, hr)
    assessing.criterion(vacancy)
    with pytest.raises(actions.NotPossible):
        assessing.assess(row, hr, reason="")
    assessing.assess(row, other)
    hidden = queries_assessment.shown_assessments(row, hr)
    assert (hidden.others, hidden.waiting, hidden.own) == ([], 1, None)
    draft = assessing.assess(row, hr, level="2", submit=False)
    assert draft.submitted_at is None and not queries_assessment.shown_assessments(row, hr).may_see
    assessing.assess(row, hr, level="2")
    seen = queries_assessment.shown_assessments(row, hr)
    assert [each.author for each in seen.others] == [other] and seen.waiting == 0
    assessing.assess(row, hr, level="5")
    versions = Assessment.objects.filter(author=hr).order_by("submitted_at")
    assert [each.replaced_at is None for each in versions] == [False, True]
    assert [each.judgements.get().level for each in versions] == ["2", "5"]
    assert actions.own_assessment(row, by=hr) == versions[1]


def test_who_abstains_assesses_no_more_and_who_has_assessed_cannot_abstain(row, vacancy, hr):
    other = factories.make_staff(actions.HR)
    hiring = assessing.criterion(vacancy).hiring
    actions.abstain(hiring, by=hr)
    assert actions.abstain(hiring, by=hr).pk
    with pytest.raises(actions.NotPossible):
        assessing.assess(row, hr)
    assessing.assess(row, other)
    assert queries_assessment.shown_assessments(row, hr).others == []
    actions.close_vacancy(hiring, by=other)
    assert len(queries_assessment.shown_assessments(row, hr).others) == 1
    with pytest.raises(actions.NotPossible):
        actions.abstain(hiring, by=other)


def values_of(row, label):
    held = held_about(row.subject, day=TODAY(), language="en")
    return [v for g in held.groups if g.label == label for r in g.records for v in r.values]


def words_of_copy(subject):
    """Every file of the person's copy, unpacked."""
    packed = io.BytesIO(b"".join(build_copy(subject, language="nb", as_of=timezone.now())))
    with zipfile.ZipFile(packed) as copy:
        return "\n".join(copy.read(name).decode(errors="replace") for name in copy.namelist())


def test_notes_and_judgements_stand_in_the_copy_and_what_names_others_is_withheld_with_the_reason(row, vacancy, hr):
    assessing.criterion(vacancy)
    assessing.assess(row, hr, reason="Fagbrev fra Horten.")
    plain = actions.add_note(row, text="Kan begynne i mars.", by=hr)
    assert not [v for v in values_of(row, "careers.note") if v.withheld]
    actions.add_note(row, text="Kari Nes sa at alt var bra.", about_others="Kari Nes", by=hr)
    found = values_of(row, "careers.note")
    assert "[…] sa at alt var bra." in [v.value for v in found] and "Kan begynne i mars." in [v.value for v in found]
    assert len([v for v in found if v.withheld]) == 1
    assert "Fagbrev fra Horten." in [v.value for v in values_of(row, "careers.judgement")]
    copy = words_of_copy(row.subject)
    assert "Kari Nes" not in copy and "sa at alt var bra." in copy
    actions.cover_note(plain, passages="", whole=True, by=hr)
    plain = Note.objects.get(pk=plain.pk)
    assert (plain.text, plain.in_full) == ("[…]", "Kan begynne i mars.")
    actions.cover_note(plain, passages="", whole=False, by=hr)
    plain = Note.objects.get(pk=plain.pk)
    assert (plain.text, plain.in_full) == ("Kan begynne i mars.", "")
    with pytest.raises(actions.NotPossible):
        actions.cover_note(plain, passages="Ola", whole=False, by=hr)


def test_a_reason_that_names_others_is_covered_like_a_note_and_stays_so_in_a_new_version(row, vacancy, hr):
    assessing.criterion(vacancy)
    assessing.assess(row, hr, reason="Kari Nes roste sveisene.")
    judgement = Judgement.objects.get()
    assert "Kari Nes roste sveisene." in [v.value for v in values_of(row, "careers.judgement")]
    with pytest.raises(actions.NotPossible):
        actions.cover_reason(judgement, passages="Ola", whole=False, by=hr)
    actions.cover_reason(judgement, passages="Kari Nes", whole=False, by=hr)
    found = values_of(row, "careers.judgement")
    assert "[…] roste sveisene." in [v.value for v in found] and len([v for v in found if v.withheld]) == 1
    copy = words_of_copy(row.subject)
    assert "Kari Nes" not in copy and "roste sveisene" in copy
    told = json.dumps(queries_assessment.pack(vacancy.reference, hr), default=str)
    assert "Kari Nes" not in told and "roste sveisene" in told
    assert TrailEntry.objects.filter(action="assessment.covered", subject=row.subject_id).count() == 1
    assessing.assess(row, hr, reason="Kari Nes roste alt.")
    corrected = Judgement.objects.get(assessment__replaced_at__isnull=True)
    assert (corrected.reason, corrected.reason_in_full) == ("[…] roste alt.", "Kari Nes roste alt.")
    actions.cover_reason(corrected, passages="", whole=True, by=hr)
    corrected = Judgement.objects.get(pk=corrected.pk)
    assert (corrected.reason, corrected.reason_in_full) == ("[…]", "Kari Nes roste alt.")
    actions.cover_reason(corrected, passages="", whole=False, by=hr)
    corrected = Judgement.objects.get(pk=corrected.pk)
    assert (corrected.reason, corrected.reason_in_full) == ("Kari Nes roste alt.", "")


def test_an_author_corrects_or_removes_within_a_day_and_nobody_else_ever(row, hr):
    note = actions.add_note(row, text="Fin", by=hr)
    for text in ("", "01010112345 4111111111111111"):
        with pytest.raises(actions.NotPossible):
            actions.add_note(row, text=text, by=hr)
    with pytest.raises(actions.NotPossible):
        actions.correct_note(note, text="Nei", by=factories.make_staff(actions.HR))
    actions.correct_note(note, text="Finere", by=hr)
    assert Note.objects.get().text == "Finere" and Note.objects.get().changed_at
    Note.objects.update(written_at=timezone.now() - timedelta(hours=25))
    for act in (lambda: actions.correct_note(note, text="X", by=hr), lambda: actions.remove_note(note, by=hr)):
        with pytest.raises(actions.NotPossible):
            act()
    Note.objects.update(written_at=timezone.now())
    actions.remove_note(note, by=hr)
    run_jobs()
    assert not Note.objects.exists()


def record(vacancy, hr, **values):
    said = {"decided_on": TODAY(), "education": "Fagbrev", "experience": "Seks år på verft", **values}
    return actions.write_decision_record(assessing.hiring_of(vacancy), **said, by=hr)


def test_a_record_names_nobody_and_outlives_everybody(row, vacancy, hr):
    assessing.criterion(vacancy)
    for bad in (
        {"other": "Ingrid Prøve snakker tysk"},
        {"other": row.email},
        {"other": "99 88 77 66"},
        {"education": ""},
        {"decided_on": TODAY() + timedelta(days=1)},
    ):
        with pytest.raises(actions.NotPossible):
            record(vacancy, hr, **bad)
    assert not DecisionRecord.objects.exists()
    record(vacancy, hr)
    actions.withdraw_application(row, by=None)
    run_jobs()
    kept = DecisionRecord.objects.get()
    assert kept.education == "Fagbrev" and kept.criteria[0]["title"] == "Fagbrev"
    assert not [f for f in DecisionRecord._meta.get_fields() if getattr(f, "related_model", None) is type(row.subject)]


def test_who_asks_is_answered_once_and_told_by_mail(row, vacancy, hr):
    asked = actions.ask_who_was_hired(row, by=None)
    assert actions.ask_who_was_hired(row, by=None) == asked and asked.answered_on is None
    assert actions.due_on(asked) == TODAY() + timedelta(days=14)
    record(vacancy, hr)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on) == ("written", TODAY())
    assert OutgoingMail.objects.filter(template="careers/mail/hire_answer").count() == 1
    late = factories.submit(vacancy, name="Per Annen")
    assert actions.ask_who_was_hired(late, by=None).answer == "written"
    with pytest.raises(actions.NotPossible):
        actions.answer_nobody(assessing.hiring_of(vacancy), by=hr)


def test_nobody_was_hired_is_an_answer(row, vacancy, hr):
    actions.ask_who_was_hired(row, by=None)
    assert actions.answer_nobody(assessing.hiring_of(vacancy), by=hr) == 1
    assert HireQuestion.objects.get().answer == "nobody"


def test_nobody_was_hired_is_no_answer_once_somebody_was(row, vacancy, hr):
    asked = actions.ask_who_was_hired(row, by=None)
    hired = factories.submit(vacancy, name="Per Annen", cv=False)
    for stage in ("interview", "offer", "hired"):
        actions.move_application(hired, to=stage, by=hr, reason="")
    with pytest.raises(actions.NotPossible):
        actions.answer_nobody(assessing.hiring_of(vacancy), by=hr)
    asked.refresh_from_db()
    assert asked.answered_on is None


def test_a_share_is_one_for_all_languages_mailed_and_over_after_its_day(vacancy, hr):
    english = factories.make_vacancy("en", reference=vacancy.reference, translation_key=vacancy.translation_key)
    leader = factories.make_staff(actions.HIRING_LEADERS)
    first = factories.share(vacancy, leader, until=TODAY())
    assert queries.vacancy_for(leader, vacancy.reference)
    again = actions.share_vacancy(english, user=leader, until=TODAY() + timedelta(days=3), by=hr)
    assert again.pk == first.pk and OutgoingMail.objects.filter(template="careers/mail/shared").count() == 2
    type(first).objects.update(until=TODAY() - timedelta(days=1))
    assert queries.vacancy_for(leader, vacancy.reference) is None
    with pytest.raises(actions.NotPossible):
        actions.share_vacancy(vacancy, user=leader, until=TODAY() - timedelta(days=1), by=hr)


@pytest.mark.parametrize(
    ("until", "last_moment", "over"),
    [
        ("2026-06-12", "2026-06-12T23:59:59+02:00", "2026-06-13T00:00:00+02:00"),
        # The days on which the clocks go forward and back: 23 and 25 hours long.
        ("2026-03-29", "2026-03-29T23:59:59+02:00", "2026-03-30T00:00:00+02:00"),
        ("2026-10-25", "2026-10-25T23:59:59+01:00", "2026-10-26T00:00:00+01:00"),
        # One day before, when the same moment in UTC is still the earlier day.
        ("2026-10-24", "2026-10-24T23:59:59+02:00", "2026-10-25T00:00:00+02:00"),
    ],
)
def test_a_share_opens_through_the_last_second_of_its_day_in_oslo(vacancy, row, until, last_moment, over):
    leader, other = (factories.make_staff(actions.HIRING_LEADERS) for _n in range(2))
    with time_machine.travel(datetime.fromisoformat(last_moment) - timedelta(days=2), tick=False):
        factories.share(vacancy, leader, until=date.fromisoformat(until))
    rows = Application.objects.all()
    with time_machine.travel(datetime.fromisoformat(last_moment), tick=False):
        assert [each.pk for each in queries.readable_by(rows, leader)] == [row.pk]
        assert queries.vacancy_for(leader, vacancy.reference) and not queries.readable_by(rows, other)
    with time_machine.travel(datetime.fromisoformat(over), tick=False):
        assert not queries.readable_by(rows, leader) and queries.vacancy_for(leader, vacancy.reference) is None
