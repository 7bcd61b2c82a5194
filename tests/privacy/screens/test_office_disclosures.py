"""The office's log of hand-overs, what waits and who is to be told (N48, N49, L44, F28)."""

import csv
import io
import re

import pytest
from django.utils import timezone

from privacy.actions import NotSent, hand_over, log_disclosure, log_received
from privacy.models import InformationDuty, PendingHandOver, TrailEntry
from privacy.queries import disclosures as queries

LOG = "/admin/privacy/hand-overs/"


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def sent(kari, bring):
    return log_disclosure(
        kari.subject, recipient=bring, payload={"email": "x"}, activity="accounts", by=kari, about=kari
    )


@pytest.fixture
def duty(kari, bring):
    return log_received(kari.subject, recipient=bring, payload={"email": "x"}, activity="accounts", by=None)


def test_every_hand_over_stands_there_by_number_and_nobody_by_name(officer, enter, sent, duty):
    shown = text_of(enter(officer).get(LOG))
    assert "Postbudet AS" in shown and str(sent.pk)[:8] in shown and "<svg" in shown
    assert "Karikanari" not in shown and "People to be told" in shown


def test_filters_narrow_and_say_when_nothing_fits(officer, enter, sent, duty):
    client, month = enter(officer), f"{timezone.localdate():%Y-%m}"
    assert len(client.get(LOG, {"direction": "sent"}).context["rows"].object_list) == 1
    both = {"recipient": "postbud", "month": month, "activity": "accounts"}
    assert len(client.get(LOG, both).context["rows"].object_list) == 2
    assert len(client.get(LOG, {"month": "no month", "recipient": "x"}).context["rows"].object_list) == 2
    assert "No hand-over fits" in text_of(client.get(LOG, {"recipient": "bring"}))


def test_an_empty_log_says_what_will_stand_there(officer, enter):
    assert "Nothing has been handed over yet" in text_of(enter(officer).get(LOG))


def test_an_export_names_its_purpose_and_is_noted(officer, enter, sent, duty):
    client = enter(officer)
    assert "What is it for?" in text_of(client.get(f"{LOG}export/"))
    for purpose, sentence in (("", "Say what it is for"), ("marketing-email", "not collected for")):
        assert sentence in text_of(client.post(f"{LOG}export/", {"activity": purpose}))
    assert not TrailEntry.objects.filter(action="disclosures.exported").exists()
    answer = client.post(f"{LOG}export/?direction=sent", {"activity": "rights"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["id"], row["recipient"], row["fields"]) for row in rows] == [(str(sent.pk), "Postbudet AS", "email")]
    assert rows[0]["purpose"] == "dpv:EnforceAccessControl"
    entry = TrailEntry.objects.get(action="disclosures.exported")
    assert (entry.actor, entry.reason) == (officer.pk, "rights")


@pytest.mark.parametrize("value", ["=1+1", "+47", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(value):
    assert queries.safe(value) == f"'{value}" and queries.safe("Bring") == "Bring"


def test_rows_older_than_the_column_take_the_purpose_of_their_activity(sent):
    sent.purpose = ""
    assert queries.purpose_of(sent) == "dpv:EnforceAccessControl"
    sent.activity = "forgotten"
    assert queries.purpose_of(sent) == ""


def test_what_a_partner_did_not_take_is_called_off_from_here(officer, enter, kari, bring):
    def refuse(payload):
        raise NotSent("busy")

    with pytest.raises(NotSent):
        hand_over(kari.subject, recipient=bring, values={"email": "x"}, activity="accounts", send=refuse, by=None)
    client, row = enter(officer), PendingHandOver.objects.get()
    assert "Not taken by the partner" in text_of(client.get(LOG))
    assert "Called off" in text_of(client.post(f"{LOG}waiting/{row.pk}/drop/", follow=True))
    assert client.post(f"{LOG}waiting/{row.pk}/drop/").status_code == 404
    assert "Not taken by the partner" not in text_of(client.get(LOG))


def test_who_was_told_is_noted_and_how(officer, enter, duty):
    client = enter(officer)
    assert "Say how the person was told" in text_of(client.post(f"{LOG}tell/{duty.pk}/", follow=True))
    assert "The task is closed" in text_of(client.post(f"{LOG}tell/{duty.pk}/", {"how": "letter"}, follow=True))
    assert InformationDuty.objects.get().how == "letter"


def test_what_may_not_be_told_yet_is_marked(officer, enter, kari, bring):
    log = {"recipient": bring, "payload": {"email": "x"}, "activity": "accounts", "by": None}
    log_disclosure(kari.subject, hidden_until=timezone.localdate(), **log)
    assert "not to be told until after" in text_of(enter(officer).get(LOG))


def test_a_log_of_several_pages_is_turned(officer, enter, kari, bring, monkeypatch):
    monkeypatch.setattr("privacy.screens.office_disclosures.ON_A_PAGE", 1)
    for _number in range(3):
        log_disclosure(kari.subject, recipient=bring, payload={"email": "x"}, activity="accounts", by=None)
    shown = text_of(enter(officer).get(LOG, {"p": 2, "direction": "sent"}))
    assert "Page 2 of 3" in shown and "direction=sent&amp;p=3" in shown


@pytest.mark.parametrize("path", ["", "export/"])
def test_a_colleague_without_the_right_learns_nothing(outsider, enter, sent, path):
    answer = enter(outsider).get(LOG + path)
    assert answer.status_code == 403 and "Postbudet" not in text_of(answer)
