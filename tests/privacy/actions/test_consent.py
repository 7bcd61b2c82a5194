from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils.translation import override

from privacy import registry
from privacy.actions import (
    ConsentRefused,
    IllegalMove,
    carry_out,
    claim_subject,
    expire_consents,
    give_consent,
    publish_texts,
    queue_mail,
    refuse_consent,
    request_consent,
    request_erasure,
    run_jobs,
    text_for,
    verify,
    withdraw_consent,
)
from privacy.models import ConsentEvent, ConsentState, DataSubject, TrailEntry
from privacy.queries import may_use
from tests.toy.factories import person

OSLO = ZoneInfo("Europe/Oslo")
PURPOSE = "toy-stays"


@pytest.fixture
def acts(monkeypatch):
    """What was ended because a consent ended."""
    seen = []
    monkeypatch.setitem(
        registry._on_withdrawal, PURPOSE, [lambda subject, *, about, by: seen.append((subject, about, by))]
    )
    return seen


def state_of(person):
    row = ConsentState.objects.get(subject=person.subject, purpose=PURPOSE)
    return row.state, row.valid_until


def actions_noted():
    noted = TrailEntry.objects.filter(action__startswith="consent.").order_by("pk")
    return list(noted.values_list("action", flat=True))


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=OSLO)


def test_a_yes_names_its_wording_and_its_last_day(kari, wording, siv, frozen_day):
    frozen_day("2026-02-28")
    event = give_consent(kari.subject, text=wording, method="form", by=siv, evidence={"ticked": "ja, gjerne"})
    event.refresh_from_db()
    assert str(event).startswith("Consent event ") and str(ConsentState.objects.get()).startswith("Consent ")
    assert (event.kind, event.valid_until, event.method, event.actor) == ("given", date(2027, 2, 28), "form", siv.pk)
    assert event.text == wording and event.text_sha256 == wording.fingerprint()
    assert state_of(kari) == ("given", date(2027, 2, 28))
    assert actions_noted() == ["consent.wording_published", "consent.given"]
    assert may_use(kari.subject, purpose=PURPOSE, day=date(2027, 2, 28))
    assert not may_use(kari.subject, purpose=PURPOSE, day=date(2027, 3, 1))


def test_a_second_yes_renews_from_its_own_day(kari, wording, frozen_day):
    frozen_day("2026-03-01")
    give_consent(kari.subject, text=wording, method="form", by=None)
    frozen_day("2026-09-01")
    assert give_consent(kari.subject, text=wording, method="form", by=None).kind == "renewed"
    assert state_of(kari) == ("renewed", date(2027, 9, 1))
    assert ConsentEvent.objects.count() == 2


def test_a_no_is_kept_with_its_wording_and_allows_nothing(kari, wording):
    event = refuse_consent(kari.subject, text=wording, method="form", by=None)
    assert event.text == wording and event.valid_until is None
    assert state_of(kari) == ("refused", None)
    assert not may_use(kari.subject, purpose=PURPOSE, day=date.today())


def test_a_withdrawal_counts_at_once_and_ends_what_rested_on_it(kari, ola, wording, acts):
    for one in (kari, ola):
        give_consent(one.subject, text=wording, method="form", by=None)
    assert may_use(kari.subject, purpose=PURPOSE, day=date.today())
    withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    assert not may_use(kari.subject, purpose=PURPOSE, day=date.today())
    assert may_use(ola.subject, purpose=PURPOSE, day=date.today())
    assert acts == [(kari.subject, "", None)]


def test_what_cannot_be_ended_keeps_the_consent_as_it_was(kari, wording, monkeypatch):
    give_consent(kari.subject, text=wording, method="form", by=None)

    def refuse(subject, *, about, by):
        raise RuntimeError("the owner cannot end it now")

    monkeypatch.setitem(registry._on_withdrawal, PURPOSE, [refuse])
    with pytest.raises(RuntimeError), transaction.atomic():
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    assert state_of(kari)[0] == "given" and ConsentEvent.objects.count() == 1
    assert "consent.withdrawn" not in actions_noted()


