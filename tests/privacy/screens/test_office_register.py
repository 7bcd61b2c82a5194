"""Requests by post and phone: counted from their arrival, with a scan that is what it says (N68, L1, T22)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from privacy import actions
from privacy.models import DataSubject, StoredFile, SubjectRequest, TrailEntry
from privacy.scans import MOST_BYTES

URL = "/admin/privacy/requests/"
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


@pytest.fixture
def letter(today):
    return {
        "right": "erasure",
        "channel": "letter",
        "on": (today - timedelta(days=10)).isoformat(),
        "language": "en",
        "name": "Brevkanari",
        "postal_address": "Kaigata 1\n8310 Kabelvåg",
        "email": "brev@kunde.example",
        "text": "Please delete me.",
    }


def register(client, said, **more):
    return client.post(f"{URL}register/", {**said, **more}, follow=True).text


def scan(content=PDF, name="brev.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_letter_is_registered_with_its_scan_and_read_again(office, officer, letter, today):
    page = register(office, letter, scan=scan(name="Brev fra Øyvind.pdf"))
    case = SubjectRequest.objects.get()
    assert f"Registered as {case.number}." in page and "Please delete me." in page and "Brevkanari" in page
    assert (case.channel, case.language, case.received_on) == ("letter", "en", today - timedelta(days=10))
    assert (case.subject.proved_as, case.registered_by) == (None, officer.pk)
    message = case.messages.get(kind="request")
    assert message.scan.media_type == "application/pdf" and message.scan.display_name == "Brev fra Øyvind.pdf"
    answer = office.get(f"{URL}{case.pk}/scans/{message.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/pdf"
    assert TrailEntry.objects.filter(action="request.scan_opened", actor=officer.pk).count() == 1


def test_the_month_counts_from_the_arrival(officer, enter, letter):
    """N68: registering late moves no date."""
    with time_machine.travel(datetime(2026, 9, 10, 10, tzinfo=UTC), tick=False):
        page = register(enter(officer), {**letter, "on": "2026-08-31"})
    case = SubjectRequest.objects.get()
    assert case.due_on == date(2026, 9, 30) and "30 September 2026" in page and "20 days left" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": "2999-01-01"}, "This day is still to come."),
        ({"text": ""}, "This field is required."),
        ({"email": "", "postal_address": ""}, "we must be able to answer"),
        ({"email": "nonsense", "postal_address": ""}, "Enter a valid email address."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(office, letter, change, sentence):
    page = register(office, {**letter, **change})
    assert sentence in page and "Brevkanari" in page
    assert not SubjectRequest.objects.exists()
    assert all(person.roles != ["requester"] for person in DataSubject.objects.all())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>%PDF-1.7 %%EOF</html>", "neither a PDF nor a JPEG or PNG"),
        (b"%PDF-1.7 cut off", "neither a PDF nor a JPEG or PNG"),
        (b"", "The submitted file is empty."),
        (b"%PDF-" + b"0" * MOST_BYTES, "larger than 10 MB"),
    ],
)
def test_a_scan_is_told_by_its_content(office, letter, content, sentence):
    page = register(office, letter, scan=scan(content))
    assert sentence in page and "Please delete me." in page
    assert not SubjectRequest.objects.exists() and not StoredFile.objects.filter(size=len(content)).exists()


def test_the_same_right_of_the_same_address_is_asked_about_first(office, letter):
    register(office, letter)
    first = SubjectRequest.objects.get()
    page = register(office, {**letter, "text": "And again."})
    assert "The same is asked already" in page and first.number in page and "And again." in page
    assert SubjectRequest.objects.count() == 1
    register(office, {**letter, "right": "access"})
    assert SubjectRequest.objects.count() == 2
    register(office, {**letter, "step": "anyway"})
    assert SubjectRequest.objects.filter(right="erasure").count() == 2
    assert SubjectRequest.objects.values("subject").distinct().count() == 3


def test_what_the_engine_refuses_is_shown_in_the_form(office, letter, monkeypatch):
    def refuse(**said):
        raise actions.RequestRefused("Not today.")

    monkeypatch.setattr(actions, "register_letter", refuse)
    page = register(office, {**letter, "email": ""})
    assert "Not today." in page and "Brevkanari" in page


def test_a_message_without_a_scan_and_one_whose_scan_is_gone(office, letter):
    register(office, letter, scan=scan())
    case = SubjectRequest.objects.get()
    message = case.messages.get(kind="request")
    other = (
        case.messages.exclude(pk=message.pk).first()
        or actions.receive_reply(case, text="Hei", by=None)
        and (case.messages.get(kind="reply"))
    )
    assert office.get(f"{URL}{case.pk}/scans/{other.pk}/").status_code == 404
    actions.files.erase_objects([message.scan])
    page = office.get(f"{URL}{case.pk}/scans/{message.pk}/", follow=True).text
    assert "The scan can no longer be read." in page and "Please delete me." in page
