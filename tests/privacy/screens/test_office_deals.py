"""The office's pages of deals, and the data room of an outsider, over HTTP (N52, N53, T25)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from privacy import tasks, vault
from privacy.actions import deal_persons
from privacy.actions.gate_cases import today
from privacy.actions.mail import deliver_mail
from privacy.actions.roles import MANAGERS, OFFICE, ensure_roles
from privacy.models import DealCase, DealRead, OutgoingMail
from tests.crm.factories import contact
from tests.privacy.actions import gating


@pytest.fixture
def manager(make_person):
    user = make_person("Lederkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


@pytest.fixture
def contacts(db):
    return [contact(full_name=f"Gjest{number}", email=f"g{number}@kunde.example") for number in range(5)]


def url(case, act="", person=None):
    keys = [case.pk] if person is None else [case.pk, person.pk]
    return reverse(f"privacy-deal{'-' if act else ''}{act}", args=keys)


def room(case, *label):
    return reverse(f"privacy:deal-room{'-class' if label else ''}", args=[case.pk, *label])


def days(first=0, last=30):
    return {
        "starts_on": (today() + timedelta(days=first)).isoformat(),
        "ends_on": (today() + timedelta(days=last)).isoformat(),
    }


def pdf():
    return SimpleUploadedFile("statement.pdf", gating.PDF, "application/pdf")


def titles():
    return [each.title for each in tasks.open_tasks(day=today()) if each.kind == "deals"]


def test_from_the_register_to_the_room_and_back(enter, sign_in, officer, manager, contacts):
    client, boss = enter(officer), enter(manager)
    assert "No deal is open" in client.get(reverse("privacy-deals")).text
    form = {"parties": "Kjøper AS", "purpose": "Sale", "classes": ["crm.Contact"], **days()}
    client.post(reverse("privacy-deal-new"), form)
    case = DealCase.objects.get()
    assert "Consents do not travel" in client.get(url(case)).text
    client.post(url(case, "submit"))
    assert titles() == [f"Decide on the deal {case.number}"]
    assert "somebody else has to approve" in client.post(url(case, "approve"), {"reason": "me"}).text
    boss.post(url(case, "approve"), {"reason": "Needed."})
    client.post(
        url(case, "outsider"),
        {"name": "Ada Rådgiver", "email": "ada@radgiver.example", "organisation": "Rådgiver AS", "language": "en"},
    )
    ada = case.persons.get()
    assert titles() == [f"A confidentiality statement is missing in {case.number}"]
    assert "no signed confidentiality statement" in boss.post(url(case, "grant", ada)).text
    statement = {"paper": pdf(), "signatory": "Ada Rådgiver", "on": today().isoformat()}
    client.post(url(case, "statement", ada), statement)
    assert titles() == [f"Give or deny access in {case.number}"]
    assert url(case, "grant", ada) not in client.get(url(case)).text
    assert "somebody else" in client.post(url(case, "grant", ada)).text
    boss.post(url(case, "grant", ada))
    assert titles() == []
    visitor = sign_in(get_user_model().objects.get(subject=ada.subject), language="en")
    answer = visitor.get(room(case))
    assert answer.status_code == 200 and "Contact details" in answer.text
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    rows = visitor.get(room(case, "crm.Contact")).text
    assert "Gjest0" not in rows and "kunde.example" not in rows and "said at a visit or meeting" in rows
    assert "Gjest0" not in visitor.get(room(case, "crm.Contact"), {"names": "1", "p": "x"}).text
    page = client.get(url(case)).text
    assert "Ada Rådgiver" in page and "the first page" in page and DealRead.objects.count() == 3
    client.post(url(case, "names", ada), {"reason": "Key customers."})
    assert titles() == [f"Decide on names in {case.number}"]
    assert "Key customers." in boss.get(url(case, "approve-names", ada)).text
    boss.post(url(case, "approve-names", ada))
    named = visitor.get(room(case, "crm.Contact"), {"names": "1", "p": "1"}).text
    assert "Gjest0" in named and "With names" in named
    client.post(url(case, "withdraw", ada))
    gone = visitor.get(room(case))
    assert gone.status_code == 403 and "no confidentiality statement in force" in gone.text
    assert visitor.get(room(case, "crm.Contact")).status_code == 403
    assert "Say whether" not in client.get(url(case, "close")).text
    answer = client.post(url(case, "close"), {"control_changed": "yes"})
    assert "tell the persons first" in answer.text
    client.post(url(case, "close"), {"control_changed": "yes", "informed_on": today().isoformat()})
    page = client.get(url(case)).text
    assert "another company is responsible" in page and "with names" in page
    assert "Deals per year" in client.get(reverse("privacy-deals"), {"state": "all"}).text
    assert "No deal fits" in client.get(reverse("privacy-deals"), {"state": "refused"}).text


@pytest.mark.parametrize(("first", "last", "status"), [(0, 0, 200), (1, 2, 403), (-2, -1, 403)])
def test_the_room_is_open_between_two_oslo_days(sign_in, officer, manager, contacts, first, last, status):
    ada = gating.let_in(gating.deal(officer, manager), officer, manager)
    DealCase.objects.filter(pk=ada.case_id).update(**days(first, last))
    visitor = sign_in(get_user_model().objects.get(subject=ada.subject), language="en")
    assert visitor.get(room(ada.case)).status_code == status
    assert visitor.get(room(ada.case, "crm.Contact")).status_code == status


def test_to_everybody_else_there_is_no_room(client, sign_in, enter, officer, manager, kari, contacts):
    ada = gating.let_in(gating.deal(officer, manager), officer, manager)
    other = gating.let_in(gating.deal(officer, manager), officer, manager, email="bo@radgiver.example")
    visitor = sign_in(get_user_model().objects.get(subject=other.subject), language="en")
    for address in (room(ada.case), room(ada.case, "crm.Contact")):
        assert visitor.get(address).status_code == 404
        assert sign_in(kari).get(address).status_code == 404
        assert enter(officer).get(address).status_code == 404
        assert client.get(address).status_code == 302
        assert visitor.post(address).status_code == 405
    assert visitor.get(room(other.case, "crm.Order")).status_code == 404
    assert not DealRead.objects.exists()


def test_an_outsider_is_no_member_of_staff(sign_in, officer, manager):
    ada = gating.let_in(gating.deal(officer, manager), officer, manager)
    visitor = sign_in(get_user_model().objects.get(subject=ada.subject), language="en")
    answer = visitor.get(url(ada.case))
    assert answer.status_code in (302, 403) and ada.case.number not in answer.text
    assert "Your access in a deal" in visitor.get(reverse("privacy:my-data")).text


def test_acts_on_an_outsider_of_another_deal_do_not_exist(enter, officer, manager):
    ada = gating.outsider(gating.deal(officer, manager), officer)
    other = gating.deal(officer, manager)
    client = enter(manager)
    for act in ("grant", "statement", "paper", "names"):
        assert client.get(url(other, act, ada)).status_code == 404, act
    assert b"".join(client.get(url(ada.case, "paper", ada)).streaming_content) == gating.PDF
    bare = gating.outsider(other, officer, signed=False, email="bo@radgiver.example")
    assert client.get(url(other, "paper", bare)).status_code == 404


def test_an_act_that_is_not_offered_leads_back(enter, officer, manager):
    case = gating.deal(officer, manager)
    ada = gating.outsider(case, officer, signed=False)
    client = enter(manager)
    for address in (url(case, "change"), url(case, "refuse"), url(case, "revoke", ada), url(case, "withdraw", ada)):
        assert client.get(address).url == url(case)
    assert "has no access" in client.post(url(case, "revoke", ada)).text


def test_a_deal_is_changed_and_refused_and_closed(enter, officer):
    case = gating.deal(officer)
    client = enter(officer)
    assert "Sale of the company" in client.get(url(case, "change")).text
    client.post(url(case, "change"), {"parties": "B AS", "purpose": "Merger", "classes": [], **days()})
    assert "Nothing is in the scope" in client.get(url(case)).text
    client.post(url(case, "refuse"), {"reason": "Not needed."})
    assert "Not needed." in client.get(url(case)).text
    client.post(url(case, "close"))
    case.refresh_from_db()
    assert (case.state, case.control_changed) == ("closed", None)
    assert "nobody else became responsible" in client.get(url(case)).text


def test_access_is_taken_back_over_http(enter, sign_in, officer, manager, contacts):
    ada = gating.let_in(gating.deal(officer, manager), officer, manager)
    visitor = sign_in(get_user_model().objects.get(subject=ada.subject), language="en")
    assert visitor.get(room(ada.case)).status_code == 200
    enter(officer).post(url(ada.case, "revoke", ada))
    assert "This access has ended." in visitor.get(room(ada.case)).text


def test_whoever_may_only_look_sees_no_act(enter, officer, manager):
    case = gating.deal(officer, manager)
    gating.outsider(case, officer)
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(*group.permissions.filter(codename__in=["change_dealcase", "add_dealcase"]))
    client = enter(officer)
    page = client.get(url(case)).text
    assert "Ada Rådgiver" in page and "Take" not in page and url(case, "outsider") not in page
    assert "Register a deal" not in client.get(reverse("privacy-deals")).text
    assert client.post(url(case, "outsider")).status_code == 403


@override("en")
def test_the_end_of_a_deal_is_a_task_before_and_after(officer, manager):
    case = gating.deal(officer, manager, days=7)
    assert titles() == [f"The access of {case.number} ends soon"]
    DealCase.objects.filter(pk=case.pk).update(**days(-3, -1))
    assert titles() == [f"Close the deal {case.number}: its last day has passed"]
    DealCase.objects.filter(pk=case.pk).update(**days(0, 8))
    assert titles() == []


@pytest.mark.parametrize(("language", "word"), [("en", "You have access to the data room"), ("nb", "Du har tilgang")])
def test_the_mail_says_where_and_from_when_to_when(officer, manager, mailoutbox, language, word):
    case = gating.deal(officer, manager)
    ada = deal_persons.add_outsider(
        case, name="Ada", email="ada@radgiver.example", organisation="Rådgiver AS", language=language, by=officer
    )
    deal_persons.file_statement(ada, scan=gating.scan(), signatory="Ada", signed_on=today(), by=officer)
    deal_persons.grant_access(gating.refetched(ada), by=manager)
    deliver_mail(OutgoingMail.objects.get())
    (sent,) = mailoutbox
    assert sent.to == ["ada@radgiver.example"] and word in sent.body and room(case) in sent.body
    assert case.number in sent.subject and "Kjøper AS" not in sent.body


def test_what_was_typed_of_an_outsider_lies_sealed(officer, manager):
    ada = gating.outsider(gating.deal(officer, manager), officer)
    vault.unlock([ada])
    raw = type(ada).objects.filter(pk=ada.pk).values_list("name", "email", "signatory").get()
    assert ada.name == "Ada Rådgiver" and not any(b"Ada" in value.data for value in raw)
    assert deal_persons.ROLE in ada.subject.roles


@pytest.mark.parametrize("name", ["privacy-deal-new", "privacy-authority-new"])
def test_a_form_that_is_not_filled_in_comes_back(enter, officer, name):
    client = enter(officer)
    assert "Register" in client.get(reverse(name)).text
    assert "This field is required." in client.post(reverse(name), {}).text
