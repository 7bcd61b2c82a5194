"""What careers declares: shown in full to the applicant, gone in full when erased."""

import pytest
from django.utils import timezone, translation

from careers import actions
from careers.kept import kept_until
from careers.models import Application, TalentPoolEntry
from careers.wagtail_hooks import RIGHTS, careers_rights
from privacy import actions as engine
from privacy import queries, registry
from privacy.declare import Basis
from tests.careers import factories, reading


@pytest.fixture
def ingrid(vacancy):
    user = factories.make_user()
    application = factories.submit(vacancy, user=user, name="Ingrid Prøve", phone="+47 99 99 99 99", pool=True)
    hr = factories.make_staff(actions.HR, last_name="Ressurs")
    actions.add_note(application, text="Kan mye om dyser.", by=hr)
    actions.move_application(application, to="rejected", by=hr, reason="Manglet fagbrev.")
    application.refresh_from_db()
    return application


def groups_of(subject):
    about = queries.held_about(subject, day=timezone.localdate(), language="nb")
    return {group.label: group for group in about.groups if group.label.startswith("careers.")}


def values_of(group):
    return {value.name: value.value for record in group.records for value in record.values}


def test_the_applicant_sees_everything_that_was_written(ingrid):
    groups = groups_of(ingrid.subject)
    assert set(groups) == {
        "careers.application",
        "careers.applicationfile",
        "careers.note",
        "careers.stageevent",
        "careers.talentpoolentry",
    }
    application = groups["careers.application"].records[0]
    assert (application.heading, application.until) == (ingrid.vacancy_title, kept_until(ingrid.clock_from))
    assert values_of(groups["careers.application"])["full_name"] == "Ingrid Prøve"
    assert values_of(groups["careers.note"])["text"] == "Kan mye om dyser."
    assert values_of(groups["careers.stageevent"])["reason"] == "Manglet fagbrev."
    assert [file.display_name for file in groups["careers.applicationfile"].records[0].files] == ["cv.pdf"]
    assert "Ressurs" not in str([values_of(group) for group in groups.values()])


def test_the_applicant_corrects_their_own_facts(ingrid):
    engine.correct(ingrid, subject=ingrid.subject, changes={"full_name": "Ingrid Riktig"}, by=None)
    ingrid.refresh_from_db()
    assert ingrid.full_name == "Ingrid Riktig"
    with pytest.raises(engine.NotEditable):
        engine.correct(ingrid, subject=ingrid.subject, changes={"state": "hired"}, by=None)


def test_erasing_the_person_leaves_nothing_and_touches_nobody_else(ingrid, vacancy, drain):
    neighbour = factories.submit(vacancy, pool=True)
    before = reading.row_of(neighbour), reading.row_of(neighbour.subject.talent_pool.get())
    stored = ingrid.files.get().file
    engine.request_erasure(ingrid.subject, cause="request", by=None)
    drain()
    left = reading.counts()
    assert (left["Application"], left["ApplicationFile"], left["TalentPoolEntry"]) == (1, 1, 1)
    assert left["Note"] == left["StageEvent"] == 0 and not reading.has_object(stored)
    assert (reading.row_of(neighbour), reading.row_of(TalentPoolEntry.objects.get())) == before


def test_erasing_a_colleague_takes_the_name_out_and_leaves_the_decision(ingrid, drain):
    stage, note = ingrid.stages.get(), ingrid.notes.get()
    engine.request_erasure(stage.actor.subject, cause="request", by=None)
    drain()
    for row in (stage, note):
        row.refresh_from_db()
    assert (stage.actor, stage.reason, note.author, note.text) == (
        None,
        "Manglet fagbrev.",
        None,
        "Kan mye om dyser.",
    )


def test_a_hold_keeps_an_application_past_its_withdrawal(ingrid, drain):
    engine.place_hold(
        ingrid, subject=ingrid.subject, ground="claim", law="GDPR Art 17(3)(e)", reason="Klage", until=None, by=None
    )
    actions.withdraw_application(ingrid, by=None)
    drain()
    assert Application.objects.get().state == "withdrawn"


def test_both_activities_rest_on_their_own_consent():
    for code, purpose in (("recruitment", actions.RECRUITMENT), ("talent-pool", actions.POOL)):
        activity = registry.activity_of(code)
        assert (activity.basis, activity.consent) == (Basis.CONSENT, purpose)
    with translation.override("en"):
        assert "6(1)(b)" in str(registry.activity_of("recruitment").review)


def test_no_row_names_anybody(ingrid, vacancy):
    share = factories.share(vacancy, factories.make_staff(actions.HIRING_LEADERS, last_name="Leder"))
    rows = [ingrid, ingrid.files.get(), ingrid.notes.get(), ingrid.stages.first(), TalentPoolEntry.objects.get(), share]
    for row in rows:
        assert str(row).endswith(str(row.pk)[:8]) and "Ingrid" not in str(row)


def test_every_right_of_a_group_can_be_seen_in_the_staff_pages(db):
    assert {right.codename for right in careers_rights()} == set(RIGHTS)
