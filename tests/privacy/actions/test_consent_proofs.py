"""The proof of a consent goes three years after the consent has ended, and not while it stands (L43)."""

import pytest

from privacy.actions import (
    carry_out,
    expire_consents,
    give_consent,
    refuse_consent,
    request_consent,
    request_erasure,
    run_retention,
    withdraw_consent,
)
from privacy.actions.consent_proofs import note_consent_ends
from privacy.models import ConsentEnd, ConsentEvent
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import bill, person


@pytest.fixture
def given(db, frozen_day, wording):
    """`given("2026-01-31")` is a person who said yes on that day, valid for twelve months."""

    def make(day, email="kari@gjest.example"):
        frozen_day(day)
        subject = person(email)
        # Something of another basis, so that the person stays when the consent ends.
        bill(subject)
        give_consent(subject, text=wording, method="form", by=None)
        return subject

    return make


def night(day):
    expire_consents(as_of=noon(day))
    noted = note_consent_ends(as_of=noon(day))["ended"]
    run_retention(as_of=noon(day), allow_large=True)
    return noted


def kinds(subject):
    return list(ConsentEvent.objects.filter(subject=subject).order_by("at").values_list("kind", flat=True))


def ends(subject):
    found = ConsentEnd.objects.filter(event__subject=subject).order_by("event__at")
    return [str(day) for day in found.values_list("ended_on", flat=True)]


def withdraw(subject):
    return withdraw_consent(subject, purpose="toy-stays", method="my-data", by=None)


def test_three_years_after_it_was_taken_back(given, frozen_day):
    kari, ola = given("2026-01-31"), given("2026-01-31", "ola@gjest.example")
    frozen_day("2026-02-10")
    withdraw(kari)
    assert night("2026-02-11") == 2
    assert ends(kari) == ["2026-02-10"] * 2 and ends(ola) == []
    frozen_day("2029-02-10")
    night("2029-02-10")
    assert kinds(kari) == ["given", "withdrawn"] and kari.consents.count() == 1
    night("2029-02-11")
    assert kinds(kari) == [] and kari.consents.count() == 0
    # It ran out on 1 February 2027 and is proved until three years after that.
    assert "given" in kinds(ola)


def test_a_consent_that_stands_is_proved_however_old_it_is(given, frozen_day, wording):
    kari = given("2026-01-31")
    for day in ("2027-01-10", "2028-01-05", "2029-01-02", "2030-01-01"):
        frozen_day(day)
        give_consent(kari, text=wording, method="my-data", by=None)
        assert night(day) == 0
    assert kinds(kari) == ["given", "renewed", "renewed", "renewed", "renewed"]


def test_a_yes_after_an_end_has_an_end_of_its_own(given, frozen_day, wording):
    kari = given("2026-01-31")
    frozen_day("2026-03-01")
    withdraw(kari)
    frozen_day("2026-04-01")
    give_consent(kari, text=wording, method="my-data", by=None)
    note_consent_ends(as_of=noon("2026-04-02"))
    assert ends(kari) == ["2026-03-01"] * 2
    frozen_day("2026-05-01")
    withdraw(kari)
    note_consent_ends(as_of=noon("2026-05-02"))
    assert ends(kari) == ["2026-03-01"] * 2 + ["2026-05-01"] * 2


def test_a_no_is_proved_for_three_years_too_and_a_question_without_answer_ends_with_the_person(db, frozen_day, wording):
    frozen_day("2026-01-31")
    kari, ola = person(), person("ola@gjest.example")
    refuse_consent(kari, text=wording, method="form", by=None)
    request_consent(ola, text=wording, method="form", by=None)
    note_consent_ends(as_of=noon("2026-02-01"))
    assert ends(kari) == ["2026-01-31"] and ends(ola) == []


def test_the_erasure_of_the_person_ends_what_stood(given, frozen_day):
    kari = given("2026-01-31")
    frozen_day("2026-06-01")
    carry_out(request_erasure(kari, cause="request", by=None))
    assert kinds(kari)[0] == "given"
    note_consent_ends(as_of=noon("2026-06-02"))
    assert ends(kari) == ["2026-06-01"] * len(kinds(kari))


def test_an_erasure_that_left_no_row_here_counts_from_the_last_answer(given):
    from privacy.models import DataSubject

    kari = given("2026-01-31")
    DataSubject.objects.filter(pk=kari.pk).update(state="erased")
    note_consent_ends(as_of=noon("2026-06-02"))
    assert ends(kari) == ["2026-01-31"]


def test_a_dry_run_counts_and_a_second_run_finds_nothing_more(given, frozen_day):
    kari = given("2026-01-31")
    frozen_day("2026-02-10")
    withdraw(kari)
    assert note_consent_ends(as_of=noon("2026-02-11"), dry_run=True) == {"ended": 2}
    assert not ConsentEnd.objects.exists()
    assert [note_consent_ends(as_of=noon("2026-02-11"))["ended"] for _run in range(2)] == [2, 0]
    assert str(ConsentEnd.objects.first()).startswith("End ")