@pytest.mark.parametrize("first", ["nothing", "refused", "withdrawn"])
def test_an_illegal_move_leaves_nothing_behind(kari, wording, first):
    if first == "refused":
        refuse_consent(kari.subject, text=wording, method="form", by=None)
    if first == "withdrawn":
        give_consent(kari.subject, text=wording, method="form", by=None)
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    before = (ConsentEvent.objects.count(), TrailEntry.objects.count(), list(ConsentState.objects.values()))
    with pytest.raises(IllegalMove), transaction.atomic():
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    assert before == (ConsentEvent.objects.count(), TrailEntry.objects.count(), list(ConsentState.objects.values()))


@pytest.mark.parametrize("end", ["refused", "withdrawn", "expired"])
def test_a_new_yes_after_an_end_begins_anew(kari, wording, end, frozen_day):
    frozen_day("2026-01-10")
    if end == "refused":
        refuse_consent(kari.subject, text=wording, method="form", by=None)
    else:
        give_consent(kari.subject, text=wording, method="form", by=None)
    if end == "withdrawn":
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
    if end == "expired":
        frozen_day("2027-06-01")
        expire_consents(as_of=noon("2027-06-01"))
    assert state_of(kari)[0] == end
    assert give_consent(kari.subject, text=wording, method="form", by=None).kind == "given"
    assert state_of(kari)[0] == "given" and verify() == []


def test_answers_about_different_things_stand_beside_each_other(kari, wording, acts):
    give_consent(kari.subject, text=wording, method="form", by=None, about="one")
    give_consent(kari.subject, text=wording, method="form", by=None, about="two")
    withdraw_consent(kari.subject, purpose=PURPOSE, about="one", method="page", by=None)
    assert dict(ConsentState.objects.values_list("about", "state")) == {"one": "withdrawn", "two": "given"}
    assert acts == [(kari.subject, "one", None)] and verify() == []


def test_events_of_one_consent_never_share_a_moment(kari, wording):
    with time_machine.travel(noon("2026-05-05"), tick=False):
        give_consent(kari.subject, text=wording, method="form", by=None)
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)
        give_consent(kari.subject, text=wording, method="form", by=None)
    assert len(set(ConsentEvent.objects.values_list("at", flat=True))) == 3 and verify() == []


def test_it_expires_on_the_day_after_its_last_and_not_before(kari, wording, acts, frozen_day):
    frozen_day("2026-01-31")
    give_consent(kari.subject, text=wording, method="form", by=None)
    assert expire_consents(as_of=noon("2027-01-31")) == {"expired": 0} and state_of(kari)[0] == "given"
    assert expire_consents(as_of=noon("2027-02-01"), dry_run=True) == {"expired": 1}
    assert state_of(kari)[0] == "given" and acts == []
    assert expire_consents(as_of=noon("2027-02-01")) == {"expired": 1}
    assert state_of(kari) == ("expired", None) and acts == [(kari.subject, "", None)]
    assert expire_consents(as_of=noon("2027-02-01")) == {"expired": 0}


# Whose answer it is


def test_a_yes_given_before_somebody_was_known_is_taken_back_by_the_person_it_turned_out_to_be(kari, ola, wording):
    earlier = person("kari@gjest.example")
    give_consent(earlier, text=wording, method="form", by=None)
    claim_subject(kari.subject, claimed=earlier, by=None)
    kari.subject.refresh_from_db()
    assert may_use(kari.subject, purpose=PURPOSE, day=date.today())
    event = withdraw_consent(kari.subject, purpose=PURPOSE, method="phone", by=None)
    assert (event.subject, event.kind) == (earlier, "withdrawn")
    assert not may_use(kari.subject, purpose=PURPOSE, day=date.today())


def test_a_withdrawal_of_somebody_who_is_only_a_contact_answers_and_writes(db, wording):
    lead = person("lead@gjest.example", verified=False)
    give_consent(lead, text=wording, method="phone", by=None)
    event = withdraw_consent(lead, purpose=PURPOSE, method="phone", by=None)
    assert ConsentState.objects.get(subject=lead).state == "withdrawn" and event.pk is not None
    assert actions_noted()[-1] == "consent.withdrawn"


def test_an_old_no_of_a_claimed_record_does_not_outvote_a_new_yes(kari, wording):
    earlier = person("kari@gjest.example")
    refuse_consent(earlier, text=wording, method="form", by=None)
    claim_subject(kari.subject, claimed=earlier, by=None)
    kari.subject.refresh_from_db()
    give_consent(kari.subject, text=wording, method="form", by=None)
    assert may_use(kari.subject, purpose=PURPOSE, day=date.today())
    assert ConsentState.objects.get(purpose=PURPOSE).subject == kari.subject
    assert ConsentEvent.objects.filter(subject=earlier, kind="refused").exists() and verify() == []


