"""Holds in the office: found by number, asked for by one, decided on by another; no name on the way."""

import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from privacy import actions, vault
from privacy.actions.documents import file_document
from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.models import LegalHold, OfficeDocument
from privacy.tasks import open_tasks
from tests.toy.factories import house

URL = "/admin/privacy/holds/"
ADD = f"{URL}add/"
CLAIM = {"kind": "claim", "law": "GDPR Art 17(3)(e)", "reason": "open-dispute"}
LAW = {"law": "bokføringsloven § 13", "reason": "accounting-document"}


@pytest.fixture
def office(officer, enter):
    return enter(officer)


@pytest.fixture
def manager(make_person):
    user = make_person("Sjefskanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


@pytest.fixture
def bill(db):
    """A row of an owner, with a number of its own."""
    return house("lise@gjest.example", word="Lisekanari").bill


def asked(by, *records, **changes):
    return actions.propose_holds(list(records), **CLAIM | changes, by=by)


def page_of(batch):
    return f"{URL}{LegalHold.objects.filter(batch=batch).first().pk}/"


def value(row):
    return f"{row._meta.label} {row.pk}"


def test_only_the_office_enters(kari, enter, make_person, bill, officer):
    batch = asked(officer, bill)
    for user in (make_person("Tomkanari", is_staff=True),):
        client = enter(user)
        for address in (URL, ADD, page_of(batch), f"{page_of(batch)}approve/", f"{page_of(batch)}paper/"):
            assert client.get(address).status_code in (302, 403)
        assert client.post(f"{page_of(batch)}approve/").status_code in (302, 403)
    assert LegalHold.objects.get().state == "proposed"


def test_an_empty_list_says_so(office):
    page = office.get(URL).text
    assert "Nobody has asked that anything stays." in page and "bokføringsloven § 13" in page
    assert "No hold has a last day to come." in page
    assert "No hold stands like this." in office.get(URL, {"which": "over"}).text


def test_a_record_is_found_by_its_key_and_held_at_once(office, officer, bill):
    found = office.post(ADD, {"step": "find", "model": "toy.Bill", "numbers": f"{str(bill.pk)[:8]}\n00000000"}).text
    assert value(bill) in found and "Nothing was found for 00000000" in found
    assert "Lisekanari" not in found
    said = CLAIM | {"shown": [value(bill)], "records": [value(bill)], "step": "send"}
    answer = office.post(ADD, said, follow=True)
    hold = LegalHold.objects.get()
    assert answer.redirect_chain[-1][0] == f"{URL}{hold.pk}/"
    assert (hold.object_pk, hold.state, hold.opened_by, hold.subject) == (
        str(bill.pk),
        "proposed",
        officer.pk,
        bill.subject,
    )
    assert "You asked for this yourself" in answer.text and "Lisekanari" not in answer.text
    assert f"{URL}{hold.pk}/approve/" not in answer.text


def test_what_is_missing_is_said_and_what_was_typed_stays(office, bill):
    nothing = office.post(ADD, {"step": "send", "shown": [value(bill)], "law": "tvisteloven"}).text
    assert "Choose at least one record." in nothing and "tvisteloven" in nothing
    said = CLAIM | {"shown": [value(bill)], "records": [value(bill)], "step": "send", "until": "2020-01-01"}
    assert "The last day is over already" in office.post(ADD, said).text
    assert "Choose what these are the numbers of." in office.post(ADD, {"step": "find", "numbers": "1"}).text
    odd = ["toy.Nothing 1", "privacy.Copy 1", "rubbish", f"{bill._meta.label} not-a-key"]
    assert value(bill) not in office.post(ADD, {"step": "find", "shown": odd}).text
    assert not LegalHold.objects.exists()


def test_the_paper_is_stored_sealed_and_opened_by_the_office(office, bill):
    said = CLAIM | {"shown": [value(bill)], "records": [value(bill)], "step": "send"}
    bad = SimpleUploadedFile("x.pdf", b"no paper")
    assert "neither a PDF" in office.post(ADD, said | {"paper": bad}).text
    assert not LegalHold.objects.exists() and not OfficeDocument.objects.exists()
    good = SimpleUploadedFile("stevning.pdf", b"%PDF-1.7 x %%EOF")
    page = office.post(ADD, said | {"paper": good}, follow=True).text
    assert "stevning.pdf" in page
    hold = LegalHold.objects.get()
    got = office.get(f"{URL}{hold.pk}/paper/")
    assert b"".join(got.streaming_content) == b"%PDF-1.7 x %%EOF"
    assert 'attachment; filename="stevning.pdf"' in got["Content-Disposition"]
    LegalHold.objects.filter(pk=hold.pk).update(paper=None)
    assert office.get(f"{URL}{hold.pk}/paper/").status_code == 404


def test_nobody_approves_their_own_over_http(office, officer, manager, enter, bill):
    batch = asked(officer, bill)
    for act in ("approve", "refuse"):
        refused = office.post(f"{page_of(batch)}{act}/").text
        assert "You asked for this yourself: somebody else has to approve it." in refused
    assert LegalHold.objects.get().state == "proposed"
    other = enter(manager)
    assert f"{page_of(batch)}approve/" in other.get(page_of(batch)).text
    shown = other.get(f"{page_of(batch)}approve/").text
    assert str(bill.pk)[:8] in shown and LegalHold.objects.get().state == "proposed"
    done = other.post(f"{page_of(batch)}approve/", follow=True).text
    assert "Approved. The records stay." in done
    assert (LegalHold.objects.get().state, LegalHold.objects.get().approved_by) == ("active", manager.pk)
    assert "waits for nobody any more" in other.post(f"{page_of(batch)}refuse/").text


def test_refused_released_and_reviewed(officer, manager, enter, bill, today):
    other = enter(manager)
    no = page_of(asked(officer, bill))
    assert "Refused." in other.post(f"{no}refuse/", follow=True).text
    batch = asked(officer, bill)
    yes = page_of(batch)
    actions.approve_holds(batch, by=manager)
    assert "Choose such a day" in other.post(f"{yes}review/", {"review_on": "2099-01-01"}).text
    assert other.post(f"{yes}review/", {}).status_code == 200
    day = today + timedelta(days=60)
    assert "Noted." in other.post(f"{yes}review/", {"review_on": day.isoformat()}, follow=True).text
    assert LegalHold.objects.get(batch=batch).review_on == day
    assert "other than the one who placed it" in enter(officer).post(f"{yes}release/").text
    assert "Released." in other.post(f"{yes}release/", follow=True).text
    assert {hold.state for hold in LegalHold.objects.all()} == {"refused", "released"}
    over = other.get(URL, {"which": "over"}).text
    assert over.count(str(bill.pk)[:8]) == 2 and "released" in over and "not approved" in over


def test_what_the_law_keeps_is_shown_and_not_released(officer, manager, enter, bill, today):
    until = today.replace(year=today.year + 1)
    hold = actions.place_hold(bill, subject=bill.subject, ground="statutory", until=until, by=None, **LAW)
    other = enter(manager)
    page = other.get(URL, {"which": "law"}).text
    assert f"{URL}{hold.pk}/" in page and "accounting material, primary" in page
    assert str(bill.pk)[:8] not in other.get(URL).text
    shown = other.get(f"{URL}{hold.pk}/").text
    assert "it is part of our accounts" in shown and f"{hold.pk}/release/" not in shown and "by itself" in shown
    assert "nobody can release it before" in other.post(f"{URL}{hold.pk}/release/").text
    hold.refresh_from_db()
    assert hold.state == "active"


def test_a_hold_whose_record_is_gone_or_whose_day_is_over(office, officer, manager, bill, today):
    batch = asked(officer, bill, until=today)
    actions.approve_holds(batch, by=manager)
    key = bill.pk
    type(bill).objects.all().delete()
    LegalHold.objects.update(until=date(2020, 1, 1), ended_on=date(2020, 1, 1), model="toy.Gone")
    page = office.get(URL, {"which": "over"}).text
    assert str(key) in page and "the record is gone" in page and "its day is over" in page
    manager.delete()
    assert "somebody whose account is gone" in office.get(page_of(batch)).text


def test_from_a_case_the_person_s_records_are_offered(office, officer, bill, kari):
    case = actions.open_request(bill.subject, right="erasure", by=None)
    link = f"{ADD}?case={case.number}"
    assert link in office.get(f"/admin/privacy/requests/{case.pk}/").text
    page = office.get(link).text
    assert value(bill) in page and "Lisekanari" not in page
    nobody = actions.register_subject(role="guest", language="nb", by=None)
    empty = actions.open_request(nobody, right="access", by=None)
    assert "Nothing is held of this person" in office.get(f"{ADD}?case={empty.number}").text
    assert office.get(f"{ADD}?case=SR-1999-000001").status_code == 404


def test_who_may_not_see_requests_gets_no_records_of_a_case(make_person, enter, bill):
    user = make_person("Halvkanari", is_staff=True)
    names = ("view_legalhold", "add_legalhold", "access_admin")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    case = actions.open_request(bill.subject, right="erasure", by=None)
    client = enter(user)
    assert client.get(ADD).status_code == 200
    assert client.get(f"{ADD}?case={case.number}").status_code == 404


def test_who_only_looks_is_offered_nothing(make_person, enter, bill, officer):
    user = make_person("Sekanari", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=("view_legalhold", "access_admin")))
    batch = asked(officer, bill)
    client = enter(user)
    assert "Ask for a hold" not in client.get(URL).text
    assert "approve/" not in client.get(page_of(batch)).text
    assert client.get(f"{page_of(batch)}approve/").status_code == 403


