"""One act closes a vacancy in all its languages and starts every clock; before a decision it can be undone (L41)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from careers import actions
from careers.models import CareersIndexPage, Hiring, VacancyPage
from careers.rules.adverts import end_of
from tests.careers import factories, reading

IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def pair(vacancy):
    english = factories.make_vacancy("en", reference=vacancy.reference, translation_key=vacancy.translation_key)
    return vacancy, english


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR)


def opened():
    return {page.pk for index in CareersIndexPage.objects.all() for page in index.open_vacancies(timezone.now())}


def fresh(row):
    row.refresh_from_db()
    return row


def test_one_act_closes_all_languages_and_nobody_elses_vacancy(pair, hr_user):
    other = factories.make_vacancy()
    assert opened() == {pair[0].pk, pair[1].pk, other.pk}
    hiring = Hiring.objects.of(pair[0])
    moved = actions.close_vacancy(hiring, by=hr_user)
    assert opened() == {other.pk}
    now = timezone.now()
    assert [page.is_open(now) for page in (*pair, other)] == [False, False, True]
    assert [page.has_closed(now) for page in (*pair, other)] == [True, True, False]
    assert fresh(hiring).closed_by == hr_user and hiring.closed_at == moved.closes_at
    assert reading.acts(hiring) == ["vacancy.closed"]


def test_the_clock_of_everybody_who_is_not_decided_counts_from_today(pair, hr_user):
    waiting, in_english = factories.submit(pair[0], cv=False), factories.submit(pair[1], cv=False)
    refused = factories.submit(pair[0], cv=False)
    actions.move_application(refused, to="rejected", by=hr_user, reason="Nei.")
    elsewhere = factories.submit(factories.make_vacancy(), cv=False)
    before = reading.row_of(refused), reading.row_of(elsewhere)
    today = timezone.localdate()
    assert waiting.clock_from > today
    assert actions.close_vacancy(Hiring.objects.of(pair[0]), by=hr_user).clocks == 2
    assert fresh(waiting).clock_from == fresh(in_english).clock_from == today
    assert reading.acts(waiting)[-1] == "application.clock_moved"
    assert (reading.row_of(refused), reading.row_of(elsewhere)) == before
    # The night agrees with the act.
    assert actions.follow_closing_days(as_of=timezone.now()) == {"moved": 0}


def test_closing_by_the_clock_and_by_the_act_start_the_same_day(vacancy, hr_user):
    row = factories.submit(vacancy, cv=False)
    by_clock = row.clock_from
    assert by_clock == timezone.localdate(vacancy.closes_at)
    with time_machine.travel(vacancy.closes_at - timedelta(hours=1), tick=False):
        actions.close_vacancy(Hiring.objects.of(vacancy), by=hr_user)
        assert fresh(row).clock_from == timezone.localdate()
    with time_machine.travel(vacancy.closes_at + timedelta(days=3), tick=False):
        # The page's own time has passed as well by now, and changes nothing.
        assert actions.follow_closing_days(as_of=timezone.now()) == {"moved": 0}


def test_what_is_closed_is_not_closed_again(vacancy, hr_user):
    hiring = Hiring.objects.of(vacancy)
    actions.close_vacancy(hiring, by=hr_user)
    at = fresh(hiring).closed_at
    with pytest.raises(actions.NotPossible):
        actions.close_vacancy(hiring, by=hr_user)
    assert fresh(hiring).closed_at == at and reading.acts(hiring) == ["vacancy.closed"]


def test_one_that_closed_by_itself_is_not_closed_again(wordings, hr_user):
    now = timezone.now()
    gone = factories.make_vacancy(opens_at=now - IN_A_WEEK, closes_at=now - timedelta(days=1))
    with pytest.raises(actions.NotPossible):
        actions.close_vacancy(Hiring.objects.of(gone), by=hr_user)
    assert Hiring.objects.get().closed_at is None


def test_a_draft_has_nothing_to_close(vacancy, hr_user):
    vacancy.unpublish()
    with pytest.raises(actions.NotPossible):
        actions.close_vacancy(Hiring.objects.of(vacancy), by=hr_user)


def test_reopening_lets_everybody_in_again_and_moves_the_clocks(pair, hr_user):
    row, hiring = factories.submit(pair[0], cv=False), Hiring.objects.of(pair[0])
    actions.close_vacancy(hiring, by=hr_user)
    until = timezone.localdate() + IN_A_WEEK
    moved = actions.reopen_vacancy(hiring, until=until, by=hr_user)
    assert (moved.closes_at, moved.clocks) == (end_of(until), 1)
    assert opened() == {page.pk for page in pair}
    assert {fresh(page).closes_at for page in pair} == {end_of(until)}
    assert fresh(row).clock_from == until
    assert fresh(hiring).closed_at is None and hiring.closed_by is None
    assert reading.acts(hiring) == ["vacancy.closed", "vacancy.reopened"]
    with time_machine.travel(end_of(until), tick=False):
        assert opened() == set()


def test_one_that_closed_by_itself_can_be_reopened(wordings, hr_user):
    now = timezone.now()
    gone = factories.make_vacancy(opens_at=now - IN_A_WEEK, closes_at=now - timedelta(days=1))
    actions.reopen_vacancy(Hiring.objects.of(gone), until=timezone.localdate(), by=hr_user)
    assert fresh(gone).closes_at == end_of(timezone.localdate())


def test_publishing_an_older_draft_does_not_bring_the_old_closing_back(vacancy, hr_user):
    vacancy.save_revision().publish()
    draft = vacancy.get_latest_revision_as_object()
    draft.title = "Nytt navn"
    draft.save_revision()
    hiring = Hiring.objects.of(vacancy)
    actions.close_vacancy(hiring, by=hr_user)
    until = timezone.localdate() + IN_A_WEEK
    actions.reopen_vacancy(hiring, until=until, by=hr_user)
    assert fresh(vacancy).has_unpublished_changes and vacancy.title != "Nytt navn"
    vacancy.get_latest_revision().publish()
    assert (fresh(vacancy).title, vacancy.closes_at) == ("Nytt navn", end_of(until))


def test_once_somebody_is_decided_it_stays_closed(vacancy, hr_user):
    hiring, row = Hiring.objects.of(vacancy), factories.submit(vacancy, cv=False)
    actions.close_vacancy(hiring, by=hr_user)
    actions.move_application(row, to="rejected", by=hr_user, reason="Nei.")
    with pytest.raises(actions.NotPossible, match="avgjørelse om noen"):
        actions.reopen_vacancy(hiring, until=timezone.localdate() + IN_A_WEEK, by=hr_user)
    assert fresh(hiring).closed_at is not None and opened() == set()


def test_it_is_reopened_only_when_closed_and_only_for_a_day_to_come(vacancy, hr_user):
    hiring = Hiring.objects.of(vacancy)
    with pytest.raises(actions.NotPossible):
        actions.reopen_vacancy(hiring, until=timezone.localdate() + IN_A_WEEK, by=hr_user)
    actions.close_vacancy(hiring, by=hr_user)
    with pytest.raises(actions.NotPossible):
        actions.reopen_vacancy(hiring, until=timezone.localdate() - timedelta(days=1), by=hr_user)
    assert fresh(hiring).closed_at is not None
    assert VacancyPage.objects.get().closes_at == vacancy.closes_at


def test_nobody_applies_after_the_act(vacancy, hr_user):
    factories.submit(vacancy, cv=False)
    actions.close_vacancy(Hiring.objects.of(vacancy), by=hr_user)
    before = reading.counts()
    with pytest.raises(actions.NotPossible):
        factories.submit(vacancy, cv=False)
    assert reading.counts() == before
