"""What is sent is what is logged, and what was not sent is not logged (N48, N49, T36, F28, T24)."""

import socket
from contextlib import closing, nullcontext
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy.actions import (
    NotAllowed,
    NotSent,
    hand_over,
    log_disclosure,
    log_received,
    make_request_notices,
    one_hand_over,
    open_request,
    plan_erasure,
)
from privacy.actions.disclosure import payload_digest, settle_information
from privacy.actions.hand_overs import drop_waiting
from privacy.models import Disclosure, InformationDuty, PendingHandOver, Screening, TrailEntry
from privacy.queries import held_about, recipients_of
from privacy.queries.held_stream import HeldStream
from privacy.rules.deadlines import due, oslo_date

STAYS = {"activity": "toy-stays", "by": None}
VALUES = {"name": "Kari Gjest", "phone": "22 00", "diet": "no nuts"}


def today():
    return oslo_date(timezone.now())


def refuse(payload):
    raise NotSent("busy")


def unreachable(payload):
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    socket.create_connection(("127.0.0.1", port), timeout=2)


def test_the_sender_gets_exactly_what_is_logged(kari, ferry, siv):
    sent = []
    row = hand_over(
        kari.subject, recipient=ferry, values=VALUES, activity="toy-stays", send=sent.append, by=siv, about=kari.booking
    )
    assert sent == [{"name": "Kari Gjest", "phone": "22 00"}]
    assert row.field_names == sorted(sent[0]) and row.payload_digest == payload_digest(row.pk, sent[0])
    assert row.purpose == "dpv:ServiceProvision" and row.actor == siv.pk


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(st.sampled_from(["name", "phone", "email", "iban"]), st.text(max_size=20) | st.none()),
    allowed=st.lists(st.sampled_from(["name", "phone", "email"]), unique=True),
)
def test_whatever_the_values_sent_and_logged_are_one(kari, ferry, values, allowed):
    ferry.allowed_fields, sent = allowed, []
    row = hand_over(kari.subject, recipient=ferry, values=values, send=sent.append, **STAYS)
    assert row.payload_digest == payload_digest(row.pk, sent[0])
    assert set(sent[0]) <= set(allowed) & set(values) and row.field_names == sorted(sent[0])


@pytest.mark.parametrize("send", [refuse, unreachable])
def test_what_a_partner_does_not_take_waits_and_is_not_logged_as_sent(kari, ola, ferry, siv, send):
    what = {"recipient": ferry, "values": VALUES, "activity": "toy-stays", "by": siv}
    for _attempt in range(2):
        with pytest.raises(NotSent) as failure:
            hand_over(kari.subject, send=send, about=kari.booking, **what)
    assert "Kari" not in str(failure.value) and failure.value.__cause__ is None
    assert not Disclosure.objects.exists() and not TrailEntry.objects.filter(action="disclosure.logged").exists()
    row = PendingHandOver.objects.get()
    assert (row.state, row.attempts, row.tried_by) == ("pending", 2, siv.pk) and "Hand-over" in str(row)
    hand_over(ola.subject, send=lambda payload: None, about=ola.booking, **what)
    row.refresh_from_db()
    assert row.state == "pending"
    hand_over(kari.subject, send=lambda payload: None, about=kari.booking, **what)
    row.refresh_from_db()
    assert row.state == "sent" and Disclosure.objects.count() == 2


def test_a_sender_that_is_broken_rolls_everything_back(kari, ferry):
    with pytest.raises(ZeroDivisionError):
        hand_over(kari.subject, recipient=ferry, values=VALUES, send=lambda payload: 1 / 0, **STAYS)
    assert not Disclosure.objects.exists() and not PendingHandOver.objects.exists()


def test_a_refusal_of_ones_own_inside_leaves_nothing_waiting(kari, ferry):
    with pytest.raises(NotSent), one_hand_over(by=None):
        raise NotSent("before anything was made")
    assert not PendingHandOver.objects.exists()


def test_what_waits_can_be_called_off_once(kari, ferry, siv):
    with pytest.raises(NotSent):
        hand_over(kari.subject, recipient=ferry, values=VALUES, send=refuse, **STAYS)
    row = PendingHandOver.objects.get()
    for _twice in range(2):
        row = drop_waiting(row, by=siv)
    assert row.state == "dropped" and TrailEntry.objects.filter(action="hand_over.dropped").count() == 1


def test_nothing_goes_out_for_what_the_record_was_not_collected_for(kari, ferry):
    ferry.activities = ["toy-stays", "marketing-email"]
    log = {"recipient": ferry, "payload": {"name": "x"}, "about": kari.booking, "by": None}
    assert log_disclosure(kari.subject, activity="toy-stays", **log)
    with pytest.raises(NotAllowed):
        log_disclosure(kari.subject, activity="marketing-email", **log)
    assert Disclosure.objects.count() == 1