@override("en")
def test_nothing_to_take_back_is_said_in_a_sentence(kari, wording):
    with pytest.raises(IllegalMove, match="There is no consent to take back: Stays. Nothing was changed."):
        withdraw_consent(kari.subject, purpose=PURPOSE, method="page", by=None)


@override("en")
@pytest.mark.parametrize("how_far", ["ordered", "frozen", "done"])
def test_nobody_says_yes_for_a_person_who_is_being_erased(kari, ola, wording, how_far):
    erasure = request_erasure(kari.subject, cause="request", by=None)
    if how_far == "frozen":
        DataSubject.objects.filter(pk=kari.subject.pk).update(state="erasing")
    if how_far == "done":
        carry_out(erasure)
    for act in (give_consent, request_consent):
        with pytest.raises(ConsentRefused, match="being deleted or is deleted already"):
            act(kari.subject, text=wording, method="import", by=None)
    assert not ConsentEvent.objects.exists()
    assert give_consent(ola.subject, text=wording, method="form", by=None).kind == "given"


@override("en")
def test_a_question_for_those_of_fifteen_needs_the_statement_and_a_renewal_does_not(kari, db):
    publish_texts(codes=("marketing-email",))
    text = text_for("marketing-email", "nb")
    for said in ({}, {"from_age": 14}):
        with pytest.raises(ConsentRefused, match="15 or older"):
            give_consent(kari.subject, text=text, method="form", by=None, **said)
    assert not ConsentEvent.objects.exists()
    event = give_consent(kari.subject, text=text, method="form", by=None, from_age=15)
    assert event.evidence["from_age"] == 15
    assert give_consent(kari.subject, text=text, method="form", by=None).kind == "renewed"


def test_a_yes_on_the_last_day_renews_and_one_on_the_day_after_begins_anew(kari, ola, wording, acts, frozen_day):
    frozen_day("2026-01-31")
    for one in (kari, ola):
        give_consent(one.subject, text=wording, method="form", by=None)
    frozen_day("2027-01-31")
    assert give_consent(kari.subject, text=wording, method="form", by=None).kind == "renewed"
    assert acts == []
    frozen_day("2027-02-01")
    assert give_consent(ola.subject, text=wording, method="form", by=None).kind == "given"
    assert acts == [(ola.subject, "", None)]
    kinds = ola.subject.consent_events.order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["given", "expired", "given"] and verify() == []


def test_a_question_that_was_only_put_allows_nothing_until_it_is_answered(kari, wording):
    request_consent(kari.subject, text=wording, method="form", by=None)
    assert state_of(kari) == ("asked", None)
    assert not may_use(kari.subject, purpose=PURPOSE, day=date.today())
    assert give_consent(kari.subject, text=wording, method="form", by=None).kind == "given"
    assert may_use(kari.subject, purpose=PURPOSE, day=date.today())


def test_one_channel_taken_back_leaves_the_others(kari, db):
    publish_texts()
    channels = ("marketing-email", "marketing-phone", "marketing-sms")
    for code in channels:
        give_consent(kari.subject, text=text_for(code, "nb"), method="form", by=None, from_age=15)
    withdraw_consent(kari.subject, purpose="marketing-email", method="link", by=None)
    day = date.today()
    assert [may_use(kari.subject, purpose=code, day=day) for code in channels] == [False, True, True]


def test_a_service_mail_is_sent_to_whoever_takes_back_every_yes(kari, wording):
    publish_texts(codes=("marketing-email",))
    give_consent(kari.subject, text=text_for("marketing-email", "nb"), method="form", by=None, from_age=15)
    queue_mail(
        to=kari.email,
        template="privacy/mail/copy_ready",
        context={"url": "https://cn.example/", "days": 7, "most": 3},
        language="nb",
        subject=kari.subject,
    )
    withdraw_consent(kari.subject, purpose="marketing-email", method="link", by=None)
    run_jobs()
    assert [sent.to for sent in mail.outbox] == [[kari.email]]
