"""What a case asks for is carried out from the case, by the office, for the person of that case alone (L7, L11-L16)."""

import pytest
from django.contrib.auth import get_user_model

from privacy.actions import (
    RequestRefused,
    answer_by_letter,
    build_copy_for,
    carry_out,
    correct_for,
    decide_objection,
    erase_for,
    erasure_plan_for,
    give_consent,
    letter_printed,
    log_disclosure,
    match_request,
    object_for,
    object_to,
    open_request,
    place_hold,
    prove_identity,
    register_letter,
    request_erasure,
    restrict_for,
    run_jobs,
    settle_notice,
    withdraw_for,
    write_erasure_letter,
)
from privacy.actions.request_case import today
from privacy.actions.subjects import add_identifier
from privacy.models import (
    ConsentState,
    Copy,
    DataSubject,
    Erasure,
    RecipientNotice,
    Restriction,
    TrailEntry,
)
from privacy.models.restriction import DIRECT_MARKETING
from privacy.queries import active
from privacy.rules.requests import IllegalMove
from tests.privacy.actions.requesting import answers, kinds, notices, on_paper, opened, proved, requester, tasks
from tests.toy.factories import bill, guest, person
from tests.toy.models import Bill, Booking, Guest, Remark

# Who asks, and what for

ACTS = {
    "access": lambda case, **by: build_copy_for(case, **by),
    "erasure": lambda case, **by: erase_for(case, **by),
    "restriction": lambda case, **by: restrict_for(case, ground="claim", **by),
    "objection": lambda case, **by: object_for(case, activity=DIRECT_MARKETING, **by),
    "withdrawal": lambda case, **by: withdraw_for(case, purpose="toy-stays", **by),
    "correction": lambda case, **by: correct_for(case, row=Guest.objects.first(), changes={"name": "X"}, **by),
}


@pytest.mark.parametrize("right", sorted(ACTS))
def test_nothing_is_carried_out_for_whom_nobody_knows_and_after_the_answer(kari, siv, right):
    request = opened(kari, right=right)
    before = TrailEntry.objects.count()
    with pytest.raises(RequestRefused, match="[Ii]dentit|certain|sikkert"):
        ACTS[right](request, by=siv)
    assert kinds(request) == ["received"] and TrailEntry.objects.count() == before

    assert not Copy.objects.exists() and not Erasure.objects.exists() and not Restriction.objects.exists()
    other = proved(kari, "no_automated_decision")
    with pytest.raises(RequestRefused):
        ACTS[right](other, by=siv)
    assert kinds(other) == ["received", "identity_proved"]


def test_nothing_is_carried_out_in_an_answered_case_or_for_who_is_being_erased(kari, ola, siv):
    request = proved(kari, "restriction")
    restrict_for(request, ground="claim", by=siv)
    with pytest.raises(RequestRefused):
        restrict_for(request, ground="claim", by=siv)
    late = proved(ola, "access")
    DataSubject.objects.filter(pk=ola.subject.pk).update(state="erasing")
    with pytest.raises(RequestRefused):
        build_copy_for(late, by=siv)
    assert Restriction.objects.count() == 1 and not Copy.objects.exists()


# Access


def test_the_copy_is_built_for_whoever_has_a_proved_mailbox_and_answers_the_case(kari, ola, siv):
    request = requester(right="portability")
    copy = build_copy_for(request, by=siv)
    user = get_user_model().objects.get(email="eva@post.example")
    assert (user.subject, copy.subject) == (request.subject, request.subject)
    assert (request.state, request.copy_id) == ("in_progress", copy.pk)
    with pytest.raises(RequestRefused):
        build_copy_for(request, by=siv)
    run_jobs()
    request.refresh_from_db()
    copy.refresh_from_db()
    assert (request.state, request.outcome, copy.state) == ("closed", "fulfilled", "ready")
    assert f"/my-data/copy/{copy.pk}/" in answers(request)[0]
    assert Copy.objects.count() == 1 and kinds(opened(ola)) == ["received"]


def test_a_matched_letter_gets_the_copy_of_the_person_it_was_matched_with(kari, siv):
    add_identifier(kari.subject, email=kari.email, verified=True, by=None)
    contact = {"email": kari.email, "postal_address": "Kaigata 1"}
    request = register_letter(
        right="access", channel="letter", received_on=today(), text="Innsyn.", contact=contact, by=siv
    )
    match_request(request, subject=kari.subject, method="known_address", by=siv)
    assert build_copy_for(request, by=siv).subject == kari.subject


def test_a_copy_that_failed_is_ordered_again(siv):
    request = requester()
    first = build_copy_for(request, by=siv)
    Copy.objects.filter(pk=first.pk).update(state="failed")
    assert build_copy_for(request, by=siv) != first


