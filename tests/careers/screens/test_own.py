"""My applications: one's own and nobody else's."""

import re
import uuid

import pytest

from careers import actions
from careers.models import Application, TalentPoolEntry
from privacy.models import TrailEntry
from tests.careers import factories, reading


@pytest.fixture
def ingrid(db, client):
    user = factories.make_user("ingrid@soker.example")
    factories.sign_in(client, user)
    return user


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
    from privacy import actions as engine

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
    assert b"".join(response.streaming_content) == factories.pdf_bytes()
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
    response = client.post(path)
    assert (response.status_code, response.url) == (302, "/applications/")
    assert client.get(f"/applications/{application.pk}/").status_code == 404
    drain()
    assert Application.objects.get() == neighbour and not reading.has_object(stored)
    assert reading.has_object(neighbour.files.get().file)


def test_leaving_the_talent_pool(client, ingrid, vacancy, drain):
    factories.submit(vacancy, user=ingrid, pool=True)
    factories.submit(vacancy, pool=True)
    mine, theirs = (
        TalentPoolEntry.objects.get(subject=ingrid.subject),
        TalentPoolEntry.objects.exclude(subject=ingrid.subject).get(),
    )
    path = f"/applications/talent-pool/{mine.pk}/leave/"
    assert path in client.get("/applications/").content.decode()
    assert client.get(path).status_code == 405 and TalentPoolEntry.objects.count() == 2
    assert client.post(f"/applications/talent-pool/{theirs.pk}/leave/").status_code == 404
    assert client.post(path).status_code == 302
    drain()
    assert TalentPoolEntry.objects.get() == theirs and Application.objects.filter(subject=ingrid.subject).exists()


def test_all_words_for_stages_are_written():
    from careers.models import State
    from careers.screens.words import chip_of, public_state, what_next

    for state in State:
        if state != State.WITHDRAWN:
            assert public_state(state) and what_next(state) and chip_of(state) in ("good", "wait", "info", "plain")
