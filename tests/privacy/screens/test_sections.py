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
from privacy.screens import rights, sections

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
    ("basis", "why"),
    [
        (Basis.CONSENT, "You said yes to it (GDPR Art 6(1)(a))."),
        (Basis.LEGAL_DUTY, "A law requires it: loven § 1 (GDPR Art 6(1)(c))."),
        (Basis.LEGITIMATE_INTEREST, "We have a legitimate interest (GDPR Art 6(1)(f)): To know."),
        (Basis.CONTRACT, "We need it for our contract with you (GDPR Art 6(1)(b))."),
        (Basis.ENTER_CONTRACT, "You asked for something that comes before a contract"),
    ],
)
def test_the_basis_is_said_in_words(basis, why):
    assert why in sections.basis_text(activity(basis))


def activity(basis):
    return Activity(
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


# Which rights follow from which basis: the last line of section 5 of the notice map, spelt out.
EVERYWHERE = {"access", "correction", "restriction"}
FOLLOW = {
    Basis.CONSENT: EVERYWHERE | {"withdrawal", "erasure", "portability", "no_automated_decision"},
    Basis.CONTRACT: EVERYWHERE | {"erasure", "portability", "no_automated_decision"},
    Basis.ENTER_CONTRACT: EVERYWHERE | {"erasure", "portability", "no_automated_decision"},
    Basis.LEGAL_DUTY: EVERYWHERE,
    Basis.LEGITIMATE_INTEREST: EVERYWHERE | {"erasure", "objection", "no_automated_decision"},
}


@pytest.mark.parametrize("basis", list(Basis), ids=lambda basis: basis.name)
def test_buttons_follow_the_basis_and_the_others_say_why_not(basis):
    found = {offer.right: offer for offer in rights.offers(activity(basis))}
    assert set(found) == set(rights.Right.values)
    assert {right for right, offer in found.items() if not offer.why} == FOLLOW[basis]
    for right in set(found) - FOLLOW[basis]:
        assert len(found[right].why.split()) > 8, f"{right} is refused without saying what helps instead"


@pytest.mark.parametrize(
    ("basis", "right", "words"),
    [
        (Basis.CONSENT, "objection", "take your yes back"),
        (Basis.CONTRACT, "objection", "This rests on what we agreed with you."),
        (Basis.CONTRACT, "withdrawal", "not on a separate yes"),
        (Basis.LEGAL_DUTY, "objection", "A law requires this"),
        (Basis.LEGAL_DUTY, "withdrawal", "but on a law"),
        (Basis.LEGAL_DUTY, "erasure", "as long as the law requires it (loven § 1)"),
        (Basis.LEGAL_DUTY, "no_automated_decision", "Nothing is decided here"),
        (Basis.LEGAL_DUTY, "portability", "Your copy has this too"),
        (Basis.LEGITIMATE_INTEREST, "withdrawal", "You can object instead."),
    ],
)
def test_what_does_not_follow_says_what_helps_instead(basis, right, words):
    assert words in rights.why_not(right, activity(basis))


def test_each_right_has_the_page_it_starts_on():
    found = {offer.right: offer.url for offer in rights.all_rights()}
    assert found == {
        "access": "/my-data/copy/",
        "correction": "/my-data/correct/",
        "erasure": "/my-data/erase/",
        "restriction": "/my-data/pause/",
        "objection": "/my-data/object/",
        "withdrawal": "/my-data/consents/",
        "portability": "/my-data/copy/?for=portability",
        "no_automated_decision": "/my-data/no-machine/",
    }
    here = {offer.right: offer.url for offer in rights.offers(activity(Basis.LEGITIMATE_INTEREST))}
    assert (here["objection"], here["correction"]) == ("/my-data/object/#x", "/my-data/correct/#x")


def test_the_history_of_sign_ins_stands_apart():
    held = about(group(record(), label="accounts.SignInEvent", title="Sign-ins"), group(record(key="2")))
    assert [each.title for each in sections.sign_ins(held)] == ["Sign-ins"]
    assert [each.title for section in sections.sections(held) for each in section.groups] == ["Account"]


def test_requests_and_looks_are_no_bookkeeping_because_they_have_their_place():
    held = about(
        group(record(), label="privacy.SubjectRequest", title="Requests"),
        group(record(), label="privacy.StaffRead", title="Looks"),
        group(record(), label="privacy.TrailEntry", title="Trail"),
    )
    assert [each.title for each in sections.bookkeeping(held)] == ["Trail"]


def test_hand_overs_are_found_by_their_record():
    first = SimpleNamespace(about_model="crm.Delivery", about_pk="7")
    other = SimpleNamespace(about_model="", about_pk="")
    assert sections.shared_by_record(about(disclosures=[first, other, first])) == {"crm.delivery 7": [first, first]}
