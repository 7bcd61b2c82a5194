"""The numbers of hiring: for HR, by year, small ones hidden, and there when nobody's application is any more (N57)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from careers import actions
from careers.models import Application
from careers.statistics import MEASURES
from privacy.actions import run_retention
from privacy.models import Statistic
from tests.careers import factories

PAGE = "/admin/careers/numbers/"


@pytest.fixture
def hr(client, db):
    return factories.sign_in(client, factories.make_staff(actions.HR, language="en"))


def reports(client):
    return {each.measure.code: each for each in client.get(PAGE).context["reports"]}


def table(report):
    """{heading: text} of the newest year."""
    [head, *_years, year, _total] = report.table()
    return dict(zip(head, year, strict=True))


def test_hr_finds_them_in_the_menu_and_nobody_else_gets_in(client, hr):
    assert reverse("careers_numbers:index") == PAGE
    assert PAGE in client.get("/admin/").content.decode()
    leader = factories.sign_in(type(client)(), factories.make_staff(actions.HIRING_LEADERS))
    assert leader.get(PAGE).status_code == 403
    assert PAGE not in leader.get("/admin/").content.decode()


def test_before_a_year_is_over_the_page_says_so(hr):
    response = hr.get(PAGE)
    html = response.content.decode()
    assert [each.measure.code for each in response.context["reports"]] == list(MEASURES)
    assert html.count("a year is shown when it is over") == len(MEASURES) and "cn-plot" not in html


def test_the_numbers_stay_when_every_application_is_gone_and_small_ones_are_hidden(hr, wordings, frozen_day):
    frozen_day("2026-03-02")
    vacancy, other = factories.make_vacancy(), factories.make_vacancy(occupation="8332")
    rows = [factories.submit(vacancy, email=f"s{n}@jobb.example", cv=False) for n in range(6)]
    rows.append(factories.submit(other, email="s7@jobb.example", cv=False))
    Application.objects.filter(pk__in=[row.pk for row in rows[:1]]).update(received_by="phone")
    decided = date(2026, 3, 31)
    Application.objects.update(state="rejected", step="rejected", decided_on=decided, clock_from=decided)
    frozen_day("2026-11-20")
    run_retention(as_of=timezone.now(), allow_large=True)
    assert not Application.objects.exists() and Statistic.objects.filter(measure="applications").exists()
    assert reports(hr)["applications"].periods == ["2025"]
    frozen_day("2027-01-04")
    run_retention(as_of=timezone.now(), allow_large=True)
    factories.sign_in(hr, factories.make_staff(actions.HR, language="en"))
    found = reports(hr)
    assert table(found["applications"]) == {"Period": "2026", "Number": "7"}
    assert table(found["days-to-decision"])["15 to 30 days"] == "7"
    # Six and one: the one is hidden, and the six with it, or the total would tell the one.
    kinds = table(found["applications-by-occupation"])
    assert kinds["Lorry driver"] == "<5" and "1" not in kinds.values() and kinds["Period"] == "2026"
    ways = table(found["applications-by-channel"])
    assert ways["phone"] == "<5" and "1" not in ways.values()
    html = hr.get(PAGE).content.decode()
    assert "2026" in html and "&lt;5" in html and "cn-plot-rows" in html
