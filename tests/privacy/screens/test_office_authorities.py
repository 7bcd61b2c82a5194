"""The office's pages of demands: who may enter, what is refused with a sentence, the whole way over HTTP (N50, N51)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from careers.actions.roles import ensure_roles as ensure_hiring
from crm.actions.roles import ensure_roles as ensure_sales
from privacy import tasks
from privacy.actions import authority_bundles, authority_cases, register_subject
from privacy.actions.files import FilesRemain
from privacy.actions.gate_cases import today
from privacy.actions.roles import MANAGERS, OFFICE, ensure_roles
from privacy.models import AuthorityCase, Disclosure
from privacy.rules.gates import review_due
from privacy.screens import office_authorities, office_deals
from tests.privacy.actions import gating

SOMETHING = "00000000-0000-4000-8000-000000000000"
FORM = {
    "authority": "Oslo tingrett",
    "country": "no",
    "instrument": "court_order",
    "categories": ["name", "email"],
}


@pytest.fixture
def manager(make_person):
    user = make_person("Lederkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


def url(case, act=""):
    return reverse(f"privacy-authority{'-' if act else ''}{act}", args=[case.pk])


def pdf(content=gating.PDF):
    return SimpleUploadedFile("order.pdf", content, "application/pdf")


def test_no_other_role_enters_any_page_of_either_gate(enter, make_person, officer, kari):
    case, deal = gating.draft(officer, kari.subject), gating.deal(officer)
    roles = [*ensure_sales().values(), *ensure_hiring().values(), Group.objects.create(name="Only inside")]
    roles[-1].permissions.set(Permission.objects.filter(codename="access_admin"))
    pages = []
    for module, key in ((office_authorities, case.pk), (office_deals, deal.pk)):
        for each in module.addresses():
            keys = {name: key if name == "pk" else SOMETHING for name in each.pattern.converters}
            pages.append(reverse(each.name, kwargs=keys))
    assert len(pages) == 15 + 16 and len(roles) > 3
    for number, role in enumerate(roles):
        user = make_person(f"Rolle{number}", is_staff=True)
        user.groups.add(role)
        client = enter(user)
        for address in pages:
            assert client.get(address).status_code in (403, 405), (role.name, address)
    for address in pages:
        assert client.post(address).status_code in (403, 405), address
    assert case.events.count() == 3


def test_whoever_may_only_look_sees_no_act(enter, officer, kari):
    case = gating.draft(officer, kari.subject)
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(*group.permissions.filter(codename__in=["change_authoritycase", "add_authoritycase"]))
    client = enter(officer)
    assert "Put before" not in client.get(url(case)).text
    assert "Register a demand" not in client.get(reverse("privacy-authorities")).text
    assert client.post(url(case, "submit")).status_code == 403
    assert client.get(reverse("privacy-authority-new")).status_code == 403


def test_the_whole_way_of_an_order_over_http(enter, officer, manager, kari, ola):
    client = enter(officer)
    assert "No demand is open" in client.get(reverse("privacy-authorities")).text
    answer = client.post(reverse("privacy-authority-new"), {**FORM, "received_on": today().isoformat()})
    case = AuthorityCase.objects.get()
    assert answer.url == url(case) and case.country == "NO"
    page = client.get(url(case)).text
    assert "The order itself is missing" in page and "Nobody is in the scope" in page
    client.post(url(case, "order"), {"paper": pdf()})
    found = client.post(url(case, "people"), {"step": "find", "address": kari.email}).text
    assert str(kari.subject_id)[:8] in found and kari.email not in found
    assert str(ola.subject_id)[:8] not in found
    client.post(url(case, "people"), {"step": "add", "person": kari.subject_id})
    page = client.get(url(case)).text
    assert "Missing before" not in page and "SHA-256" in page and kari.email not in page
    client.post(url(case, "submit"))
    page = client.get(url(case)).text
    assert "a colleague decides" in page and url(case, "approve") not in page
    other = enter(manager)
    assert url(case, "approve") in other.get(url(case)).text
    other.post(url(case, "approve"), {"reason": "It binds us."})
    client.post(url(case, "hand-over"))
    assert Disclosure.objects.get().subject == kari.subject
    package = client.post(url(case, "package"))
    assert b"".join(package.streaming_content)[:2] == b"PK" and "attachment" in package["Content-Disposition"]
    paper = client.get(url(case, "paper"))
    assert b"".join(paper.streaming_content) == gating.PDF
    client.post(url(case, "close"))
    case.refresh_from_db()
    page = client.get(url(case)).text
    assert case.state == "closed" and "was destroyed" in page and "the package was downloaded" in page.lower()
    listed = client.get(reverse("privacy-authorities"), {"state": "closed"}).text
    assert case.number in listed and "Demands of authorities per year" in listed


def test_who_asked_cannot_approve_by_typing_the_address(enter, officer, kari):
    case = authority_cases.submit_authority_case(gating.draft(officer, kari.subject), by=officer)
    client = enter(officer)
    assert client.get(url(case, "approve"), follow=True).redirect_chain
    answer = client.post(url(case, "approve"), {"reason": "I say so."})
    assert answer.status_code == 200 and "somebody else has to approve" in answer.text
    case.refresh_from_db()
    assert case.state == "submitted"


@pytest.mark.parametrize(
    ("more", "has_person", "word"),
    [
        ({"paper": False}, True, "The order itself is missing"),
        ({"instrument": "letter"}, True, "binds nobody"),
        ({}, False, "Nobody is in the scope"),
        ({"categories": ()}, True, "No category is in the scope"),
    ],
)
def test_an_incomplete_demand_is_refused_with_a_sentence_and_stays(
    enter, officer, manager, kari, more, has_person, word
):
    people = [kari.subject] if has_person else []
    case = authority_cases.submit_authority_case(gating.draft(officer, *people, **more), by=officer)
    answer = enter(manager).post(url(case, "approve"), {"reason": "Fine with me."})
    assert answer.status_code == 200 and word in answer.text and "Fine with me." in answer.text
    case.refresh_from_db()
    assert case.state == "submitted" and not Disclosure.objects.exists()


def test_a_call_is_refused_and_listed_among_the_refused(enter, officer):
    case = gating.draft(officer, instrument="phone", paper=False)
    client = enter(officer)
    client.post(url(case, "refuse"), {"code": "no_order", "reason": "Only a call."})
    listed = client.get(reverse("privacy-authorities"), {"state": "refused"}).text
    assert case.number in listed and "phone call without an order" in listed
    page = client.get(url(case)).text
    assert "there is no order that binds us" in page and "Only a call." in page
    register = client.get(reverse("privacy-disclosures")).text
    assert "Demands of authorities that were refused" in register and case.number in register
    client.post(url(case, "close"))
    assert "refused" in client.get(reverse("privacy-authorities"), {"state": "closed"}).text


def test_life_and_death_is_a_managers_page_and_reviewed_by_another(enter, officer, manager, kari):
    case = gating.draft(officer, kari.subject, instrument="phone", paper=False)
    client, boss = enter(officer), enter(manager)
    assert url(case, "at-once") not in client.get(url(case)).text
    assert "general manager" in client.post(url(case, "at-once"), {"reason": "A life."}).text
    boss.post(url(case, "at-once"), {"reason": "A life."})
    case.refresh_from_db()
    assert case.urgent and "Handed over at once" in boss.get(url(case)).text
    (task,) = [each for each in tasks.open_tasks(day=today()) if each.kind == "authorities"]
    assert task.due_on == review_due(today()) and case.number in task.title and task.url == url(case)
    assert "somebody else" in boss.post(url(case, "review"), {"outcome": "wrong", "reason": "x"}).text
    assert "A life." in client.get(url(case, "review")).text
    client.post(url(case, "review"), {"outcome": "wrong", "reason": "It could have waited."})
    assert "It could have waited." in client.get(url(case)).text


def test_only_the_two_persons_are_given_the_package(enter, officer, manager, make_person, kari):
    case = gating.handed_over(officer, manager, kari.subject)
    third = make_person("Tredjekanari", is_staff=True)
    third.groups.add(ensure_roles()[OFFICE])
    client = enter(third)
    assert "Only who asked" in client.get(url(case)).text
    answer = client.post(url(case, "package"), follow=True)
    assert "Only who asked and who approved can download the package." in answer.text
    assert not case.events.filter(kind="downloaded").exists()


def test_a_draft_is_changed_and_a_wrong_paper_is_said(enter, officer, kari):
    case = gating.draft(officer, kari.subject, paper=False)
    client = enter(officer)
    assert "Oslo tingrett" in client.get(url(case, "change")).text
    client.post(url(case, "change"), {**FORM, "unit": "Avd. 2", "received_on": today().isoformat()})
    case.refresh_from_db()
    assert case.unit == "Avd. 2"
    assert "neither a PDF" in client.post(url(case, "order"), {"paper": pdf(b"hello")}).text
    future = (today() + timedelta(days=1)).isoformat()
    assert "still to come" in client.post(url(case, "change"), {**FORM, "received_on": future}).text
    assert client.get(url(case, "paper")).status_code == 404
    client.post(url(case, "people"), {"step": "remove", "person": kari.subject_id})
    assert not case.persons.exists()


def test_what_is_typed_to_find_somebody_finds_or_says_nobody(enter, officer, kari):
    case = gating.draft(officer)
    client = enter(officer)
    number = str(kari.subject_id)[:8]
    assert f"<strong>{number}</strong>" in client.post(url(case, "people"), {"step": "find", "number": number}).text
    for wrong in ({"address": "ingen@kunde.example"}, {"number": "abc"}, {}):
        answer = client.post(url(case, "people"), {"step": "find", **wrong}).text
        assert "We know nobody by this" in answer and "ingen@" not in answer
    assert "We know nobody" not in client.post(url(case, "people"), {"step": "find", "address": "no"}).text
    for key in ("no-key", SOMETHING):
        client.post(url(case, "people"), {"step": "add", "person": key})
    assert not case.persons.exists()
    kari.subject.state = "erasing"
    kari.subject.save()
    answer = client.post(url(case, "people"), {"step": "add", "person": kari.subject_id}, follow=True)
    assert "deleted or being deleted" in answer.text


def test_two_who_share_an_address_are_two(enter, officer, kari):
    twin = register_subject(role="guest", email=kari.email, by=None)
    case = gating.draft(officer)
    answer = enter(officer).post(url(case, "people"), {"step": "find", "address": kari.email}).text
    assert "Several people share this address" in answer
    assert str(twin.pk)[:8] in answer and str(kari.subject_id)[:8] in answer


@override("en")
def test_tasks_follow_the_state(officer, manager, kari):
    case = gating.draft(officer, kari.subject, answer_by=today() + timedelta(days=3))

    def titles():
        return [(each.title, each.due_on) for each in tasks.open_tasks(day=today()) if each.kind == "authorities"]

    assert titles() == [(f"Prepare the demand {case.number}", case.answer_by)]
    case = authority_cases.submit_authority_case(case, by=officer)
    assert titles()[0][0].startswith("Decide")
    case = authority_cases.approve_authority_case(case, reason="ok", by=manager)
    assert titles()[0][0].startswith("Hand over")
    case = authority_bundles.hand_over(case, by=officer)
    assert titles() == [(f"Close the demand {case.number}", None)]
    authority_cases.close_authority_case(case, by=officer)
    assert titles() == []


def test_a_paper_that_is_gone_is_said_and_a_silent_storage_changes_nothing(enter, officer, manager, kari, monkeypatch):
    case = gating.handed_over(officer, manager, kari.subject)
    client = enter(officer)

    def silent(*args, **kwargs):
        raise FilesRemain(1, 1)

    with monkeypatch.context() as patched:
        patched.setattr("privacy.actions.authority_cases.destroy_document", silent)
        assert "The storage did not answer" in client.post(url(case, "close")).text
    case.refresh_from_db()
    assert case.state == "handed_over"
    storages["people"].erase(case.paper.storage_name)
    assert "can no longer be read" in client.get(url(case, "paper"), follow=True).text
