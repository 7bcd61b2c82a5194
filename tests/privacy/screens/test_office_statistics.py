"""Numbers over HTTP: nothing under five, no identifier, and the same bytes after an erasure (N22, N57, T32)."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission

from privacy import actions, registry
from privacy.actions.statistics import count_statistics
from privacy.models import Statistic
from privacy.screens.office_statistics import safe
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import guest, person
from tests.toy.models import Guest

URL = "/admin/privacy/statistics/"
KINDS = {"day": "For a day", "week": "=For a week"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture
def office(officer, enter, frozen_day):
    frozen_day("2026-03-10")
    return enter(officer)


@pytest.fixture
def visits(office, monkeypatch):
    """Ten visits for a day and one for a week in February, counted; returns the visitors."""
    monkeypatch.setattr(registry, "_statistics", {})

    @registry.statistic("visits", title="Visits", plainly="By kind.", values=lambda: KINDS)
    def count(first, last):
        found = Guest.objects.filter(visited_on__range=(first, last))
        return {kind: number for kind in KINDS if (number := found.filter(kind=kind).count())}

    people = [person(f"g{number}@gjest.example") for number in range(11)]
    for number, subject in enumerate(people):
        guest(
            subject,
            name=f"Ruth {number}",
            visited_on=date(2026, 2, 20),
            kind="week" if number == 10 else "day",
            email=f"g{number}@gjest.example",
        )
    count_statistics(as_of=noon("2026-03-10"))
    return people


def published(client):
    """The page's own part and the file."""
    page = client.get(URL).text
    return page[page.index('class="cn-page"') :], client.get(f"{URL}visits.csv").content


def test_a_group_of_one_is_not_shown_and_nothing_names_anybody(office, visits):
    page, file = published(office)
    assert "&lt;5" in page and "February 2026" in page and "For a day" in page
    assert file.decode("utf-8-sig").splitlines()[-2] == "February 2026,–,<5,11"
    for text in (page, file.decode()):
        assert "Ruth" not in text and "gjest.example" not in text
    assert not UUID.search(file.decode())


def test_two_reports_around_one_erasure_are_the_same_bytes(office, visits):
    before = published(office)
    assert "February 2026,–,<5,11" in before[1].decode()
    actions.carry_out(actions.request_erasure(visits[10], cause="request", by=None))
    assert Guest.objects.filter(kind="week").count() == 0
    count_statistics(as_of=noon("2026-03-10"))
    after = published(office)
    assert after[1] == before[1]
    assert _without_tokens(after[0]) == _without_tokens(before[0])


def _without_tokens(page):
    """Without the number each plot of a page gets for its labels, and form tokens."""
    return re.sub(r"plot-\d+|value=\"[A-Za-z0-9]{64}\"", "", page)


def test_what_a_spreadsheet_would_run_is_text(office, visits):
    head = office.get(f"{URL}visits.csv").content.decode("utf-8-sig").splitlines()[0]
    assert head == "Period,For a day,'=For a week,Total"
    assert [safe(text) for text in ("=1", "+1", "-1", "@1", "\t1", "\r1")] == [
        "'=1",
        "'+1",
        "'-1",
        "'@1",
        "'\t1",
        "'\r1",
    ]
    assert [safe(text) for text in ("–", "<5", "12", "")] == ["–", "<5", "12", ""]


def test_the_file_is_a_download_and_an_unknown_one_is_not_found(office, visits):
    answer = office.get(f"{URL}visits.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="visits.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert office.get(f"{URL}odd.csv").status_code == 404
    assert office.post(f"{URL}visits.csv").status_code == 405


def test_before_the_first_month_has_closed_the_page_says_so(office):
    page = office.get(URL).text
    assert "the first period has not closed" in page and not Statistic.objects.exists()


def test_every_measure_of_the_house_stands_on_the_page(office):
    count_statistics(as_of=noon("2026-03-10"))
    page = office.get(URL).text
    for title in ("Orders", "Conversations and questions", "Deliveries", "Decisions about applications"):
        assert title in page, title
    assert page.count("No number may be shown") >= 4


def test_no_measure_is_counted_per_customer_or_in_words_somebody_wrote(db):
    allowed = {"bring", "tnt", "ramberg"}
    for measure in registry.statistics():
        codes = set(measure.values())
        # A word of ours, the number of an occupation in the list all employers use, or so many days.
        ours = [re.fullmatch(r"[a-z_-]+|\d{4}|(\d+|over)-\d+", code) for code in codes]
        assert len(codes) <= 20 and all(ours), measure.code
        assert set(measure.count(date(2026, 1, 1), date(2026, 1, 31))) <= codes | allowed | {""}


def test_who_has_no_right_gets_neither_page_nor_file(make_person, enter, visits):
    user = make_person("Utekanari", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client = enter(user)
    assert client.get(URL).status_code == 403 and client.get(f"{URL}visits.csv").status_code == 403
