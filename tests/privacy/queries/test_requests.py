"""Reading requests: a person's own, the office's by date, one page of one case; queries do not grow with its length."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privacy import queries
from privacy.actions import (
    answer,
    ask,
    claim_subject,
    extend,
    propose_refusal,
    receive_reply,
    register_subject,
    take_back,
)
from privacy.models import DataSubject
from tests.privacy.actions.requesting import opened, requester


@pytest.fixture(autouse=True)
def march(frozen_day):
    """Monday 2 March 2026."""
    frozen_day("2026-03-02")


def test_ones_own_requests_newest_first_whatever_key(kari, ola):
    first = opened(kari)
    take_back(first, by=None)
    other = register_subject(role="guest", email="kari@gjest.example", verified=True, by=None)
    second = requester("kari@gjest.example")
    DataSubject.objects.filter(pk=second.subject_id).update(proved_as=kari.subject)
    claim_subject(kari.subject, claimed=other, by=None)
    neighbour = opened(ola)
    assert queries.requests_of(kari.subject) == [second, first]
    assert queries.requests_of(ola.subject) == [neighbour]


def test_open_requests_by_the_date_to_act_by(kari, ola, siv):
    later = opened(kari)
    longer = opened(ola, received_on=date(2026, 2, 1))
    sooner = opened(ola, right="erasure", received_on=date(2026, 2, 15))
    done = opened(kari, right="objection", received_on=date(2026, 2, 2))
    answer(done, outcome="fulfilled", text="Ja", by=siv)
    assert list(queries.open_requests()) == [longer, sooner, later]
    extend(longer, reason_code="complexity", text="Mye", by=siv)
    found = list(queries.open_requests())
    assert found == [sooner, later, longer]
    assert [each.acting for each in found] == [each.acts_by for each in found]


def test_a_page_has_both_dates_and_everything_said(kari, siv, frozen_day):
    request = opened(kari, text="Hva har dere?")
    ask(request, what="identity", text="Hvem?", by=siv)
    page = queries.request_page(request)
    assert (page.waits_for, page.due_on, page.paused_due_on) == ("person", date(2026, 4, 7), None)
    assert page.projection.question_on == date(2026, 3, 2)
    frozen_day("2026-03-09")
    receive_reply(request, text="Meg", by=None)
    page = queries.request_page(request)
    assert (page.waits_for, page.due_on, page.paused_due_on) == ("office", date(2026, 4, 7), date(2026, 4, 14))
    assert [message.text for message in page.letters] == ["Hva har dere?", "Hvem?", "Meg"]
    assert [event.kind for event in page.events][-2:] == ["question_answered", "in_progress"]
    assert (page.notices, page.tasks, page.kept, page.proposal) == ([], 0, [], None)


def test_notes_of_staff_are_no_letters(kari, siv):
    request = opened(kari)
    propose_refusal(request, reason_code="excessive", text="Internt", by=siv)
    page = queries.request_page(request)
    assert [message.text for message in page.messages] == ["Internt"] and page.letters == []


def test_the_number_of_queries_does_not_grow(kari, siv):
    request = opened(kari, text="Hva har dere?")
    take_back(opened(kari, right="erasure", text="Slett"), by=None)

    def count():
        with CaptureQueriesContext(connection) as captured:
            page = queries.request_page(request)
            assert all(message.text for message in page.messages)
            assert page.tasks == 0
            list(queries.open_requests())
            [(row.number, row.copy, row.erasure) for row in queries.requests_of(kari.subject)]
        return len(captured)

    before = count()
    for turn in range(5):
        receive_reply(request, text=f"Mer {turn}", by=None)
        take_back(opened(kari, right="erasure", text="Slett"), by=None)
    assert count() == before and before <= 10


def test_candidates_that_proved_the_mailbox_or_only_named_it(kari):
    register_subject(role="guest", email="kari@gjest.example", verified=False, by=None)
    subject = requester("kari@gjest.example").subject
    assert len(queries.address_candidates(subject)) == 2
    assert queries.address_candidates(subject, proved=True) == [kari.subject]
