"""The mailbox of the embedded profile is searched with everything else, and emptied by an erasure."""

import pytest
from django.core import mail
from django.utils import timezone

from cn_portal import mailbox
from privacy import registry
from privacy.actions import carry_out, open_account, register_subject, request_erasure, run_jobs
from privacy.queries import find_text

pytestmark = pytest.mark.django_db
KARI, OLA = "kari@kunde.example", "ola@kunde.example"


@pytest.fixture(autouse=True)
def embedded(settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"


def write(to, text):
    mail.send_mail("Hei", text, None, [to])


def test_a_message_is_found_by_receiver_and_by_words():
    write(KARI, "Blåserør på plass")
    store = registry.stores()["mailbox of the embedded profile"]
    assert (store.find(KARI.upper()), store.find("blåserør"), store.find("noe annet")) == (1, 1, 0)
    assert "store mailbox of the embedded profile" in {hit.place for hit in find_text(KARI, now=timezone.now())}


def test_an_erasure_empties_it_and_leaves_the_neighbours():
    subject = register_subject(role="customer", email=KARI, verified=True, by=None)
    open_account(subject, email=KARI, by=None)
    write(KARI, "til deg")
    write(OLA, "til en annen")
    carry_out(request_erasure(subject, cause="request", by=None))
    run_jobs()
    receivers = sorted(message.to for message in mailbox.messages())
    assert receivers == [mailbox.ERASED, OLA]
    assert find_text(KARI, now=timezone.now()) == []
