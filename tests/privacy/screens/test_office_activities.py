"""The record of processing and the data map (Art 30, N2, N3, N60, L31, T6)."""

import csv
import io
import json
import re

import pytest

from privacy import registry
from privacy.declare import Category
from privacy.models import Recipient, Screening
from privacy.queries.register import controller
from privacy.screens.office_activities import COLUMNS

PAGE = "/admin/privacy/register-of-processing/"
# Empty where there is nothing to say: no partner, no transfer, no law besides the article, nothing to review.
MAY_BE_EMPTY = {"recipients", "transfers", "law", "interest", "review", "assessments"}


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_every_activity_is_there_with_article_recipients_and_what_is_under_review(officer, enter):
    shown = text_of(enter(officer).get(PAGE))
    for activity in registry.activities():
        assert f'id="a-{activity.code}"' in shown
    assert controller()["name"] in shown and "LOV-2018-06-15-38" in shown
    assert "Bring (independent controller, NO)" in shown and "GDPR Art 6(1)(f)" in shown
    assert "basis under review" in shown and "locked offices" in shown


def test_filters_narrow_to_a_basis_a_recipient_or_what_is_under_review(officer, enter):
    client = enter(officer)
    for query in ({"basis": "eu-gdpr:A6-1-c"}, {"recipient": "Bring"}, {"review": "on"}):
        shown = client.get(PAGE, query).context["shown"]
        assert 0 < len(shown) < len(registry.activities()), query
    codes = {activity["code"] for activity in client.get(PAGE, {"review": "on"}).context["shown"]}
    assert "recruitment" in codes
    assert "No activity fits" in text_of(client.get(PAGE, {"basis": "eu-gdpr:A6-1-c", "recipient": "Bring"}))
    assert len(client.get(PAGE, {"basis": "mainly"}).context["shown"]) == len(registry.activities())


def test_the_table_fills_every_column_of_article_30(officer, enter):
    answer = enter(officer).get(f"{PAGE}record.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == len(registry.activities()) and list(rows[0]) == list(COLUMNS)
    own = [row for row in rows if not row["code"].startswith("toy-")]
    assert [(row["code"], name) for row in own for name in COLUMNS if not row[name] and name not in MAY_BE_EMPTY] == []
    delivery = next(row for row in rows if row["code"] == "deliveries")
    assert "Bring" in delivery["recipients"] and "TNT" in delivery["transfers"] and "month" in delivery["retention"]


def test_the_linked_data_speaks_dpv(officer, enter):
    found = json.loads(enter(officer).get(f"{PAGE}record.jsonld").content)
    assert found["@context"]["dpv"] == "https://w3id.org/dpv#"
    assert found["dpv:hasDataController"]["schema:name"] == controller()["name"]
    processes = {each["dct:identifier"]: each for each in found["dpv:hasProcess"]}
    assert set(processes) == {activity.code for activity in registry.activities()}
    delivery = processes["deliveries"]
    assert delivery["@type"] == "dpv:Process" and delivery["dpv:hasLegalBasis"] == "eu-gdpr:A6-1-f"
    assert {each["schema:name"] for each in delivery["dpv:hasRecipient"]} >= {"Bring", "TNT", "Ramberg"}
    assert delivery["dpv:hasStorageCondition"][0]["@type"] == "dpv:StorageDuration"
    assert all(each["dpv:hasStorageCondition"] and each["dpv:hasRight"] for each in processes.values())
    assert processes["recruitment"]["basisReview"] and processes["recruitment"]["automatedDecision"] is False


def test_a_missing_assessment_and_an_ended_partner_show(officer, enter):
    Screening.objects.filter(activity="recruitment").update(state="rejected")
    Recipient.objects.filter(code="ramberg").update(state="ended")
    shown = text_of(enter(officer).get(PAGE))
    assert "missing, so it does not begin" in shown and "Ramberg (" not in shown


def test_the_data_map_shows_each_kind_of_the_notice_and_each_column(officer, enter):
    answer = enter(officer).get("/admin/privacy/data-map/")
    shown = text_of(answer)
    assert {f"N{number}" for number in range(4, 16)} <= {each.notice for each in Category}
    for each in Category:
        assert each.notice in shown
    rows = answer.context["rows"]
    assert all(row["keep"] and row["on_erase"] for row in rows)
    assert any(row["model"] == "crm.Contact" and row["field"] == "phone" and row["encrypted"] for row in rows)


def test_the_data_map_narrows(officer, enter):
    client = enter(officer)
    rows = client.get("/admin/privacy/data-map/", {"category": "phone", "activity": "deliveries"}).context["rows"]
    assert {(row["category"], row["activity"]) for row in rows} == {("pd:TelephoneNumber", "deliveries")}
    assert "No column fits" in text_of(
        client.get("/admin/privacy/data-map/", {"category": "gender", "activity": "accounting"})
    )
    assert client.get("/admin/privacy/data-map/", {"category": "shoes"}).context["rows"]


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}record.csv", f"{PAGE}record.jsonld", "/admin/privacy/data-map/"])
def test_a_colleague_without_the_right_does_not_enter(outsider, enter, path):
    assert enter(outsider).get(path).status_code == 403
