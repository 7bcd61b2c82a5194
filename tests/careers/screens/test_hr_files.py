"""Documents beside an application: pictures and words for who may read them, a download after a press, else 404."""

import base64

import pytest
from django.urls import reverse
from django.utils.translation import override

from careers.actions import HIRING_LEADERS, HR, files
from careers.models import ApplicationFilePreview
from careers.uploads import check_upload
from privacy.models import StaffRead, StoredFile, TrailEntry
from tests.careers import factories
from tests.fixtures.scanner import nobody


@pytest.fixture
def row(vacancy):
    return factories.submit(vacancy)


@pytest.fixture
def hr(client, wordings):
    return factories.sign_in(client, factories.make_staff(HR))


def page_of(client, row):
    response = client.get(reverse("careers_applications:inspect", args=[row.pk]), headers={"Accept-Language": "nb"})
    assert response.status_code == 200
    return response.content.decode()


def addresses(row):
    tail = f"?file={row.files.get().pk}"
    return [
        reverse("careers_applications:page", args=[row.pk]) + tail + "&page=1",
        reverse("careers_applications:document", args=[row.pk]) + tail,
    ]


def test_the_pages_are_pictures_with_addresses_of_their_own(hr, row):
    picture, document = addresses(row)
    shown = page_of(hr, row)
    assert f'src="{picture.replace("&", "&amp;")}"' in shown and f'href="{document}"' in shown
    assert "ikke skannet for virus" in shown
    response = hr.get(picture)
    assert response.content == base64.b64decode(ApplicationFilePreview.objects.get().image)
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"].startswith("private, no-store")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "default-src 'none'" in policy and "script-src 'none'" in policy


def test_looking_and_downloading_are_written_down_and_a_head_request_is_not(hr, row):
    picture, document = addresses(row)
    hr.head(picture)
    assert not StaffRead.objects.filter(model="careers.ApplicationFile").exists()
    hr.get(picture)
    assert StaffRead.objects.filter(model="careers.ApplicationFile").count() == 1
    asked = hr.get(document)
    assert asked.status_code == 200 and "Content-Disposition" not in asked.headers
    assert not TrailEntry.objects.filter(action="application.file_opened").exists()
    response = hr.post(document)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == factories.kept_bytes()
    assert TrailEntry.objects.filter(action="application.file_opened").count() == 1


def test_words_are_shown_as_text_and_never_as_markup(hr, vacancy):
    body = '<w:document xmlns:w="http://w"><w:p><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:p></w:document>'
    cv = check_upload(factories.upload("cv.docx", factories.docx_bytes(**{"word/document.xml": body})))
    row = factories.submit(vacancy, cv=False)
    files.make_preview(files.attach_file(row, kind="cv", checked=cv, by=None).pk)
    assert ApplicationFilePreview.objects.get().text == "<script>alert(1)</script>"
    shown = page_of(hr, row)
    assert "&lt;script&gt;alert(1)" in shown and "<script>alert(1)" not in shown
    assert StaffRead.objects.filter(model="careers.ApplicationFile").count() == 1


@pytest.mark.parametrize(
    ("preview", "pages", "said"),
    [("waiting", 0, "Sidene blir tegnet"), ("none", 0, "Sidene kunne ikke tegnes")],
)
def test_what_is_said_where_there_are_no_pictures(hr, row, preview, pages, said):
    ApplicationFilePreview.objects.all().delete()
    row.files.update(preview=preview, pages=pages)
    assert said in page_of(hr, row)
    assert hr.get(addresses(row)[0]).status_code == 404


@pytest.mark.parametrize(("pages", "said"), [(2, "Det er 1 side til"), (23, "Det er 22 sider til"), (1, None)])
def test_how_many_pages_there_are_besides(hr, row, pages, said):
    row.files.update(pages=pages)
    shown = page_of(hr, row)
    assert said in shown if said else "til i dokumentet" not in shown


@pytest.mark.parametrize("state", ["failed", "infected", "not_scanned"])
def test_what_the_scanner_has_not_passed_is_seen_by_nobody(hr, row, settings, state):
    assert all(hr.get(address).status_code == 200 for address in addresses(row))
    settings.CLAMD_URL = nobody()
    StoredFile.objects.update(scan_state=state)
    shown = page_of(hr, row)
    assert "Virusskanneren har ikke sett på denne filen" in shown
    assert '<img class="cn-document__page"' not in shown and addresses(row)[1] not in shown
    assert [hr.get(address).status_code for address in addresses(row)] == [404, 404]
    assert hr.post(addresses(row)[1]).status_code == 404
    StoredFile.objects.update(scan_state="clean")
    assert "ingenting funnet" in page_of(hr, row)


@pytest.mark.parametrize(
    "tail", ["", "?file=", "?file=x", "?file={other}&page=1", "?file={own}&page=2", "?file={own}&page=x"]
)
def test_other_addresses_lead_nowhere(hr, row, vacancy, tail):
    other = factories.submit(vacancy)
    tail = tail.format(other=other.files.get().pk, own=row.files.get().pk)
    assert hr.get(reverse("careers_applications:page", args=[row.pk]) + tail).status_code == 404


def test_a_hiring_leader_sees_the_documents_of_shared_vacancies_only(client, row, vacancy):
    leader = factories.make_staff(HIRING_LEADERS)
    factories.sign_in(client, leader)
    assert [client.get(address).status_code for address in addresses(row)] == [404, 404]
    factories.share(vacancy, leader)
    assert [client.get(address).status_code for address in addresses(row)] == [200, 200]


def test_a_blind_review_hides_the_documents(hr, row, monkeypatch):
    from careers import queries

    monkeypatch.setattr(queries, "shown_name", lambda row, user: "Applicant 3F2A")
    assert "Dokumentene viser hvem det er" in page_of(hr, row)
    assert [hr.get(address).status_code for address in addresses(row)] == [404, 404]


def test_the_applicant_reads_that_a_file_is_being_checked(client, vacancy, settings):
    user = factories.make_user()
    row = factories.submit(vacancy, user=user)
    factories.sign_in(client, user)
    address = reverse("careers:application", args=[row.pk])
    with override("nb"):
        assert "Virusskanneren har ikke svart" not in client.get(address).content.decode()
        settings.CLAMD_URL = nobody()
        StoredFile.objects.update(scan_state="failed")
        assert "Virusskanneren har ikke svart" in client.get(address).content.decode()
    assert files.check_files(as_of=None, dry_run=True)["scans"] == 1
