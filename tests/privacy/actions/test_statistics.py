"""Counted once per closed month, then never again, whatever is erased or entered later (N57, T32)."""

from datetime import UTC, date, datetime

import pytest
from django.db import Error, transaction

from privacy import registry
from privacy.actions import give_consent, withdraw_consent
from privacy.actions.statistics import closed_months, count_statistics
from privacy.declare import DeclarationError
from privacy.models import Statistic
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import person


@pytest.fixture
def counted(monkeypatch, frozen_day):
    """One measure whose numbers a test sets: month → {value: number}; and every question it was asked."""
    frozen_day("2026-04-15")
    numbers, asked = {}, []

    def count(first, last):
        asked.append((first, last))
        return numbers.get(first, {})

    monkeypatch.setattr(registry, "_statistics", {})
    registry.statistic("toy", title="Toy", plainly="For a test.", values=lambda: {"a": "A", "b": "B"})(count)
    return numbers, asked


def stored():
    rows = Statistic.objects.order_by("month", "value").values_list("month", "value", "count")
    return [(f"{month:%Y-%m}", value, count) for month, value, count in rows if count]


def test_the_closed_months_are_those_before_this_one():
    months = closed_months(date(2026, 3, 31))
    assert (months[0], months[-1], len(months)) == (date(2024, 3, 1), date(2026, 2, 1), 24)
    assert closed_months(date(2026, 4, 1))[-1] == date(2026, 3, 1)


def test_a_month_is_counted_when_it_has_closed_and_not_before(db, counted):
    numbers, asked = counted
    numbers[date(2026, 3, 1)] = {"a": 7, "b": 2}
    count_statistics(as_of=noon("2026-03-31"))
    assert stored() == []
    assert count_statistics(as_of=noon("2026-04-01")) == {"counted": 1}
    assert stored() == [("2026-03", "", 9), ("2026-03", "a", 7), ("2026-03", "b", 2)]
    assert asked[-1] == (date(2026, 3, 1), date(2026, 3, 31))


def test_what_was_counted_is_never_counted_again(db, counted):
    numbers, asked = counted
    numbers[date(2026, 3, 1)] = {"a": 7}
    count_statistics(as_of=noon("2026-04-01"))
    numbers[date(2026, 3, 1)] = {"a": 6, "b": 1}
    assert count_statistics(as_of=noon("2026-04-02")) == {"counted": 0}
    assert stored() == [("2026-03", "", 7), ("2026-03", "a", 7)]
    # A month in which there was nothing has been counted as well.
    assert asked.count((date(2026, 2, 1), date(2026, 2, 28))) == 1


def test_a_run_that_comes_second_leaves_what_the_first_one_counted(db, counted, frozen_day):
    from privacy.actions import statistics

    numbers, _asked = counted
    numbers[date(2026, 3, 1)] = {"a": 7}
    (measure,) = registry.statistics()
    statistics._store({("toy", date(2026, 3, 1)): statistics._counted(measure, date(2026, 3, 1))})
    numbers[date(2026, 3, 1)] = {"a": 6, "b": 1}
    frozen_day("2026-04-16")
    statistics._store({("toy", date(2026, 3, 1)): statistics._counted(measure, date(2026, 3, 1))})
    assert stored() == [("2026-03", "", 7), ("2026-03", "a", 7)]


def test_a_run_for_a_day_to_come_counts_no_month_that_goes_on(db, counted, frozen_day):
    frozen_day("2026-03-31")
    count_statistics(as_of=noon("2027-01-01"))
    assert Statistic.objects.latest("month").month == date(2026, 2, 1)


def test_a_dry_run_counts_nothing(db, counted):
    assert count_statistics(as_of=noon("2026-04-01"), dry_run=True) == {"counted": 24}
    assert not Statistic.objects.exists()


def test_after_months_without_a_night_every_closed_month_is_made_up_for(db, counted):
    numbers, _asked = counted
    count_statistics(as_of=noon("2026-01-01"))
    numbers.update({date(2026, 1, 1): {"a": 5}, date(2026, 3, 1): {"a": 6}})
    assert count_statistics(as_of=noon("2026-04-15")) == {"counted": 3}
    assert stored() == [("2026-01", "", 5), ("2026-01", "a", 5), ("2026-03", "", 6), ("2026-03", "a", 6)]


def test_the_database_refuses_to_change_a_number(db):
    row = Statistic.objects.create(measure="toy", month=date(2026, 3, 1), count=7)
    for act in (row.save, lambda: Statistic.objects.update(count=6), row.delete):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            act()
    assert str(row) == "toy 2026-03" and Statistic.objects.get().count == 7


def test_a_code_is_counted_by_one_owner_only(counted):
    with pytest.raises(DeclarationError, match="toy is registered twice"):
        registry.statistic("toy", title="Again", plainly="Twice.")(lambda first, last: {})


def test_each_answer_to_a_question_counts_in_its_own_month(db, frozen_day):
    from privacy.actions import publish_texts, text_for
    from privacy.statistics import consents_given, consents_withdrawn

    publish_texts()
    frozen_day("2026-02-10")
    texts = {code: text_for(code, "nb") for code in ("marketing-email", "talent-pool")}
    people = [person(f"{name}@gjest.example") for name in ("a", "b")]
    for each in people:
        give_consent(each, text=texts["marketing-email"], method="form", by=None, from_age=15)
    give_consent(people[0], text=texts["talent-pool"], method="form", by=None)
    frozen_day("2026-03-01")
    withdraw_consent(people[0], purpose="marketing-email", method="my-data", by=None)
    february, march = (date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 3, 1), date(2026, 3, 31))
    assert consents_given(*february) == {"marketing-email": 2, "talent-pool": 1}
    assert consents_withdrawn(*february) == {} and consents_given(*march) == {}
    assert consents_withdrawn(*march) == {"marketing-email": 1}


def test_rights_count_in_the_month_the_request_arrived(db, frozen_day):
    from privacy.actions import open_request
    from privacy.statistics import rights_used

    frozen_day("2026-02-28")
    open_request(person(), right="access", by=None)
    assert rights_used(date(2026, 2, 1), date(2026, 2, 28)) == {"access": 1}
    assert rights_used(date(2026, 3, 1), date(2026, 3, 31)) == {}


def test_the_moment_of_counting_is_kept(db, counted):
    count_statistics(as_of=noon("2026-04-01"))
    assert Statistic.objects.latest("month").computed_at <= datetime.now(UTC)
