"""Hearing of new versions: a code to the mailbox, one row per mailbox, a way out in every mail (N65)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from privacy import actions, registry
from privacy.actions import mailbox_codes, notice_followers, notice_mails
from privacy.actions.mail import open_mail
from privacy.models import DataSubject, FollowerProof, NoticeFollower, OutgoingMail, SubjectIdentifier
from tests.privacy.noticing import day, long_here, significant, work, write_elsewhere

pytestmark = pytest.mark.django_db
EMAIL = "foelge.fia@gjest.example"


def start(email=EMAIL, **said):
    return actions.start_following(**{"email": email, "language": "nb", **said})


def codes():
    return OutgoingMail.objects.filter(template=notice_followers.TEMPLATE).order_by("queued_at", "pk")


def code():
    return open_mail(codes().last())[1]["code"]


def follow(email=EMAIL, **said):
    return actions.finish_following(start(email, **said), code=code())


def test_nobody_follows_and_nobody_is_a_person_before_the_code_comes_back():
    people = DataSubject.objects.count()
    proof = FollowerProof.objects.get(pk=start())
    assert (DataSubject.objects.count(), NoticeFollower.objects.count()) == (people, 0)
    assert b"fia" not in bytes(proof.email_sealed)
    to, context = open_mail(codes().get())
    assert to == EMAIL and set(context) == {"code", "minutes", "url"} and "fia" not in context["url"]
    assert context["url"].endswith(f"/privacy/notice/nb/follow/{proof.pk}/")
    assert context["code"].replace(" ", "") not in proof.code_hash


def test_the_code_makes_a_follower_and_a_new_person_joined_to_nobody(kari):
    follower = follow("kari@gjest.example")
    assert follower.subject.pk != kari.subject.pk and follower.subject.proved_as is None
    assert (follower.subject.roles, str(follower.email)) == (["follower"], "kari@gjest.example")
    assert not FollowerProof.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM privacy_noticefollower")
        assert b"kari" not in bytes(cursor.fetchone()[0]) != b"" and "kari" not in str(follower)


def test_a_mailbox_that_follows_already_stays_one_row():
    first = follow()
    assert follow("Foelge.Fia@gjest.example").pk == first.pk
    assert NoticeFollower.objects.count() == 1


def test_a_wrong_a_used_an_old_and_a_much_tried_code_open_nothing():
    proof, right = start(), code()
    wrong = f"{(int(right.replace(' ', '')) + 1) % 10**6:06d}"
    for tried in (wrong, ""):
        with pytest.raises(actions.WrongCode):
            actions.finish_following(proof, code=tried)
    actions.finish_following(proof, code=right)
    other, late = start("b@gjest.example"), code()
    with time_machine.travel(timezone.now() + mailbox_codes.LIVES), pytest.raises(actions.WrongCode):
        actions.finish_following(other, code=late)
    for _try in range(mailbox_codes.TRIES):
        with pytest.raises(actions.WrongCode):
            actions.finish_following(other, code="000000" if late != "000 000" else "000001")
    for gone in (proof, uuid4(), other):
        with pytest.raises(actions.WrongCode):
            actions.finish_following(gone, code=late)
    assert NoticeFollower.objects.count() == 1


def test_a_known_and_an_unknown_address_mean_the_same():
    follow()
    before = codes().count()
    assert start() != start("ukjent@gjest.example")
    assert codes().count() == before + 2
    assert FollowerProof.objects.count() == 2


def test_no_more_than_three_codes_in_six_hours_for_one_mailbox_and_the_next_is_not_held_up():
    for _number in range(4):
        assert start()
    assert codes().count() == FollowerProof.objects.count() == 3
    start("b@gjest.example")
    assert codes().count() == 4


def test_a_flood_from_everywhere_fills_no_table(monkeypatch):
    monkeypatch.setattr(mailbox_codes, "IN_ALL", ((2, timedelta(hours=1)),))
    for number in range(4):
        start(f"nr{number}@gjest.example")
    assert FollowerProof.objects.count() == 2


def test_one_visitor_sends_five_in_an_hour():
    for number in range(6):
        assert start(f"nr{number}@gjest.example", visitor="192.0.2.7")
    assert FollowerProof.objects.count() == 5
    start("nr9@gjest.example", visitor="192.0.2.8")
    assert FollowerProof.objects.count() == 6


def test_what_was_typed_goes_after_ten_minutes_and_the_row_after_a_day():
    made = FollowerProof.objects.get(pk=start()).created_at
    expire = registry.daily_jobs()["privacy.follower-proofs"]
    ten, day_old = made + mailbox_codes.LIVES, made + mailbox_codes.KEPT
    assert expire(as_of=ten - timedelta(seconds=1), dry_run=False) == {"emptied": 0, "deleted": 0}
    assert expire(as_of=ten, dry_run=True) == {"emptied": 1, "deleted": 0}
    assert expire(as_of=ten, dry_run=False) == {"emptied": 1, "deleted": 0}
    assert bytes(FollowerProof.objects.get().email_sealed) == b""
    assert expire(as_of=day_old - timedelta(seconds=1), dry_run=False) == {"emptied": 0, "deleted": 0}
    assert expire(as_of=day_old, dry_run=False) == {"emptied": 0, "deleted": 1}


def test_a_follower_hears_of_every_version_with_a_way_out_in_the_mail(siv):
    follower = follow(language="en")
    other = follow("otto@gjest.example")
    work()
    mail.outbox.clear()
    actions.publish_first_notice()
    write_elsewhere()
    version = actions.draft_notice(by=siv)
    actions.publish_notice(version, by=siv)
    work()
    notice_mails.tell(version.pk)
    work()
    assert sorted(message.to[0] for message in mail.outbox) == [EMAIL, "otto@gjest.example"]
    [english] = [message for message in mail.outbox if message.to[0] == EMAIL]
    assert f"/privacy/notice/leave/{follower.pk}/" in english.body and str(other.pk) not in english.body
    assert "/privacy/notice/en/3/" in english.body and "version" in english.subject


def test_a_mailbox_that_was_written_to_as_an_accounts_is_not_written_to_twice(siv, per):
    with day("2026-03-02"):
        actions.publish_first_notice()
        follow("siv@cn.example")
        work()
    mail.outbox.clear()
    with day("2026-04-01"):
        version = significant(long_here(siv), long_here(per))
        work()
    assert sorted(message.to[0] for message in mail.outbox) == ["per@cn.example", "siv@cn.example"]
    assert version.mails.filter(state="left_out").count() == 1


def test_leaving_deletes_the_row_at_once_and_a_person_who_was_nothing_else():
    follower, neighbour = follow(), follow("otto@gjest.example")
    assert actions.leave_notice(follower.pk) is True
    assert list(NoticeFollower.objects.all()) == [neighbour]
    assert actions.leave_notice(follower.pk) is False
    work()
    gone = DataSubject.objects.get(pk=follower.subject_id)
    assert gone.state == "erased" and not SubjectIdentifier.objects.filter(subject=gone).exists()
    assert neighbour.subject.identifiers.exists()


def test_a_person_who_is_more_than_a_follower_stays_when_leaving():
    follower = follow()
    DataSubject.objects.filter(pk=follower.subject_id).update(roles=["follower", "guest"])
    assert actions.leave_notice(follower.pk) is True
    work()
    assert DataSubject.objects.get(pk=follower.subject_id).state == "active"


def test_an_erasure_takes_the_follower_with_it():
    follower = follow()
    actions.request_erasure(follower.subject, cause="request", by=None)
    work()
    assert not NoticeFollower.objects.exists()
