"""Retention at a glance over HTTP: the calendar, what went, the stopped plan, the clock, and who may do what (N54)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.translation import override

from privacy import actions, tasks
from privacy.models import ClockMark, RetentionRun, TrailEntry
from privacy.queries.retention import coming, gone_plot, month_starts, waiting_plan
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import booking, guest, person
from tests.toy.models import Guest

URL = "/admin/privacy/retention/"
DAY = "2026-03-10"


@pytest.fixture
def office(officer, enter, frozen_day):
    frozen_day(DAY)
    return enter(officer)


@pytest.fixture
def seer(make_person, enter, frozen_day):
    """A colleague who may look at the runs and no more."""
    frozen_day(DAY)
    user = make_person("Sekanari", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_retentionrun"]))
    return enter(user)


@pytest.fixture
def stopped(db, settings, frozen_day):
    """A run that the brake stopped: three guests whose time is up on 10 March 2026."""
    frozen_day(DAY)
    settings.PRIVACY_RETENTION_BRAKE = {"rows": 1, "share": 0.25}
    for number in range(3):
        guest(person(f"g{number}@gjest.example"), name=f"Ruth {number}", visited_on=date(2024, 3, 1))
    assert actions.run_retention(as_of=noon(DAY)).status == "stopped"
    return RetentionRun.objects.get(state="stopped")


def ended(day, **counts):
    classes = [{"model": "toy.Guest", "due": 0, "deleted": 0, "blanked": 0, "held": 0, "restricted": 0, "failed": 0}]
    return RetentionRun.objects.create(
        as_of=date.fromisoformat(day), state="done", classes=[classes[0] | counts], finished_at=timezone.now()
    )


def test_an_empty_house_says_so(office):
    page = office.get(URL).text
    assert "No run yet. The first one comes tonight." in page and "Nothing to draw yet." in page
    assert "No run yet." in office.get(f"{URL}runs/").text


def test_the_calendar_counts_each_row_in_its_month(db, frozen_day):
    frozen_day(DAY)
    subject = person()
    for visited in (
        date(2024, 3, 9),
        date(2024, 3, 10),
        date(2024, 3, 30),
        date(2024, 3, 31),
        date(2024, 4, 1),
        date(2025, 2, 27),
        date(2025, 2, 28),
        date(2025, 3, 1),
    ):
        guest(subject, visited_on=visited)
    (found,) = (each for each in coming(date(2026, 3, 10)) if each.model == "toy.Guest")
    # Due on the day after the last one: 10 March, 11 and 31 March; 1 and 2 April; 28 February; 1 March is a year ahead.
    assert found.overdue == 1 and found.months == [2, 2] + [0] * 8 + [0, 1]
    assert month_starts(date(2026, 3, 10))[0] == date(2026, 3, 1) and len(month_starts(date(2026, 3, 10))) == 13


def test_the_calendar_agrees_with_the_plan_of_every_month(db, frozen_day):
    frozen_day(DAY)
    subject = person()
    for step in range(0, 420, 9):
        guest(subject, visited_on=date(2024, 2, 20) + timedelta(days=step))
    (found,) = (each for each in coming(date(2026, 3, 10)) if each.model == "toy.Guest")
    reached = found.overdue
    for ahead, start in enumerate(month_starts(date(2026, 3, 10))[1:]):
        reached += found.months[ahead]
        end = start - timedelta(days=1)
        (part,) = (each for each in actions.rehearse(end).classes if each.model == "toy.Guest")
        assert part.due == reached, end


def test_the_page_shows_what_is_coming_and_what_went(office):
    guest(person(), visited_on=date(2024, 4, 10))
    ended("2026-02-03", due=6, deleted=4, blanked=2)
    ended("2026-02-04", due=1, deleted=1)
    ended("2025-03-31", due=9, deleted=9)
    page = office.get(URL).text
    assert "April 2026: 1" in page and "24 months after visit" in page
    assert dict(gone_plot(date(2026, 3, 10)).rows)["February 2026"] == (5, 2)
    assert len(gone_plot(date(2026, 3, 10)).rows) == 12
    assert "Kari" not in page


def test_a_stopped_plan_is_shown_and_allowed_as_it_was_seen(office, stopped):
    assert f"{URL}runs/{stopped.pk}/" in office.get(URL).text
    page = office.get(f"{URL}runs/{stopped.pk}/")
    assert "took nothing" in page.text and stopped.plan_digest in page.text and "Ruth" not in page.text
    assert all(str(each.pk)[:8] in page.text for each in Guest.objects.all())
    assert office.get(f"{URL}runs/{stopped.pk}/allow/").status_code == 405
    answer = office.post(f"{URL}runs/{stopped.pk}/allow/", {"digest": "0" * 64}, follow=True)
    assert "no longer waiting" in answer.text
    stopped.refresh_from_db()
    assert stopped.allowed_at is None
    answer = office.post(f"{URL}runs/{stopped.pk}/allow/", {"digest": stopped.plan_digest}, follow=True)
    assert "exactly this plan" in answer.text and "This plan was allowed" in answer.text
    actions.run_retention(as_of=noon(DAY))
    assert not Guest.objects.exists() and waiting_plan() is None


def test_a_plan_that_has_changed_can_no_longer_be_allowed(office, stopped):
    guest(person("new@gjest.example"), visited_on=date(2024, 3, 2))
    page = office.get(f"{URL}runs/{stopped.pk}/").text
    assert "The plan has changed since" in page and "Allow exactly this plan" not in page


def test_a_stopped_plan_no_longer_waits_when_a_run_went_through(stopped):
    assert waiting_plan() == stopped
    run = ended(DAY)
    RetentionRun.objects.filter(pk=run.pk).update(started_at=stopped.started_at + timedelta(minutes=1))
    assert waiting_plan() is None


def test_the_runs_and_one_run_show_counts_and_nothing_else(office):
    run = ended("2026-02-03", due=7, deleted=4, held=2, restricted=1)
    RetentionRun.objects.filter(pk=run.pk).update(rules=["toy.Guest v2"])
    assert "finished" in office.get(f"{URL}runs/").text
    page = office.get(f"{URL}runs/{run.pk}/").text
    assert "Guests v2" in page and "What went" in page and "Allow" not in page
    assert (
        "Nothing was due." in office.get(f"{URL}runs/{RetentionRun.objects.create(as_of=DAY, state='died').pk}/").text
    )


def test_the_runs_have_pages(office, monkeypatch):
    monkeypatch.setattr("privacy.screens.office_retention.RUNS_ON_A_PAGE", 1)
    ended("2026-02-03")
    ended("2026-02-04")
    assert "Page 1 of 2" in office.get(f"{URL}runs/").text and "?p=1" in office.get(f"{URL}runs/", {"p": 2}).text


def test_a_clock_nobody_believes_is_confirmed_by_a_person(office, frozen_day):
    ClockMark.objects.create(pk="retention", at=noon("2026-03-20"))
    page = office.get(URL).text
    assert "has gone back by more than a day" in page and "Yes, today is 10 March 2026" in page
    assert "The day is confirmed." in office.post(f"{URL}clock/", follow=True).text
    assert "has gone back" not in office.get(URL).text
    assert TrailEntry.objects.filter(action="retention.clock_confirmed").count() == 1


def test_a_machine_whose_day_moves_meanwhile_confirms_nothing(office, monkeypatch):
    monkeypatch.setattr("privacy.screens.office_retention.today", lambda: date(2026, 3, 11))
    answer = office.post(f"{URL}clock/", follow=True)
    assert "Nothing was confirmed" in answer.text and not ClockMark.objects.exists()


@override("en")
def test_what_stands_still_is_a_task(stopped, frozen_day, siv):
    RetentionRun.objects.create(as_of=date(2026, 3, 9), state="done", backlog=7, started_at=noon("2026-03-09"))
    actions.propose_rule("toy.Guest", months=12, basis="Shorter is enough.", by=siv)
    ClockMark.objects.create(pk="retention", at=noon("2026-03-20"))
    found = {task.title: task for task in tasks.open_tasks(day=date(2026, 3, 10)) if task.kind == "retention"}
    assert set(found) == {
        "Nothing was erased: confirm which day it is",
        "The nightly run stopped: look at its plan",
        "7 rows wait for the next runs",
        "A new period waits for approval: Guests",
    }
    stop = found["The nightly run stopped: look at its plan"]
    assert stop.url == f"{URL}runs/{stopped.pk}/" and stop.due_on == date(2026, 3, 10)
    assert "gjest.example" not in str(found) and "Ruth" not in str(found)


def test_nothing_that_stands_still_is_no_task(db, frozen_day):
    frozen_day(DAY)
    assert [task for task in tasks.open_tasks(day=date(2026, 3, 10)) if task.kind == "retention"] == []


def test_who_may_only_look_changes_nothing(seer, stopped):
    page = seer.get(f"{URL}runs/{stopped.pk}/").text
    assert "took nothing" in page and "Allow exactly this plan" not in page
    assert seer.post(f"{URL}runs/{stopped.pk}/allow/", {"digest": stopped.plan_digest}).status_code == 403
    assert seer.post(f"{URL}clock/").status_code == 403
    assert seer.get(f"{URL}periods/").status_code == 403
    stopped.refresh_from_db()
    assert stopped.allowed_at is None


def test_who_has_no_right_learns_nothing(make_person, enter, stopped):
    user = make_person("Utekanari", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client = enter(user)
    for address in ("", "runs/", f"runs/{stopped.pk}/", "runs/00000000-0000-4000-8000-000000000000/", "rehearsal/"):
        assert client.get(f"{URL}{address}").status_code == 403, address
    assert client.get(f"{URL}rehearsal/toy.Guest/", {"day": "2027-03-01"}).status_code == 403


def test_what_a_held_row_keeps_is_in_the_calendar_all_the_same(db, frozen_day):
    frozen_day(DAY)
    booking(guest(person(), visited_on=date(2024, 3, 1)), open=True)
    (found,) = (each for each in coming(date(2026, 3, 10)) if each.model == "toy.Guest")
    assert found.overdue == 1 and found.total == 1
