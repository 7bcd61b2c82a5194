"""The office's pages of assessments, and the tasks they and partners make (N26, L32, L36)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from privacy.actions import NotSent, hand_over, log_received
from privacy.actions.recipients import change_recipient, propose_recipient
from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.actions.screenings import draft_screening
from privacy.models import Recipient, Screening
from privacy.queries.screenings import is_active, needed_screenings
from privacy.tasks import open_tasks

LIST = "/admin/privacy/assessments/"
WEIGHED = "customer-relations"


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def manager(make_person):
    user = make_person("Sjefkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


def test_from_drafts_to_an_activity_that_may_begin(officer, manager, enter):
    Screening.objects.all().delete()
    one, two = enter(officer), enter(manager)
    assert "does not begin" in text_of(one.get(LIST)) and not is_active(WEIGHED)
    assert "drafts are written" in text_of(one.post(f"{LIST}draft-all/", follow=True))
    assert Screening.objects.count() == len(needed_screenings())
    draft = Screening.objects.get(activity=WEIGHED)
    page = f"{LIST}{draft.pk}/"
    assert "somebody else approves it" in text_of(one.get(page)) and "approve/" not in text_of(one.get(page))
    assert "somebody else has to approve" in text_of(one.post(f"{page}approve/"))
    answers = {"interest": "a", "necessity": "b", "balance": "", "safeguards": "d", "outcome": "acceptable"}
    assert "The draft is saved" in text_of(one.post(f"{page}edit/", answers, follow=True))
    assert "no answer yet" in text_of(two.get(page)) and "no answer yet" in text_of(two.post(f"{page}approve/"))
    one.post(f"{page}edit/", answers | {"balance": "c"})
    assert "Approved" in text_of(two.post(f"{page}approve/", follow=True)) and is_active(WEIGHED)
    other = Screening.objects.get(activity="recruitment")
    assert "Rejected" in text_of(two.post(f"{LIST}{other.pk}/reject/", follow=True)) and not is_active("recruitment")


def test_a_new_version_is_begun_from_the_list_and_its_neighbours_are_linked(officer, enter):
    client = enter(officer)
    answer = client.post(f"{LIST}new/{WEIGHED}/lia/", follow=True)
    assert "version 2" in text_of(answer) and "Versions" in text_of(answer)
    assert "needs no such assessment" in text_of(client.post(f"{LIST}new/rights/lia/", follow=True))
    assert "needs no such assessment" in text_of(client.post(f"{LIST}new/gossip/lia/", follow=True))
    assert "read it" in text_of(client.get(LIST))


def test_what_is_due_says_that_it_goes_on(officer, enter):
    Screening.objects.filter(activity=WEIGHED).update(state="due_for_review")
    row = Screening.objects.get(activity=WEIGHED)
    assert "goes on" in text_of(enter(officer).get(f"{LIST}{row.pk}/")) and is_active(WEIGHED)
    assert "due for review" in text_of(enter(officer).get(LIST))


def test_looking_changes_nothing(officer, enter):
    client, row = enter(officer), Screening.objects.get(activity=WEIGHED)
    before = list(Screening.objects.order_by("pk").values())
    for path in ("", f"{row.pk}/", f"{row.pk}/edit/", f"{row.pk}/approve/", f"{row.pk}/reject/"):
        assert client.get(LIST + path).status_code == 200
    assert client.get(f"{LIST}draft-all/").status_code == 405
    assert list(Screening.objects.order_by("pk").values()) == before


def test_a_colleague_without_the_right_does_not_enter(outsider, enter):
    row = Screening.objects.get(activity=WEIGHED)
    client = enter(outsider)
    assert client.get(LIST).status_code == 403 and client.get(f"{LIST}{row.pk}/").status_code == 403
    assert client.post(f"{LIST}draft-all/").status_code == 403


def own_tasks(day):
    kinds = {"recipient-approvals", "agreements", "assessments", "information", "hand-overs"}
    return {(task.kind, task.due_on) for task in open_tasks(day=day) if task.kind in kinds}


def test_what_waits_for_the_office_is_on_the_worklist(officer, kari, bring):
    today = timezone.localdate()
    assert own_tasks(today) == set()
    propose_recipient(name="Ny AS", role="dpv:ThirdParty", kind="carrier", country="NO", by=officer)
    change_recipient(bring, changes={"country": "SE"}, by=officer)
    ends = today + timedelta(days=60)
    Recipient.objects.filter(code="tnt").update(agreement_expires_on=ends)
    Recipient.objects.filter(code="bring").update(agreement_expires_on=ends + timedelta(days=1))
    Recipient.objects.filter(code="ramberg").update(agreement_expires_on=today - timedelta(days=1))
    duty = log_received(kari.subject, recipient=bring, payload={"email": "x"}, activity="accounts", by=None)

    def refuse(payload):
        raise NotSent("busy")

    with pytest.raises(NotSent):
        hand_over(kari.subject, recipient=bring, values={"email": "x"}, activity="accounts", send=refuse, by=None)
    due = today - timedelta(days=3)
    Screening.objects.filter(activity=WEIGHED).update(state="due_for_review", next_review_on=due)
    Screening.objects.filter(activity="recruitment").update(state="rejected")
    Screening.objects.filter(activity="orders").delete()
    draft_screening("orders", kind="lia", by=officer)
    assert own_tasks(today) == {
        ("recipient-approvals", None),
        ("agreements", ends),
        ("agreements", today - timedelta(days=1)),
        ("information", duty.due_on),
        ("hand-overs", None),
        ("assessments", due),
        ("assessments", None),
    }
    assert len([task for task in open_tasks(day=today) if task.kind == "recipient-approvals"]) == 2
    assert len([task for task in open_tasks(day=today) if task.kind == "assessments"]) == 3
