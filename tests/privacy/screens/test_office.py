"""The privacy office: its list, its one act, and who may see and do what."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from privacy import actions
from privacy.actions.erasure import carry_out
from privacy.actions.roles import MANAGERS, OFFICE, ensure_roles
from privacy.models import RecipientNotice, RetentionRun, TrailEntry

URL = "/admin/privacy/"


@pytest.fixture
def notice(kari, bring):
    actions.log_disclosure(
        kari.subject, recipient=bring, payload={"email": kari.email}, activity="accounts", by=None, about=kari
    )
    carry_out(actions.request_erasure(kari.subject, cause="staff", by=None))
    return RecipientNotice.objects.get()


def settle(client, notice, **answers):
    return client.post(f"{URL}notices/{notice.pk}/settle/", answers, follow=True).content.decode()


def test_the_list_names_partner_and_numbers_and_nobody(officer, enter, notice):
    run = RetentionRun.objects.create(
        as_of=timezone.localdate(),
        state="done",
        classes=[
            {"due": 7, "deleted": 3, "blanked": 1, "held": 2, "restricted": 1, "failed": 0},
            {"due": 10, "deleted": 10},
        ],
    )
    page = enter(officer).get(URL).content.decode()
    assert "Postbudet AS" in page and str(notice.erasure_id)[:8] in page and notice.references[0] in page
    assert "<td>finished</td><td>17</td><td>14</td><td>3</td><td>0</td>" in page
    assert str(run.as_of.year) in page
    assert "arikanari" not in page


def test_what_waits_is_listed_with_its_law(make_person, officer, enter):
    colleague = make_person("Ansattkanari", is_staff=True)
    carry_out(actions.request_erasure(colleague.subject, cause="staff", by=None))
    page = enter(officer).get(URL).content.decode()
    assert "account (1): GDPR Art 6(1)(f), Art 17(1)(a) e contrario" in page


def test_empty_lists_say_so(officer, enter):
    page = enter(officer).get(URL).content.decode()
    assert "Privacy office" in page
    for sentence in ("Nobody is waiting to be told.", "No erasure is under way.", "No run yet."):
        assert sentence in page


def test_told_closes_the_task_with_a_trail_row(officer, enter, notice):
    client = enter(officer)
    assert "Noted. The task is closed." in settle(client, notice, answer="told")
    notice.refresh_from_db()
    assert (notice.state, notice.settled_by) == ("told", officer.pk)
    assert TrailEntry.objects.filter(action="recipient.told", actor=officer.pk).count() == 1
    assert client.post(f"{URL}notices/{notice.pk}/settle/", {"answer": "told"}).status_code == 404


def test_impossible_needs_a_reason(officer, enter, notice):
    client = enter(officer)
    for answers in ({"answer": "impossible"}, {"answer": "impossible", "reason": "  "}, {"answer": "maybe"}, {}):
        assert "The task stays open." in settle(client, notice, **answers)
        notice.refresh_from_db()
        assert notice.state == "due"
    settle(client, notice, answer="impossible", reason="the company is closed down")
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("impossible", "the company is closed down")


def test_who_may_look_only_looks(officer, enter, notice):
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(group.permissions.get(codename="change_recipientnotice"))
    client = enter(officer)
    page = client.get(URL).content.decode()
    assert "Postbudet AS" in page and "/settle/" not in page
    settle(client, notice, answer="told")
    notice.refresh_from_db()
    assert notice.state == "due"


def test_other_colleagues_see_neither_list_nor_menu(make_person, enter, officer, notice):
    other = make_person("Selgkanari", is_staff=True)
    group = Group.objects.create(name="others")
    group.permissions.set(Group.objects.get(name=OFFICE).permissions.filter(codename="access_admin"))
    other.groups.add(group)
    client = enter(other)
    assert "Postbudet" not in client.get(URL, follow=True).content.decode()
    client.post(f"{URL}notices/{notice.pk}/settle/", {"answer": "told"})
    notice.refresh_from_db()
    assert notice.state == "due"
    assert f'"{URL}"' not in client.get("/admin/").content.decode()
    assert f'"{URL}"' in enter(officer).get("/admin/").content.decode()


def test_a_customer_finds_no_door(kari, sign_in):
    assert sign_in(kari).get(URL).status_code == 403


def test_looking_settles_nothing(officer, enter, notice):
    assert enter(officer).get(f"{URL}notices/{notice.pk}/settle/").status_code == 405
    assert reverse("privacy-office") == URL


def test_both_groups_have_the_same_rights_and_none_to_delete(db):
    ensure_roles()
    groups = ensure_roles()
    office, managers = (
        sorted(groups[name].permissions.values_list("content_type__app_label", "codename"))
        for name in (OFFICE, MANAGERS)
    )
    assert office == managers
    assert {app for app, _code in office} == {"privacy", "wagtailadmin"}
    codes = {code for _app, code in office}
    assert {"access_admin", "change_recipientnotice", "add_subjectrequest", "change_breach", "find_staffread"} <= codes
    assert not {code for code in codes if code.startswith("delete_")}
    assert not {code for code in codes if code.endswith(("datasubject", "storedfile"))} | {"change_trailentry"} & codes
