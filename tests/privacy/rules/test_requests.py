"""The life of a request: legal moves, what events add up to, reminders; over the years 2020 to 2040."""

from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.models import SubjectRequest
from privacy.models.request import ANSWERED_STATES, OPEN_STATES
from privacy.rules import deadlines, request_reasons
from privacy.rules import requests as rules
from privacy.rules.requests import IllegalMove, Projection


class Event(NamedTuple):
    kind: str
    on: date
    reason_code: str = ""


MARCH = date(2026, 3, 2)
ASKED, ANSWERED = rules.QUESTION_ASKED, rules.QUESTION_ANSWERED
STARTED = [Event("received", MARCH), Event("acknowledged", MARCH), Event("in_progress", MARCH)]


def after(*kinds, start=tuple(STARTED), day=MARCH):
    return rules.project([*start, *(Event(kind, day) for kind in kinds)])


def test_the_words_of_the_rules_are_those_of_the_table():
    assert set(rules.STATES) == set(SubjectRequest.State.values)
    assert set(OPEN_STATES) == rules.OPEN and set(ANSWERED_STATES) == rules.ANSWERED
    assert {code: str(label) for code, label in SubjectRequest.State.choices} == {
        code: str(label) for code, label in rules.LABELS.items()
    }
    assert set(request_reasons.RIGHTS) == set(SubjectRequest.Right.values)
    assert set(request_reasons.STATUS_TERMS) == set(rules.STATES) - {"closed"}


LEGAL = {
    None: {"received"},
    "received": {"acknowledged"},
    "acknowledged": {"in_progress", *ANSWERED_STATES},
    "in_progress": {"identity_pending", "clarification_pending", "extended", *ANSWERED_STATES},
    "identity_pending": {"in_progress", "extended", *ANSWERED_STATES},
    "clarification_pending": {"in_progress", "extended", *ANSWERED_STATES},
    "extended": {"identity_pending", "clarification_pending", *ANSWERED_STATES},
    "fulfilled": {"closed"},
    "partly_fulfilled": {"closed"},
    "withdrawn_by_subject": {"closed"},
    "refused": {"closed", "reopened"},
    "unidentifiable": {"closed", "reopened"},
    "reopened": {"in_progress"},
    "closed": set(),
}


def test_every_move_is_legal_or_refused_as_written():
    for state, to in product(LEGAL, rules.STATES):
        # An extended case has its outcome of more time behind it; elsewhere it has not been extended yet.
        extended = state == "extended"
        assert rules.may_move(state, to, was_extended=extended) == (to in LEGAL[state]), (state, to)
        if to in LEGAL[state]:
            assert rules.next_state(state, to, was_extended=extended) == to
        else:
            with pytest.raises(IllegalMove):
                rules.next_state(state, to, was_extended=extended)


@pytest.mark.parametrize("outcome", sorted(ANSWERED_STATES))
def test_a_closed_case_opens_again_only_by_a_refusal_or_when_nobody_was_found(outcome):
    expected = outcome in ("refused", "unidentifiable")
    assert rules.may_move("closed", "reopened", outcome=outcome) is expected
    assert not rules.may_move("closed", "in_progress", outcome=outcome)


def test_more_time_is_taken_once():
    assert rules.may_move("in_progress", "extended") and not rules.may_move(
        "in_progress", "extended", was_extended=True
    )
    assert rules.may_move("identity_pending", "extended", was_extended=True), "back from a question"
    assert not rules.may_move("identity_pending", "in_progress", was_extended=True)
    again = [*STARTED, Event("extended", MARCH, "complexity"), Event("refused", MARCH), Event("reopened", MARCH)]
    now = rules.project([*again, Event("in_progress", MARCH)])
    assert now.was_extended and now.extended_due_on is None and not rules.allows(now, "extended")
    assert rules.allows(now, "identity_pending")


def test_refusals_are_sentences():
    with override("en"):
        _are_sentences()


def _are_sentences():
    with pytest.raises(IllegalMove, match="cannot begin as “closed”"):
        rules.next_state(None, "closed")
    with pytest.raises(IllegalMove, match="“received” cannot become “done”"):
        rules.next_state("received", "fulfilled")
    with pytest.raises(IllegalMove, match="cannot become “nonsense”"):
        rules.next_state("received", "nonsense")


def test_the_way_confirms_receipt_and_takes_up_without_being_asked():
    received = rules.project(STARTED[:1])
    assert rules.way(received, "refused") == ["acknowledged", "refused"]
    assert rules.way(received, "identity_pending") == ["acknowledged", "in_progress", "identity_pending"]
    assert rules.way(after(), "fulfilled") == ["fulfilled"]
    reopened = after("unidentifiable", "reopened")
    assert rules.way(reopened, "fulfilled") == ["in_progress", "fulfilled"]
    with pytest.raises(IllegalMove):
        rules.way(after("fulfilled", "closed"), "reopened")
    with pytest.raises(IllegalMove):
        rules.way(received, "closed")


