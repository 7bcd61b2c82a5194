import csv
import io

import pytest

from privacy import registry


@pytest.fixture
def found(run, db):
    ended = run("privacy_register", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    return ended.document


def test_the_document_has_every_promised_key_even_when_nobody_is_in_the_database(found):
    assert set(found) == {"controller", "activities", "fields", "excused"}
    promised = {"code", "purpose", "basis", "article", "categories", "recipients", "keep", "measures"}
    assert found["activities"] and all(promised <= set(activity) for activity in found["activities"])
    columns = {"model", "field", "category", "activity", "keep", "on_erase", "encrypted", "scope"}
    assert found["fields"] and all(set(row) == columns for row in found["fields"])
    assert found["excused"] and all(set(row) == {"model", "field", "because"} for row in found["excused"])
    assert found["controller"]["name"]


def test_every_declared_column_is_there_once(found):
    listed = [(row["model"], row["field"]) for row in found["fields"]]
    declared = [(each.name(), name) for each in registry.declarations() for name in each.fields]
    assert sorted(listed) == sorted(declared) and len(set(listed)) == len(listed)


def test_recipients_are_named_by_their_own_name(run, ferry):
    (stays,) = [each for each in run("privacy_register", "--format", "json").document["activities"] if _is_toy(each)]
    assert stays["recipients"] == ["Fergen AS"]
    assert "Fergen AS" in run("privacy_register").out
    assert "- recipients: Fergen AS" in run("privacy_register", "--format", "md").out


def _is_toy(activity):
    return activity["code"] == "toy-stays"


def test_csv_says_what_the_document_says_row_by_row(run, found):
    ended = run("privacy_register", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out), strict=True))
    assert (ended.code, ended.err) == (0, "") and all(None not in row for row in rows)
    columns, excuses = rows[: len(found["fields"])], rows[len(found["fields"]) :]
    assert columns == [{name: str(value) for name, value in row.items()} for row in found["fields"]]
    assert [(row["model"], row["field"], row["category"]) for row in excuses] == [
        (row["model"], row["field"], f"excused: {row['because']}") for row in found["excused"]
    ]
    assert {row["keep"] for row in excuses} == {""}


def test_markdown_has_each_activity_with_basis_and_every_kind_of_period(run, found):
    ended = run("privacy_register", "--format", "md")
    lines = ended.out.splitlines()
    assert ended.code == 0 and lines[0] == f"# Record of processing: {found['controller']['name']}"
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == [f"## {each['title']} (`{each['code']}`)" for each in found["activities"]]
    assert "- Guests: P24M (N55)" in lines and "- Bookings: with guest (N55)" in lines
    assert "- Doors opened: as long as you come here (N12)" in lines
    assert "- law: bokføringsloven § 13" in lines and "- recipients: none" in lines


def test_text_counts_columns_and_excuses(run, found):
    lines = run("privacy_register").out.splitlines()
    assert len(lines) == len(found["activities"]) + 1
    assert lines[-1] == f"{len(found['fields'])} columns classified, {len(found['excused'])} excuses."


def test_an_unknown_format_is_a_mistake_of_use(run, db):
    ended = run("privacy_register", "--format", "xml")
    assert ended.is_refused(2) and "xml" in ended.err and ended.out == ""
