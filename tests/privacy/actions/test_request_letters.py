"""Requests on paper: registered with the day they arrived, a scan, and any way to answer (N68)."""

from datetime import date

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from privacy import vault
from privacy.actions import RequestRefused, open_file, register_letter
from privacy.models import DataSubject, StoredFile, SubjectIdentifier, SubjectRequest
from privacy.scans import check_scan
from tests.privacy.actions.requesting import mails, written

LETTER = {
    "right": "correction",
    "channel": "letter",
    "received_on": date(2026, 8, 31),
    "text": "Navnet er feil",
    "contact": {"name": "Ina Brev", "postal_address": "Gata 1, 0001 Oslo"},
}
PDF = b"%PDF-1.7\nscan\n%%EOF\n"


@pytest.fixture(autouse=True)
def september(frozen_day):
    """The tenth: the letter has lain for ten days."""
    frozen_day("2026-09-10")


def scan():
    return check_scan(SimpleUploadedFile("brev.pdf", PDF, "application/pdf"))


def test_a_letter_from_somebody_nobody_knows(siv, kari):
    request = register_letter(**LETTER, scan=scan(), language="en", by=siv)
    assert (request.state, request.due_on, request.language) == ("received", date(2026, 9, 30), "en")
    assert request.subject != kari.subject and request.subject.roles == ["requester"]
    row = vault.unlock(request.messages.all())[0]
    assert (row.name, row.postal_address, row.text) == ("Ina Brev", "Gata 1, 0001 Oslo", "Navnet er feil")
    assert (row.on, row.channel, row.written_by) == (date(2026, 8, 31), "letter", siv.pk)
    with open_file(row.scan) as stored:
        assert stored.read() == PDF
    assert row.scan.subject == request.subject and mails("acknowledged") == []


def test_a_letter_of_a_person_on_file(siv, kari):
    request = register_letter(**LETTER, subject=kari.subject, by=siv)
    assert request.subject == kari.subject and DataSubject.objects.filter(roles=["requester"]).count() == 0
    assert register_letter(**{**LETTER, "text": "Igjen"}, subject=kari.subject, by=siv) == request
    assert [text for *_rest, text in written(request)] == ["Navnet er feil", "Igjen"]


def test_an_address_in_an_email_is_known_and_not_proved(siv, kari):
    request = register_letter(**{**LETTER, "channel": "email", "contact": {"email": " kari@gjest.example "}}, by=siv)
    assert request.subject != kari.subject
    assert SubjectIdentifier.objects.get(subject=request.subject).verified_at is None
    assert request.state == "acknowledged" and mails("acknowledged")[0][0] == "kari@gjest.example"


@pytest.mark.parametrize("contact", [{}, {"name": "Ina"}, {"email": " ", "postal_address": ""}])
def test_without_any_way_to_answer_nothing_is_stored(siv, contact):
    with pytest.raises(RequestRefused):
        register_letter(**{**LETTER, "contact": contact}, by=siv)
    assert not SubjectRequest.objects.exists() and not DataSubject.objects.filter(roles=["requester"]).exists()


def test_a_letter_of_tomorrow_leaves_no_person_and_no_file(siv):
    with pytest.raises(RequestRefused):
        register_letter(**{**LETTER, "received_on": date(2026, 9, 11)}, scan=scan(), by=siv)
    assert not StoredFile.objects.exists() and not DataSubject.objects.filter(roles=["requester"]).exists()
    assert storages["people"].listdir("")[1] == []


def test_a_scan_alone_is_a_request(siv):
    request = register_letter(**{**LETTER, "text": ""}, scan=scan(), by=siv)
    assert request.messages.get().scan is not None
