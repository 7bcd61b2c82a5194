"""The whole life of a yes by a stopped clock: thirty days before its end one mail, then silence, then over (L21)."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils.translation import override

from privacy.actions import (
    expire_consents,
    give_consent,
    publish_texts,
    remind_of_consents,
    run_jobs,
    text_for,
    withdraw_consent,
)
from privacy.models import ConsentState, DataSubject, TrailEntry
from privacy.queries import may_use
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import guest, person

PURPOSE = "marketing-email"


@pytest.fixture
def liv(db, frozen_day):
    """A person with a page of her own who said yes on 31 January 2026: until 31 January 2028."""
    publish_texts()
    frozen_day("2026-01-31")
    user = get_user_model().objects.create_user("liv@gjest.example", None, verified=True, language="nb")
    yes(user.subject)
    return user


def yes(subject, purpose=PURPOSE):
    return give_consent(subject, text=text_for(purpose, "nb"), method="my-data", by=None, from_age=15)


def night(day):
    """Both daily jobs of one night, and the mails they queued."""
    counts = expire_consents(as_of=noon(day)) | remind_of_consents(as_of=noon(day))
    run_jobs()
    return counts


def standing(subject, day):
    state = ConsentState.objects.get(subject=subject, purpose=PURPOSE)
    usable = may_use(subject, purpose=PURPOSE, day=date.fromisoformat(day))
    assert not (usable and state.state == "expired")
    return state.state, usable


def test_the_whole_life_of_a_yes_with_silence(liv, frozen_day):
    for day, counts, after in (
        ("2027-12-31", {"expired": 0, "reminded": 0}, ("given", True)),
        ("2028-01-01", {"expired": 0, "reminded": 1}, ("given", True)),
        ("2028-01-02", {"expired": 0, "reminded": 0}, ("given", True)),
        ("2028-01-31", {"expired": 0, "reminded": 0}, ("given", True)),
        ("2028-02-01", {"expired": 1, "reminded": 0}, ("expired", False)),
        ("2028-02-02", {"expired": 0, "reminded": 0}, ("expired", False)),
    ):
        frozen_day(day)
        assert night(day) == counts, day
        assert standing(liv.subject, day) == after, day
    assert len(mail.outbox) == 1


def test_a_yes_that_has_run_out_allows_nothing_before_the_night_has_been_there(liv, frozen_day):
    frozen_day("2028-02-01")
    assert standing(liv.subject, "2028-01-31") == ("given", True)
    assert standing(liv.subject, "2028-02-01") == ("given", False)


def test_a_renewal_is_reminded_of_again_before_its_own_end(liv, frozen_day):
    frozen_day("2028-01-10")
    assert night("2028-01-10")["reminded"] == 1
    assert yes(liv.subject).kind == "renewed"
    assert ConsentState.objects.get().reminded_on is None
    for day, reminded in (("2028-01-11", 0), ("2029-12-10", 0), ("2029-12-11", 1)):
        frozen_day(day)
        assert night(day)["reminded"] == reminded, day


def test_the_mail_says_what_ends_when_and_that_nothing_need_be_done(liv, frozen_day):
    frozen_day("2028-01-01")
    night("2028-01-01")
    (sent,) = mail.outbox
    assert sent.to == ["liv@gjest.example"]
    assert sent.subject == "Ditt ja løper snart ut: Markedsføring på e-post"
    assert "31. januar 2028" in sent.body and "/my-data/consents/" in sent.body
    assert "Du trenger ikke gjøre noe" in sent.body and "tilbud" not in sent.body
    assert TrailEntry.objects.filter(action="consent.reminded", subject=liv.subject.pk, reason=PURPOSE).count() == 1


def test_the_mail_is_in_the_language_of_the_person(liv, frozen_day):
    DataSubject.objects.filter(pk=liv.subject.pk).update(language="en")
    frozen_day("2028-01-01")
    with override("nb"):
        night("2028-01-01")
    assert mail.outbox[0].subject == "Your yes ends soon: Marketing by e-mail"
    assert "until 31 January 2028" in mail.outbox[0].body


def test_a_dry_run_counts_and_writes_nothing(liv, frozen_day):
    frozen_day("2028-01-01")
    assert remind_of_consents(as_of=noon("2028-01-01"), dry_run=True) == {"reminded": 1}
    run_jobs()
    assert mail.outbox == [] and ConsentState.objects.get().reminded_on is None


def test_what_was_taken_back_or_is_restricted_or_belongs_to_a_form_is_not_reminded_of(liv, db, frozen_day):
    others = [person(f"{name}@gjest.example") for name in ("a", "b", "c")]
    yes(others[0])
    withdraw_consent(others[0], purpose=PURPOSE, method="link", by=None)
    yes(others[1])
    DataSubject.objects.filter(pk=others[1].pk).update(state="restricted")
    give_consent(others[2], text=text_for("talent-pool", "nb"), method="form", by=None)
    ConsentState.objects.update(valid_until=date(2028, 1, 31))
    frozen_day("2028-01-05")
    assert night("2028-01-05")["reminded"] == 1
    assert [sent.to for sent in mail.outbox] == [["liv@gjest.example"]]


def test_who_has_no_page_is_written_to_at_a_proved_address_without_a_link(db, frozen_day):
    publish_texts()
    frozen_day("2026-01-31")
    subject, nobody = person("proved@gjest.example"), person(None)
    guest(subject, email="a-typed-one@gjest.example")
    guest(subject, email="proved@gjest.example")
    yes(subject)
    yes(nobody)
    frozen_day("2028-01-05")
    assert night("2028-01-05")["reminded"] == 1
    (sent,) = mail.outbox
    assert sent.to == ["proved@gjest.example"] and "http" not in sent.body.replace("https://www.datatilsynet.no/", "")


def test_of_two_runs_at_the_same_moment_one_writes(liv, frozen_day, monkeypatch):
    from privacy.actions import consent_reminders

    frozen_day("2028-01-01")
    state = ConsentState.objects.select_related("subject").get()
    assert consent_reminders._remind(state, date(2028, 1, 1)) is True
    assert consent_reminders._remind(state, date(2028, 1, 1)) is False
    run_jobs()
    assert len(mail.outbox) == 1