def test_who_waits():
    assert {state: rules.who_waits(state) for state in rules.STATES} == {
        state: "person" if state.endswith("_pending") else "office" if state in OPEN_STATES else "nobody"
        for state in rules.STATES
    }


def test_dates_of_a_case_from_its_events():
    now = after("fulfilled", "closed", day=date(2026, 3, 20))
    assert (now.state, now.outcome, now.received_on) == ("closed", "fulfilled", MARCH)
    assert (now.due_on, now.answered_on, now.closed_on) == (date(2026, 4, 7), date(2026, 3, 20), date(2026, 3, 20))
    assert (now.extended_due_on, now.paused_due_on, now.reason_code) == (None, None, "")


def test_a_pause_moves_the_date_shown_beside_and_not_the_one_to_act_on():
    # L46: asked on day 3, answered on day 10.
    start = date(2026, 8, 31)
    day = lambda number: start + timedelta(days=number)  # noqa: E731
    events = [Event("received", start), Event("acknowledged", start), Event("in_progress", day(3))]
    events += [Event(ASKED, day(3), "identity"), Event("identity_pending", day(3))]
    waiting = rules.project(events)
    assert waiting.question_on == day(3) and waiting.paused_due_on is None
    now = rules.project([*events, Event(ANSWERED, day(10)), Event("in_progress", day(10))])
    assert (now.due_on, now.paused_due_on, now.question_on) == (date(2026, 9, 30), date(2026, 10, 7), None)
    assert now.state == "in_progress" and rules.back_from_question(now) == "in_progress"
    more = [*events, Event(ANSWERED, day(10)), Event("in_progress", day(10)), Event("extended", day(12), "complexity")]
    now = rules.project(more)
    assert (now.due_on, now.extended_due_on, now.paused_due_on) == (
        date(2026, 9, 30), date(2026, 11, 30), date(2026, 12, 7),
    )  # fmt: skip
    assert rules.back_from_question(now) == "extended"


def test_back_from_a_question_with_more_time_gives_no_second_extension():
    events = [
        *STARTED,
        Event("extended", MARCH, "complexity"),
        Event(ASKED, MARCH),
        Event("clarification_pending", MARCH),
    ]
    now = rules.project([*events, Event(ANSWERED, MARCH), Event("extended", MARCH)])
    assert (now.state, now.extended_due_on, now.reason_code) == ("extended", date(2026, 6, 2), "complexity")
    with pytest.raises(IllegalMove):
        rules.project([*events, Event("in_progress", MARCH)])


def test_taking_up_without_an_answer_is_no_pause():
    events = [*STARTED, Event(ASKED, MARCH, "identity"), Event("identity_pending", MARCH)]
    now = rules.project([*events, Event("in_progress", date(2026, 3, 9))])
    assert (now.state, now.pauses, now.question_on, now.paused_due_on) == ("in_progress", (), None, None)


def test_an_answer_to_no_question_is_no_pause_either():
    now = after(ANSWERED, day=date(2026, 3, 9))
    assert now.paused_due_on == now.due_on and now.pauses == ((date(2026, 3, 9), date(2026, 3, 9)),)


def test_opened_again_counts_a_month_from_then():
    events = [*STARTED, Event(ASKED, MARCH), Event("identity_pending", MARCH), Event(rules.REMINDED, MARCH, "14")]
    events += [Event("unidentifiable", date(2026, 3, 20)), Event("closed", date(2026, 3, 20))]
    now = rules.project([*events, Event("reopened", date(2026, 8, 31))])
    assert (now.received_on, now.counted_from, now.due_on) == (MARCH, date(2026, 8, 31), date(2026, 9, 30))
    assert (now.outcome, now.answered_on, now.closed_on, now.question_on) == ("", None, None, None)
    assert now.reminded_days is None and now.pauses == ()


def test_events_that_move_nothing():
    for kind in (rules.MATCHED, rules.IDENTITY_PROVED, rules.ESCALATED, rules.LETTER_PRINTED, rules.REFUSAL_PROPOSED):
        assert after(kind) == after()
    assert after().reminded_days is None
    assert rules.project([*STARTED, Event(rules.REMINDED, MARCH, "7")]).reminded_days == 7
    extended = [*STARTED, Event(rules.REMINDED, MARCH, "7"), Event("extended", MARCH, "complexity")]
    assert rules.project(extended).reminded_days is None, "a new date is reminded of anew"