def test_who_has_a_postal_address_alone_gets_what_is_held_in_words(kari, siv, ferry):
    subject = person(email=None)
    guest(subject, name="Pål Papir", email="", door_code="hemmelig-kode", next_of_kin="Mor Papir")
    request = on_paper("access", subject=subject)
    with pytest.raises(RequestRefused):
        build_copy_for(request, by=siv)
    assert not Copy.objects.exists()
    answer_by_letter(request, by=siv)
    text = answers(request)[0]
    assert "Pål Papir" in text and "To have a bed ready." in text and "Kari" not in text
    assert "hemmelig-kode" not in text and "Mor Papir" not in text and "Fergen AS" not in text
    assert (request.state, request.outcome) == ("fulfilled", "fulfilled")
    letter_printed(request, by=siv)
    request.refresh_from_db()
    assert request.state == "closed"


def test_the_letter_names_those_who_have_received_something_and_says_when_there_is_nothing(siv, ferry):
    subject = person(email=None)
    nothing = on_paper("access", subject=person(email=None), language="en")
    answer_by_letter(nothing, by=siv)
    assert "we hold nothing about you" in answers(nothing)[0] and "given nothing about you" in answers(nothing)[0]
    one = guest(subject, email="")
    log_disclosure(subject, recipient=ferry, payload={"name": "P"}, activity="toy-stays", by=None, about=one)
    request = on_paper("access", subject=subject, language="en")
    answer_by_letter(request, by=siv)
    assert "Fergen AS." in answers(request)[0] and "\n\n\n" not in answers(request)[0]


def test_no_letter_goes_to_who_has_a_page(siv):
    request = requester()
    with pytest.raises(RequestRefused):
        answer_by_letter(request, by=siv)
    assert answers(request) == []


# Erasure


def test_the_erasure_is_planned_ordered_once_and_answers_the_case_when_every_recipient_is_told(kari, ola, siv, ferry):
    log_disclosure(
        kari.subject, recipient=ferry, payload={"name": "K"}, activity="toy-stays", by=None, about=kari.guest
    )
    request = proved(kari, "erasure")
    plan = erasure_plan_for(request, day=today())
    assert {item.model for item in plan.going} >= {"toy.Guest", "toy.Booking"} and plan.recipients == ("Fergen AS",)
    assert Guest.objects.count() == 2
    erasure = erase_for(request, by=siv)
    assert (request.erasure, request.state, erasure.cause) == (erasure, "in_progress", "request")
    with pytest.raises(RequestRefused):
        erase_for(request, by=siv)
    run_jobs()
    request.refresh_from_db()
    assert (request.state, request.outcome) == ("fulfilled", "fulfilled")
    assert list(Guest.objects.all()) == [ola.guest] and Booking.objects.get() == ola.booking
    settle_notice(RecipientNotice.objects.get(), told=True, by=siv)
    request.refresh_from_db()
    assert request.state == "closed"


def test_the_one_record_a_case_is_about_goes_and_the_rest_stays(kari, siv):
    user = get_user_model().objects.create_user("kari@gjest.example", None, subject=kari.subject, verified=True)
    request = proved(kari, "erasure", about=kari.remark)
    plan = erasure_plan_for(request, day=today())
    assert {item.model for item in plan.going} == {"toy.Remark"}
    erasure = erase_for(request, by=siv)
    assert not erasure.whole and request.erasure == erasure and len(notices(request)) == 1
    carry_out(erasure)
    request.refresh_from_db()
    assert request.outcome == "fulfilled" and Guest.objects.filter(pk=kari.guest.pk).exists()
    assert not Remark.objects.filter(subject=kari.subject).exists() and user.subject == kari.subject


def test_a_record_that_is_gone_already_is_said(kari, siv):
    request = proved(kari, "erasure", about=kari.remark)
    kari.remark.delete()
    for act in (lambda: erase_for(request, by=siv), lambda: erasure_plan_for(request, day=today())):
        with pytest.raises(RequestRefused):
            act()
    assert not Erasure.objects.exists() and request.erasure_id is None


def test_somebody_with_an_account_reads_on_their_page_that_it_began(kari, siv):
    get_user_model().objects.create_user("kari@gjest.example", None, subject=kari.subject, verified=True)
    request = proved(kari, "erasure")
    erase_for(request, by=siv)
    assert len(notices(request)) == 1 and request.messages.get(kind="notice").sent_at is not None


def test_who_has_a_postal_address_alone_reads_of_it_before_the_address_goes(siv, ferry):
    subject = person(email=None)
    one = guest(subject, email="")
    bill(subject)
    log_disclosure(subject, recipient=ferry, payload={"name": "P"}, activity="toy-stays", by=None, about=one)
    request = on_paper("erasure", subject=subject, language="en")
    with pytest.raises(RequestRefused):
        erase_for(request, by=siv)
    write_erasure_letter(request, by=siv)
    text = notices(request)[0]
    assert "as soon as this letter is posted" in text and "Fergen AS" in text and "Datatilsynet" in text
    with pytest.raises(RequestRefused):
        erase_for(request, by=siv)
    assert not Erasure.objects.exists()
    letter_printed(request, by=siv)
    erase_for(request, by=siv)
    run_jobs()
    assert not Guest.objects.exists()


