"""Mail as files: what is written, what is read back, what is forgotten."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from cn_portal import mailbox


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


def test_a_message_becomes_a_file_and_is_read_back(files):
    assert send_mail("Takk for søknaden", "Hei Åse,\nvi har fått den.", None, ["aase@soker.example"]) == 1
    [message] = mailbox.messages()
    assert (message.to, message.subject) == ("aase@soker.example", "Takk for søknaden")
    assert message.text.splitlines() == ["Hei Åse,", "vi har fått den."]
    assert message.sent_at.tzinfo is not None
    assert [path.suffix for path in files.iterdir()] == [".eml"]
    assert oct(files.stat().st_mode & 0o777) == "0o700"


def test_a_file_name_tells_nothing_about_the_message(files):
    send_mail("Om søknaden", "tekst", None, ["aase@soker.example"])
    [path] = files.iterdir()
    assert "aase" not in path.name
    assert "knad" not in path.name


def test_newest_first(files):
    for number in range(3):
        send_mail(f"nr {number}", "tekst", None, ["aase@soker.example"])
    assert [message.subject for message in mailbox.messages()] == ["nr 2", "nr 1", "nr 0"]


def test_the_last_mail_of_an_erasure_is_written_without_its_address(files):
    message = EmailMultiAlternatives("Slettet", "Borte.", None, ["aase@soker.example"], headers={"X-CN-Final": "1"})
    assert message.send() == 1
    assert mailbox.messages()[0].to == "(address erased)"
    written = b"".join(path.read_bytes() for path in files.iterdir())
    assert b"Borte." in written
    assert b"aase" not in written


def test_forgetting_an_address_spares_the_others(files):
    for address in ("Aase@soker.example", "bo@kunde.example", "aase@soker.example"):
        send_mail("hei", "tekst", None, [address])
    assert mailbox.forget("aase@SOKER.example ") == 2
    assert [message.to for message in mailbox.messages()] == ["bo@kunde.example"]
    assert mailbox.forget("aase@soker.example") == 0


def test_forgetting_in_an_empty_mailbox():
    assert mailbox.forget("aase@soker.example") == 0
    assert mailbox.messages() == []


def test_a_copy_counts_as_received(files):
    EmailMultiAlternatives("hei", "tekst", None, ["bo@kunde.example"], cc=["aase@soker.example"]).send()
    assert mailbox.forget("aase@soker.example") == 1


def test_a_key_opens_its_message_and_nothing_outside(files):
    send_mail("hei", "tekst", None, ["aase@soker.example"])
    (files.parent / "secret.eml").write_text("Subject: no\n\nno")
    [message] = mailbox.messages()
    assert mailbox.message_of(message.key) == message
    assert mailbox.message_of("../secret") is None


def test_nothing_to_send(files):
    assert mailbox.FileMailbox().send_messages([]) == 0
    assert list(Path(files).iterdir()) == []
