"""The first page of the privacy office: what waits, in numbers, and nothing about anybody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from privacy import actions
from privacy.actions.erasure import carry_out
from privacy.models import Erasure, RetentionRun
from privacy.queries.office import office_day

HOME = "/admin/"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


def erased(person, bring):
    actions.log_disclosure(
        person.subject, recipient=bring, payload={"email": person.email}, activity="accounts", by=None, about=person
    )
    carry_out(actions.request_erasure(person.subject, cause="staff", by=None))


def test_the_office_meets_partners_erasures_and_the_last_run(office, kari, make_person, bring):
    erased(kari, bring)
    colleague = make_person("Ansattkanari", is_staff=True)
    carry_out(actions.request_erasure(colleague.subject, cause="staff", by=None))
    for days, due in ((1, 7), (0, 41)):
        RetentionRun.objects.create(
            as_of=timezone.localdate(),
            state="done",
            started_at=timezone.now() - timedelta(days=days),
            classes=[{"due": due, "deleted": 40, "held": 1}],
        )
    page = office.get(HOME).text
    assert "Postbudet AS" in page and "<strong>1</strong> waiting" in page
    assert "0 being carried out, 1 done but for what a law keeps" in page
    assert "<dd>41</dd>" in page and "<dd>40</dd>" in page and "<dd>7</dd>" not in page
    assert "arikanari" not in page and "Ansattkanari" not in page


def test_empty_parts_say_what_will_stand_there(office):
    page = office.get(HOME).text
    for sentence in ("Nobody is waiting to be told.", "No erasure is under way.", "No run yet."):
        assert sentence in page


def test_erasures_are_counted_by_where_they_stand(make_person):
    for number, state in enumerate(("planned", "executing", "waiting", "done")):
        subject = make_person(f"Teller{number}").subject
        Erasure.objects.create(subject=subject, cause="staff", state=state)
    day = office_day()
    assert (day.under_way, day.waiting) == (2, 1)
    assert [erasure.state for erasure in day.erasures] == ["planned", "executing", "waiting"]


def test_who_may_not_see_the_worklist_meets_nothing_of_it(make_person, enter, kari, bring):
    erased(kari, bring)
    group = Group.objects.create(name="Only inside")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user = make_person("Annenkanari", is_staff=True)
    user.groups.add(group)
    answer = enter(user).get(HOME)
    assert answer.status_code == 200
    assert "home-privacy" not in answer.text and "Postbudet AS" not in answer.text


def test_ten_rows_cost_as_many_queries_as_one(office, make_person, bring):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert office.get(HOME).status_code == 200
        return len(seen)

    erased(make_person("Rad0"), bring)
    RetentionRun.objects.create(as_of=timezone.localdate(), state="done")
    office.get(HOME)
    one = count()
    for number in range(1, 10):
        erased(make_person(f"Rad{number}"), bring)
        RetentionRun.objects.create(as_of=timezone.localdate(), state="done")
    assert count() == one
    assert (office_day().notices_due, len(office_day().notices)) == (10, 5)
