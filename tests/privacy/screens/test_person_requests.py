"""Each right, started by the signed-in person, ends in a stored answer or an open case (N61, T18, L11 to L17)."""

import pytest
from django.utils import timezone

from privacy import actions
from privacy.actions import request_self_service
from privacy.models import Copy, Objection, Restriction, SubjectRequest, TrailEntry
from privacy.models.restriction import DIRECT_MARKETING


@pytest.fixture
def contact(kari):
    """A contact of Kari's, entered by staff."""
    from crm.actions import create_contact

    facts = {"ground": "prospect", "source_channel": "phone", "collected_on": timezone.localdate()}
    made = create_contact(full_name="Kari Nordmann", email="kari@verft.example", by=None, **facts)
    type(kari).objects.filter(pk=kari.pk).update(subject=made.subject)
    kari.refresh_from_db()
    return made


def only_case(user, right):
    return SubjectRequest.objects.get(subject=user.subject, right=right)


def words_of(case):
    return "\n".join(message.text for message in case.messages.order_by("at"))


def page_of(client, case):
    return client.get(f"/my-data/requests/{case.number}/").content.decode()


def test_a_copy_waits_as_a_case_and_is_answered_when_it_is_ready(kari, ola, sign_in, drain):
    client = sign_in(kari, language="en")
    answer = client.post("/my-data/copy/", {"for": "access"})
    case, copy = only_case(kari, "access"), Copy.objects.get()
    assert answer.url == f"/my-data/copy/{copy.pk}/"
    assert (case.copy, case.state, case.identity) == (copy, "in_progress", "step_up")
    assert f"/my-data/requests/{case.number}/" in client.get(answer.url).content.decode()
    drain()
    case.refresh_from_db()
    assert (case.state, case.outcome, case.copy_id) == ("closed", "fulfilled", copy.pk)
    assert f"/my-data/copy/{copy.pk}/" in words_of(case)
    assert "Go to the copy" in page_of(client, case)
    assert not SubjectRequest.objects.exclude(subject=kari.subject).exists()


def test_taking_it_elsewhere_is_a_case_of_its_own_with_the_same_copy(kari, sign_in, drain):
    client = sign_in(kari, language="en")
    page = client.get("/my-data/copy/?for=portability").content.decode()
    assert 'name="for" value="portability"' in page and "contact.vcf" in page
    client.post("/my-data/copy/", {"for": "portability"})
    client.post("/my-data/copy/", {"for": "nonsense"})
    assert Copy.objects.count() == 1
    assert {case.right for case in Copy.objects.get().requests.all()} == {"portability", "access"}
    drain()
    assert set(SubjectRequest.objects.values_list("right", "outcome")) == {
        ("portability", "fulfilled"),
        ("access", "fulfilled"),
    }


def test_asking_twice_is_one_case(kari, sign_in):
    client = sign_in(kari)
    client.post("/my-data/copy/")
    client.post("/my-data/copy/")
    assert SubjectRequest.objects.count() == 1 == Copy.objects.count()


def test_a_copy_asked_for_by_letter_stays_with_the_office(kari, sign_in, drain):
    case = actions.open_request(kari.subject, right="access", channel="letter", text="Send meg alt.", by=None)
    sign_in(kari, language="en").post("/my-data/copy/")
    drain()
    case.refresh_from_db()
    assert case.is_open and case.copy is None
    assert "I have asked for a copy on my page." in words_of(case)


def test_a_correction_is_done_and_its_answer_names_the_fields(contact, kari, sign_in):
    client = sign_in(kari, language="en")
    facts = {"full_name": "Kari Hansen", "phone": "", "title": "", "language": "nb"}
    client.post(f"/my-data/correct/crm.contact/{contact.pk}/", facts)
    case = only_case(kari, "correction")
    assert (case.state, case.outcome, case.about_model) == ("closed", "fulfilled", "crm.Contact")
    assert case.about_fields == ["full_name"]
    assert "You corrected this yourself" in words_of(case) and "Name" in words_of(case)
    assert "Hansen" not in words_of(case)
    client.post(f"/my-data/correct/crm.contact/{contact.pk}/", facts)
    assert SubjectRequest.objects.count() == 1, "nothing changed the second time, so there is nothing to record"


def test_the_page_of_corrections_lists_what_one_may_change_and_what_one_may_contest(contact, kari, sign_in):
    page = sign_in(kari, language="en").get("/my-data/correct/").content.decode()
    assert f"/my-data/correct/crm.contact/{contact.pk}/" in page
    assert f"/my-data/record/crm.contact/{contact.pk}/" in page
    assert "Kari Nordmann" in page and str(contact.pk)[:8] + "<" not in page


