from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from privacy import periods
from privacy.actions import RuleRefused, approve_rule, propose_rule, retire_rule, run_retention
from privacy.actions.retention_rules import take_effect
from privacy.models import RetentionRule, TrailEntry
from privacy.queries import rule_text
from privacy.registry import declaration_of
from privacy.second_person import OwnApproval
from tests.toy.factories import guest, person
from tests.toy.models import Guest

TODAY = "2026-03-01"


@pytest.fixture(autouse=True)
def day_and_nobody_to_ask(frozen_day):
    frozen_day(TODAY)
    of_the_house = list(periods._asked)
    periods.ask_notice(None)
    with translation.override("en"):
        yield
    periods._asked[:] = of_the_house


@pytest.fixture
def propose(siv):
    def it(data_class="toy.Guest", *, by=siv, basis="it is enough", **period):
        return propose_rule(data_class, basis=basis, by=by, **period)

    return it


@pytest.fixture
def rule(propose, per):
    """A rule that was proposed by one and approved by the other."""

    def it(**period):
        return approve_rule(propose(**period), by=per)

    return it


def keep(day=None, model="toy.Guest"):
    return periods.keep_of(declaration_of(model), day)


def due(text, moment=None):
    from datetime import datetime
    from zoneinfo import ZoneInfo

    moment = datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=ZoneInfo("Europe/Oslo"))
    result = run_retention(as_of=moment, allow_large=True)
    return next(each.due for each in result.classes if each.model == "toy.Guest")


# Two persons


def test_a_proposal_rules_nothing_until_another_approves_it(propose, siv, per):
    draft = propose(months=12)
    assert (draft.state, draft.version, draft.proposed_by) == ("draft", 1, siv.pk)
    assert keep().months == 24 and periods.rule_of(declaration_of("toy.Guest")) is None
    with pytest.raises(OwnApproval):
        approve_rule(draft, by=siv)
    with pytest.raises(OwnApproval):
        approve_rule(draft, by=None)
    assert keep().months == 24 and RetentionRule.objects.get().state == "draft"
    approved = approve_rule(draft, by=per)
    assert (approved.state, approved.approved_by, approved.in_force_from) == ("active", per.pk, date(2026, 3, 1))
    assert (keep().months, keep().period, keep().rule) == (12, "P12M", "toy.Guest v1")
    acts = list(TrailEntry.objects.filter(action__startswith="retention.rule").values_list("action", "actor"))
    assert sorted(acts, key=str) == sorted(
        [
            ("retention.rule_proposed", siv.pk),
            ("retention.rule_approved", per.pk),
            ("retention.rule_active", None),
        ],
        key=str,
    )


def test_it_is_decided_on_once(rule, per, siv):
    approved = rule(months=12)
    with pytest.raises(RuleRefused, match="already"):
        approve_rule(approved, by=per)


