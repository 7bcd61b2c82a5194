"""How the page sorts what is held, and the sentences about basis and rights."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from privacy import registry
from privacy.declare import Activity, Basis
from privacy.queries import HeldAbout, HeldGroup, HeldRecord, HeldValue
from privacy.reach import Kept
from privacy.screens import sections

DAY = date(2026, 3, 12)
VALUE = HeldValue("email", "E-mail", "x", "email", "provided")


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def record(until=None, hold=None, values=1, key="1", **more):
    return HeldRecord(key, f"record {key}", [replace(VALUE, **more)] * values, until, "a rule", hold, "")


def group(*records, label="accounts.User", title="Account"):
    return HeldGroup(registry.declaration_of(label), title, list(records), "a rule")


def about(*groups, disclosures=()):
    return HeldAbout(None, DAY, "en", list(groups), [], list(disclosures), [])


def test_the_summary_leaves_bookkeeping_out_and_names_the_next_deletion():
    held = about(
        group(record(DAY + timedelta(days=9)), record(DAY + timedelta(days=5), key="2")),
        group(record(DAY + timedelta(days=1)), label="privacy.Copy", title="Copies"),
        group(record(DAY - timedelta(days=1)), label="crm.Contact", title="Contact"),
        disclosures=[1, 2],
    )
    summary = sections.summary(held)
    assert (summary.things, summary.groups, summary.shared) == (3, 2, 2)
    assert (summary.next_deletion, summary.next_title) == (DAY + timedelta(days=5), "Account")
    assert [each.title for each in sections.bookkeeping(held)] == ["Copies"]


def test_today_still_counts_and_yesterday_does_not():
    assert sections.summary(about(group(record(DAY)))).next_deletion == DAY
    assert sections.summary(about(group(record(DAY - timedelta(days=1))))).next_deletion is None


def test_a_hold_moves_the_next_deletion():
    held = record(DAY, hold=Kept("law", "reason", DAY + timedelta(days=3), False))
    open_end = record(DAY, hold=Kept("law", "reason", None, False))
    assert sections.summary(about(group(held))).next_deletion == DAY + timedelta(days=3)
    assert sections.summary(about(group(open_end))).next_deletion is None


def test_nothing_held_is_a_summary_too():
    assert sections.summary(about()) == sections.Summary(0, 0, 0, None, "")


def test_what_stands_on_its_own_comes_before_what_goes_with_it():
    held = about(
        group(record(), label="crm.Employment", title="Where you work"),
        group(record(), label="crm.Contact", title="Contact details"),
        group(record(), label="privacy.TrailEntry", title="Trail"),
    )
    (section,) = sections.sections(held)
    assert [each.title for each in section.groups] == ["Contact details", "Where you work"]
    assert section.activity.code == "customer-relations"


@pytest.mark.parametrize(
    ("records", "values", "editable", "expected"),
    [(3, 5, False, True), (2, 5, False, False), (3, 6, False, False), (3, 5, True, False)],
)
def test_short_rows_are_a_table(records, values, editable, expected):
    made = group(*[record(values=values, editable=editable)] * records)
    assert sections.as_table(made) is expected


def test_the_newest_rows_come_first_whatever_the_order_of_the_class():
    rows = [record(key=str(number)) for number in range(sections.MOST_ROWS + 1)]
    upward = group(*rows, label="privacy.TrailEntry")
    downward = group(*rows, label="privacy.Disclosure")
    assert [each.key for each in sections.newest(upward)][:2] == ["50", "49"]
    assert [each.key for each in sections.newest(downward)][:2] == ["0", "1"]
    assert len(sections.newest(upward)) == len(sections.newest(downward)) == sections.MOST_ROWS


def test_headings_and_files_are_found_by_record():
    stored = object()
    held = about(group(HeldRecord("k", "An application", [], None, "", None, "", [stored])))
    assert sections.headings(held) == {"k": "An application"}
    assert sections.files_in(held) == [stored]


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [("given", DAY, True), ("given", DAY - timedelta(days=1), False), ("withdrawn", None, False)],
)
def test_a_consent_stands_to_its_last_day(state, until, expected):
    assert sections.standing(SimpleNamespace(state=state, valid_until=until), DAY) is expected


@pytest.mark.parametrize(
    ("basis", "why", "what"),
    [
        (Basis.CONSENT, "You said yes to it (GDPR Art 6(1)(a)).", "take your yes back"),
        (Basis.LEGAL_DUTY, "A law requires it: loven § 1 (GDPR Art 6(1)(c)).", "we cannot delete it"),
        (
            Basis.LEGITIMATE_INTEREST,
            "We have a legitimate interest (GDPR Art 6(1)(f)): To know.",
            "You can also object",
        ),
        (Basis.CONTRACT, "We need it for our contract with you", "when what we agreed on is done"),
        (
            Basis.ENTER_CONTRACT,
            "You asked for something that comes before a contract",
            "when what we agreed on is done",
        ),
    ],
)
def test_buttons_follow_the_basis_in_words(basis, why, what):
    activity = Activity(
        code="x",
        title="X",
        plainly="X",
        purpose="dpv:X",
        basis=basis,
        notice=(),
        interest="To know.",
        law="loven § 1",
        consent="x",
    )
    assert why in sections.basis_text(activity)
    assert what in sections.rights_text(activity)
