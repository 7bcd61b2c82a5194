"""The weekly report: thirty looks at others' records stand in it, and a colleague goes through them (T38)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from privacy import tasks
from privacy.models import ReadReview, StaffRead, TrailEntry
from privacy.queries.read_report import WEEK, monday_of
from privacy.rules.deadlines import oslo_date

URL = "/admin/privacy/reads/"


@pytest.fixture
def last_week():
    return monday_of(oslo_date(timezone.now())) - WEEK


@pytest.fixture
def looks(kari, make_person, last_week):
    """Thirty looks at records of others and one at an own one, all last week."""
    seller = make_person("Selgkanari", is_staff=True)
    for number in range(31):
        StaffRead.objects.create(
            subject=kari.subject,
            actor=seller.pk,
            role="Sales",
            purpose="customer",
            assigned=number == 30,
            model="crm.Contact",
            object_pk=f"{number:08}-row",
            on=last_week + timedelta(days=number % 7),
        )
    return seller


def review(client, week, finding="expected"):
    return client.post(f"{URL}?week={week.isoformat()}", {"finding": finding}, follow=True)


def open_kinds():
    return [task.title for task in tasks.open_tasks(day=oslo_date(timezone.now())) if task.kind == "reads"]


def test_thirty_reads_out_of_scope_appear_in_the_report(officer, enter, looks):
    page = enter(officer).get(URL).text
    assert "<dd>31</dd>" in page and "<dd>30</dd>" in page
    assert "Selgkanari" in page and page.count("looking after a customer") == 30
    assert "00000029" in page and "00000030" not in page and "arikanari@" not in page
    assert "I have gone through this week" in page


def test_a_week_with_such_looks_is_a_task_until_somebody_went_through_it(officer, enter, looks, last_week):
    assert len(open_kinds()) == 1
    client = enter(officer)
    assert "Say what came of it." in review(client, last_week, finding="").text
    assert "Noted. The task is closed." in review(client, last_week, finding="asked").text
    assert open_kinds() == []
    done = ReadReview.objects.get()
    assert (done.reads, done.outside, done.finding, done.reviewed_by) == (31, 30, "asked", officer.pk)
    assert TrailEntry.objects.filter(action="reads.reviewed", reason="asked").count() == 1
    assert "gone through already" in review(client, last_week).text
    assert ReadReview.objects.count() == 1


def test_who_looked_does_not_go_through_it(officer, enter, looks, last_week):
    StaffRead.objects.filter(object_pk__startswith="00000000").update(actor=officer.pk)
    assert "You are among those who looked" in review(enter(officer), last_week).text
    assert not ReadReview.objects.exists()


def test_a_week_that_is_not_over_waits(officer, enter, looks, last_week):
    this_week = last_week + WEEK
    StaffRead.objects.update(on=this_week)
    client = enter(officer)
    page = client.get(f"{URL}?week={this_week.isoformat()}").text
    assert "<dd>30</dd>" in page and "I have gone through" not in page
    assert "This week is not over" in review(client, this_week).text
    assert open_kinds() == []


def test_an_old_week_is_no_task_any_more(looks, last_week):
    assert len(open_kinds()) == 1
    StaffRead.objects.update(on=last_week - 9 * WEEK)
    assert open_kinds() == []


@pytest.mark.parametrize("week", ["", "nonsense", "2026-02-31", "0001-01-01"])
def test_any_address_shows_a_week(officer, enter, week):
    assert enter(officer).get(URL, {"week": week}).status_code == 200


def test_an_empty_week_says_so(officer, enter):
    assert "Nobody opened a record in this week." in enter(officer).get(URL).text


def test_rights(officer, enter, make_person, looks, last_week):
    from django.contrib.auth.models import Group

    from privacy.actions.roles import OFFICE

    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(group.permissions.get(codename="add_readreview"))
    client = enter(officer)
    assert "I have gone through" not in client.get(URL).text
    assert review(client, last_week).status_code == 403 and not ReadReview.objects.exists()
    group.permissions.remove(group.permissions.get(codename="view_staffread"))
    assert enter(officer).get(URL).status_code == 403
