"""Yes and no to the talent pool: on one's own page, and behind the link of a mail without signing in."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from careers import actions, links
from careers.models import TalentPoolEntry
from privacy import actions as engine
from privacy.models import ConsentEvent, ConsentState
from tests.careers import factories, reading

FIRST, ASKED, ENDS = date(2026, 3, 10), date(2027, 2, 8), date(2027, 3, 10)


@pytest.fixture
def ingrid(db):
    user = factories.make_user("ingrid@soker.example")
    user.language = "en"
    user.save(update_fields=["language"])
    return user


@pytest.fixture
def application(ingrid, wordings, frozen_day):
    frozen_day(FIRST)
    return factories.submit(factories.make_vacancy(), user=ingrid, pool=True, cv=False)


@pytest.fixture
def entry(application):
    return application.subject.talent_pool.get()


def sha(language="en"):
    return engine.text_for(actions.POOL, language).sha256


def page_of(entry):
    return urlsplit(links.pool_url(entry)).path


def answer_of(entry):
    return f"/applications/talent-pool/{entry.pk}/answer/"


def state_of(entry):
    return ConsentState.objects.get(subject=entry.subject_id, purpose=actions.POOL).state


ENGLISH = {"headers": {"accept-language": "en"}}


def test_looking_changes_nothing_and_the_answers_are_equal_buttons(client, entry, frozen_day):
    frozen_day(ASKED)
    before = reading.row_of(entry), ConsentEvent.objects.count()
    response = client.get(page_of(entry), **ENGLISH)
    html = response.content.decode()
    assert (reading.row_of(entry), ConsentEvent.objects.count()) == before
    buttons = re.findall(r'<button class="button even" type="submit" name="answer" value="(\w+)">', html)
    assert buttons == ["yes", "no"] and "10 March 2027" in html and "18 March 2027" in html
    assert "no-store" in response.headers["Cache-Control"] and "ingrid" not in html.lower()


def test_one_press_renews_without_signing_in_and_the_second_finds_it_done(client, entry, frozen_day):
    frozen_day(ASKED)
    path = page_of(entry)
    assert client.post(path, {"answer": "yes", "wording": sha()}, **ENGLISH).url == path
    entry.refresh_from_db()
    assert (entry.renewed_on, entry.ends_on) == (ASKED, date(2028, 2, 8))
    event = ConsentEvent.objects.get(kind="renewed")
    assert (event.method, event.text.language, event.actor) == ("link", "en", None)
    html = client.get(path, **ENGLISH).content.decode()
    assert 'value="yes"' not in html and "renewed it once" in html
    client.post(path, {"answer": "yes", "wording": sha()}, **ENGLISH)
    assert ConsentEvent.objects.filter(kind="renewed").count() == 1


def test_one_press_leaves_without_signing_in(client, entry, frozen_day, drain):
    frozen_day(ASKED)
    path = page_of(entry)
    assert client.post(path, {"answer": "no"}, **ENGLISH).url == path
    assert "You are not in the talent pool" in client.get(path, **ENGLISH).content.decode()
    drain()
    assert not TalentPoolEntry.objects.exists()
    assert "You are not in the talent pool" in client.get(path, **ENGLISH).content.decode()
    assert client.post(path, {"answer": "yes", "wording": sha()}).status_code == 200
    assert not TalentPoolEntry.objects.exists() and state_of(entry) == "withdrawn"


@pytest.mark.parametrize("posted", [{}, {"answer": "perhaps"}, {"answer": "yes"}, {"answer": "yes", "wording": "old"}])
def test_no_answer_and_an_old_wording_change_nothing(client, entry, frozen_day, posted):
    frozen_day(ASKED)
    before = reading.row_of(entry)
    assert client.post(page_of(entry), posted).status_code == 302
    assert reading.row_of(entry) == before and not ConsentEvent.objects.filter(kind="renewed").exists()


@pytest.mark.parametrize(("days", "asks"), [(-31, False), (-30, True), (0, True), (1, True), (7, True), (8, False)])
def test_the_question_stands_from_a_month_before_the_end_through_the_week_after_it(
    client, entry, frozen_day, days, asks
):
    frozen_day(ENDS + timedelta(days=days))
    html = client.get(page_of(entry), **ENGLISH).content.decode()
    assert ('value="yes"' in html) is asks and 'value="no"' in html
    client.post(page_of(entry), {"answer": "yes", "wording": sha()}, **ENGLISH)
    entry.refresh_from_db()
    assert bool(entry.renewed_on) is asks


def test_a_link_that_is_not_ours_opens_nothing(client, entry):
    path = page_of(entry)
    assert client.get(path).status_code == 200
    assert client.get(path[:-3] + "xx/").status_code == client.post(path[:-3] + "xx/").status_code == 410
    other = urlsplit(links.withdraw_url(entry.subject.applications.get())).path.split("/")[-2]
    assert client.get(f"/applications/talent-pool/by-link/{other}/").status_code == 410


def test_without_a_wording_a_no_is_still_taken(client, entry, frozen_day, drain):
    from privacy.models import ConsentText

    frozen_day(ASKED)
    ConsentText.objects.filter(purpose=actions.POOL).update(live=False)
    assert 'value="yes"' not in client.get(page_of(entry)).content.decode()
    client.post(page_of(entry), {"answer": "yes", "wording": "x"})
    assert state_of(entry) == "given"
    client.post(page_of(entry), {"answer": "no"})
    drain()
    assert not TalentPoolEntry.objects.exists()


def test_the_same_on_the_own_page_and_nobody_elses(client, ingrid, entry, frozen_day, drain):
    frozen_day(ASKED)
    theirs = factories.submit(factories.make_vacancy(), pool=True, cv=False).subject.talent_pool.get()
    assert client.post(answer_of(entry), {"answer": "no"}).url.startswith("/account/sign-in/")
    factories.sign_in(client, ingrid)
    assert answer_of(entry) in client.get("/applications/").content.decode()
    assert client.get(answer_of(entry)).status_code == 405
    assert client.post(answer_of(theirs), {"answer": "no"}).status_code == 404
    client.post(answer_of(entry), {"answer": "yes", "wording": sha()})
    entry.refresh_from_db()
    assert entry.renewed_on == ASKED and ConsentEvent.objects.get(kind="renewed").actor == ingrid.pk
    client.post(answer_of(entry), {"answer": "no"})
    drain()
    assert TalentPoolEntry.objects.get() == theirs


@pytest.fixture
def refused(ingrid, vacancy, client):
    application = factories.submit(vacancy, user=ingrid, cv=False)
    hr = factories.make_staff(actions.HR)
    actions.move_application(application, to="rejected", by=hr, reason="Others had more experience.")
    factories.sign_in(client, ingrid)
    return application


def join_of(application):
    return f"/applications/{application.pk}/talent-pool/"


def test_after_a_refusal_the_pool_is_offered_as_a_question_of_its_own(client, refused):
    html = client.get(f"/applications/{refused.pk}/").content.decode()
    assert "May we write to you about other vacancies?" in html and "checked" not in html
    assert client.get(join_of(refused)).status_code == 405 and not TalentPoolEntry.objects.exists()
    client.post(join_of(refused), {"answer": "yes", "wording": sha()})
    entry = TalentPoolEntry.objects.get()
    assert (entry.subject, entry.consent.purpose, entry.consent.method) == (refused.subject, actions.POOL, "page")
    assert "May we write to you" not in client.get(f"/applications/{refused.pk}/").content.decode()


def test_a_no_is_stored_and_not_asked_about_again(client, refused):
    client.post(join_of(refused), {"answer": "no", "wording": sha()})
    assert ConsentEvent.objects.get(purpose=actions.POOL).kind == "refused"
    assert "May we write to you" not in client.get(f"/applications/{refused.pk}/").content.decode()
    client.post(join_of(refused), {"answer": "yes", "wording": sha()})
    assert not TalentPoolEntry.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"answer": "yes"}, {"answer": "yes", "wording": "old"}])
def test_nothing_but_a_press_beside_the_wording_is_a_yes(client, refused, posted):
    assert client.post(join_of(refused), posted).status_code == 302
    assert not TalentPoolEntry.objects.exists() and not ConsentEvent.objects.filter(purpose=actions.POOL).exists()


def test_nobody_is_asked_before_the_decision(client, ingrid, vacancy):
    application = factories.submit(vacancy, user=ingrid, cv=False)
    factories.sign_in(client, ingrid)
    assert "May we write to you" not in client.get(f"/applications/{application.pk}/").content.decode()
    client.post(join_of(application), {"answer": "yes", "wording": sha()})
    assert not TalentPoolEntry.objects.exists()


def test_somebody_elses_application_takes_no_answer(client, refused):
    theirs = factories.submit(factories.make_vacancy(), cv=False)
    assert client.post(join_of(theirs), {"answer": "yes", "wording": sha()}).status_code == 404
    assert not TalentPoolEntry.objects.exists()
