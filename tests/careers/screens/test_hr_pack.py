"""Opening the equal-treatment pack: written down for each applicant at once, also before anything was decided (L42)."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers import actions
from careers.models import Hiring
from privacy.models import StaffRead, TrailEntry
from tests.careers import assessing, factories


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR, language="en")


@pytest.fixture
def hr(client, hr_user):
    return factories.sign_in(client, hr_user)


def opened(client, vacancy):
    with CaptureQueriesContext(connection) as seen:
        html = client.get(reverse("careers_pack", args=[vacancy.reference]) + "?for=own").content.decode()
    return html, len(seen)


def test_thirty_applications_take_as_many_queries_as_one(hr, hr_user, wordings):
    numbers, reader = [], factories.make_staff(actions.HR)
    for many in (1, 30):
        vacancy = factories.make_vacancy()
        assessing.criterion(vacancy)
        rows = [factories.submit(vacancy, name=f"Navn Navnesen {number}", cv=False) for number in range(many)]
        for row in rows:
            assessing.assess(row, reader)
            actions.move_application(row, to="read", by=reader, reason="")
        opened(hr, vacancy)
        StaffRead.objects.all().delete()
        html, number = opened(hr, vacancy)
        assert html.count("<h3>Applicant ") == many and "Navnesen" not in html
        read = StaffRead.objects.filter(actor=hr_user.pk, purpose="recruitment")
        assert set(read.values_list("object_pk", flat=True)) == {str(row.pk) for row in rows}
        numbers.append(number)
    assert numbers[0] == numbers[1]


def test_it_is_written_down_before_anybody_decided_anything_about_the_vacancy(hr, vacancy):
    row = factories.submit(vacancy, cv=False)
    Hiring.objects.all().delete()
    html, _number = opened(hr, vacancy)
    assert vacancy.title in html and not Hiring.objects.exists()
    [entry] = TrailEntry.objects.filter(action="hiring.pack_opened")
    assert (entry.reason, entry.object_pk) == ("own", str(vacancy.pk))
    assert StaffRead.objects.filter(object_pk=str(row.pk)).count() == 1
    assessing.criterion(vacancy)
    opened(hr, vacancy)
    last = TrailEntry.objects.filter(action="hiring.pack_opened").latest("at")
    assert last.object_pk == str(Hiring.objects.get().pk)


def test_on_paper_the_ways_to_other_pages_are_left_out(hr, vacancy):
    html, _number = opened(hr, vacancy)
    sheet = Path(finders.find("css/admin.css")).read_text()
    printed = sheet.split("@media print", 1)[1].split("display: none", 1)[0]
    for name in ("w-slim-header", "cn-tabs", "cn-screen-only"):
        assert f".{name}" in printed and name in html
    assert "#wagtail-sidebar" in printed and 'id="wagtail-sidebar"' in html