def test_the_database_refuses_the_same_two_a_missing_approval_and_a_second_active_one(rule, siv):
    active = rule(months=12)
    for wrong in (
        {"approved_by": active.proposed_by},
        {"approved_by": None},
        {"months": 0},
        {"months": 12, "days": 3},
        {"months": None},
        {"state": "odd"},
        {"basis": ""},
        {"in_force_from": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RetentionRule.objects.filter(pk=active.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionRule.objects.create(
            data_class="toy.Guest",
            version=9,
            months=3,
            basis="x",
            state="active",
            active_from=date(2026, 3, 1),
            in_force_from=date(2026, 3, 1),
            approved_at=active.approved_at,
            approved_by=active.approved_by,
        )


# What is no period


@pytest.mark.parametrize("period", [{}, {"months": 0}, {"days": -1}, {"months": 1, "days": 1}, {"months": 601}])
def test_a_period_that_is_none_is_refused_with_a_sentence(propose, period):
    with pytest.raises(RuleRefused, match=r"^[A-Z].+ Nothing was changed\.$"):
        propose(**period)
    assert not RetentionRule.objects.exists()


@pytest.mark.parametrize("model", ["toy.Booking", "privacy.StoredFile", "toy.Nothing", "odd", ""])
def test_a_class_without_a_clock_of_its_own_has_no_period(propose, model):
    with pytest.raises(RuleRefused, match="does not run on a clock"):
        propose(model, months=12)


def test_a_reason_is_asked_for(propose):
    with pytest.raises(RuleRefused, match="why"):
        propose(months=12, basis="  ")


def test_what_a_law_demands_is_not_shortened_but_may_be_longer(propose):
    with pytest.raises(RuleRefused, match="bokføringsloven § 13"):
        propose("toy.Bill", months=59)
    assert propose("toy.Bill", months=60).version == 1
    assert propose("toy.Bill", months=61).version == 2


# Shorter at the next run


def test_a_shorter_period_deletes_at_the_next_run_and_no_row_a_day_early(rule, db):
    gone, stays = (guest(person(), visited_on=day) for day in (date(2025, 2, 28), date(2025, 3, 1)))
    assert due(TODAY) == 0
    rule(months=12)
    assert due(TODAY) == 1
    assert list(Guest.objects.all()) == [stays] and gone.pk != stays.pk
    assert due("2026-03-02") == 1


def test_a_shorter_period_may_wait_for_its_day(rule, frozen_day):
    waiting = rule(months=12, active_from=date(2026, 4, 1))
    assert (waiting.state, waiting.in_force_from) == ("approved", None)
    assert keep().months == 24 and keep(date(2026, 3, 31)).months == 24 and keep(date(2026, 4, 1)).months == 12
    frozen_day("2026-04-01")
    assert keep().months == 12
    assert [str(each) for each in take_effect(date(2026, 4, 1))] == ["toy.Guest v1"]
    assert RetentionRule.objects.get().in_force_from == date(2026, 4, 1)
    assert take_effect(date(2026, 4, 1)) == []


def test_a_day_that_has_passed_becomes_today(rule):
    assert rule(months=12, active_from=date(2020, 1, 1)).in_force_from == date(2026, 3, 1)


# Longer only with the notice


def test_a_longer_period_waits_fourteen_days_where_no_notice_is_asked(rule):
    waiting = rule(months=36)
    assert (waiting.state, waiting.active_from) == ("approved", date(2026, 3, 15))
    assert keep(date(2026, 3, 14)).months == 24 and keep(date(2026, 3, 15)).months == 36
    assert take_effect(date(2026, 3, 14)) == [] and len(take_effect(date(2026, 3, 15))) == 1


def test_a_longer_period_rules_only_when_the_notice_says_so(rule, frozen_day):
    asked = []
    periods.ask_notice(lambda each, day: asked.append((str(each), day)) or day >= date(2026, 5, 1))
    waiting = rule(months=36)
    assert (waiting.state, waiting.active_from) == ("approved", date(2026, 3, 1))
    assert asked[0] == ("toy.Guest v1", date(2026, 3, 1))
    assert take_effect(date(2026, 4, 30)) == [] and keep(date(2026, 4, 30)).months == 24
    frozen_day("2026-05-01")
    assert [each.in_force_from for each in take_effect(date(2026, 5, 1))] == [date(2026, 5, 1)]
    assert keep().months == 36


def test_a_longer_period_never_keeps_what_was_due_already(rule, frozen_day):
    rule(months=36)
    old, young = (guest(person(), visited_on=day) for day in (date(2024, 3, 13), date(2024, 3, 14)))
    frozen_day("2026-03-20")
    # By the day before it began to rule, 24 months were over for the one and not for the other.
    assert due("2026-03-20") == 1
    assert list(Guest.objects.all()) == [young] and old.pk != young.pk
    assert due("2027-03-14") == 0 and due("2027-03-15") == 1


def test_a_shorter_one_after_a_longer_one_does_not_revive_anything_either(rule, frozen_day):
    rule(months=36)
    frozen_day("2026-04-01")
    take_effect(date(2026, 4, 1))
    rule(months=12)
    assert [each.state for each in RetentionRule.objects.all()] == ["retired", "active"]
    assert RetentionRule.objects.first().in_force_until == date(2026, 4, 1)
    assert keep().months == 12


# An end


def test_a_draft_and_one_that_waits_may_be_withdrawn(propose, rule, siv, per):
    assert retire_rule(propose(months=6), by=siv).state == "retired"
    waiting = rule(months=12, active_from=date(2026, 4, 1))
    assert retire_rule(waiting, by=siv).state == "retired"
    assert retire_rule(waiting, by=siv).state == "retired"
    assert keep(date(2026, 5, 1)).months == 24


def test_ending_a_shorter_period_would_lengthen_and_is_refused(rule, siv):
    active = rule(months=12)
    with pytest.raises(RuleRefused, match="kept longer"):
        retire_rule(active, by=siv)
    assert keep().months == 12


def test_when_a_longer_one_ends_the_declared_period_rules_again(rule, siv, frozen_day):
    active = rule(months=36)
    frozen_day("2026-04-01")
    take_effect(date(2026, 4, 1))
    ended = retire_rule(active, by=siv)
    assert (ended.state, ended.in_force_until, ended.retired_by) == ("retired", date(2026, 4, 1), siv.pk)
    assert (keep().months, keep().rule) == (24, "") and keep(date(2026, 3, 31)).months == 36
    assert periods.rule_of(declaration_of("toy.Guest")) is None


# Wherever a period is told


def test_the_words_follow_the_rule_in_force(rule, django_assert_num_queries):
    declaration = declaration_of("toy.Booking")
    assert rule_text(declaration) == "24 months after visit"
    rule(months=12, shown_nb="12 måneder", shown_en="twelve months")
    assert rule_text(declaration) == "12 months after visit"
    guest_data = declaration_of("toy.Guest")
    assert (
        periods.shown_text(guest_data, "nb") == "12 måneder"
        and periods.shown_text(guest_data, "en-GB") == "twelve months"
    )
    assert periods.shown_text(declaration_of("toy.Remark"), "nb") == ""
    with django_assert_num_queries(1), periods.read_once():
        for name in ("toy.Guest", "toy.Remark", "toy.Bill", "toy.Booking"):
            periods.keep_of(declaration_of(name))
            with periods.read_once():
                periods.keep_of(declaration_of(name), date(2027, 1, 1))


def test_the_page_the_register_and_the_last_day_tell_the_same(rule, kari):
    from privacy.queries import held_about, register

    rule(months=12)
    held = held_about(kari.subject, day=date(2026, 3, 1), language="en")
    (group,) = [each for each in held.groups if each.declaration.name() == "toy.Guest"]
    assert group.rule == "12 months after visit" and group.records[0].until == date(2027, 1, 31)
    (row,) = [row for each in register()["activities"] for row in each["keep"] if row["model"] == "toy.Guest"]
    assert row["period"] == "P12M"


def test_a_rule_says_which_it_is_and_names_nobody(rule):
    active = rule(days=90)
    assert (str(active), active.period) == ("toy.Guest v1", "P90D")
    assert [str(each) for each in periods.rules_in_force()] == ["toy.Guest v1"]
    assert [str(each) for each in periods.rules_in_force(date(2026, 2, 28))] == []
    assert timedelta(days=14) == periods.LEAD