ACTS_BY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("left", "had", "owed"),
    [
        (15, None, None), (14, None, 14), (14, 14, None), (13, 14, None), (13, None, 14), (8, 14, None),
        (7, 14, 7), (7, None, 7), (6, 7, None), (3, 7, None), (2, 7, 2), (2, None, 2), (1, 2, None), (0, 7, 2),
        (0, 2, None), (-1, None, None), (-1, 7, None),
    ],
)  # fmt: skip
def test_reminders_at_14_7_and_2_days_once_each(left, had, owed):
    assert rules.reminder_due(ACTS_BY, ACTS_BY - timedelta(days=left), reminded_days=had) == owed


def test_late_begins_the_day_after():
    assert not rules.is_overdue(ACTS_BY, ACTS_BY) and rules.is_overdue(ACTS_BY, ACTS_BY + timedelta(days=1))


def test_reasons_have_words_terms_and_articles():
    assert set(rules.EXTENSIONS) == {"complexity", "high_volume"}
    assert set(rules.REFUSALS) >= {"unfounded", "excessive", "legal_duty", "claims", "third_persons", "not_ours"}
    assert {"unfounded", "excessive"} == rules.NEEDS_APPROVAL
    for reason in [*rules.EXTENSIONS.values(), *rules.REFUSALS.values()]:
        assert str(reason.label) and ":" in reason.term and reason.article.startswith("Art ")
        assert rules.reason_label(reason.code) == str(reason.label)
    with override("en"):
        assert rules.reason_label("erased") == "what was to go is deleted" and rules.reason_label("old") == "old"


def test_what_the_erasure_of_everything_answers():
    assert rules.outcome_of_erasure("correction", by_person=True) == "fulfilled"
    assert rules.outcome_of_erasure("access", by_person=True) == "withdrawn_by_subject"
    assert rules.outcome_of_erasure("portability", by_person=False) == "partly_fulfilled"


# Properties

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
kinds = st.sampled_from([*rules.STATES, ASKED, ANSWERED, rules.MATCHED])


@settings(max_examples=150, deadline=None)
@given(start=days, steps=st.lists(st.tuples(kinds, st.integers(0, 5)), max_size=25))
def test_no_sequence_of_events_reaches_an_illegal_state(start, steps):
    """Whatever is tried, in whatever order: only written moves happen, and what holds for a case always holds."""
    day, now = start, rules.follow(Projection(), Event("received", start))
    for kind, wait in steps:
        day, before = day + timedelta(days=wait), now
        try:
            now = rules.follow(now, Event(kind, day, "complexity"))
        except IllegalMove:
            assert now is before
            continue
        if kind in rules.LABELS:
            more = "extended" if before.extended_due_on else ""
            written = LEGAL[before.state] | ({"reopened"} if before.outcome in rules.MAY_REOPEN else set())
            assert now.state in written and (now.state != "extended" or not more or before.state in rules.PENDING)
        _holds_always(now)


def _holds_always(now: Projection):
    assert (now.answered_on is None) == (now.state in rules.OPEN)
    assert (now.outcome == "") == (now.state in rules.OPEN)
    if now.state == "closed":
        assert now.closed_on and now.answered_on and now.outcome in rules.ANSWERED
    assert now.due_on == deadlines.due(now.counted_from) and deadlines.is_working_day(now.due_on)
    assert now.extended_due_on in (None, deadlines.extended_due(now.counted_from))
    assert now.extended_due_on is None or now.was_extended
    if now.paused_due_on:
        assert now.paused_due_on >= (now.extended_due_on or now.due_on)
        assert deadlines.is_working_day(now.paused_due_on)


def test_every_state_is_reachable():
    seen, waiting = set(), [Projection()]
    while waiting:
        now = waiting.pop()
        for state in rules.STATES:
            if rules.allows(now, state) and (state, now.was_extended, now.outcome) not in seen:
                seen.add((state, now.was_extended, now.outcome))
                waiting.append(rules.follow(now, Event(state, MARCH)))
    assert {state for state, *_rest in seen} == set(rules.STATES)


@settings(max_examples=300, deadline=None)
@given(start=days, ask=st.integers(0, 25), wait=st.integers(0, 60), extend=st.booleans())
def test_clocks_with_pause_and_extension(start, ask, wait, extend):
    asked, answered = start + timedelta(days=ask), start + timedelta(days=ask + wait)
    events = [Event("received", start), Event("acknowledged", start), Event("in_progress", start)]
    events += [Event("extended", start, "high_volume")] if extend else []
    events += [Event(ASKED, asked), Event("clarification_pending", asked), Event(ANSWERED, answered)]
    now = rules.project([*events, Event("extended" if extend else "in_progress", answered)])
    base = deadlines.extended_due(start) if extend else deadlines.due(start)
    assert (now.extended_due_on or now.due_on) == base
    assert now.paused_due_on == deadlines.roll(base + timedelta(days=wait))
