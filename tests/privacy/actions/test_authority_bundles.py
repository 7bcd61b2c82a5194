"""The hand-over: what the scope says and no more, logged per person, kept from them until the day (N51, T24, T36)."""

import contextlib
import json
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.translation import override

from privacy.actions import authority_bundles, authority_cases
from privacy.actions.disclosure import NotAllowed, log_disclosure
from privacy.actions.files import reconcile_files
from privacy.actions.gate_cases import today
from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.models import Disclosure, OfficeDocument, Recipient, StaffRead, TrailEntry
from privacy.rules.gates import GateRefused, IllegalMove, review_due
from privacy.second_person import OwnApproval
from tests.privacy.actions import gating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def manager(per):
    ensure_roles()
    per.groups.add(Group.objects.get(name=MANAGERS))
    return per


def test_the_package_holds_the_scope_and_nothing_else(siv, per, kari, ola):
    case = gating.handed_over(siv, per, kari.subject, categories=("name", "phone"))
    files = gating.unzip(case, siv)
    text = "".join(files.values())
    assert "Kari Gjest" in text and "Kari 22" in text
    for outside in ("kari@gjest.example", "Kari wishes", "Kari AS", "eats fish", "Ola"):
        assert outside not in text, outside
    # Somebody else's name is of the category, and is never handed over; neither is what nobody can read.
    assert "mother" not in text and "Kari-code" not in text
    facts = json.loads(files["data/case.json"])
    assert facts["number"] == case.number and facts["order_sha256"] == case.paper.sha256
    assert [person["id"] for person in facts["persons"]] == [str(kari.subject.pk)]
    assert "bagit.txt" in files and "data/case.json" in files["manifest-sha256.txt"]


def test_rows_outside_the_period_stay_and_who_somebody_is_has_no_day(siv, per, kari):
    for number, on in enumerate((date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))):
        StaffRead.objects.create(
            subject=kari.subject, actor=siv.pk, model="toy.Guest", object_pk=str(number), on=on, role=f"role{number}"
        )
    period = {"period_from": date(2026, 2, 1), "period_to": date(2026, 2, 28)}
    case = gating.handed_over(siv, per, kari.subject, categories=("rights", "name"), **period)
    text = "".join(gating.unzip(case, siv).values())
    assert '"on": "2026-02-01"' in text and '"on": "2026-02-28"' in text and "Kari Gjest" in text
    assert "2026-01-31" not in text and '"on": "2026-03-01"' not in text


def test_one_row_per_person_is_logged_with_field_names_basis_and_both_names(siv, per, kari, ola):
    gag = today() + timedelta(days=10)
    case = gating.handed_over(siv, per, kari.subject, ola.subject, gag_until=gag, categories=("name",))
    rows = Disclosure.objects.order_by("at")
    assert {row.subject for row in rows} == {kari.subject, ola.subject}
    for row in rows:
        assert (row.activity, row.basis) == ("authority-requests", "eu-gdpr:A6-1-c")
        assert (row.case, row.approver, row.actor, row.hidden_until) == (case.pk, per.pk, siv.pk, gag)
        assert "name" in row.field_names and "email" not in row.field_names
    recipient = rows[0].recipient
    assert (recipient.role, recipient.state, recipient.name) == ("dpv:Authority", "ended", "Oslo tingrett")
    assert case.bundle_sha256 == case.bundle.sha256 and case.handed_over_on == today()


def test_a_later_act_cannot_use_the_recipient_of_a_case(siv, per, kari):
    gating.handed_over(siv, per, kari.subject)
    recipient = Recipient.objects.get(kind="authority")
    with pytest.raises(NotAllowed):
        log_disclosure(kari.subject, recipient=recipient, payload={"name": "x"}, activity="authority-requests", by=siv)


def test_nothing_is_handed_over_before_the_approval_and_only_by_the_two(siv, per, kari, ola_colleague):
    case = authority_cases.submit_authority_case(gating.draft(siv, kari.subject), by=siv)
    with pytest.raises(IllegalMove):
        authority_bundles.hand_over(case, by=siv)
    case = authority_cases.approve_authority_case(case, reason="ok", by=per)
    with pytest.raises(GateRefused, match="Only who asked"):
        authority_bundles.hand_over(case, by=ola_colleague)
    assert OfficeDocument.objects.count() == 1 and not Disclosure.objects.exists()
    authority_bundles.hand_over(case, by=per)
    with pytest.raises(IllegalMove):
        authority_bundles.hand_over(case, by=per)


@pytest.fixture
def ola_colleague(db):
    return get_user_model().objects.create_user("tredje@cn.example", None, verified=True)


