"""My applications: one's own and nobody else's."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from careers import actions, kept
from careers.models import Application, State, TalentPoolEntry
from careers.screens.words import chip_of, public_state, what_next
from privacy import actions as engine
from privacy.models import TrailEntry
from privacy.queries import day_text
from privacy.rules.deadlines import add_months
from tests.careers import factories, reading
from tests.careers.actions.test_withdrawing_everything import draft_of
from tests.crm import factories as customers


@pytest.fixture
def ingrid(db, client):
    user = factories.make_user("ingrid@soker.example")
    factories.sign_in(client, user)
    return user


@pytest.fixture
def in_english(ingrid):
    ingrid.language = "en"
    ingrid.save(update_fields=["language"])


def pages(application):
    file = application.files.get()
    return [
        f"/applications/{application.pk}/",
        f"/applications/{application.pk}/withdraw/",
        f"/applications/{application.pk}/files/{file.pk}/",
    ]


def test_nobody_reads_without_signing_in(client, vacancy):
    for address in ["/applications/", *pages(factories.submit(vacancy))]:
        response = client.get(address)
        assert response.status_code == 302 and response.url.startswith("/account/sign-in/")


def test_the_list_and_the_page_tell_stage_and_end(client, ingrid, vacancy):
    application = factories.submit(vacancy, user=ingrid)
    html = client.get("/applications/").content.decode()
    assert vacancy.title in html and f"/applications/{application.pk}/" in html
    html = client.get(f"/applications/{application.pk}/").content.decode()
    assert application.full_name in html and application.message in html and "cv.pdf" in html


def test_an_empty_list(client, ingrid):
    assert client.get("/applications/").status_code == 200


@pytest.mark.parametrize("stage", ["screening", "interview", "rejected"])
def test_every_stage_has_public_words(client, ingrid, vacancy, stage):
    application = factories.submit(vacancy, user=ingrid)
    hr = factories.make_staff(actions.HR)
    actions.move_application(application, to=stage, by=hr, reason="Manglet fagbrev.")
    html = client.get(f"/applications/{application.pk}/").content.decode()
    assert html.count("Manglet fagbrev.") == 1


def test_an_application_sent_before_signing_in_is_there_after_the_claim(client, ingrid, vacancy):
    application = factories.submit(vacancy, email="ingrid@soker.example")
    actions.confirm_application(application, by=None)
    assert client.get(f"/applications/{application.pk}/").status_code == 404
    engine.claim_subject(ingrid.subject, claimed=application.subject, by=ingrid)
    assert client.get(f"/applications/{application.pk}/").status_code == 200


def without_keys(response):
    """A page without what differs between any two requests: keys in addresses and the form token."""
    return re.sub(r'[0-9a-f-]{36}|name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_a_stranger_meets_the_same_page_as_for_nothing(client, ingrid, vacancy):
    hers, theirs = factories.submit(vacancy, user=ingrid), factories.submit(vacancy)
    for address in pages(hers):
        response = client.get(address)
        assert response.status_code == 200
        # A download that nobody reads would leave its file open.
        assert not response.streaming or b"".join(response.streaming_content)
    for address in pages(theirs):
        nothing = address.replace(str(theirs.pk), str(uuid.uuid4()))
        answers = client.get(address), client.get(nothing)
        assert [answer.status_code for answer in answers] == [404, 404]
        assert len({without_keys(answer) for answer in answers}) == 1
    assert client.post(pages(theirs)[1]).status_code == 404
    crossed = pages(hers)[2].replace(str(hers.files.get().pk), str(theirs.files.get().pk))
    assert client.get(crossed).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "submitted"


def test_staff_have_no_way_in_here(client, vacancy):
    factories.sign_in(client, factories.make_staff(actions.HR))
    assert [client.get(address).status_code for address in pages(factories.submit(vacancy))] == [404, 404, 404]


def test_the_own_file_is_a_download(client, ingrid, vacancy):
    application = factories.submit(vacancy, user=ingrid)
    acts = TrailEntry.objects.count()
    response = client.get(pages(application)[2])
    assert b"".join(response.streaming_content) == factories.kept_bytes()
    assert response.headers["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    assert TrailEntry.objects.count() == acts


def test_withdrawing_takes_no_more_steps_than_applying(client, ingrid, vacancy, drain):
    application = factories.submit(vacancy, user=ingrid)
    neighbour = factories.submit(vacancy)
    stored = application.files.get().file
    path = f"/applications/{application.pk}/withdraw/"
    assert client.get(path).status_code == 200
    assert client.get("/applications/").content.decode().count(vacancy.title) >= 1
    response = client.post(path, {"what": "this"})
    assert (response.status_code, response.url) == (302, "/applications/")
    assert client.get(f"/applications/{application.pk}/").status_code == 404
    drain()
    assert Application.objects.get() == neighbour and not reading.has_object(stored)
    assert reading.has_object(neighbour.files.get().file)


def test_the_two_answers_weigh_the_same_and_none_is_chosen(client, ingrid, in_english, vacancy):
    application = factories.submit(vacancy, user=ingrid, pool=True, cv=False)
    factories.submit(factories.make_vacancy(), user=ingrid, cv=False)
    path = f"/applications/{application.pk}/withdraw/"
    html = client.get(path).content.decode()
    radios = re.findall(r'<input type="radio"[^>]*>', html)
    assert len(radios) == 2 and not any("checked" in each for each in radios)
    assert "one more application" in html and "talent pool" in html and "your page here and your sign-in" in html
    assert client.post(path).status_code == 422 and Application.objects.count() == 2


def test_everything_takes_one_press_and_tells_what_stays(client, ingrid, in_english, vacancy, drain):
    application = factories.submit(vacancy, user=ingrid, pool=True, cv=False)
    customer = customers.contact(full_name="Ingrid Kunde", email="")
    engine.prove_mailbox(customer.subject, email=ingrid.email, by=None)
    engine.claim_subject(ingrid.subject, claimed=customer.subject, by=ingrid)
    path = f"/applications/{application.pk}/withdraw/"
    html = client.get(path).content.decode()
    assert "Contact details" in html and "because we hold nothing else" not in html
    assert client.post(path, {"what": "everything"}).url == "/applications/withdrawn/"
    assert client.get("/applications/withdrawn/").status_code == 200
    drain()
    assert not Application.objects.exists() and not TalentPoolEntry.objects.exists()
    customer.refresh_from_db()
    assert customer.full_name == "Ingrid Kunde"


def test_the_list_tells_what_next_and_when_it_goes(client, ingrid, vacancy):
    application = factories.submit(vacancy, user=ingrid, cv=False)
    html = client.get("/applications/").content.decode()
    closes = timezone.localdate(vacancy.closes_at)
    assert day_text(closes) in html and day_text(kept.gone_on(application)) in html


def test_a_draft_is_there_with_its_date(client, ingrid, vacancy):
    draft = draft_of(ingrid.subject, vacancy)
    theirs = draft_of(factories.make_user().subject, factories.make_vacancy(title="En annens stilling"))
    html = client.get("/applications/").content.decode()
    assert draft.vacancy_title in html and day_text(kept.gone_on(draft)) in html
    assert theirs.vacancy_title not in html


def test_the_page_says_why_it_is_that_day(client, ingrid, in_english, vacancy):
    application = factories.submit(vacancy, user=ingrid, cv=False)
    address, hr = f"/applications/{application.pk}/", factories.make_staff(actions.HR)
    told = [client.get(address).content.decode()]
    for stage in ("interview", "offer", "hired"):
        actions.move_application(application, to=stage, by=hr, reason="")
    application.refresh_from_db()
    told.append(client.get(address).content.decode())
    actions.record_start(application, starts_on=date(2030, 1, 7), by=hr)
    actions.mark_moved(application, by=hr)
    told.append(client.get(address).content.decode())
    assert "if nothing is decided" in told[0] and "whichever comes first" in told[1]
    assert "7 January 2030" in told[2] and "30 days later" in told[2]
    assert told[2].count("moved to your personnel file") >= 2


def test_a_hold_is_told_on_the_page_and_before_a_withdrawal(client, ingrid, in_english, vacancy):
    application = factories.submit(vacancy, user=ingrid, cv=False)
    engine.place_hold(
        application,
        subject=application.subject,
        ground="claim",
        law="ldl § 38",
        until=date(2031, 1, 31),
        by=factories.make_staff(),
        reason="Klage til Diskrimineringsnemnda.",
    )
    for address in (f"/applications/{application.pk}/", f"/applications/{application.pk}/withdraw/"):
        assert "31 January 2031" in client.get(address).content.decode(), address


def test_a_longer_or_shorter_period_in_force_is_the_one_that_is_told(client, ingrid, vacancy, monkeypatch):
    """An approved rule moves the day on the page and in the receipt alike: nothing tells a constant of the code."""
    from dataclasses import replace

    from privacy import periods
    from privacy.registry import declaration_of

    declared = declaration_of(Application)
    monkeypatch.setattr(
        periods,
        "keep_of",
        lambda declaration, day=None: replace(declared.keep, months=3) if declaration is declared else declaration.keep,
    )
    application = factories.submit(vacancy, user=ingrid, cv=False)
    expected = day_text(add_months(application.clock_from, 3) + timedelta(days=1))
    assert expected in client.get(f"/applications/{application.pk}/").content.decode()
    [(_to, context)] = reading.mails("confirm")
    assert context["deleted_on"] == expected


def test_inner_steps_are_not_told(client, ingrid, in_english, vacancy):
    application = factories.submit(vacancy, user=ingrid, cv=False)
    hr = factories.make_staff(actions.HR)
    actions.move_application(application, to="read", by=hr, reason="")
    actions.move_application(application, to="shortlist", by=hr, reason="")
    html = client.get(f"/applications/{application.pk}/").content.decode()
    assert "shortlist" not in html and html.count("Being read") == 2, "the chip and one line of the history"


def test_all_words_for_stages_are_written():
    for state in State:
        if state != State.WITHDRAWN:
            row = Application(state=state, clock_from=date(2026, 3, 10))
            assert public_state(state) and chip_of(state) in ("good", "wait", "info", "plain")
            for closes_on in (None, date(2026, 3, 9), date(2026, 3, 10)):
                assert what_next(row, closes_on=closes_on, day=date(2026, 3, 10))
