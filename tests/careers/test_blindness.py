"""First review without names: a crawl of every staff page of a vacancy finds nobody (N31)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers import actions, blindness, queries
from careers.models import Application, BulkRefusal, TalentPoolEntry
from tests.careers import assessing, factories, meetings

# Walks pages; what the other database could change is tested elsewhere, on both.
pytestmark = pytest.mark.one_database

NAME, PHONE = "Synnøve Skjulesen", "99887766"


@pytest.fixture
def blind(vacancy):
    """An application whose letter and phone say who it is, in a blind review."""
    actions.set_blind(assessing.hiring_of(vacancy), blind=True, by=None)
    assessing.criterion(vacancy)
    message = f"Jeg kan mye. Hilsen {NAME}, tlf. 99 88 77 66"
    row = factories.submit(vacancy, name=NAME, phone=PHONE, message=message, cv=True, pool=True)
    row.links = "https://skjulesen.example/synnove"
    row.save(update_fields=["links"])
    return row


def pages_of(client, application):
    """Every page of the vacancy and of the application this reader can come to by following links and by address."""
    reference = application.vacancy_reference
    todo = {
        reverse("careers_applications:index"),
        reverse("careers_applications:inspect", args=[application.pk]),
        reverse("careers_board", args=[reference]),
        reverse("careers_list", args=[reference]),
        reverse("careers_pool:index"),
        reverse("careers_interviews:index"),
        reverse("wagtailadmin_home"),
    }
    from careers.screens.hr_applications import ApplicationViewSet

    todo |= {reverse(f"careers_applications:{name}", args=[application.pk]) for name in ApplicationViewSet.own_views}
    done = {}
    while todo:
        url = todo.pop()
        response = client.get(url, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        done[url] = body.decode(errors="replace")
        if "html" not in response.get("Content-Type", ""):
            continue
        links = re.findall(
            r'href="(/admin/careers/(?:applications|vacancies|interviews|talent-pool)/[^"#]*)"', done[url]
        )
        todo |= {link.replace("&amp;", "&") for link in links if len(done) < 80} - set(done)
    return done


def hits(pages, application):
    wanted = (NAME, "Skjulesen", "Synnøve", "skjulesen.example", application.email, PHONE, "99 88 77 66")
    return [(url, each) for url, html in pages.items() for each in wanted if each in html]


@pytest.mark.parametrize("group", [actions.HR, actions.HIRING_LEADERS])
def test_a_blind_reader_finds_nobody_on_any_page_and_everybody_after_their_own_assessment(client, blind, group):
    hr = factories.make_staff(group, language="en")
    factories.share(blind.vacancy, hr)
    factories.sign_in(client, hr)
    # A colleague who has assessed goes on with the process, by name.
    colleague = factories.make_staff(actions.HR)
    assessing.assess(blind, colleague)
    meetings.offer(blind, by=colleague, message=f"Hei {NAME}, ta med fagbrev.")
    pages = pages_of(client, blind)
    assert len(pages) > 15
    assert "Applicant" in pages[reverse("careers_list", args=[blind.vacancy_reference])]
    assert hits(pages, blind) == []
    number = str(blind.pk)[:4].upper()
    assert any(f"Applicant {number}" in html for html in pages.values())
    assessing.assess(blind, hr)
    assert hits(pages_of(client, blind), blind) != []


def test_one_assessment_opens_one_application_for_one_reader(blind, vacancy):
    hr, other = (factories.make_staff(actions.HR) for _n in range(2))
    second = factories.submit(vacancy, name="Per Annen")
    assessing.assess(blind, hr, submit=False)
    assert blindness.is_blind(blind, hr)
    assessing.assess(blind, hr)
    assert queries.shown_name(blind, hr) == NAME
    assert queries.shown_name(second, hr) != "Per Annen"
    assert queries.shown_name(blind, other) != NAME
    rows = queries.readable_by(Application.objects.all(), hr)
    assert {row.pk: queries.is_blind(row, hr) for row in rows} == {blind.pk: False, second.pk: True}


def test_without_a_blind_review_names_are_there(vacancy):
    row, hr = factories.submit(vacancy, name=NAME), factories.make_staff(actions.HR)
    assert queries.shown_name(row, hr) == NAME and not queries.is_blind(row, hr)


def test_who_abstains_sees_names_once_the_vacancy_has_closed(blind):
    hr = factories.make_staff(actions.HR)
    hiring = assessing.hiring_of(blind.vacancy)
    actions.abstain(hiring, by=hr)
    assert blindness.is_blind(blind, hr)
    actions.close_vacancy(hiring, by=hr)
    assert not blindness.is_blind(blind, hr)
    assert blindness.is_blind(blind, factories.make_staff(actions.HR))


def test_acts_that_need_a_name_wait_for_the_assessment(client, blind):
    hr = factories.make_staff(actions.HR, language="en")
    factories.sign_in(client, hr)
    url = reverse("careers_applications:move", args=[blind.pk])
    answer = client.post(url, {"to": "interview_1"}, follow=True)
    assert "Hand in your own assessment first" in answer.content.decode()
    blind.refresh_from_db()
    assert blind.step == "new"
    assessing.assess(blind, hr)
    assert "Hand in your own assessment first" not in client.post(url, {"to": "interview_1"}).content.decode()


def test_a_blind_review_begins_before_the_closing_and_may_end_any_time(vacancy):
    hiring = assessing.hiring_of(vacancy)
    actions.set_blind(hiring, blind=True, by=None)
    actions.close_vacancy(hiring, by=factories.make_staff(actions.HR))
    hiring.refresh_from_db()
    assert actions.set_blind(hiring, blind=False, by=None).blind is False
    with pytest.raises(actions.NotPossible):
        actions.set_blind(hiring, blind=True, by=None)


REFUSAL = {"reason_nb": "Andre hadde fagbrev.", "words_nb": "", "reason_en": "", "words_en": ""}


def test_many_are_refused_by_name_only_by_who_has_assessed_them(client, blind, vacancy):
    hr = factories.make_staff(actions.HR, language="en")
    factories.sign_in(client, hr)
    second = factories.submit(vacancy, name="Per Annen", cv=False)
    url, everybody = reverse("careers_refuse", args=[vacancy.reference]), {**REFUSAL, "steps": ["new"]}
    html = client.post(url, everybody).content.decode()
    assert "you have not assessed 2 of these applicants" in html
    assert "Skjulesen" not in html and "Annen" not in html and blind.email not in html
    texts = {"nb": actions.Text("Andre hadde fagbrev.")}
    digest = actions.plan_refusal(vacancy.reference, texts=texts, steps=["new"]).digest
    assert "you have not assessed" in client.post(url, {**everybody, "shown": digest}).content.decode()
    assert not BulkRefusal.objects.exists()
    assessing.assess(blind, hr)
    html = client.post(url, everybody).content.decode()
    assert "you have not assessed 1 of these" in html and "Annen" not in html and "Skjulesen" not in html
    html = client.post(url, {**REFUSAL, "pick": [str(blind.pk)]}).content.decode()
    assert "Skjulesen" in html and "you have not assessed" not in html
    assessing.assess(second, hr)
    answer = client.post(url, {**everybody, "shown": digest})
    assert answer.status_code == 302 and BulkRefusal.objects.get().shown == 2


def test_the_talent_pool_does_not_say_who_applied(client, blind, vacancy):
    hr = factories.make_staff(actions.HR, language="en")
    factories.sign_in(client, hr)
    elsewhere = factories.make_vacancy()
    factories.submit(elsewhere, name="Per Annen", pool=True, cv=False)
    entry = TalentPoolEntry.objects.get(subject=blind.subject)
    pages = [
        reverse("careers_pool:index"),
        reverse("careers_vacancy_pool", args=[factories.make_vacancy().reference]),
    ]
    for page in pages:
        html = client.get(page).content.decode()
        assert "Per Annen" in html and NAME not in html
    assert client.get(reverse("careers_pool:inspect", args=[entry.pk])).status_code == 404
    # Another record that was proved to be the same person's is theirs as well.
    head = factories.submit(factories.make_vacancy(), name="Samme Person", cv=False).subject
    type(head).objects.filter(pk=blind.subject_id).update(proved_as=head)
    TalentPoolEntry.objects.filter(pk=entry.pk).update(subject=head)
    assert not blindness.without_hidden_persons(TalentPoolEntry.objects.filter(pk=entry.pk), hr)
    TalentPoolEntry.objects.filter(pk=entry.pk).update(subject=blind.subject_id)
    assessing.assess(blind, hr)
    for page in pages:
        assert NAME in client.get(page).content.decode()


def queries_on(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_a_blind_review_costs_no_query_per_application(client, blind, vacancy):
    hr = factories.make_staff(actions.HR, language="en")
    factories.sign_in(client, hr)
    pages = [reverse(name, args=[vacancy.reference]) for name in ("careers_board", "careers_list")]
    pages.append(reverse("careers_applications:index"))
    for page in pages:
        client.get(page)
    one = [queries_on(client, page) for page in pages]
    others = [factories.submit(vacancy, name=f"Søker {number}", cv=False) for number in range(12)]
    for each in others[:4]:
        assessing.assess(each, hr)
    assert [queries_on(client, page) for page in pages] == one
    html = client.get(pages[0]).content.decode()
    assert "Søker 1" in html and "Søker 11" not in html and "Skjulesen" not in html


def test_how_far_a_refusal_has_come_costs_no_query_per_applicant(client, vacancy):
    hr = factories.make_staff(actions.HR, language="en")
    factories.sign_in(client, hr)
    texts, numbers = {"nb": actions.Text("Andre hadde fagbrev.")}, []
    for many in (1, 6):
        rows = [factories.submit(vacancy, name=f"Søker {many}", cv=False) for _n in range(many)]
        picked = [row.pk for row in rows]
        shown = actions.plan_refusal(vacancy.reference, texts=texts, picked=picked).digest
        order = actions.order_refusal(assessing.hiring_of(vacancy), texts=texts, shown=shown, by=hr, picked=picked)
        url = reverse("careers_refusal", args=[vacancy.reference, order.pk])
        client.get(url)
        numbers.append(queries_on(client, url))
    assert numbers[0] == numbers[1]
