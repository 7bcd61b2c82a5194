"""What a copy says about itself: the facts of Art 15(1), what is left out, and when everything goes."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from privacy import registry
from privacy.actions import give_consent, log_disclosure, place_hold
from privacy.declare import INFERRED, Category, Field
from privacy.models import Copy, Recipient, RequestEvent, RequestMessage, SubjectRequest
from tests.privacy.bags import contents, document, lines_of
from tests.toy.models import Guest, Remark
from tests.toy.personal_data import STAYS, GuestData, RemarkData

UNTIL = date(2031, 12, 31)


@pytest.fixture
def full(kari, wording, ferry):
    """Kari with a consent, a disclosure and a hold."""
    give_consent(kari.subject, text=wording, method="form", by=None)
    log_disclosure(kari.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
    law = "bokføringsloven § 13"
    place_hold(kari.bill, subject=kari.subject, by=None, ground="statutory", law=law, reason="x", until=UNTIL)
    return kari


def case(person, copy, **more):
    facts = {"right": "access", "channel": "web", "state": "in_progress", "number": "SR-2026-000123"}
    days = {"received_on": date(2026, 2, 27), "due_on": date(2026, 3, 27)}
    return SubjectRequest.objects.create(subject=person.subject, copy=copy, **facts, **days, **more)


def test_the_export_has_every_key_and_says_who_why_and_what(full):
    files = contents(full)
    export = json.loads(files["data/export.json"])
    assert set(export) == {
        "@context", "@type", "schema", "dct:identifier", "request", "dpv:hasRight", "dpv:hasRequestStatus", "received",
        "due", "generated", "language", "complete", "controller", "authority", "subject", "notice", "processing",
        "records", "documents", "notHeld", "acted", "recipients", "withheld", "secrets", "manifest",
    }  # fmt: skip
    assert (export["schema"], export["complete"], export["generated"], export["@type"]) == (
        "cn-export/1.0", True, "2026-03-01T11:30:00Z", "dpv:RightExerciseRecord",
    )  # fmt: skip
    assert (export["dpv:hasRight"], export["dpv:hasRequestStatus"]) == (
        ["eu-gdpr:A15", "eu-gdpr:A20"], "dpv:RequestFulfilled",
    )  # fmt: skip
    assert export["controller"]["country"] == "NO" and export["controller"]["representedBy"]
    assert export["authority"]["name"] == "Datatilsynet"
    assert export["subject"] == {"id": str(full.subject.pk), "roles": ["guest"], "language": "nb"}
    assert set(export["notice"]) == {"version", "published", "sha256", "url"} and export["notice"]["sha256"] is None
    assert export["recipients"] == [
        {"name": "Fergen AS", "role": "dpv:ThirdParty", "country": "NO", "disclosures": 1, "file": "disclosures.json"}
    ]
    listed = {part["path"]: part["sha256"] for part in export["manifest"]}
    assert listed == {
        name: digest for name, digest in lines_of(files["manifest-sha256.txt"]).items() if name != "data/export.json"
    }
    assert all(set(part) == {"path", "bytes", "sha256", "mediaType"} for part in export["manifest"])


def test_a_process_says_all_of_article_15(full):
    processing = document(full, "export.json")["processing"]
    stays = next(row for row in processing if row["code"] == "toy-stays")
    assert stays["dpv:hasLegalBasis"] == "eu-gdpr:A6-1-a" and "eu-gdpr:A7-3" in stays["dpv:hasRight"]
    assert (stays["@type"], stays["dpv:hasPurpose"], stays["automatedDecision"]) == (
        "dpv:Process", "dpv:ServiceProvision", False,
    )  # fmt: skip
    assert {"pd:Name", "pd:EmailAddress", "pd:TelephoneNumber"} <= set(stays["dpv:hasPersonalData"])
    assert stays["dpv:hasRecipient"] == ["Fergen AS"] and stays["transfer"] is None
    condition = stays["dpv:hasStorageCondition"]
    assert (condition["@type"], condition["period"], condition["from"], condition["until"]) == (
        "dpv:StorageDuration", "P24M", "visit", "2028-01-31",
    )  # fmt: skip
    doors = next(row for row in condition["classes"] if row["class"] == "Doors opened")
    assert (doors["@type"], doors["period"]) == ("dpv:StorageCondition", None)
    assert "for a day" in stays["source"] and "asked for by you" in stays["source"]
    assert document(full, "processing.jsonld") == {
        "@context": document(full, "export.json")["@context"],
        "@graph": processing,
    }


def test_a_recipient_outside_the_eea_is_a_transfer(full):
    Recipient.objects.update_or_create(code="ferry", defaults={"country": "US", "transfer_tool": "SCC 2021/914"})
    (stays,) = [row for row in document(full, "export.json")["processing"] if row["code"] == "toy-stays"]
    assert stays["transfer"] == [{"recipient": "Fergen AS", "country": "US", "tool": "SCC 2021/914"}]
    Recipient.objects.filter(code="ferry").update(transfer_tool="")
    (stays,) = [row for row in document(full, "export.json")["processing"] if row["code"] == "toy-stays"]
    assert stays["transfer"][0]["tool"] is None


def test_each_class_has_its_category_scope_and_end(full):
    rows = {row["file"]: row for row in document(full, "export.json")["records"]}
    bill = rows["records/toy.bill.json"]
    assert (bill["items"], bill["keptUntil"], bill["activity"]) == (1, "2031-12-31", "toy-bookkeeping")
    assert bill["hold"] == {"law": "bokføringsloven § 13", "reason": "x", "until": "2031-12-31"}
    assert (bill["category"], bill["scope"]) == ("pd:PaymentCard", "provided")
    assert bill["fields"]["note"] == {"category": "pd:Communication", "scope": "provided"}
    assert rows["records/toy.doorlog.json"]["scope"] == "observed" and rows["records/toy.guest.json"]["hold"] is None
    assert rows["records/privacy.legalhold.json"]["accessOnly"] == ["ground", "law", "reason", "until"]
    assert all(row["scope"] in ("provided", "observed", "inferred", "about") for row in rows.values())


def test_the_retention_document_says_when_and_by_which_rule(full):
    rows = {row["file"]: row for row in document(full, "retention.json", language="en")}
    assert rows["records/toy.guest.json"]["rule"] == "24 months after visit"
    assert (rows["records/toy.guest.json"]["period"], rows["records/toy.guest.json"]["source"]) == ("P24M", "N55")
    assert (rows["records/toy.bill.json"]["held"], rows["records/toy.bill.json"]["hold"]["until"]) == (1, "2031-12-31")
    assert rows["records/toy.doorlog.json"]["period"] is None


def test_what_is_withheld_is_listed_with_its_justification(full):
    found = {(row["file"], row["field"]): row for row in document(full, "withheld.json")}
    kin = found["records/toy.guest.json", "next_of_kin"]
    assert kin["dpv:hasJustification"] == "https://w3id.org/dpv/justifications#ThirdPartyRightsImpaired"
    assert "15" in kin["reason"] and kin["items"] == 1
    code = found["records/toy.guest.json", "door_code"]
    assert code["reason"] and code["dpv:hasJustification"] != kin["dpv:hasJustification"]
    export = document(full, "export.json", language="en")
    assert {(row["file"], row["field"]) for row in export["withheld"]} == set(found)
    assert export["secrets"]["toy.guest.door_code"] == "held in a form nobody can read, not disclosed"
    page = contents(full, language="en")["data/index.html"].decode()
    assert "Next of kin: About somebody else" in page


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses to store such a value")
def test_a_damaged_row_is_named_and_the_rest_is_delivered(full):
    spoilt = Remark.objects.create(subject=full.subject, text="spoilt")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE toy_remark SET written_at = '2026-13-45 10:00:00' WHERE id = %s", [spoilt.pk.hex])
    files = contents(full, language="en")
    (item,) = json.loads(files["data/records/toy.remark.json"])["items"]
    assert item["values"]["text"] == "Kari says"
    (row,) = [row for row in json.loads(files["data/withheld.json"]) if row["record"]]
    assert (row["file"], row["record"]) == ("records/toy.remark.json", str(spoilt.pk)) and "damaged" in row["reason"]
    assert json.loads(files["data/export.json"])["complete"] is False
    assert str(spoilt.pk) in files["data/index.html"].decode()


def test_a_copy_of_a_case_carries_its_number_and_its_days(full):
    copy = Copy.objects.create(subject=full.subject)
    export = document(full, "export.json", copy=copy)
    assert (export["request"], export["received"], export["due"]) == (None, None, None)
    case(full, copy, extended_due_on=date(2026, 5, 27))
    files = contents(full, copy=copy)
    export = json.loads(files["data/export.json"])
    assert (export["request"], export["received"], export["due"], export["dct:identifier"]) == (
        "SR-2026-000123", "2026-02-27", "2026-05-27", str(copy.pk),
    )  # fmt: skip
    assert "<dd>SR-2026-000123</dd>" in files["data/index.html"].decode()


def test_cases_are_told_with_what_happened_and_what_was_written(full, ola):
    first = case(full, None)
    moment = datetime(2026, 2, 27, 12, tzinfo=UTC)
    RequestEvent.objects.create(request=first, kind="received", on=first.received_on, at=moment)
    RequestMessage.objects.create(
        request=first, subject=full.subject, direction="from_person", kind="request", channel="web",
        text="Kari wants to see", on=first.received_on,
    )  # fmt: skip
    (told,) = document(full, "requests.json")
    assert (told["number"], told["right"], told["answered"], told["outcome"]) == (
        "SR-2026-000123",
        "access",
        None,
        None,
    )
    assert told["events"] == [{"kind": "received", "on": "2026-02-27"}]
    assert [message["text"] for message in told["messages"]] == ["Kari wants to see"]
    SubjectRequest.objects.update(state="closed", outcome="fulfilled", answered_on=UNTIL, closed_on=UNTIL)
    assert document(full, "requests.json")[0]["closed"] == "2031-12-31"
    assert "data/requests.json" not in contents(ola)


def test_disclosures_are_listed_one_by_one(full, ola):
    (row,) = document(full, "disclosures.json")
    assert (row["recipient"], row["fields"], row["activity"]) == ("Fergen AS", ["name"], "toy-stays")
    assert "Fergen AS" in contents(full)["data/index.html"].decode()
    assert "data/disclosures.json" not in contents(ola)


def test_an_account_is_told_with_what_belongs_to_it(siv, kari):
    rows = document(siv, "account.json")
    assert rows[0]["class"] == "accounts.user" and rows[0]["values"]["email"] == siv.email
    assert rows[0]["values"]["password"] is None
    assert "account.json" in document(kari, "export.json")["notHeld"]


def test_what_was_worked_out_and_what_was_clicked_have_documents_of_their_own(kari, monkeypatch):
    assert {"profile.json", "events.jsonl"} <= set(document(kari, "export.json")["notHeld"])
    guessed = GuestData.fields | {"diet": Field(Category.INTEREST, scope=INFERRED)}
    clicked = RemarkData.fields | {"text": Field(Category.BEHAVIOUR)}
    monkeypatch.setattr(registry.declaration_of(Guest), "fields", guessed)
    monkeypatch.setattr(registry.declaration_of(Remark), "fields", clicked)
    files = contents(kari)
    assert json.loads(files["data/profile.json"]) == [
        {"class": "toy.guest", "id": str(kari.guest.pk), "inferred": {"diet": ["Kari eats fish"]}}
    ]
    (line,) = files["data/events.jsonl"].splitlines()
    assert json.loads(line)["text"] == "Kari says"
    assert not {"profile.json", "events.jsonl"} & set(json.loads(files["data/export.json"])["notHeld"])


def test_what_a_colleague_did_is_a_number(siv, kari):
    Guest.objects.filter(pk=kari.guest.pk).update(host=siv)
    files = contents(siv, language="en")
    assert json.loads(files["data/export.json"])["acted"] == [{"what": "guests", "count": 1}]
    assert "guests: 1" in files["data/index.html"].decode()
    assert b"Kari" not in b"".join(files.values())
    assert STAYS.code not in [row["activity"] for row in json.loads(files["data/export.json"])["records"]]