def test_the_letter_says_what_stays_and_names_nobody_where_nothing_was_shared(siv, kari):
    subject = person(email=None)
    kept = bill(subject)
    place_hold(kept, subject=subject, ground="claim", law="tvisteloven", reason="a dispute", until=None, by=None)
    request = on_paper("erasure", subject=subject, language="en")
    write_erasure_letter(request, by=siv)
    assert "This stays, locked away, until the reason ends: bill (1), tvisteloven." in notices(request)[0]
    assert "received something" not in notices(request)[0]
    assert Bill.objects.filter(pk=kept.pk).exists()


# Pause


def test_a_pause_of_one_record_or_of_everything_is_made_and_answered(kari, ola, siv, ferry):
    log_disclosure(
        kari.subject, recipient=ferry, payload={"name": "K"}, activity="toy-stays", by=None, about=kari.guest
    )
    request = proved(kari, "restriction", about=kari.guest, language="en")
    restrict_for(request, ground="unlawful", by=siv)
    made = Restriction.objects.get()
    assert (made.model, made.object_pk, made.ground, made.request) == (
        "toy.Guest",
        str(kari.guest.pk),
        "unlawful",
        request,
    )
    assert answers(request) == [
        "Paused from today: guest. We keep it and use it for nothing else. Before we use it again we tell you."
    ]
    assert tasks(request).count() == 1 and request.state == "fulfilled"
    assert list(active(Guest.objects.all())) == [ola.guest] and ola.booking in active(Booking.objects.all())
    whole = proved(ola, "restriction")
    restrict_for(whole, ground="claim", by=siv)
    assert not active(Guest.objects.all()).exists() and whole.outcome == "fulfilled"


# Objection


def test_marketing_stops_for_good_and_the_case_is_answered(kari, siv):
    request = proved(kari, "objection", language="en")
    object_for(request, activity=DIRECT_MARKETING, by=siv)
    assert request.objections.get().state == "upheld" and "no marketing from now on" in answers(request)[0]
    assert request.outcome == "fulfilled"


def test_another_use_stands_still_until_it_is_weighed(kari, siv):
    request = proved(kari, "objection", language="en")
    object_for(request, activity="customer-relations", by=siv)
    assert (request.state, request.activity, request.objections.get().state) == (
        "in_progress",
        "customer-relations",
        "open",
    )
    assert "stands still" in notices(request)[0] and answers(request) == []
    with pytest.raises(RequestRefused):
        object_for(request, activity="customer-relations", by=siv)
    assert len(notices(request)) == 1
    with pytest.raises(RequestRefused):
        object_for(request, activity="toy-stays", by=siv)


def test_a_use_that_was_stopped_before_is_answered_at_once(kari, siv):
    before = object_to(kari.subject, activity="customer-relations", by=None)
    decide_objection(before, upheld=True, by=None)
    request = proved(kari, "objection", language="en")
    object_for(request, activity="customer-relations", by=siv)
    assert "any more" in answers(request)[0] and request.outcome == "fulfilled"


# Withdrawal


def test_a_consent_is_taken_back_and_answered(kari, ola, siv, wording):
    for someone in (kari, ola):
        give_consent(someone.subject, text=wording, method="form", by=None)
        give_consent(someone.subject, text=wording, method="form", about="second", by=None)
    request = proved(kari, "withdrawal", language="en")
    with pytest.raises(RequestRefused):
        withdraw_for(request, purpose="toy-stays", about="third", by=siv)
    withdraw_for(request, purpose="toy-stays", about="second", by=siv)
    states = dict(ConsentState.objects.filter(subject=kari.subject).values_list("about", "state"))
    assert states == {"": "given", "second": "withdrawn"}
    assert "Stays" in answers(request)[0] and request.outcome == "fulfilled"
    assert ConsentState.objects.filter(subject=ola.subject, state="given").count() == 2
    again = proved(kari, "withdrawal")
    withdraw_for(again, purpose="toy-stays", by=siv)
    assert not ConsentState.objects.filter(subject=kari.subject, state="given").exists()


def test_a_consent_that_was_all_there_is_takes_the_person_along_and_that_answers(siv, wording):
    subject = person("ene@gjest.example")
    guest(subject, email="ene@gjest.example")
    give_consent(subject, text=wording, method="form", by=None)
    request = open_request(subject, right="withdrawal", by=None)
    prove_identity(request, method="call_back", by=siv)
    withdraw_for(request, purpose="toy-stays", by=siv)
    request.refresh_from_db()
    assert request.outcome == "fulfilled" and Erasure.objects.filter(subject=subject).exists()


def test_an_answer_cannot_follow_a_withdrawn_request(kari, siv):
    request = proved(kari, "erasure")
    request_erasure(kari.subject, cause="request", by=None)
    request.refresh_from_db()
    with pytest.raises(RequestRefused):
        erase_for(request, by=siv)
    with pytest.raises((RequestRefused, IllegalMove)):
        restrict_for(request, ground="claim", by=siv)
