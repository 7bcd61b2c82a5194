"""Each person once, in their language; paused and erased ones left alone; a duty, so none leaves it (N66)."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from privacy import actions
from privacy.actions import notice_mails
from privacy.actions.mail import open_mail
from privacy.models import DataSubject, Job, NoticeMail, NoticeVersion, OutgoingMail, Restriction, TrailEntry
from tests.privacy.noticing import day, long_here, night, significant, work, write_elsewhere
from tests.toy.factories import guest, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(siv, per):
    """Version 2 in force, and people: two colleagues, a customer with an account, two without, a guest."""
    account = get_user_model().objects.create_user
    kari = account("kari@gjest.example", None, verified=True, language="nb")
    kate = account("kate@gjest.example", None, verified=True, language="en")
    DataSubject.objects.filter(pk=kate.subject_id).update(language="en")
    applicant = person("ada@gjest.example")
    guest(applicant, email="ada@gjest.example")
    DataSubject.objects.filter(pk=applicant.pk).update(roles=["applicant"])
    silent = person("siri@gjest.example")
    DataSubject.objects.filter(pk=silent.pk).update(roles=["customer"])
    other = person("otto@gjest.example")
    guest(other, email="otto@gjest.example")
    DataSubject.objects.update(created_at=date_at(2026, 1, 1))
    with day("2026-03-02"):
        actions.publish_first_notice()
    return {
        "siv": siv,
        "per": per,
        "kari": kari,
        "kate": kate,
        "applicant": applicant,
        "silent": silent,
        "other": other,
    }


def date_at(*when):
    from datetime import UTC, datetime

    return datetime(*when, tzinfo=UTC)


def announce(house, **said):
    with day("2026-04-01"):
        return significant(house["siv"], house["per"], **said)


def told(version):
    return dict(version.mails.values_list("subject", "state"))


def test_everybody_it_concerns_is_written_to_once_in_their_language(house):
    version = announce(house)
    with day("2026-04-01"):
        work()
        notice_mails.tell(version.pk)
        night()
    by_address = {message.to[0]: message for message in mail.outbox}
    assert sorted(by_address) == [
        "ada@gjest.example", "kari@gjest.example", "kate@gjest.example", "per@cn.example", "siv@cn.example",
    ]  # fmt: skip
    assert len(mail.outbox) == 5
    norwegian, english = by_address["kari@gjest.example"], by_address["kate@gjest.example"]
    assert "Bring har flyttet." in norwegian.body and "/privacy/notice/nb/3/" in norwegian.body
    assert "16. april 2026" in norwegian.body and "Datatilsynet" in norwegian.body
    assert "Bring has moved." in english.body and "/privacy/notice/en/3/" in english.body
    assert "16 April 2026" in english.body and "version 3" in english.subject
    # It is a duty: nobody can turn it off, and nothing says they could.
    assert not re.search("unsubscribe|leave here|meld deg av|slutt her", norwegian.body + english.body, re.IGNORECASE)
    states = told(version)
    assert states.pop(house["silent"].pk) == "left_out"
    assert set(states.values()) == {"sent"} and house["other"].pk not in states


def test_only_the_groups_that_were_chosen(house):
    version = announce(house, audiences=["applicant"])
    with day("2026-04-01"):
        work()
    assert [message.to[0] for message in mail.outbox] == ["ada@gjest.example"]
    assert list(told(version)) == [house["applicant"].pk]


def test_two_keys_that_are_one_person_are_written_to_once(house):
    claimed = person("kari.gammel@gjest.example")
    DataSubject.objects.filter(pk=claimed.pk).update(
        roles=["customer"], proved_as=house["kari"].subject_id, created_at=date_at(2026, 1, 2)
    )
    version = announce(house, audiences=["customer", "accounts"])
    with day("2026-04-01"):
        work()
    assert [m.to[0] for m in mail.outbox].count("kari@gjest.example") == 1
    assert claimed.pk not in told(version) and house["kari"].subject_id in told(version)


def test_who_is_paused_or_erased_is_left_alone(house):
    actions.restrict(house["kari"].subject, ground=Restriction.Ground.ACCURACY, by=None)
    actions.request_erasure(house["applicant"], cause="request", by=None)
    work()
    mail.outbox.clear()
    version = announce(house)
    with day("2026-04-01"):
        work()
    assert sorted(message.to[0] for message in mail.outbox) == [
        "kate@gjest.example",
        "per@cn.example",
        "siv@cn.example",
    ]
    assert house["kari"].subject_id not in told(version)


def test_who_is_erased_while_the_mail_waits_gets_none_and_counts_as_left_out(house):
    version = announce(house)
    with day("2026-04-01"):
        notice_mails.tell(version.pk)
        actions.request_erasure(house["applicant"], cause="rule", by=None)
        Job.objects.filter(kind="privacy.mail").update(run_after=timezone.now() + timedelta(hours=1))
        work()
        Job.objects.filter(kind="privacy.mail").update(run_after=timezone.now())
        work()
        night()
    assert "ada@gjest.example" not in [message.to[0] for message in mail.outbox]
    assert told(version)[house["applicant"].pk] == "left_out"
    version.refresh_from_db()
    assert version.state == "scheduled"


def test_a_worker_that_dies_between_two_batches_is_carried_on_and_nobody_hears_twice(house, monkeypatch):
    monkeypatch.setattr(notice_mails, "BATCH", 2)
    version = announce(house)

    class Died(BaseException):
        pass

    def die(ref):
        raise Died

    with day("2026-04-01"):
        with monkeypatch.context() as patch, pytest.raises(Died):
            patch.setattr(notice_mails, "extend_lease", die)
            notice_mails.tell(version.pk)
        assert version.mails.count() == 2
        assert night()["scheduled"] == 0
        notice_mails.tell(version.pk)
        work()
        night()
    assert version.mails.count() == 6
    assert len(mail.outbox) == len({message.to[0] for message in mail.outbox}) == 5


def test_the_day_is_fixed_when_the_last_mail_has_gone_and_not_before(house):
    version = announce(house)
    with day("2026-04-01"):
        notice_mails.tell(version.pk)
        late = OutgoingMail.objects.filter(subject=house["kari"].subject_id).get()
        Job.objects.filter(ref=late.pk).update(run_after=timezone.now() + timedelta(days=3))
        work()
        assert night()["scheduled"] == 0
    version.refresh_from_db()
    assert (version.state, version.notified_at, version.effective_from) == ("telling", None, None)
    with day("2026-04-05"):
        work()
        assert night()["scheduled"] == 1
    version.refresh_from_db()
    assert version.effective_from == date(2026, 4, 20)


def test_a_mail_that_cannot_be_sent_does_not_stop_the_rest_and_is_counted(house):
    version = announce(house)
    with day("2026-04-01"):
        notice_mails.tell(version.pk)
        lost = OutgoingMail.objects.get(subject=house["kari"].subject_id)
        actions.mail.fail_mail(lost.pk)
        work()
        assert night()["scheduled"] == 1
    assert told(version)[house["kari"].subject_id] == "failed"


def test_a_mail_that_is_gone_with_its_person_counts_as_left_out(house):
    version = announce(house)
    with day("2026-04-01"):
        notice_mails.tell(version.pk)
        OutgoingMail.objects.filter(subject=house["kari"].subject_id).delete()
        work()
        night()
    assert told(version)[house["kari"].subject_id] == "left_out"


def test_who_came_after_the_approval_is_not_waited_for(house):
    version = announce(house)
    newcomer = get_user_model().objects.create_user("ny@gjest.example", None, verified=True)
    with day("2026-04-01"):
        work()
        assert night()["scheduled"] == 1
    assert newcomer.subject_id not in told(version)


def test_each_message_is_in_the_trail_of_its_person_and_on_their_page(house):
    version = announce(house)
    with day("2026-04-01"):
        work()
    row = NoticeMail.objects.get(version=version, subject=house["kari"].subject_id)
    entry = TrailEntry.objects.get(action="notice.mail_queued", subject=house["kari"].subject_id)
    assert (entry.model, entry.object_pk, entry.field_names) == ("privacy.NoticeMail", str(row.pk), [])
    assert "kari" not in str(row) and "kari" not in str(version)


def test_a_change_that_is_not_significant_is_told_to_followers_alone(house):
    write_elsewhere()
    with day("2026-04-01"):
        version = actions.draft_notice(by=house["siv"])
        actions.publish_notice(version, by=house["siv"])
        work()
        night()
    assert mail.outbox == [] and not version.mails.exists()


def test_a_draft_that_is_gone_tells_nobody(house):
    notice_mails.tell(house["kari"].pk)
    version = NoticeVersion.objects.create(material=True, audiences=["accounts"])
    notice_mails.tell(version.pk)
    assert not NoticeMail.objects.exists()


def test_an_address_stands_in_the_sealed_mail_alone(house):
    version = announce(house, audiences=["accounts"])
    notice_mails.tell(version.pk)
    queued = OutgoingMail.objects.get(subject=house["kari"].subject_id)
    to, context = open_mail(queued)
    assert to == "kari@gjest.example" and "kari" not in str(context)
    assert long_here(house["kari"]).email == to
