"""The dashboard: every task one has the right for, late ones first, filtered, with pictures, at a constant price."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from privacy import tasks
from privacy.actions.roles import OFFICE
from privacy.models import Erasure, RetentionRun, SubjectRequest
from privacy.queries.office_plots import last_months, office_plots
from privacy.queries.worklist import kind_title, worklist
from privacy.rules.deadlines import oslo_date
from tests.privacy.actions.breaching import opened

URL = "/admin/privacy/"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


def case(person, number, *, days, **more):
    day = oslo_date(timezone.now())
    return SubjectRequest.objects.create(
        number=f"SR-2026-{number:06}",
        subject=person.subject,
        channel="web",
        received_on=day - timedelta(days=60),
        due_on=day + timedelta(days=days),
        **{"right": "access", **more},
    )


def test_late_first_then_by_legal_date_then_what_has_none(office, kari, ola, make_person):
    case(kari, 1, days=40)
    case(ola, 2, days=-1)
    case(make_person("Siri"), 3, days=3)
    breach = opened(hours=1)
    Erasure.objects.create(subject=kari.subject, cause="staff")
    page = office.get(URL).text
    order = [page.index(word) for word in ("SR-2026-000002", "SR-2026-000003", "SR-2026-000001", "Erasure ")]
    assert order == sorted(order) and breach.number in page
    assert "1 late" in page and "due this week" in page and "waiting without a date" in page
    assert "arikanari" not in page and "1 day late" in page and "3 days left" in page


def test_the_filter_shows_one_kind_and_nonsense_shows_all(office, kari):
    case(kari, 1, days=1)
    breach = opened()
    page = office.get(URL, {"kind": "breaches"}).text
    assert breach.number in page and "SR-2026-000001" not in page
    assert "SR-2026-000001" in office.get(URL, {"kind": "nonsense"}).text


def test_a_task_without_the_right_to_it_is_not_there(office, kari):
    case(kari, 1, days=1)
    assert "SR-2026-000001" in office.get(URL).text
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(group.permissions.get(codename="view_subjectrequest"))
    page = office.get(URL).text
    assert "SR-2026-000001" not in page and "Requests by month" not in page


def test_no_task_says_what_will_stand_there(officer, enter, monkeypatch):
    monkeypatch.setattr(tasks, "_sources", {})
    page = enter(officer).get(URL).text
    assert "Nothing waits." in page and 'name="kind"' not in page


def test_thirty_tasks_cost_as_many_queries_as_one(office, kari, make_person, bring):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert office.get(URL).status_code == 200
        return len(seen)

    case(kari, 1, days=1)
    opened()
    Erasure.objects.create(subject=kari.subject, cause="staff")
    office.get(URL)
    one = cost()
    people = [make_person(f"Rad{number}") for number in range(6)]
    for number, person in enumerate(people):
        for step, right in enumerate(("access", "portability", "objection", "restriction")):
            case(person, 100 + number * 10 + step, days=number, right=right)
        opened()
        Erasure.objects.create(subject=person.subject, cause="staff")
    assert cost() == one


def test_a_long_list_has_pages(office, kari, make_person, monkeypatch):
    monkeypatch.setattr("privacy.screens.office.ON_PAGE", 1)
    case(kari, 1, days=1)
    case(make_person("Siri"), 2, days=2)
    first = office.get(URL, {"kind": "requests"}).text
    assert "SR-2026-000001" in first and "SR-2026-000002" not in first and "kind=requests&amp;p=2" in first
    assert "SR-2026-000002" in office.get(URL, {"kind": "requests", "p": 2}).text


@pytest.mark.parametrize(("state", "number"), [("failed", 1), ("died", 1), ("done", 0)])
def test_a_run_that_broke_off_is_a_task(officer, state, number):
    RetentionRun.objects.create(as_of=oslo_date(timezone.now()), state=state)
    found = [task for task in worklist(officer, day=oslo_date(timezone.now())).shown if task.kind == "runs"]
    assert len(found) == number


def test_kinds_have_words():
    with override("en"):
        assert kind_title("breaches") == "Breaches"
        assert kind_title("some-new-kind") == "Some new kind"


def test_pictures_count_what_happened_in_its_month(officer, kari, ola):
    day = oslo_date(timezone.now())
    done = case(kari, 1, days=1)
    SubjectRequest.objects.filter(pk=done.pk).update(
        state="fulfilled", received_on=day - timedelta(days=9), answered_on=day
    )
    Erasure.objects.create(subject=ola.subject, cause="request", state="done")
    kinds, requests, days, erasures = office_plots(officer, worklist(officer, day=day))
    assert sum(numbers[1] for _label, numbers in requests.rows) == 1
    assert days.rows[-1][1] == (9,) and not any(numbers[0] for _label, numbers in days.rows[:-1])
    assert sum(sum(numbers) for _label, numbers in erasures.rows) == 1
    # Months in which nothing had happened yet are left out.
    assert all(len(plot.rows) == 3 for plot in (requests, days, erasures)) and kinds.columns


@pytest.mark.parametrize(("right", "missing"), [("view_subjectrequest", 2), ("view_erasure", 1)])
def test_a_picture_needs_the_right_to_what_it_counts(officer, right, missing):
    found = worklist(officer, day=oslo_date(timezone.now()))
    assert len(office_plots(officer, found)) == 4
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(group.permissions.get(codename=right))
    assert len(office_plots(type(officer).objects.get(pk=officer.pk), found)) == 4 - missing


def test_twelve_months_end_with_this_one():
    day = oslo_date(timezone.now())
    months = last_months(day)
    assert months[-1] == day.replace(day=1) and len(set(months)) == 12 and months == sorted(months)
