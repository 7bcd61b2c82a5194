"""The only basis ends: what rested on it goes, and so does a person of whom nothing else is left (CiviCRM gdpr#156)."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from privacy import registry
from privacy.actions import (
    erase_with_account_if_empty,
    expire_consents,
    give_consent,
    publish_text,
    queue_mail,
    refuse_consent,
    request_erasure,
    run_jobs,
    withdraw_consent,
)
from privacy.actions.consent_ends import is_left_empty
from privacy.actions.subjects import claim_subject
from privacy.models import DataSubject, Erasure, OutgoingMail, SubjectRequest
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import booking, counts_of, guest, house, person
from tests.toy.models import Bill, Booking, DoorLog, Guest, Remark

PURPOSE = "toy-stays"


def agree(subject, wording, **more):
    return give_consent(subject, text=wording, method="form", by=None, **more)


def withdraw(subject, **more):
    return withdraw_consent(subject, purpose=PURPOSE, method="form", by=None, **more)


def test_every_row_without_another_basis_goes_and_what_a_law_asks_for_stays(kari, ola, wording):
    agree(kari.subject, wording)
    before = counts_of(ola.subject)
    assert Guest.objects.filter(subject=kari.subject).exists() and DoorLog.objects.count() == 2
    withdraw(kari.subject)
    run_jobs()
    left = counts_of(kari.subject)
    assert not {name for name in left if name.startswith("toy.")} - {"toy.Bill"}
    assert Remark.objects.filter(subject__isnull=True).count() == 1 and DoorLog.objects.count() == 1
    assert counts_of(ola.subject) == before
    kari.subject.refresh_from_db()
    assert kari.subject.state == DataSubject.State.ACTIVE
    assert not Erasure.objects.filter(whole=True).exists()


def test_an_owner_who_says_how_it_ends_is_left_to_it(kari, wording, monkeypatch):
    seen = []
    monkeypatch.setitem(registry._on_withdrawal, PURPOSE, [lambda subject, *, about, by: seen.append(subject)])
    agree(kari.subject, wording)
    withdraw(kari.subject)
    run_jobs()
    assert seen == [kari.subject]
    assert Guest.objects.filter(subject=kari.subject).exists()


def test_the_person_goes_when_nothing_but_proofs_is_left_and_is_told_once(db, wording):
    subject = person("liv@gjest.example", language="en")
    guest(subject, email="liv@gjest.example")
    agree(subject, wording)
    withdraw(subject)
    erasure = Erasure.objects.get(whole=True)
    assert (erasure.subject, erasure.cause) == (subject, "withdrawal")
    run_jobs()
    subject.refresh_from_db()
    assert subject.state == DataSubject.State.ERASED and not Guest.objects.exists()
    (told,) = mail.outbox
    assert told.to == ["liv@gjest.example"] and str(erasure.pk)[:8] in told.subject
    assert "You have withdrawn your consent" in told.body and "all of it is being deleted" in told.body
    assert subject.consent_events.filter(kind="withdrawn").count() == 1
    assert not OutgoingMail.objects.exclude(to_sealed=b"").exists()


def test_running_out_ends_as_much_as_taking_back(db, wording, frozen_day):
    frozen_day("2026-01-31")
    subject = person("liv@gjest.example")
    guest(subject, email="liv@gjest.example")
    agree(subject, wording)
    expire_consents(as_of=noon("2027-01-31"))
    assert not Erasure.objects.exists()
    frozen_day("2027-02-01")
    expire_consents(as_of=noon("2027-02-01"))
    assert Erasure.objects.get(whole=True).cause == "rule"
    run_jobs()
    assert not Guest.objects.exists()
    assert "Samtykket ditt er utløpt" in mail.outbox[0].body


def without_an_address(subject, wording):
    guest(subject, email="")


def with_another_yes(subject, wording):
    more = publish_text(
        purpose="toy-news", language="nb", wording="Nytt?", how_to_withdraw="Slik.", valid_months=12, by=None
    )
    give_consent(subject, text=more, method="form", by=None)


def with_an_open_case(subject, wording):
    SubjectRequest.objects.create(
        number="T-1", subject=subject, right="access", received_on="2026-01-01", due_on="2026-02-01"
    )


def with_an_account(subject, wording):
    get_user_model().objects.create_user("liv@gjest.example", None, verified=True, subject=subject)


def restricted(subject, wording):
    DataSubject.objects.filter(pk=subject.pk).update(state=DataSubject.State.RESTRICTED)
    subject.refresh_from_db()


def with_a_bill(subject, wording):
    Bill.objects.create(subject=subject, issued_on="2026-01-31", buyer_name="Liv AS")


def with_a_stay_to_come(subject, wording):
    booking(guest(subject), open=True)


@pytest.mark.parametrize(
    "but",
    [with_another_yes, with_an_open_case, with_an_account, restricted, with_a_bill, with_a_stay_to_come],
)
def test_the_person_stays_as_long_as_there_is_another_reason(db, wording, but):
    subject = person("liv@gjest.example")
    guest(subject, email="liv@gjest.example")
    agree(subject, wording)
    but(subject, wording)
    withdraw(subject)
    assert not Erasure.objects.filter(whole=True).exists()
    assert Erasure.objects.filter(whole=False, cause="withdrawal").exists()


def test_who_has_no_address_goes_without_a_mail(db, wording):
    subject = person(None)
    without_an_address(subject, wording)
    agree(subject, wording)
    withdraw(subject)
    run_jobs()
    subject.refresh_from_db()
    assert subject.state == DataSubject.State.ERASED and mail.outbox == []


def test_an_account_nobody_can_use_keeps_nobody(db, wording):
    subject = person("liv@gjest.example")
    agree(subject, wording)
    with_an_account(subject, wording)
    assert not is_left_empty(subject)
    get_user_model().objects.filter(subject=subject).update(is_active=False)
    withdraw(subject)
    assert Erasure.objects.filter(whole=True, subject=subject).exists()


def test_who_took_back_the_last_thing_goes_with_the_account(db, wording):
    subject = person("liv@gjest.example")
    with_an_account(subject, wording)
    erasure = erase_with_account_if_empty(subject, by=None)
    assert (erasure.subject, erasure.cause, erasure.whole) == (subject, "withdrawal", True)
    run_jobs()
    subject.refresh_from_db()
    assert subject.state == DataSubject.State.ERASED and not get_user_model().objects.filter(is_active=True).exists()


@pytest.mark.parametrize("but", [with_another_yes, with_an_open_case, with_a_bill, without_an_address])
def test_nobody_goes_with_the_account_while_anything_else_is_held(db, wording, but):
    subject = person("liv@gjest.example")
    with_an_account(subject, wording)
    but(subject, wording)
    assert erase_with_account_if_empty(subject, by=None) is None
    assert not Erasure.objects.exists() and get_user_model().objects.get(subject=subject).is_active


@pytest.mark.parametrize("right", ["is_staff", "is_superuser"])
def test_an_account_among_the_staff_does_not_go_by_itself(db, wording, right):
    subject = person("liv@gjest.example")
    with_an_account(subject, wording)
    get_user_model().objects.filter(subject=subject).update(**{right: True})
    assert erase_with_account_if_empty(subject, by=None) is None
    assert not Erasure.objects.exists()


def test_who_is_going_already_is_not_sent_away_again(db, wording):
    subject = person("liv@gjest.example")
    guest(subject, email="liv@gjest.example")
    agree(subject, wording)
    refuse = request_erasure(subject, cause="request", by=None)
    withdraw(subject)
    assert Erasure.objects.get(whole=True) == refuse


def test_of_several_yeses_only_what_one_was_about_loses_its_basis(kari, wording):
    other = booking(kari.guest, wish="another")
    agree(kari.subject, wording, about=str(other.pk))
    agree(kari.subject, wording, about=str(kari.booking.pk))
    withdraw(kari.subject, about=str(other.pk))
    run_jobs()
    assert not Booking.objects.filter(pk=other.pk).exists()
    assert Booking.objects.filter(pk=kari.booking.pk).exists() and Guest.objects.filter(pk=kari.guest.pk).exists()
    withdraw(kari.subject, about=str(kari.booking.pk))
    run_jobs()
    assert not Guest.objects.filter(pk=kari.guest.pk).exists()


def test_the_rows_of_a_record_that_was_claimed_go_as_well(db, wording):
    main, earlier = (house("liv@gjest.example", word=word) for word in ("Liv", "Livs"))
    agree(earlier.subject, wording)
    claim_subject(main.subject, claimed=earlier.subject, by=None)
    main.subject.refresh_from_db()
    withdraw(main.subject)
    run_jobs()
    assert not Guest.objects.exists() and Bill.objects.count() == 2


def queued(subject, purpose=""):
    return queue_mail(
        to="kari@gjest.example",
        template="privacy/mail/copy_ready",
        context={},
        language="nb",
        subject=subject,
        purpose=purpose,
    )


def test_mail_that_waits_because_of_this_consent_is_cancelled_and_no_other(kari, ola, wording):
    agree(kari.subject, wording)
    offer = queued(kari.subject, purpose=PURPOSE)
    others = [queued(kari.subject, purpose="toy-news"), queued(kari.subject), queued(ola.subject, purpose=PURPOSE)]
    withdraw(kari.subject)
    offer.refresh_from_db()
    assert offer.state == "cancelled" and bytes(offer.to_sealed) == b""
    assert {OutgoingMail.objects.get(pk=each.pk).state for each in others} == {"queued"}


def test_whether_the_consent_stands_is_asked_again_when_the_mail_goes_out(kari, ola, wording, mailoutbox):
    agree(kari.subject, wording)
    wanted, unwanted, service = queued(kari.subject, PURPOSE), queued(ola.subject, PURPOSE), queued(ola.subject)
    run_jobs()
    states = [OutgoingMail.objects.get(pk=each.pk).state for each in (wanted, unwanted, service)]
    assert states == ["sent", "cancelled", "sent"]
    assert len(mailoutbox) == 2


def test_a_mail_that_rests_on_a_consent_names_whose(db):
    with pytest.raises(ValueError, match="names the person"):
        queued(None, PURPOSE)


def test_a_no_to_a_question_ends_nothing_else(kari, wording):
    refuse_consent(kari.subject, text=wording, method="form", by=None)
    assert not Erasure.objects.exists() and Guest.objects.filter(subject=kari.subject).exists()
