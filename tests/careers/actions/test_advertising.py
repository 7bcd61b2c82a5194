"""What is published on one page of a vacancy holds in all its languages."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from careers import actions
from careers.models import VacancyPage
from careers.rules.adverts import SHARED
from tests.careers import factories


@pytest.fixture
def pair(vacancy):
    same = {"reference": vacancy.reference, "translation_key": vacancy.translation_key}
    english = factories.make_vacancy(
        "en", title="Technician", opens_at=vacancy.opens_at, closes_at=vacancy.closes_at, **same
    )
    for page in (vacancy, english):
        page.save_revision().publish()
    return vacancy, english


def fresh(page):
    return VacancyPage.objects.get(pk=page.pk)


def publish(page, **changed):
    draft = page.get_latest_revision_as_object()
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


def facts(page):
    return {name: getattr(page, name) for name in SHARED}


def test_facts_follow_and_words_stay(pair):
    norwegian, english = pair
    bystander = factories.make_vacancy()
    closes = norwegian.closes_at + timedelta(days=5)
    publish(norwegian, closes_at=closes, positions=3, town="Moss", percentage=60, title="Servicetekniker, Moss")
    assert facts(fresh(english)) == facts(fresh(norwegian))
    assert (fresh(english).positions, fresh(english).town, fresh(english).closes_at) == (3, "Moss", closes)
    assert fresh(english).title == "Technician" and not fresh(english).has_unpublished_changes
    assert fresh(english).latest_revision_id == fresh(english).live_revision_id
    # What is edited next begins with the new facts, and nothing goes back and forth.
    assert fresh(english).get_latest_revision_as_object().positions == 3
    assert fresh(bystander).positions == 1


def test_a_draft_keeps_its_words_and_gets_the_facts(pair):
    norwegian, english = pair
    draft = english.get_latest_revision_as_object()
    draft.title = "Service technician, in the making"
    draft.save_revision()
    publish(norwegian, positions=4)
    waiting = fresh(english)
    assert (waiting.positions, waiting.title, waiting.has_unpublished_changes) == (4, "Technician", True)
    waiting.get_latest_revision().publish()
    assert (fresh(english).positions, fresh(english).title) == (4, "Service technician, in the making")
    assert fresh(norwegian).positions == 4


def test_publishing_what_agrees_changes_nothing(pair):
    norwegian, english = pair
    before = VacancyPage.objects.filter(pk=english.pk).values().get()
    publish(norwegian, title="Bare et nytt navn")
    assert VacancyPage.objects.filter(pk=english.pk).values().get() == before


def test_undecided_applications_follow_the_new_closing_day_at_once(pair):
    norwegian, english = pair
    row = factories.submit(english, cv=False)
    closes = norwegian.closes_at + timedelta(days=5)
    publish(norwegian, closes_at=closes)
    row.refresh_from_db()
    assert row.clock_from == timezone.localdate(closes)


def test_a_page_that_goes_live_by_the_clock_is_public_then_and_shares_its_facts(pair):
    norwegian, english = pair
    norwegian.unpublish()
    draft = norwegian.get_latest_revision_as_object()
    draft.positions, draft.go_live_at = 5, timezone.now() + timedelta(hours=1)
    draft.save_revision(approved_go_live_at=draft.go_live_at).publish()
    call_command("publish_scheduled", verbosity=0)
    assert not fresh(norwegian).live and fresh(english).positions == 1
    with time_machine.travel(draft.go_live_at + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled", verbosity=0)
    assert fresh(norwegian).live and fresh(norwegian).positions == fresh(english).positions == 5


def test_a_version_that_waits_for_its_day_waits_on_with_the_new_facts(pair):
    norwegian, english = pair
    draft = english.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Technician, from tomorrow", timezone.now() + timedelta(days=1)
    draft.save_revision().publish()
    publish(norwegian, positions=6)
    with time_machine.travel(draft.go_live_at + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled", verbosity=0)
    assert (fresh(english).title, fresh(english).positions) == ("Technician, from tomorrow", 6)
    assert fresh(norwegian).positions == 6


def test_what_somebody_without_the_right_has_written_is_published_by_hr(pair):
    norwegian, english = pair
    author, hr_user = factories.make_staff(), factories.make_staff(actions.HR)
    draft = norwegian.get_latest_revision_as_object()
    draft.positions = 7
    draft.save_revision(user=author)
    task = GroupApprovalTask.objects.create(name="HR reads it")
    task.groups.add(hr_user.groups.get())
    workflow = Workflow.objects.create(name="Vacancies")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(fresh(norwegian), author)
    assert task.get_actions(fresh(norwegian), hr_user) and not task.get_actions(fresh(norwegian), author)
    assert fresh(norwegian).positions == fresh(english).positions == 1
    state.current_task_state.approve(user=hr_user)
    assert fresh(norwegian).positions == fresh(english).positions == 7
