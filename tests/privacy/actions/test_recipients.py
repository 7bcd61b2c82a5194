"""The register of recipients: two persons, an agreement, a stop at once (N46, L32, L33, T23)."""

from contextlib import closing
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from django.utils.translation import override

from privacy.actions import NotAllowed, log_disclosure
from privacy.actions.documents import open_document
from privacy.actions.recipients import (
    RecipientRefused,
    approve_change,
    approve_recipient,
    change_recipient,
    decline_change,
    end_recipient,
    propose_recipient,
    resume_recipient,
    suspend_recipient,
)
from privacy.models import OfficeDocument, Recipient, TrailEntry
from privacy.queries.recipients import papers_of
from privacy.scans import Scan
from privacy.second_person import OwnApproval

FACTS = {
    "name": "Fergen AS",
    "role": "dpv:ThirdParty",
    "kind": "carrier",
    "country": "NO",
    "activities": ["toy-stays"],
    "allowed_fields": ["name"],
}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def paper(text=b"%PDF-1.4 agreed %%EOF"):
    return Scan(BytesIO(text), "avtale.pdf", "application/pdf")


def send(person, row):
    return log_disclosure(person.subject, recipient=row, payload={"name": "x"}, activity="toy-stays", by=None)


def test_proposed_by_one_approved_by_another_and_only_then_in_use(kari, siv, per):
    row = propose_recipient(**FACTS, by=siv)
    assert (row.code, row.state, row.proposed_by) == ("fergen-as", "proposed", siv.pk)
    with pytest.raises(NotAllowed):
        send(kari, row)
    with pytest.raises(OwnApproval):
        approve_recipient(row, by=siv)
    row = approve_recipient(row, by=per)
    assert (row.state, row.approved_by) == ("active", per.pk) and send(kari, row).pk
    with pytest.raises(RecipientRefused):
        approve_recipient(row, by=per)
    assert [entry.action for entry in TrailEntry.objects.filter(reason="fergen-as").order_by("pk")] == [
        "recipient.proposed",
        "recipient.approved",
        "disclosure.logged",
    ]


def test_a_name_that_names_nobody_and_an_unknown_purpose_are_refused(siv):
    for change in ({"name": "Bring etc."}, {"activities": ["gossip"]}):
        with pytest.raises(RecipientRefused):
            propose_recipient(**FACTS | change, by=siv)
    assert not Recipient.objects.filter(kind="carrier", proposed_by=siv.pk).exists()
    assert propose_recipient(**FACTS, by=siv).code == "fergen-as"
    assert propose_recipient(**FACTS, by=siv).code == "fergen-as-2"
    assert propose_recipient(**FACTS | {"name": "株式会社"}, by=siv).code == "recipient"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"role": "dpv:DataProcessor"}, "processor needs"),
        ({"country": "US"}, "outside the EEA"),
        ({"agreement_expires_on": date(2020, 1, 1)}, "has run out"),
    ],
)
def test_what_is_missing_stops_the_approval(siv, per, change, word):
    row = propose_recipient(**FACTS | change, by=siv)
    with pytest.raises(RecipientRefused, match=word):
        approve_recipient(row, by=per)
    row.refresh_from_db()
    assert row.state == "proposed"


def test_a_processor_with_its_paper_and_a_transfer_with_its_tool_are_approved(siv, per):
    facts = FACTS | {"role": "dpv:DataProcessor", "country": "US", "transfer_tool": "SCC 2021/914"}
    row = approve_recipient(propose_recipient(**facts, paper=paper(), by=siv), by=per)
    assert row.state == "active" and row.agreement_sha256 == row.agreement.sha256
    with closing(open_document(row.agreement, by=per)) as opened:
        assert opened.read().startswith(b"%PDF")
    assert TrailEntry.objects.filter(action="paper.opened").count() == 1


def test_an_agreement_that_has_run_out_stops_every_hand_over(kari, siv, per):
    today = timezone.localdate()
    row = approve_recipient(propose_recipient(**FACTS, agreement_expires_on=today, by=siv), by=per)
    assert send(kari, row)
    row.agreement_expires_on = today - timedelta(days=1)
    with pytest.raises(NotAllowed, match="has run out"):
        send(kari, row)