def test_an_activity_without_its_assessment_hands_nothing_over(kari, ferry):
    ferry.activities = ["customer-relations"]
    log = {"recipient": ferry, "payload": {"name": "x"}, "activity": "customer-relations", "by": None}
    assert log_disclosure(kari.subject, **log)
    Screening.objects.filter(activity="customer-relations").update(state="rejected")
    with pytest.raises(NotAllowed):
        log_disclosure(kari.subject, **log)
    assert Disclosure.objects.count() == 1


def test_what_a_partner_gave_us_is_logged_as_received_with_a_month_to_say_so(kari, ola, ferry, siv):
    duty = log_received(kari.subject, recipient=ferry, payload={"email": "x"}, activity="toy-stays", by=siv)
    assert (duty.disclosure.direction, duty.disclosure.recipient) == ("received", ferry)
    assert duty.due_on == due(today()) and duty.settled_on is None and "Information" in str(duty)
    assert [row.direction for row in recipients_of(kari.subject)] == ["received"] and not recipients_of(ola.subject)
    assert TrailEntry.objects.get(action="disclosure.received").subject == kari.subject.pk
    for wrong in ("", "shouted"):
        with pytest.raises(NotAllowed):
            settle_information(duty, how=wrong, by=siv)
    settle_information(duty, how="mail", by=siv)
    duty.refresh_from_db()
    assert (duty.how, duty.settled_on, duty.settled_by) == ("mail", today(), siv.pk)
    with pytest.raises(NotAllowed):
        settle_information(duty, how="letter", by=siv)


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("active", nullcontext()),
        ("suspended", nullcontext()),
        ("proposed", pytest.raises(NotAllowed)),
        ("ended", pytest.raises(NotAllowed)),
    ],
)
def test_only_who_is_or_was_a_partner_is_a_source(kari, ferry, state, outcome):
    ferry.state = state
    with outcome:
        log_received(kari.subject, recipient=ferry, payload={"name": "x"}, **STAYS)
    assert InformationDuty.objects.exists() == (state in ("active", "suspended"))


@pytest.fixture
def gagged(kari, ferry, siv, per):
    """Two hand-overs about Kari: one to be kept from her through today, one she may see."""

    def make(until):
        log = {"recipient": ferry, "payload": {"name": "x"}, "activity": "toy-stays", "by": siv}
        seen = log_disclosure(kari.subject, **log)
        hidden = log_disclosure(kari.subject, hidden_until=until, case=kari.booking.pk, approver=per, **log)
        return seen, hidden

    return make


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, False), (-1, True)])
def test_a_gag_lasts_through_its_day_and_ends_the_oslo_day_after(kari, gagged, days, is_told):
    seen, hidden = gagged(today() + timedelta(days=days))
    assert (hidden.approver, hidden.case) != (None, None)
    expected = {seen, hidden} if is_told else {seen}
    keys = {str(row.pk) for row in expected}
    assert set(recipients_of(kari.subject)) == expected
    about = held_about(kari.subject, day=today())
    assert set(about.disclosures) == expected
    assert {r.key for g in about.groups if g.declaration.model is Disclosure for r in g.records} == keys
    stream = HeldStream(kari.subject, day=today(), language="nb")
    assert set(stream.disclosures()) == expected
    assert {pair[1].key for pair in stream.rows(Disclosure)} == keys
    trail = TrailEntry.objects.filter(subject=kari.subject.pk, action="disclosure.logged")
    assert [entry.object_pk for entry in trail] == [str(seen.pk)]


def test_a_plan_and_the_tasks_of_a_correction_do_not_give_a_gag_away(kari, ola, ferry, gagged, siv):
    _seen, hidden = gagged(today())
    other = type(ferry).objects.create(code="court", name="Retten", state="active", activities=["toy-stays"])
    log_disclosure(kari.subject, recipient=other, payload={}, activity="toy-stays", by=siv, hidden_until=today())
    plan = plan_erasure(kari.subject, day=today())
    assert plan.recipients == ("Fergen AS",)
    assert [item.count for item in plan.items if item.model == "privacy.Disclosure"] == [1]
    case = open_request(kari.subject, right="eu-gdpr:A18", by=siv)
    assert make_request_notices(case, record=None, fields=()) == 1


def test_the_log_can_be_neither_changed_nor_deleted_after_its_columns_grew(kari, gagged):
    seen, _hidden = gagged(date(2099, 1, 1))
    for sql in ("UPDATE privacy_disclosure SET hidden_until = NULL", "DELETE FROM privacy_disclosure"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Disclosure.objects.filter(pk=seen.pk).exists()
