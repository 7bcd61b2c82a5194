"""Which change is significant, and from which day it may apply (N66)."""

from datetime import UTC, date, datetime

import pytest

from privacy.rules import notices
from privacy.rules.deadlines import OSLO

KEEP = {"period": "P42M", "since": "ordered_on", "anchor": "event"}
PURPOSE = {
    "basis": "eu-gdpr:A6-1-f",
    "law": "",
    "categories": ["name", "phone"],
    "recipients": ["Ferje AS"],
    "keep": {"toy.Guest": KEEP, "toy.Bill": {"reason": "until erased"}},
}
FACTS = {
    "controller": {"name": "Huset AS", "email": "huset@cn.example"},
    "recipients": {"Ferje AS": {"country": "NO", "role": "dpv:ThirdParty", "tool": ""}},
    "purposes": {"stays": PURPOSE},
}


def changed(**purpose):
    return {**FACTS, "purposes": {"stays": {**PURPOSE, **purpose}}}


def kept(name="toy.Guest", **keep):
    return changed(keep={**PURPOSE["keep"], name: keep})


MATERIAL = {
    "purpose_added": {**FACTS, "purposes": {"stays": PURPOSE, "tours": PURPOSE}},
    "basis_changed": changed(basis="eu-gdpr:A6-1-a"),
    "category_added": changed(categories=["name", "phone", "email"]),
    "recipient_added": changed(recipients=["Bil AS", "Ferje AS"]),
    "recipient_moved": {**FACTS, "recipients": {"Ferje AS": {**FACTS["recipients"]["Ferje AS"], "country": "US"}}},
    "period_longer": kept(**{**KEEP, "period": "P43M"}),
    "period_start_changed": kept(**{**KEEP, "since": "paid_on"}),
    "controller_name": {**FACTS, "controller": {**FACTS["controller"], "name": "Nytt Hus AS"}},
}
SLIGHT = {
    "purpose_removed": {**FACTS, "purposes": {}},
    "law_changed": changed(law="bokføringsloven § 13"),
    "category_removed": changed(categories=["name"]),
    "recipient_removed": changed(recipients=[]),
    "recipient_described": {**FACTS, "recipients": {"Ferje AS": {**FACTS["recipients"]["Ferje AS"], "tool": "SCC"}}},
    "class_added": kept("toy.Meal", **KEEP),
    "class_removed": changed(keep={"toy.Guest": KEEP}),
    "period_shorter": kept(**{**KEEP, "period": "P41M"}),
    "controller_reached": {**FACTS, "controller": {**FACTS["controller"], "email": "nytt@cn.example"}},
}


@pytest.mark.parametrize("code", sorted(MATERIAL))
def test_what_people_would_decide_differently_on_is_significant(code):
    [found] = notices.changes(FACTS, MATERIAL[code])
    assert (found.code, found.is_material) == (code, True)


@pytest.mark.parametrize("code", sorted(SLIGHT))
def test_the_rest_is_not(code):
    [found] = notices.changes(FACTS, SLIGHT[code])
    assert (found.code, found.is_material) == (code, False)


def test_a_recipient_that_moves_within_the_eea_needs_no_tool_and_is_not_significant():
    here = FACTS["recipients"]["Ferje AS"]
    [found] = notices.changes(FACTS, {**FACTS, "recipients": {"Ferje AS": {**here, "country": "SE"}}})
    assert (found.code, found.is_material) == ("recipient_described", False)


def test_every_significant_kind_of_change_is_tried_here():
    assert set(MATERIAL) == notices.MATERIAL


def test_nothing_changed_is_nothing_and_the_significant_comes_first():
    assert notices.changes(FACTS, FACTS) == []
    both = changed(categories=["email", "name"])
    assert [each.code for each in notices.changes(FACTS, both)] == ["category_added", "category_removed"]


def test_a_period_that_gets_no_end_is_longer_and_one_that_gets_an_end_is_shorter():
    [longer] = notices.changes(FACTS, kept(reason="as long as we like"))
    [shorter] = notices.changes(FACTS, kept("toy.Bill", **KEEP))
    [worded] = notices.changes(FACTS, kept("toy.Bill", reason="until you say so"))
    assert (longer.code, longer.old, longer.new) == ("period_longer", "P42M", "as long as we like")
    assert (shorter.code, worded.code) == ("period_shorter", "period_worded")
    [other] = notices.changes(FACTS, kept(**KEEP, shown="in other words"))
    assert other.code == "period_worded" and not other.is_material


@pytest.mark.parametrize(
    ("period", "than", "longer"),
    [
        ("P43M", "P42M", True),
        ("P42M", "P42M", False),
        ("P91D", "P90D", True),
        ("P90D", "P90D", False),
        ("P3M", "P92D", True),
        ("P3M", "P93D", False),
        ("P85D", "P3M", True),
        ("P84D", "P3M", False),
    ],
)
def test_months_against_days_are_taken_at_the_worst(period, than, longer):
    assert notices.is_longer(period, than=than) is longer


def oslo(*when):
    return datetime(*when, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("told", "first"),
    [
        (oslo(2026, 3, 1, 12), date(2026, 3, 16)),
        (oslo(2026, 3, 1), date(2026, 3, 15)),
        (oslo(2026, 3, 1, 0, 0, 1), date(2026, 3, 16)),
        (oslo(2026, 3, 1, 23, 59, 59), date(2026, 3, 16)),
        # Over the change to summer time the days are those of the calendar.
        (oslo(2026, 3, 20), date(2026, 4, 3)),
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), date(2026, 3, 17)),
    ],
)
def test_fourteen_whole_days_lie_between_the_last_message_and_the_first_day(told, first):
    assert notices.earliest_effective(told) == first
    assert notices.may_apply_from(first, notified_at=told)
    assert not notices.may_apply_from(date.fromordinal(first.toordinal() - 1), notified_at=told)


def test_what_nobody_was_told_of_applies_on_no_day():
    assert not notices.may_apply_from(date(2099, 1, 1), notified_at=None)


def test_the_soonest_day_that_can_be_asked_for():
    assert notices.soonest_wanted(date(2026, 3, 1)) == date(2026, 3, 16)
