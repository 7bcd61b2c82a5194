"""Breaches from the first suspicion to the end: whom they touch, what is decided and why, and what is refused (L35)."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from privacy import actions
from privacy.actions import breach_decisions, breaches
from privacy.actions.breach_case import BreachRefused
from privacy.actions.documents import open_document
from privacy.models import Breach, BreachEvent, BreachPerson, Job, TrailEntry
from privacy.queries.affected import affected, persons_with
from privacy.queries.breaches import digest_of, draft_of
from privacy.rules.breaches import IllegalMove
from tests.privacy.actions.breaching import WHAT, confirmed, notified, opened, told
from tests.toy.factories import guest, house, person
from tests.toy.models import Guest

pytestmark = pytest.mark.django_db
GUESTS = "toy.Guest"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def kinds(breach):
    return list(breach.events.order_by("at", "pk").values_list("kind", flat=True))


def test_a_breach_gets_its_number_its_72_hours_and_three_moments_to_look_again(siv):
    aware = datetime(2026, 3, 27, 15, tzinfo=UTC)
    breach = breaches.open_breach(types=["availability"], aware_at=aware, description=WHAT, by=siv)
    year = timezone.localdate().year
    assert breach.number == f"BR-{year}-000001"
    assert breach.due_at == datetime(2026, 3, 30, 15, tzinfo=UTC)
    assert (breach.state, breach.detected_at, breach.registered_by) == ("detected", aware, siv.pk)
    assert not Job.objects.filter(kind=breaches.CLOCK_JOB).exists()
    assert opened(hours=1).number == f"BR-{year}-000002"
    assert Job.objects.filter(kind=breaches.CLOCK_JOB).count() == 3
    assert Job.objects.filter(kind=breaches.CLOCK_JOB).exclude(run_after__gt=timezone.now()).count() == 0
    assert TrailEntry.objects.filter(action="breach.registered", actor=siv.pk).count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"aware_at": timedelta(hours=1)},
        {"detected_at": timedelta(hours=1)},
        {"description": "   "},
        {"types": []},
        {"types": ["gossip"]},
        {"window_from": timedelta(0), "window_to": -timedelta(hours=1)},
    ],
    ids=["aware to come", "detected after known", "nothing said", "no kind", "no known kind", "ends before it begins"],
)
def test_what_cannot_be_is_not_registered(said):
    now = timezone.now()
    moments = {name: now + value for name, value in said.items() if isinstance(value, timedelta)}
    whole = {"types": ["integrity"], "aware_at": now, "description": WHAT, **said, **moments}
    with pytest.raises(BreachRefused):
        breaches.open_breach(**whole, by=None)
    assert not Breach.objects.exists()
    with pytest.raises(TypeError):
        breaches.open_breach(types=["integrity"], aware_at=now, description=WHAT, colour="red", by=None)


def test_numbers_and_addresses_of_people_do_not_reach_the_register(siv):
    breach = opened(description="Kort 4111 1111 1111 1111 fra kari@gjest.example", measures="slettet 13097248022")
    breach.refresh_from_db()
    assert (breach.description, breach.measures) == ("Kort **** fra ***", "slettet ****")


def test_describing_anew_says_which_columns_and_nothing_when_nothing_changed(siv, kari):
    breach = opened()
    breaches.describe_breach(breach, consequences="None seen.", by=siv)
    entry = TrailEntry.objects.get(action="breach.described")
    assert (entry.field_names, entry.actor) == (["consequences"], siv.pk)
    breaches.describe_breach(breach, consequences="None seen.", by=siv)
    assert TrailEntry.objects.filter(action="breach.described").count() == 1
    breaches.describe_breach(breach, persons=[kari.subject], by=siv)
    breaches.describe_breach(breach, persons=[kari.subject], by=siv)
    assert BreachPerson.objects.filter(named=True).count() == 1


def test_whom_it_touched_is_everybody_of_the_class_and_no_neighbour(kari, ola):
    ola.booking.delete()
    breach = confirmed(classes=["toy.Booking"])
    assert [row.subject for row in breach.persons.all()] == [kari.subject]
    assert breach.counts["persons"] == breach.counts["records"] == 1
    assert breach.counts["classes"] == {"toy.Booking": {"persons": 1, "records": 1}}
    assert set(breach.counts["categories"].values()) == {1}


def test_a_person_known_by_two_keys_is_one_and_who_is_erased_is_none(kari, ola):
    mine = guest(person(verified=False), email="kari@gjest.example")
    type(mine.subject).objects.filter(pk=mine.subject_id).update(proved_as=kari.subject)
    gone = guest(person("per@gjest.example"), email="per@gjest.example")
    type(gone.subject).objects.filter(pk=gone.subject_id).update(state="erased")
    found = affected(opened(classes=[GUESTS]))
    assert found.persons == {kari.subject.pk: {GUESTS: 2}, ola.subject.pk: {GUESTS: 1}}


def test_through_an_account_only_what_it_read_and_did_in_the_time_counts(kari, ola, siv, per):
    start = timezone.now()
    actions.note_read(kari.guest, by=siv)
    actions.note("record.changed", subject=kari.subject, record=kari.guest, by=siv)
    actions.note("record.changed", subject=ola.subject, record=ola.bill, by=siv)
    actions.note_read(ola.guest, by=per)
    by_siv = opened(classes=[], scope_actor=siv.pk)
    assert affected(by_siv).persons == {kari.subject.pk: {GUESTS: 1}, ola.subject.pk: {"toy.Bill": 1}}
    narrowed = opened(classes=[GUESTS], scope_actor=siv.pk, window_from=start)
    assert affected(narrowed).persons == {kari.subject.pk: {GUESTS: 1}}
    before = opened(classes=[], scope_actor=siv.pk, window_to=start)
    assert affected(before).persons == {}


def test_at_a_recipient_only_whose_data_it_received_counts(kari, ola, ferry):
    actions.log_disclosure(
        kari.subject, recipient=ferry, payload={"name": "K"}, activity="toy-stays", by=None, about=kari.guest
    )
    assert affected(opened(classes=[], scope_recipient=ferry)).persons == {kari.subject.pk: {GUESTS: 1}}
    assert affected(opened(classes=["toy.Bill"], scope_recipient=ferry)).persons == {}
    in_time = opened(classes=[], window_from=timezone.now() - timedelta(minutes=5))
    assert affected(in_time).persons[kari.subject.pk][GUESTS] == 1


def test_who_was_named_counts_whatever_the_scope(kari, ola, siv):
    breach = opened(classes=[], scope_actor=siv.pk, persons=[ola.subject])
    assert affected(breach).persons == {ola.subject.pk: {}}
    found, unknown = persons_with(["ola@gjest.example", "OLA@gjest.example", "ingen@gjest.example"])
    assert (found, unknown) == ([ola.subject], 1)


@pytest.mark.parametrize(
    "scope", [{"classes": [GUESTS, "toy.Bill"]}, {"window_from": datetime(2020, 1, 1, tzinfo=UTC)}]
)
def test_ten_persons_cost_as_many_queries_as_one(kari, siv, scope):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            found = affected(breach)
        assert found.persons
        return len(seen)

    breach = opened(**scope)
    actions.note_read(kari.guest, by=siv)
    one = cost()
    for number in range(9):
        more = house(f"gjest{number}@gjest.example")
        actions.note_read(more.guest, by=siv)
    assert cost() == one


def test_computing_again_adds_updates_and_leaves_out_who_is_no_longer_reached(kari, ola, siv):
    breach = confirmed(classes=["toy.Booking"], persons=[ola.subject])
    kari.booking.delete()
    late = house("siri@gjest.example", word="Siri")
    breach = breaches.count_affected(breach, by=siv)
    by_person = {row.subject_id: (row.records, row.named) for row in breach.persons.all()}
    assert by_person == {kari.subject.pk: (0, False), ola.subject.pk: (1, True), late.subject.pk: (1, False)}
    assert draft_of(breach)["nature"]["persons"] == 2


def test_who_was_computed_may_be_named_as_well_and_stays_one_row(kari, ola, siv):
    breach = confirmed(classes=["toy.Guest"])
    assert set(breach.persons.values_list("subject_id", "named")) == {
        (kari.subject.pk, False),
        (ola.subject.pk, False),
    }
    breaches.describe_breach(breach, persons=[kari.subject], by=siv)
    named = {row.subject_id: (row.named, row.records) for row in breach.persons.all()}
    assert named == {kari.subject.pk: (True, 1), ola.subject.pk: (False, 1)}


def test_a_late_notice_needs_reasons_and_one_in_time_keeps_none(kari, siv):
    breach = confirmed(hours=73)
    with pytest.raises(BreachRefused, match="72 hours"):
        breach_decisions.notify_authority(breach, at=timezone.now(), reference="26/1", by=siv)
    breach.refresh_from_db()
    assert breach.state == "confirmed"
    breach = breach_decisions.notify_authority(
        breach, at=timezone.now(), reference="26/1", delay_reason="Found on a Friday night.", by=siv
    )
    assert (breach.state, breach.delay_reason) == ("authority_notified", "Found on a Friday night.")
    in_time = confirmed(hours=71)
    in_time = breach_decisions.notify_authority(
        in_time, at=timezone.now(), reference="26/2", delay_reason="no need", by=siv
    )
    assert in_time.delay_reason == ""


def test_a_notice_lies_between_knowing_and_now():
    breach = confirmed(hours=2)
    for at in (timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=3)):
        with pytest.raises(BreachRefused):
            breach_decisions.notify_authority(breach, at=at, reference="", by=None)


def test_phases_are_events_with_the_digest_of_what_was_sent(kari, siv):
    breach = notified(by=siv)
    first = breach.events.get(kind="authority_notified")
    assert len(first.digest) == 64 and first.reference == "26/1234"
    with pytest.raises(BreachRefused, match="adds"):
        breach_decisions.notify_authority(breach, at=timezone.now(), reference="26/1234", by=siv)
    breaches.describe_breach(breach, measures="The server is shut and emptied.", by=siv)
    breach.refresh_from_db()
    now = digest_of(draft_of(breach))
    breach_decisions.notify_authority(breach, at=timezone.now(), reference="26/1234", text="It was emptied.", by=siv)
    supplement = breach.events.get(kind="supplement")
    assert (supplement.digest, supplement.text) == (now, "It was emptied.") and now != first.digest


def test_only_an_unlikely_risk_need_not_be_notified_and_it_can_still_be(kari, siv):
    breach = confirmed(risk="risk")
    with pytest.raises(BreachRefused, match="unlikely"):
        breach_decisions.decide_not_notifiable(breach, reason="Nobody saw it.", by=siv)
    breach = breach_decisions.assess_risk(breach, risk="unlikely", reason="The logs show nobody came.", by=siv)
    with pytest.raises(BreachRefused, match="why"):
        breach_decisions.decide_not_notifiable(breach, reason=" ", by=siv)
    breach = breach_decisions.decide_not_notifiable(breach, reason="Nobody saw it.", by=siv)
    assert (breach.state, breach.authority_reason) == ("not_notifiable", "Nobody saw it.")
    breach = breach_decisions.notify_authority(breach, at=timezone.now(), reference="26/9", by=siv)
    assert breach.state == "authority_notified"
    with pytest.raises(BreachRefused):
        breach_decisions.assess_risk(opened(), risk="high", reason="?", by=siv)
    with pytest.raises(BreachRefused):
        breach_decisions.assess_risk(breach, risk="terrible", reason="?", by=siv)


def test_closing_without_decision_or_reason_is_refused(kari, siv):
    for breach in (opened(), confirmed(), notified()):
        with pytest.raises(IllegalMove):
            breach_decisions.close_breach(breach, reason="Enough.", by=siv)
        breach.refresh_from_db()
        assert breach.is_open
    breach = told()
    with pytest.raises(BreachRefused, match="why"):
        breach_decisions.close_breach(breach, reason="  ", by=siv)
    breach = breach_decisions.close_breach(breach, reason="All told, server gone.", by=siv)
    assert (breach.state, breach.closed_on) == ("closed", timezone.localdate())
    for act in (
        lambda: breaches.describe_breach(breach, measures="more", by=siv),
        lambda: breaches.count_affected(breach, by=siv),
        lambda: breach_decisions.notify_authority(breach, at=timezone.now(), reference="", text="more", by=siv),
    ):
        with pytest.raises(BreachRefused):
            act()


def test_at_a_high_risk_persons_are_told_or_the_law_has_a_reason(kari, siv):
    breach = notified(risk="high")
    with pytest.raises(BreachRefused, match="Art 34"):
        breach_decisions.decide_not_required(breach, reason_code="not_high", reason="We think not.", by=siv)
    with pytest.raises(BreachRefused, match="why"):
        breach_decisions.decide_not_required(breach, reason_code="unintelligible", reason="", by=siv)
    breach = breach_decisions.decide_not_required(
        breach, reason_code="unintelligible", reason="The disk was encrypted.", by=siv
    )
    assert breach_decisions.close_breach(breach, reason="Done.", by=siv).state == "closed"
    low = notified(risk="risk")
    low = breach_decisions.decide_not_required(low, reason_code="not_high", reason="Names only.", by=siv)
    assert (low.state, low.subjects_reason_code) == ("not_required", "not_high")


def test_what_was_no_breach_stays_in_the_register(siv):
    breach = opened()
    breaches.assess_breach(breach, by=siv)
    breach = breaches.dismiss_breach(breach, reason="A drill.", by=siv)
    breach = breach_decisions.close_breach(breach, reason="A drill.", by=siv)
    assert Breach.objects.get() == breach
    assert kinds(breach) == ["detected", "assessing", "not_a_breach", "closed"]


def test_the_database_refuses_to_change_or_drop_an_event(kari):
    breach = opened()
    for act in (lambda: breach.events.update(text="x"), lambda: breach.events.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert kinds(breach) == ["detected"]


def test_a_paper_is_sealed_and_stands_in_the_history(siv):
    breach = opened()
    paper = breaches.file_paper(
        breach, io.BytesIO(b"%PDF-1.7 letter"), display_name="brev.pdf", media_type="application/pdf", by=siv
    )
    assert BreachEvent.objects.get(kind="paper").paper == paper
    with open_document(paper, by=siv) as content:
        assert content.read() == b"%PDF-1.7 letter"


def test_the_draft_says_what_the_form_asks_and_nobody(kari, ola):
    draft = draft_of(notified())
    assert draft["nature"]["what_happened"] == WHAT
    assert draft["nature"]["persons"] == draft["nature"]["records"] == Guest.objects.count() == 2
    for name in ("likely_consequences", "measures", "contact_point", "aware_at", "due_at", "reason_for_delay"):
        assert name in draft
    assert draft["contact_point"]["email"] and draft["nature"]["categories_of_data"]
    assert "gjest.example" not in str(draft)
    assert draft_of(opened())["nature"]["persons"] == 0
