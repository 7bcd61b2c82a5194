from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.template import engines
from django.utils import timezone

from privacy import vault
from privacy.actions import mail as mail_module
from privacy.actions import queue_mail, run_jobs
from privacy.actions.jobs import MOST_ATTEMPTS
from privacy.actions.mail import cancel_mail, deliver_mail, open_mail, write_mail
from privacy.models import Job, OutgoingMail


@pytest.fixture(autouse=True)
def template(settings):
    """A mail `toy/hello` in both languages."""
    loaders = settings.TEMPLATES[0] | {"APP_DIRS": False}
    texts = {
        "toy/hello.subject.txt": "{% load i18n %}{% get_current_language as code %}{{ code }}:\n Hello {{ name }}",
        "toy/hello.txt": "Dear {{ name }},\n{{ text }}",
    }
    loaders["OPTIONS"] = loaders["OPTIONS"] | {"loaders": [("django.template.loaders.locmem.Loader", texts)]}
    settings.TEMPLATES = [loaders]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    yield
    engines.templates  # noqa: B018


def queue(to="kari@gjest.example", **more):
    context = {"name": "D'Arc & Sønn", "text": "code 123456"}
    return queue_mail(to=to, template="toy/hello", context=context, language="nb", **more)


def test_a_queued_mail_shows_nothing_and_opens_for_the_worker(kari):
    mail = queue(subject=kari.subject)
    row = str(OutgoingMail.objects.values().get())
    assert "kari@" not in row and "123456" not in row
    context = {"name": "D'Arc & Sønn", "text": "code 123456"}
    assert open_mail(OutgoingMail.objects.get()) == ("kari@gjest.example", context)
    assert mail.to_index == vault.blind_index("email", "KARI@gjest.example ") and str(mail).startswith("Mail ")


def test_it_is_delivered_as_plain_text_in_its_language_and_then_emptied(db):
    mail = queue()
    assert run_jobs() == 1
    (sent,) = outbox.outbox
    assert sent.subject == "nb: Hello D'Arc & Sønn" and sent.body == "Dear D'Arc & Sønn,\ncode 123456"
    assert sent.to == ["kari@gjest.example"] and "X-CN-Final" not in sent.extra_headers
    assert sent.extra_headers["Message-ID"].startswith(f"<{mail.pk}@")
    mail.refresh_from_db()
    assert (mail.state, bytes(mail.to_sealed), bytes(mail.context_sealed), mail.to_index) == ("sent", b"", b"", "")
    assert mail.settled_at is not None
    deliver_mail(mail)
    assert len(outbox.outbox) == 1


CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{}\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_lies_sealed_and_goes_beside_the_plain_words_with_its_method(db, method):
    mail = queue(calendar=CALENDAR.format(method))
    assert b"VCALENDAR" not in bytes(mail.context_sealed)
    run_jobs()
    (sent,) = outbox.outbox
    assert sent.body == "Dear D'Arc & Sønn,\ncode 123456"
    (part,) = sent.alternatives
    assert (part.content, part.mimetype) == (CALENDAR.format(method), f"text/calendar; method={method}")
    mail.refresh_from_db()
    assert bytes(mail.context_sealed) == b""


def test_a_mail_without_an_invitation_is_its_words_alone(db):
    queue()
    run_jobs()
    assert outbox.outbox[0].alternatives == []


def test_a_mail_for_accounts_only_is_dropped_where_there_is_none(db, siv):
    for address in ("nobody@gjest.example", "SIV@cn.example"):
        queue(to=address, only_if_account=True)
    assert run_jobs() == 2
    assert [sent.to for sent in outbox.outbox] == [["SIV@cn.example"]]
    assert sorted(OutgoingMail.objects.values_list("state", "to_index")) == [("dropped", ""), ("sent", "")]


def test_a_closed_account_gets_no_mail_for_accounts(siv):
    siv.is_active = False
    siv.save()
    queue(to=siv.email, only_if_account=True)
    run_jobs()
    assert outbox.outbox == [] and OutgoingMail.objects.get().state == "dropped"


def test_a_server_that_refuses_is_asked_again(smtp, db, frozen_day):
    mail = queue()
    smtp.answer = "451 come back later"
    run_jobs()
    mail.refresh_from_db()
    assert mail.state == "queued" and open_mail(mail)[0] == "kari@gjest.example" and smtp.messages == []
    job = Job.objects.get()
    assert job.state == "queued" and job.run_after > timezone.now()
    smtp.answer = None
    run_jobs(now=job.run_after)
    mail.refresh_from_db()
    assert mail.state == "sent" and len(smtp.messages) == 1
    assert smtp.messages[0]["Message-ID"].startswith(f"<{mail.pk}@")