def test_while_proposed_everything_changes_and_who_changed_last_cannot_approve(siv, per):
    row = propose_recipient(**FACTS, by=siv)
    row = change_recipient(row, changes={"country": "SE", "address": "Havna 1"}, by=per)
    assert (row.country, row.proposed_change, row.proposed_by) == ("SE", {}, per.pk)
    with pytest.raises(OwnApproval):
        approve_recipient(row, by=per)
    assert approve_recipient(row, by=siv).state == "active"


def test_what_was_agreed_changes_only_with_a_second_person(kari, siv, per):
    row = approve_recipient(propose_recipient(**FACTS, by=siv), by=per)
    expires = timezone.localdate() + timedelta(days=90)
    changes = {"allowed_fields": ["name", "phone"], "contact_route": "vern@ferge.example", "name": "Fergen AS"}
    row = change_recipient(row, changes=changes | {"agreement_expires_on": expires}, paper=paper(), by=siv)
    assert (row.allowed_fields, row.contact_route) == (["name"], "vern@ferge.example")
    assert set(row.proposed_change) == {
        "allowed_fields",
        "agreement_expires_on",
        "agreement",
        "agreement_sha256",
    }
    assert [kind for _paper, kind, _until in papers_of(row)] == ["proposed"]
    with pytest.raises(OwnApproval):
        approve_change(row, by=siv)
    row = approve_change(row, by=per)
    assert (row.allowed_fields, row.agreement_expires_on) == (["name", "phone"], expires)
    assert row.proposed_change == {} and row.change_at is None and row.agreement is not None
    with pytest.raises(RecipientRefused):
        approve_change(row, by=per)
    row = approve_change(change_recipient(row, changes={}, paper=paper(b"%PDF two %%EOF"), by=siv), by=per)
    assert [(kind, until) for _paper, kind, until in papers_of(row)] == [("current", expires), ("past", expires)]


def test_a_change_that_would_leave_something_missing_is_refused(siv, per):
    row = approve_recipient(propose_recipient(**FACTS, by=siv), by=per)
    row = change_recipient(row, changes={"role": "dpv:DataProcessor"}, by=siv)
    with pytest.raises(RecipientRefused, match="processor needs"):
        approve_change(row, by=per)
    row.refresh_from_db()
    assert row.role == "dpv:ThirdParty" and row.proposed_change


def test_a_declined_change_leaves_everything_and_its_paper_in_sight(siv, per):
    row = approve_recipient(propose_recipient(**FACTS, by=siv), by=per)
    row = decline_change(change_recipient(row, changes={"country": "SE"}, paper=paper(), by=siv), by=per)
    assert (row.country, row.agreement_id, row.proposed_change) == ("NO", None, {})
    assert [kind for _paper, kind, _until in papers_of(row)] == ["past"]
    row = decline_change(change_recipient(row, changes={"country": "SE"}, by=siv), by=siv)
    assert row.proposed_change == {} and OfficeDocument.objects.count() == 1
    with pytest.raises(RecipientRefused):
        decline_change(row, by=per)


def test_anybody_stops_it_at_once_and_another_lets_it_go_on(kari, siv, per):
    row = approve_recipient(propose_recipient(**FACTS, by=siv), by=per)
    assert send(kari, row)
    row = suspend_recipient(row, by=siv)
    with pytest.raises(NotAllowed):
        send(kari, row)
    with pytest.raises(RecipientRefused):
        suspend_recipient(row, by=siv)
    with pytest.raises(OwnApproval):
        resume_recipient(row, by=siv)
    row = resume_recipient(row, by=per)
    assert send(kari, row)
    with pytest.raises(RecipientRefused):
        resume_recipient(row, by=per)


def test_an_ended_recipient_stays_as_it_was(siv, per):
    row = approve_recipient(propose_recipient(**FACTS, by=siv), by=per)
    row = end_recipient(change_recipient(row, changes={"country": "SE"}, by=siv), by=siv)
    assert (row.state, row.proposed_change) == ("ended", {})
    for act in (
        lambda: change_recipient(row, changes={"address": "x"}, by=siv),
        lambda: end_recipient(row, by=siv),
        lambda: suspend_recipient(row, by=siv),
    ):
        with pytest.raises(RecipientRefused):
            act()


def test_the_three_carriers_are_active_and_tnt_is_marked_to_be_verified(db):
    rows = {row.code: row for row in Recipient.objects.filter(kind="carrier")}
    assert {row.state for row in rows.values()} == {"active"} and set(rows) == {"bring", "tnt", "ramberg"}
    assert "verified" in rows["tnt"].transfer_tool
