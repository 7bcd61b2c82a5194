"""The applicant changes what they sent until the deadline; HR may open it once more; nobody else changes a word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions, queries
from careers.uploads import check_upload
from privacy.models import StoredFile
from tests.careers import factories, reading, steps


@pytest.fixture
def application(vacancy):
    """Sent from a draft with a question answered, a CV, and somebody's own page to it."""
    question = steps.ask(vacancy, kind="yes-no", nb="Har du førerkort?", en="Do you drive?")
    user = factories.make_user()
    draft = steps.draft(vacancy, user=user, message="Hei.")
    answers = actions.answers_to_keep([question], {str(question.pk): "no"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=user)
    actions.attach_to_draft(draft, kind="cv", checked=check_upload(factories.upload()), by=user)
    return steps.submit(draft, vacancy, user=user)


def change(application, **said):
    given = {"changes": {}, "answers": {}, "files": {}, "by": application.subject.account, **said}
    return actions.change_application(application, **given)


def close(vacancy):
    type(vacancy).objects.filter(pk=vacancy.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def test_letter_phone_links_and_answers(application, vacancy):
    question = vacancy.hiring().questions.get()
    changed = change(
        application,
        changes={"message": "Hei igjen.", "phone": "99 99 99 99", "links": ""},
        answers={str(question.pk): "yes"},
    )
    assert (changed.message, changed.phone) == ("Hei igjen.", "99 99 99 99") and changed.changed_at is not None
    assert queries.answers_of(changed) == [("Har du førerkort?", "Ja")]
    assert reading.acts(application)[-1] == "application.changed"
    # The decision clock and the day it was sent stay.
    assert (changed.clock_from, changed.submitted_at) == (application.clock_from, application.submitted_at)


def test_the_same_again_is_no_change(application, vacancy):
    question = vacancy.hiring().questions.get()
    change(application, changes={"message": "Hei."}, answers={str(question.pk): "no"})
    application.refresh_from_db()
    assert application.changed_at is None and "application.changed" not in reading.acts(application)


def test_an_answer_that_was_not_given_before_and_one_taken_back(application, vacancy):
    question = vacancy.hiring().questions.get()
    change(application, answers={str(question.pk): ""})
    assert queries.answers_of(application) == []
    application.answers.all().delete()
    change(application, answers={str(question.pk): "yes"})
    assert queries.answers_of(application) == [("Har du førerkort?", "Ja")]


def test_a_new_cv_takes_the_place_of_the_old_one_object_and_all(application, vacancy):
    old, neighbour = application.files.get().file, factories.submit(vacancy).files.get().file
    change(application, files={"cv": check_upload(factories.upload("ny.pdf"))})
    new = application.files.get().file
    assert new.display_name == "ny.pdf" and reading.has_object(new) and reading.has_object(neighbour)
    assert not reading.has_object(old) and not StoredFile.objects.filter(pk=old.pk).exists()


def test_after_the_deadline_nothing_changes(application, vacancy):
    close(vacancy)
    application.refresh_from_db()
    file = application.files.get().file
    assert not actions.may_change(application, now=timezone.now())
    with pytest.raises(actions.NotPossible):
        change(application, changes={"message": "For sent"}, files={"cv": check_upload(factories.upload("ny.pdf"))})
    application.refresh_from_db()
    assert application.message == "Hei." and reading.has_object(file) and StoredFile.objects.count() == 1


def test_hr_opens_it_once_through_a_day(application, vacancy, frozen_day):
    hr = factories.make_staff(actions.HR)
    close(vacancy)
    today = timezone.localdate()
    reopened = actions.reopen_for_changes(application, until=today + timedelta(days=3), by=hr)
    [(to, context)] = reading.mails("draft_reopened")
    assert to == application.email and f"/applications/{application.pk}/change/" in context["change_url"]
    assert reading.acts(application)[-1] == "application.reopened"
    with pytest.raises(actions.NotPossible):
        actions.reopen_for_changes(reopened, until=today + timedelta(days=5), by=hr)
    frozen_day((today + timedelta(days=3)).isoformat())
    assert change(application, changes={"message": "Med attest."}).message == "Med attest."
    frozen_day((today + timedelta(days=4)).isoformat())
    with pytest.raises(actions.NotPossible):
        change(application, changes={"message": "For sent"})


@pytest.mark.parametrize("days", [-1, 32])
def test_hr_chooses_a_day_that_makes_sense(application, vacancy, days):
    close(vacancy)
    with pytest.raises(actions.NotPossible):
        actions.reopen_for_changes(application, until=timezone.localdate() + timedelta(days=days), by=None)
    application.refresh_from_db()
    assert application.reopened_until is None and not reading.mails("draft_reopened")


def test_it_is_not_opened_while_it_is_open_or_decided(application, vacancy):
    hr = factories.make_staff(actions.HR)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(actions.NotPossible):
        actions.reopen_for_changes(application, until=tomorrow, by=hr)
    close(vacancy)
    type(application).objects.filter(pk=application.pk).update(
        state="rejected", step="rejected", decided_on=timezone.localdate()
    )
    with pytest.raises(actions.NotPossible):
        actions.reopen_for_changes(application, until=tomorrow, by=hr)
    application.refresh_from_db()
    assert not actions.may_change(application, now=timezone.now())


def test_the_last_day_of_a_page_that_is_gone(application, vacancy):
    close(vacancy)
    actions.reopen_for_changes(application, until=timezone.localdate(), by=None)
    application.refresh_from_db()
    application.vacancy = None
    assert actions.may_change(application, now=timezone.now())
    application.reopened_until = None
    assert not actions.may_change(application, now=timezone.now())