def test_a_hand_over_that_fails_leaves_nothing(siv, per, kari, monkeypatch):
    case = gating.approved(siv, per, kari.subject)
    names = set(OfficeDocument.objects.values_list("storage_name", flat=True))
    before = reconcile_files(now=timezone.now() + timedelta(days=1))["objects_without_row"]

    def fail(*args, **kwargs):
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(authority_bundles, "log_disclosure", fail)
    with pytest.raises(RuntimeError):
        authority_bundles.hand_over(case, by=siv)
    case.refresh_from_db()
    assert case.state == "approved" and case.bundle is None
    assert set(OfficeDocument.objects.values_list("storage_name", flat=True)) == names
    assert reconcile_files(now=timezone.now() + timedelta(days=1))["objects_without_row"] == before


def test_only_the_two_persons_download_and_each_download_is_noted(siv, per, kari, ola_colleague):
    case = gating.handed_over(siv, per, kari.subject)
    with pytest.raises(GateRefused, match="Only who asked"):
        authority_bundles.open_bundle(case, by=ola_colleague)
    for user in (siv, per):
        with contextlib.closing(authority_bundles.open_bundle(case, by=user)) as reader:
            assert reader.read(2) == b"PK"
    assert case.events.filter(kind="downloaded").count() == 2
    assert TrailEntry.objects.filter(action="gate.downloaded", actor=per.pk).count() == 1


def test_closing_destroys_the_package_and_keeps_its_digest(siv, per, kari):
    case = gating.handed_over(siv, per, kari.subject)
    name, digest = case.bundle.storage_name, case.bundle_sha256
    assert storages["people"].exists(name)
    case = authority_cases.close_authority_case(case, by=siv)
    assert case.bundle is None and case.bundle_sha256 == digest and not storages["people"].exists(name)
    assert OfficeDocument.objects.get() == case.paper
    with pytest.raises(GateRefused, match="no package"):
        authority_bundles.open_bundle(case, by=siv)


def test_at_once_goes_the_fewest_facts_on_a_managers_word_and_is_reviewed(siv, manager, kari):
    case = gating.draft(siv, kari.subject, instrument="phone", paper=False, categories=("name", "phone"))
    with pytest.raises(GateRefused, match="general manager"):
        authority_bundles.hand_over_at_once(case, reason="A life.", by=siv)
    with pytest.raises(GateRefused, match="in danger"):
        authority_bundles.hand_over_at_once(case, reason=" ", by=manager)
    case = authority_bundles.hand_over_at_once(case, reason="A life.", by=manager)
    assert (case.state, case.urgent, case.review_due_on) == ("handed_over", True, review_due(today()))
    assert Disclosure.objects.get().subject == kari.subject
    text = "".join(gating.unzip(case, manager).values())
    assert "Kari 22" in text and "kari@gjest.example" not in text
    with pytest.raises(GateRefused, match="review"):
        authority_cases.close_authority_case(case, by=siv)
    with pytest.raises(OwnApproval):
        authority_cases.review_authority_case(case, outcome="upheld", reason="x", by=manager)
    with pytest.raises(GateRefused, match="outcome"):
        authority_cases.review_authority_case(case, outcome="", reason="x", by=siv)
    case = authority_cases.review_authority_case(case, outcome="upheld", reason="It was right.", by=siv)
    assert (case.review, case.reviewed_by, case.reviewed_on) == ("upheld", siv.pk, today())
    with pytest.raises(GateRefused, match="No urgent"):
        authority_cases.review_authority_case(case, outcome="wrong", reason="x", by=siv)
    assert authority_cases.close_authority_case(case, by=siv).state == "closed"


def test_at_once_takes_no_wide_scope_and_no_case_already_under_way(siv, manager, kari):
    wide = gating.draft(siv, kari.subject, categories=("name", "purchase"))
    with pytest.raises(GateRefused, match="At once goes only"):
        authority_bundles.hand_over_at_once(wide, reason="A life.", by=manager)
    wide.refresh_from_db()
    assert (wide.state, wide.urgent) == ("draft", False)
    waiting = authority_cases.submit_authority_case(gating.draft(siv, kari.subject), by=siv)
    with pytest.raises(IllegalMove):
        authority_bundles.hand_over_at_once(waiting, reason="A life.", by=manager)


def test_of_whom_nothing_is_held_nothing_goes_and_that_is_logged_too(siv, per, kari):
    kari.guest.phone = ""
    kari.guest.save()
    case = gating.handed_over(siv, per, kari.subject, categories=("phone",))
    files = gating.unzip(case, siv)
    assert "Kari" not in "".join(files.values())
    assert json.loads(files["data/case.json"])["persons"] == [{"id": str(kari.subject.pk), "rows": 0}]
    assert Disclosure.objects.get().field_names == []