def test_a_mail_whose_worker_died_with_it_in_its_hands_is_not_sent_again_and_seen_as_failed(db, monkeypatch):
    queue()
    monkeypatch.setattr(mail_module, "_settle", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        run_jobs()
    monkeypatch.undo()
    assert len(outbox.outbox) == 1 and OutgoingMail.objects.get().state == "sending"
    run_jobs(now=timezone.now() + timedelta(seconds=61))
    assert len(outbox.outbox) == 1 and Job.objects.get().state == "done"
    assert empty(OutgoingMail.objects.get()) and OutgoingMail.objects.get().state == "failed"


def test_a_mail_whose_worker_died_before_the_server_was_asked_goes_out_once(db, monkeypatch):
    queue()
    monkeypatch.setattr(mail_module, "failpoint", lambda name: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        run_jobs()
    monkeypatch.undo()
    assert outbox.outbox == [] and OutgoingMail.objects.get().state == "queued"
    run_jobs(now=timezone.now() + timedelta(seconds=61))
    assert len(outbox.outbox) == 1 and OutgoingMail.objects.get().state == "sent"


def test_a_mail_that_is_cancelled_while_the_server_is_asked_is_not_sent(kari, monkeypatch):
    mail = queue(subject=kari.subject)
    monkeypatch.setattr(mail_module, "failpoint", lambda name: cancel_mail(subjects=[kari.subject.pk]))
    run_jobs()
    mail.refresh_from_db()
    assert outbox.outbox == [] and mail.state == "cancelled" and empty(mail)


def test_a_mail_nobody_takes_is_given_up_after_the_last_attempt_and_says_nothing_any_more(smtp, db):
    mail = queue()
    smtp.answer = "554 not here"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(MOST_ATTEMPTS - 1):
            assert run_jobs() == 1
            clock.shift(timedelta(hours=2))
        mail.refresh_from_db()
        assert mail.state == "queued" and open_mail(mail)[0] == "kari@gjest.example"
        assert run_jobs() == 1
    mail.refresh_from_db()
    assert (mail.state, Job.objects.get().state) == ("failed", "failed") and empty(mail) and mail.settled_at
    smtp.answer = None
    deliver_mail(mail)
    assert smtp.messages == []


def empty(mail):
    return (bytes(mail.to_sealed), bytes(mail.context_sealed), mail.to_index) == (b"", b"", "")


def test_what_waits_is_cancelled_by_person_and_by_address(kari, ola):
    mine, by_address, other = queue("x@gjest.example", subject=kari.subject), queue(), queue("ola@gjest.example")
    sent = queue()
    deliver_mail(sent)
    indexes = [vault.blind_index("email", "kari@gjest.example")]
    assert cancel_mail(subjects=kari.subject.group(), indexes=indexes) == 2
    assert cancel_mail(subjects=kari.subject.group(), indexes=indexes) == 0
    states = dict(OutgoingMail.objects.values_list("pk", "state"))
    assert states == {mine.pk: "cancelled", by_address.pk: "cancelled", other.pk: "queued", sent.pk: "sent"}
    outbox.outbox.clear()
    run_jobs()
    assert [each.to for each in outbox.outbox] == [["ola@gjest.example"]]


def test_the_last_mail_answers_to_no_address_and_says_that_it_is_the_last(db):
    final = write_mail(
        to="kari@gjest.example", template="toy/hello", context={}, language="en", final=True, only_if_account=False
    )
    assert not Job.objects.exists() and final.to_index == ""
    assert cancel_mail(indexes=[vault.blind_index("email", "kari@gjest.example")]) == 0
    deliver_mail(final)
    assert outbox.outbox[0].extra_headers["X-CN-Final"] == "1" and outbox.outbox[0].subject.startswith("en:")


def test_a_mail_waits_for_its_moment(db):
    queue(run_after=timezone.now() + timezone.timedelta(hours=1))
    assert run_jobs() == 0


def test_a_job_for_a_mail_that_is_gone_does_nothing(db):
    queue()
    OutgoingMail.objects.all().delete()
    assert run_jobs() == 1 and outbox.outbox == [] and Job.objects.get().state == "done"
