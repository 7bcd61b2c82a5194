import pytest
from django.core.mail import send_mail
from django.urls import reverse

from cn_portal import mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"
    settings.MAIL_FOLDER = tmp_path / "mail"


def test_an_empty_mailbox_says_so(client):
    assert "Ingenting er sendt ennå" in client.get(reverse("demo-mailbox")).content.decode()


def test_messages_are_listed_and_links_can_be_followed(client):
    send_mail("Bekreft", "Følg http://localhost:8000/nb/bekreft/ <b>nå</b>", None, ["aase@soker.example"])
    [message] = mailbox.messages()
    listing = client.get(reverse("demo-mailbox")).content.decode()
    assert "aase@soker.example" in listing
    assert reverse("demo-mail", args=[message.key]) in listing
    page = client.get(reverse("demo-mail", args=[message.key])).content.decode()
    assert 'href="http://localhost:8000/nb/bekreft/"' in page
    assert "&lt;b&gt;nå" in page


def test_an_unknown_message_is_not_found(client):
    assert client.get(reverse("demo-mail", args=["20260101T000000000000-deadbeef"])).status_code == 404


def test_pages_of_the_mailbox_are_read_only(client):
    assert client.post(reverse("demo-mailbox")).status_code == 405