@override("en")
def test_what_waits_is_a_task_with_its_last_day(officer, manager, bill, today):
    assert [task for task in open_tasks(day=today) if task.kind == "holds"] == []
    batch = asked(officer, bill)
    [task] = [task for task in open_tasks(day=today) if task.kind == "holds"]
    assert (task.due_on, task.url, task.right) == (
        today + timedelta(days=14),
        page_of(batch),
        "privacy.change_legalhold",
    )
    assert "1 record" in task.title
    actions.approve_holds(batch, by=manager)
    assert [task for task in open_tasks(day=today) if task.kind == "holds"] == []
    review = LegalHold.objects.get().review_on
    assert [t for t in open_tasks(day=review - timedelta(days=31)) if t.kind == "holds"] == []
    [task] = [task for task in open_tasks(day=review - timedelta(days=30)) if task.kind == "holds"]
    assert task.due_on == review and "Look again" in task.title


def test_a_paper_that_cannot_be_read_leaves_the_page(office, officer, bill, monkeypatch):
    facts = {"kind": "hold", "display_name": "x.pdf", "media_type": "application/pdf", "by": officer}
    paper = file_document(io.BytesIO(b"%PDF-1.7 %%EOF"), **facts)
    batch = asked(officer, bill, paper=paper)

    def damaged(paper, *, by):
        raise vault.Damaged("missing")

    monkeypatch.setattr("privacy.screens.office_holds.open_document", damaged)
    assert "can no longer be read" in office.get(f"{page_of(batch)}paper/", follow=True).text
