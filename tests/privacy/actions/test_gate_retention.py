"""Files of demands and deals go five years after their end, papers and all; an erasure leaves proof (N51, N53)."""

from datetime import datetime, time, timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from privacy import vault
from privacy.actions import authority_cases, carry_out, deal_cases, request_erasure
from privacy.actions.deal_reads import look_in
from privacy.actions.documents import file_document
from privacy.actions.files import FilesRemain
from privacy.actions.gate_cases import today
from privacy.actions.gate_papers import destroy_loose_papers
from privacy.actions.retention import run_retention
from privacy.models import (
    AuthorityCase,
    AuthorityEvent,
    AuthorityPerson,
    DealCase,
    DealEvent,
    DealPerson,
    DealRead,
    OfficeDocument,
    RecipientNotice,
    ServiceKey,
)
from privacy.rules.deadlines import OSLO, add_months
from tests.privacy.actions import gating

pytestmark = pytest.mark.django_db


def night_of(day):
    return datetime.combine(day, time(4), tzinfo=OSLO)


def run(day):
    """One night: the clock, then the papers, as `run_schedule` calls them."""
    run_retention(as_of=night_of(day), allow_large=True)
    return destroy_loose_papers(as_of=night_of(day))


def test_a_demand_goes_five_years_after_its_end_with_its_paper_and_its_key(siv, per, kari):
    other = gating.draft(siv)
    case = authority_cases.close_authority_case(gating.handed_over(siv, per, kari.subject), by=siv)
    paper, last = case.paper, add_months(today(), 60)
    run(last)
    assert AuthorityCase.objects.filter(pk=case.pk).exists() and storages["people"].exists(paper.storage_name)
    counts = run(last + timedelta(days=1))
    assert counts == {"due": 1, "destroyed": 1, "failed": 0}
    assert list(AuthorityCase.objects.all()) == [other]
    assert not AuthorityPerson.objects.exists() and not AuthorityEvent.objects.exclude(case=other).exists()
    assert list(OfficeDocument.objects.all()) == [other.paper]
    assert not storages["people"].exists(paper.storage_name)
    assert not ServiceKey.objects.filter(name=paper.key_name).exists()


def test_a_deal_goes_with_its_outsiders_their_looks_and_their_statements(siv, per):
    person = gating.let_in(gating.deal(siv, per), siv, per)
    look_in(person, by=None)
    paper = gating.refetched(person).statement
    deal_cases.close_deal(person.case, control_changed=False, by=siv)
    last = add_months(today(), 60)
    run(last)
    assert DealRead.objects.exists() and DealPerson.objects.exists()
    run(last + timedelta(days=1))
    for model in (DealCase, DealPerson, DealRead, DealEvent, OfficeDocument):
        assert not model.objects.exists(), model
    assert not storages["people"].exists(paper.storage_name)


def test_a_case_that_is_open_has_no_clock(siv, per, kari):
    gating.approved(siv, per, kari.subject)
    gating.deal(siv, per)
    run(add_months(today(), 240))
    assert AuthorityCase.objects.exists() and DealCase.objects.exists()


def test_papers_of_others_and_papers_on_their_way_are_left_alone(siv):
    loose = {
        kind: file_document(gating.scan().stream, kind=kind, display_name="x.pdf", media_type="application/pdf", by=siv)
        for kind in ("order", "agreement")
    }
    assert destroy_loose_papers(as_of=timezone.now())["due"] == 0
    later = timezone.now() + timedelta(hours=2)
    assert destroy_loose_papers(as_of=later, dry_run=True) == {"due": 1, "destroyed": 0, "failed": 0}
    assert destroy_loose_papers(as_of=later)["destroyed"] == 1
    assert list(OfficeDocument.objects.all()) == [loose["agreement"]]


def test_what_the_storage_keeps_is_due_again(siv, monkeypatch):
    file_document(gating.scan().stream, kind="order", display_name="x.pdf", media_type="application/pdf", by=siv)

    def fail(*args, **kwargs):
        raise FilesRemain(1, 1)

    monkeypatch.setattr("privacy.actions.gate_papers.destroy_document", fail)
    later = timezone.now() + timedelta(hours=2)
    assert destroy_loose_papers(as_of=later) == {"due": 1, "destroyed": 0, "failed": 1}
    assert OfficeDocument.objects.count() == 1


def test_an_outsider_who_was_let_in_stays_as_proof_and_one_who_never_was_goes(siv, per):
    case = gating.deal(siv, per)
    ada = gating.let_in(case, siv, per)
    bo = gating.outsider(case, siv, email="bo@radgiver.example", name="Bo Revisor")
    paper = bo.statement
    for person in (ada, bo):
        carry_out(request_erasure(person.subject, cause="request", by=None))
    assert list(case.persons.all()) == [ada]
    assert vault.unlock([gating.refetched(ada)])[0].name == "Ada Rådgiver"
    deal_cases.close_deal(case, control_changed=False, by=siv)
    later = timezone.now() + timedelta(hours=2)
    assert destroy_loose_papers(as_of=later)["destroyed"] == 1
    assert not OfficeDocument.objects.filter(pk=paper.pk).exists()
    run(add_months(today(), 60) + timedelta(days=1))
    assert not DealPerson.objects.exists() and not OfficeDocument.objects.exists()


def test_a_person_whose_data_was_handed_over_can_be_deleted_and_the_case_stays(siv, per, kari, ola):
    case = gating.handed_over(siv, per, kari.subject, ola.subject, gag_until=today() + timedelta(days=9))
    carry_out(request_erasure(kari.subject, cause="request", by=None))
    assert not type(kari.guest).objects.filter(pk=kari.guest.pk).exists()
    assert case.persons.count() == 2 and not RecipientNotice.objects.exists()