def test_a_contested_fact_is_an_open_case_and_nobody_uses_the_record_meanwhile(contact, kari, sign_in):
    client = sign_in(kari, language="en")
    address = f"/my-data/record/crm.contact/{contact.pk}/"
    assert "Kari Nordmann" in client.get(address).content.decode()
    said = {"do": "wrong", "wrong-fields_wrong": ["email"], "wrong-text": "Jeg heter kari@annet.example."}
    answer = client.post(address, said)
    case = only_case(kari, "correction")
    assert answer.url == f"/my-data/requests/{case.number}/"
    assert case.is_open and (case.about_pk, case.about_fields) == (str(contact.pk), ["email"])
    assert "kari@annet.example" in words_of(case)
    pause = Restriction.objects.get()
    assert (pause.ground, pause.object_pk, pause.request) == ("accuracy", str(contact.pk), case)
    assert "This record is paused" in client.get(address).content.decode()
    page = client.get("/my-data/").content.decode()
    assert "paused" in page and case.number in page
    entry = TrailEntry.objects.filter(action="request.received").get()
    assert "annet" not in repr(vars(entry))


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"do": "wrong", "wrong-text": ""}, "Write what is right, or what is missing."),
        ({"do": "wrong", "wrong-text": "x", "wrong-fields_wrong": ["password"]}, "is not one of the available choices"),
        ({"do": "pause"}, "Choose the reason that fits best."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(contact, kari, sign_in, said, complaint):
    answer = sign_in(kari, language="en").post(f"/my-data/record/crm.contact/{contact.pk}/", said)
    assert answer.status_code == 200 and complaint in answer.content.decode()
    assert not SubjectRequest.objects.exists() and not Restriction.objects.exists()


def test_one_record_is_paused_or_asked_to_go(contact, kari, sign_in):
    client = sign_in(kari, language="en")
    address = f"/my-data/record/crm.contact/{contact.pk}/"
    client.post(address, {"do": "pause", "pause-ground": "claim"})
    case = only_case(kari, "restriction")
    assert case.outcome == "fulfilled" and case.about_pk == str(contact.pk)
    assert (Restriction.objects.get().ground, Restriction.objects.get().object_pk) == ("claim", str(contact.pk))
    client.post(address, {"do": "go", "go-text": "Jeg har sluttet der."})
    case = only_case(kari, "erasure")
    assert case.is_open and case.erasure is None and case.about_pk == str(contact.pk)
    assert "sluttet" in words_of(case)
    assert client.get(address).status_code == 200, "nothing is deleted before somebody has looked"


def test_somebody_elses_record_our_own_bookkeeping_and_nonsense_are_not_found(contact, kari, ola, sign_in):
    client = sign_in(ola)
    for label, key in (
        ("crm.contact", contact.pk),
        ("accounts.user", kari.pk),
        ("privacy.subjectidentifier", ola.subject.identifiers.get().pk),
        ("privacy.personkey", 1),
        ("nosuch.model", 1),
        ("crm.contact", "nonsense"),
    ):
        for answer in (
            client.get(f"/my-data/record/{label}/{key}/"),
            client.post(f"/my-data/record/{label}/{key}/", {"do": "go"}),
        ):
            assert answer.status_code == 404, label
    assert not SubjectRequest.objects.exists()
    assert client.post(f"/my-data/record/accounts.user/{ola.pk}/", {"do": "nonsense"}).status_code == 200


def test_everything_is_paused_at_once_with_the_chosen_ground(kari, ola, sign_in):
    client = sign_in(kari, language="en")
    page = client.get("/my-data/pause/").content.decode()
    assert " checked" not in page.replace("have it checked", "").replace("want it checked", ""), (
        "no reason is chosen beforehand"
    )
    assert "Choose the reason" in client.post("/my-data/pause/").content.decode()
    assert not Restriction.objects.exists()
    client.post("/my-data/pause/", {"ground": "unlawful"})
    case, pause = only_case(kari, "restriction"), Restriction.objects.get()
    assert (case.outcome, pause.ground, pause.model, pause.request) == ("fulfilled", "unlawful", "", case)
    kari.subject.refresh_from_db()
    ola.subject.refresh_from_db()
    assert (kari.subject.state, ola.subject.state) == ("restricted", "active")
    assert "Everything is paused already" in client.get("/my-data/pause/").content.decode()
    assert "The use of your data is paused" in client.get("/my-data/").content.decode()
    assert "Paused from today" in page_of(client, case)


def test_an_objection_stops_the_activity_at_once_and_is_weighed(kari, sign_in):
    client = sign_in(kari, language="en")
    assert 'value="accounts"' in client.get("/my-data/object/").content.decode()
    client.post("/my-data/object/", {"activity": "accounts", "text": "Jeg vil ikke."})
    case, objection = only_case(kari, "objection"), Objection.objects.get()
    assert case.is_open and case.activity == "accounts" and "Jeg vil ikke." in words_of(case)
    assert (objection.activity, objection.state, objection.request) == ("accounts", "open", case)
    page = client.get("/my-data/object/").content.decode()
    assert 'value="accounts"' not in page and case.number in page
    assert "stopped: you have objected" in client.get("/my-data/").content.decode()
    again = client.post("/my-data/object/", {"activity": "accounts"}, follow=True)
    assert "Nothing was changed" in again.content.decode() and SubjectRequest.objects.count() == 1


def test_a_second_objection_joins_the_open_case(kari, sign_in):
    client = sign_in(kari, language="en")
    client.post("/my-data/object/", {"activity": "accounts"})
    client.post("/my-data/object/", {"activity": "sign-in-security"})
    case = only_case(kari, "objection")
    assert {each.activity for each in Objection.objects.filter(request=case)} == {"accounts", "sign-in-security"}


def test_no_to_marketing_is_absolute_and_answered_at_once(kari, sign_in):
    client = sign_in(kari, language="en")
    client.post("/my-data/object/", {"activity": DIRECT_MARKETING})
    case, objection = only_case(kari, "objection"), Objection.objects.get()
    assert (case.outcome, case.activity, objection.state) == ("fulfilled", DIRECT_MARKETING, "upheld")
    assert actions.is_suppressed("email", kari.email)
    assert "stopped for good" in client.get("/my-data/object/").content.decode()


@pytest.mark.parametrize("code", ["nonsense", "", "rights", "recruitment"])
def test_what_rests_on_something_else_cannot_be_objected_to(code, kari, sign_in):
    assert sign_in(kari).post("/my-data/object/", {"activity": code}).status_code == 404
    assert not Objection.objects.exists() and not SubjectRequest.objects.exists()


def test_that_no_machine_decides_is_given_in_writing(kari, sign_in):
    client = sign_in(kari, language="en")
    assert "We make no decision about you by a machine alone" in client.get("/my-data/no-machine/").content.decode()
    client.post("/my-data/no-machine/", {"do": "write"})
    case = only_case(kari, "no_automated_decision")
    assert case.outcome == "fulfilled" and "by a machine alone" in words_of(case)


def test_a_person_can_be_asked_for(kari, sign_in):
    client = sign_in(kari, language="en")
    assert "Write a sentence" in client.post("/my-data/no-machine/", {"do": "ask"}).content.decode()
    assert not SubjectRequest.objects.exists()
    client.post("/my-data/no-machine/", {"do": "ask", "text": "Se på avslaget."})
    case = only_case(kari, "no_automated_decision")
    assert case.is_open and "Se på avslaget." in words_of(case)


def test_an_erasure_ordered_on_the_page_has_its_case(kari, ola, sign_in, drain):
    sign_in(kari, language="en").post("/my-data/erase/", {"confirm": "on"})
    case = only_case(kari, "erasure")
    assert case.is_open and case.erasure.cause == "request"
    assert "We have begun to delete your data." in words_of(case)
    drain()
    case.refresh_from_db()
    assert case.outcome in ("fulfilled", "partly_fulfilled") and case.answered_on is not None
    assert not SubjectRequest.objects.filter(subject=ola.subject).exists()


def test_nothing_left_to_delete_makes_no_case(kari, drain):
    actions.request_erasure(kari.subject, cause="request", by=None)
    drain()
    kari.subject.refresh_from_db()
    before = SubjectRequest.objects.count()
    assert actions.order_erasure(kari.subject, by=None) is None
    assert SubjectRequest.objects.count() == before


def test_whose_data_is_being_deleted_is_told_so_instead_of_getting_a_case(kari, sign_in):
    client = sign_in(kari, language="en")
    type(kari.subject).objects.filter(pk=kari.subject.pk).update(state="erasing")
    page = client.post("/my-data/no-machine/", {"do": "ask", "text": "Se på det."}, follow=True).content.decode()
    assert "is being deleted" in page
    assert not SubjectRequest.objects.exists()


def test_a_copy_that_became_ready_meanwhile_is_answered_by_whoever_comes_second(kari, monkeypatch):
    ready = Copy.objects.create(subject=kari.subject, state=Copy.State.READY)
    monkeypatch.setattr(request_self_service, "request_copy", lambda *_given, **_more: ready)
    actions.ask_for_copy(kari.subject, right="access", language="nb", by=kari)
    case = only_case(kari, "access")
    assert (case.outcome, case.copy) == ("fulfilled", ready)
