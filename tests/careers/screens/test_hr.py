"""Careers in the staff pages: HR sees all, a hiring leader what is shared, everybody else nothing."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from careers import actions
from careers.models import Application, Note, VacancyShare
from careers.screens.hr_applications import row_views
from privacy.models import DataSubject
from tests.careers import factories, reading

PLACES = ("careers_applications", "careers_pool", "careers_shares")


def url(name, row=None, place="careers_applications"):
    return reverse(f"{place}:{name}", args=[row.pk] if row else [])


def patterns_of(place):
    """The names of all addresses below one namespace."""
    found = []

    def walk(resolver, inside):
        for pattern in getattr(resolver, "url_patterns", ()):
            here = inside or getattr(pattern, "namespace", None) == place
            if hasattr(pattern, "url_patterns"):
                walk(pattern, here)
            elif inside:
                found.append(pattern.name)

    walk(get_resolver(), False)
    return set(found)


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, name="Ingrid Prøve")


@pytest.fixture
def hr(db, client):
    return factories.sign_in(client, factories.make_staff(actions.HR)) and client


@pytest.fixture
def leader(db):
    return factories.make_staff(actions.HIRING_LEADERS, first_name="Lars", last_name="Leder")


def every_page(application):
    return [
        url("index"),
        url("index_results"),
        url("inspect", application),
        url("history", application),
        url("history_results", application),
        url("move", application),
        url("note", application),
    ]


def test_there_are_no_other_addresses():
    own = {"move", "note", *row_views()}
    read = {"index", "index_results", "inspect", "history", "history_results"}
    assert patterns_of("careers_applications") == own | read
    assert patterns_of("careers_pool") == read
    assert patterns_of("careers_shares") == read | {"add", "delete"}


def test_hr_reads_the_list_and_the_application(client, hr, application):
    html = client.get(url("index")).content.decode()
    assert "Ingrid Prøve" in html and application.vacancy_title in html and url("inspect", application) in html
    assert client.get(url("index") + "?export=csv").headers["Content-Type"].startswith("text/html")
    html = client.get(url("inspect", application)).content.decode()
    assert "Ingrid Prøve" in html and application.message in html and "cv.pdf" in html
    assert reading.acts(application)[-1] == "application.viewed"
    assert [client.get(page).status_code for page in every_page(application)[:5]] == [200] * 5


def queries_of(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_long_list_takes_no_more_queries_than_a_short_one(client, hr, vacancy):
    factories.submit(vacancy, cv=None)
    client.get(url("index"))
    short = queries_of(client, url("index"))
    for _number in range(5):
        factories.submit(vacancy, cv=None)
    assert queries_of(client, url("index")) == short


def test_a_sealed_column_is_no_order(client, hr, application):
    assert "ordering=full_name" not in client.get(url("index")).content.decode()
    assert "Ingrid Prøve" in client.get(url("index"), {"ordering": "full_name"}).content.decode()


def test_the_list_can_be_narrowed(client, hr, application):
    other = factories.submit(factories.make_vacancy(), name="Ola Prøve")
    html = client.get(url("index"), {"vacancy_reference": application.vacancy_reference}).content.decode()
    assert "Ingrid Prøve" in html and "Ola Prøve" not in html
    html = client.get(url("index"), {"q": other.vacancy_reference}).content.decode()
    assert "Ola Prøve" in html and "Ingrid Prøve" not in html


def test_hr_moves_and_notes(client, hr, application):
    assert client.get(url("move", application)).status_code == client.get(url("note", application)).status_code == 200
    client.post(url("move", application), {"to": "shortlist", "reason": ""})
    client.post(url("note", application), {"text": "Ring referansen."})
    application.refresh_from_db()
    assert application.step == "shortlist" and Note.objects.get().text == "Ring referansen."
    assert "Ring referansen." in client.get(url("inspect", application)).content.decode()


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("move", {"to": "rejected", "reason": ""}),
        ("move", {"to": "hired", "reason": ""}),
        ("move", {"to": "withdrawn", "reason": ""}),
        ("move", {}),
        ("note", {"text": ""}),
        ("note", {"text": "x" * 2001}),
    ],
)
def test_what_is_refused_says_so_and_changes_nothing(client, hr, application, act, form):
    before = reading.row_of(application), reading.counts()
    response = client.post(url(act, application), form)
    assert response.status_code == 200 and response.context["form"].errors
    assert (reading.row_of(application), reading.counts()) == before


def test_a_decided_application_offers_no_more_stages(client, hr, application):
    assert 'name="to"' in client.get(url("inspect", application)).content.decode()
    actions.move_application(application, to="rejected", by=factories.make_staff(), reason="Manglet fagbrev.")
    assert 'name="to"' not in client.get(url("inspect", application)).content.decode()


def test_a_hiring_leader_reads_what_is_shared_until_the_day(client, application, leader, frozen_day):
    elsewhere = factories.submit(factories.make_vacancy(), name="Ola Prøve")
    today = timezone.localdate()
    factories.share(application.vacancy, leader, today + timedelta(days=2))
    factories.sign_in(client, leader)
    html = client.get(url("index")).content.decode()
    assert "Ingrid Prøve" in html and "Ola Prøve" not in html
    assert client.get(url("inspect", application)).status_code == 200
    assert client.post(url("note", application), {"text": "Bra."}).status_code == 302 and Note.objects.count() == 1
    assert client.post(url("move", application), {"to": "interview"}).status_code == 302
    for page in every_page(elsewhere)[2:5] + every_page(elsewhere)[6:]:
        assert client.get(page).status_code == 404
    for day, status in ((2, 200), (3, 404)):
        VacancyShare.objects.update(until=today + timedelta(days=2 - day))
        assert client.get(url("inspect", application)).status_code == status


def test_a_hiring_leader_decides_nothing_and_reads_no_pool(client, application, leader):
    factories.share(application.vacancy, leader)
    factories.sign_in(client, leader)
    before = reading.row_of(application)
    client.post(url("move", application), {"to": "interview", "reason": ""})
    assert reading.row_of(application) == before
    assert 'name="to"' not in client.get(url("inspect", application)).content.decode()
    for place in ("careers_pool", "careers_shares"):
        response = client.get(url("index", place=place))
        assert response.status_code in (302, 403) and "Ingrid" not in response.content.decode()


def test_a_share_counts_in_every_language(client, application, leader):
    english = factories.make_vacancy(
        "en", reference=application.vacancy_reference, translation_key=application.vacancy.translation_key
    )
    factories.share(english, leader)
    factories.sign_in(client, leader)
    assert client.get(url("inspect", application)).status_code == 200


def sales():
    group = Group.objects.create(name="Sellers")
    rights = Permission.objects.filter(codename="access_admin") | Permission.objects.filter(
        content_type__app_label="crm"
    )
    group.permissions.set(rights)
    user = factories.make_staff()
    user.groups.add(group)
    return user


def test_sales_reach_nothing(client, application):
    factories.sign_in(client, sales())
    home = client.get("/admin/")
    assert home.status_code == 200 and "/admin/careers/" not in home.content.decode()
    for page in every_page(application) + [url("index", place=place) for place in PLACES]:
        for response in (client.get(page), client.post(page, {"to": "rejected", "reason": "x", "text": "x"})):
            assert response.status_code in (302, 403, 404, 405)
            assert response.status_code != 302 or response.url == "/admin/"
            assert "Ingrid" not in response.content.decode()
    application.refresh_from_db()
    assert application.state == "submitted" and not Note.objects.exists()


def test_no_view_is_reached_without_the_second_factor(client, application):
    user = factories.make_staff(actions.HR)
    client.force_login(user, backend="cn_portal.accounts.backends.EmailCodeBackend")
    for page in every_page(application):
        response = client.get(page)
        assert response.status_code == 302 and "second-factor" in response.url


@pytest.mark.parametrize("state", ["restricted", "erasing", "erased"])
def test_people_who_may_not_be_met_are_left_out(client, hr, application, state):
    assert client.get(url("inspect", application)).status_code == 200
    DataSubject.objects.filter(pk=application.subject_id).update(state=state)
    assert "Ingrid" not in client.get(url("index")).content.decode()
    assert [client.get(page).status_code for page in every_page(application)[2:]] == [404] * 5


def test_withdrawn_applications_are_nobodys_at_once(client, hr, application):
    actions.withdraw_application(application, by=None)
    assert Application.objects.exists()
    assert "Ingrid" not in client.get(url("index")).content.decode()
    assert client.get(url("inspect", application)).status_code == 404


def test_an_unknown_application(client, hr):
    assert client.get(url("inspect", Application(pk=uuid.uuid4()))).status_code == 404


def test_the_talent_pool(client, hr, vacancy):
    entry = factories.submit(vacancy, name="Åse Prøve", pool=True).subject.talent_pool.get()
    assert "Åse Prøve" in client.get(url("index", place="careers_pool")).content.decode()
    assert entry.email in client.get(url("inspect", entry, "careers_pool")).content.decode()
    assert reading.acts(entry)[-1] == "talent_pool.viewed"


def test_hr_shares_and_takes_back(client, hr, vacancy, leader):
    factories.make_staff()
    add = url("add", place="careers_shares")
    html = client.get(add).content.decode()
    assert "Lars Leder" in html
    until = timezone.localdate() + timedelta(days=3)
    form = {"vacancy": vacancy.pk, "user": str(leader.pk), "until": until.isoformat()}
    assert client.post(add, form).status_code == 302
    share = VacancyShare.objects.get()
    assert (share.user, share.until) == (leader, until)
    form["until"] = (until + timedelta(days=1)).isoformat()
    assert client.post(add, form).status_code == 302
    assert VacancyShare.objects.get().until == until + timedelta(days=1)
    form["until"] = (until - timedelta(days=9)).isoformat()
    assert client.post(add, form).status_code == 200
    assert VacancyShare.objects.get().until == until + timedelta(days=1)
    assert "Lars Leder" in client.get(url("index", place="careers_shares")).content.decode()
    assert client.get(url("inspect", share, "careers_shares")).status_code == 200
    client.post(url("delete", share, "careers_shares"))
    assert not VacancyShare.objects.exists()


def test_only_hiring_leaders_can_be_chosen(client, hr, vacancy):
    seller = factories.make_staff()
    form = {"vacancy": vacancy.pk, "user": str(seller.pk), "until": timezone.localdate().isoformat()}
    assert client.post(url("add", place="careers_shares"), form).status_code == 200
    assert not VacancyShare.objects.exists()
