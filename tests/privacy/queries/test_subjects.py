from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import BigAutoField, BigIntegerField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from privacy import registry
from privacy.actions import give_consent, object_to, open_request, restrict, suppress
from privacy.models import (
    ConsentState,
    DataSubject,
    Objection,
    OutgoingMail,
    Restriction,
    StaffRead,
    StoredFile,
    SubjectRequest,
    TrailEntry,
)
from privacy.queries import active, may_use
from privacy.rules.deadlines import oslo_date
from privacy.stopping import restricted_keys, rests_on
from tests.privacy.stopping import NEWS, ask_for_news, rest_on_interest
from tests.toy.factories import bill, house
from tests.toy.models import Bill, Booking, DoorLog, Guest, GuestFile, Meal, Remark, Room

CLASSES = (Guest, Booking, Meal, Bill, Remark, GuestFile, DoorLog)


def today():
    return oslo_date(timezone.now())


def plan_of(queryset) -> str:
    return queryset.explain()


def whole(subject):
    return restrict(subject, ground="accuracy", by=None)


# Whose rows are there


@pytest.mark.parametrize("state", ["restricted", "erasing", "erased"])
def test_rows_of_persons_who_may_not_be_met_are_left_out_of_every_class(kari, ola, state):
    for model in CLASSES:
        assert active(model.objects.all()).count() == 2, model
    DataSubject.objects.filter(pk=kari.subject.pk).update(state=state)
    for model in CLASSES:
        rest = active(model.objects.all())
        assert rest.count() == 1, model
    assert list(active(DoorLog.objects.all())) == [ola.door] and list(active(Guest.objects.all())) == [ola.guest]
    people = active(DataSubject.objects.filter(pk__in=[kari.subject.pk, ola.subject.pk]))
    assert list(people) == [ola.subject]


def test_rows_of_nobody_and_models_without_people_stay(kari):
    Room.objects.create(name="1")
    Remark.objects.create(text="nobody's")
    whole(kari.subject)
    restrict(kari.subject, ground="accuracy", record=kari.remark, by=None)
    assert active(Room.objects.all()).count() == 1
    assert [row.text for row in active(Remark.objects.all())] == ["nobody's"]


def test_the_clause_keeps_what_the_list_has_asked_for(kari, ola):
    rows = Guest.objects.filter(name__startswith="K").order_by("-name").select_related("subject")
    assert list(active(rows)) == [kari.guest]
    whole(kari.subject)
    assert list(active(rows)) == [] and list(active(Guest.objects.values_list("name", flat=True))) == ["Ola Gjest"]


@pytest.mark.parametrize("name", ["guest", "booking", "meal", "bill", "remark", "file"])
def test_one_record_of_any_class_can_be_paused(kari, ola, name):
    row = getattr(kari, name)
    restrict(kari.subject, ground="accuracy", record=row, by=None)
    assert list(active(type(row).objects.all())) == [getattr(ola, name)]


def test_a_record_found_by_an_address_can_be_paused_and_has_a_number_for_a_key(kari, ola):
    restrict(kari.subject, ground="accuracy", record=kari.door, by=None)
    assert list(active(DoorLog.objects.all())) == [ola.door] and isinstance(DoorLog._meta.pk, BigAutoField)


def test_a_pause_that_has_ended_or_is_about_another_class_stops_nothing(kari):
    closed = Restriction.objects.create(subject=kari.subject, ground="claim", model="toy.Bill", object_pk=kari.bill.pk)
    Restriction.objects.filter(pk=closed.pk).update(lift_told_at=timezone.now(), lifted_at=timezone.now())
    Restriction.objects.create(subject=kari.subject, ground="claim", model="toy.Guest", object_pk=kari.bill.pk)
    assert list(active(Bill.objects.all())) == [kari.bill]


@pytest.mark.parametrize("state, left", [("open", 1), ("upheld", 1), ("overruled", 2)])
def test_an_objection_stops_while_it_stands(kari, ola, monkeypatch, state, left):
    code = rest_on_interest(monkeypatch)
    Objection.objects.create(subject=kari.subject, activity=code, state=state, reason_code="compelling")
    assert active(Guest.objects.all()).count() == active(Meal.objects.all()).count() == left
    assert active(Bill.objects.all()).count() == 2


def test_an_objection_stops_rows_found_by_an_address_too(kari, ola, monkeypatch):
    code = rest_on_interest(monkeypatch)
    monkeypatch.setattr(registry.declaration_of(DoorLog), "activity", registry.activity_of(code))
    object_to(kari.subject, activity=code, by=None)
    assert list(active(DoorLog.objects.all())) == [ola.door]


def test_what_a_row_cannot_be_shown_without():
    names = {
        model: [(path, owner.name()) for path, owner in rests_on(registry.declaration_of(model))]
        for model in (Guest, Meal, StaffRead, Remark)
    }
    assert names[Guest] == [("pk", "toy.Guest")]
    assert names[Meal][:2] == [("pk", "toy.Meal"), ("booking", "toy.Booking")] and len(names[Meal]) == 3
    assert names[StaffRead] == [("pk", "privacy.StaffRead")] and names[Remark] == [("pk", "toy.Remark")]


def test_keys_are_compared_as_what_they_are(kari):
    whole(kari.subject)
    for model in (StoredFile, SubjectRequest, TrailEntry, OutgoingMail, DoorLog):
        assert restricted_keys(model).query.annotations["key"] is not None
        assert list(restricted_keys(model)) == [] and active(model.objects.all()).count() >= 0
    assert isinstance(restricted_keys(DoorLog).query.annotations["key"].output_field, BigIntegerField)


def test_text_keys_and_keys_that_are_somebody_elses(kari, django_user_model):
    from cn_portal.accounts.models import AccountSession

    user = django_user_model.objects.create_user("konto@gjest.example", subject=kari.subject)
    expires = timezone.now() + timedelta(days=1)
    session = AccountSession.objects.create(session_key="a" * 32, session_data="x", expire_date=expires, user=user)
    assert active(AccountSession.objects.all()).count() == 1
    restrict(kari.subject, ground="accuracy", record=session, by=None)
    assert not active(AccountSession.objects.all()).exists()


# What it costs


def test_every_declared_class_can_be_asked_in_one_query(db):
    for declaration in registry.declarations():
        with CaptureQueriesContext(connection) as queries:
            list(active(declaration.model._base_manager.all())[:1])
        assert len(queries) == 1, declaration.name()


def test_the_clause_does_not_grow_with_what_is_stopped(kari, ola):
    first = str(active(Guest.objects.all()).query)
    whole(kari.subject)
    for row in (kari.bill, kari.guest, kari.remark):
        restrict(kari.subject, ground="claim", record=row, by=None)
    assert str(active(Guest.objects.all()).query) == first
    parents = {declaration: len(rests_on(declaration)) for declaration in registry.declarations()}
    assert max(parents.values()) <= 5, parents


def test_no_subquery_is_run_again_for_every_row(kari, ola):
    told = plan_of(active(Guest.objects.all()))
    assert "CORRELATED" not in told and "SubPlan 1 (returns" not in told


# Whether a consent may be used


@pytest.fixture
def agreed(kari, ola, monkeypatch):
    text = ask_for_news(monkeypatch)
    for one in (kari, ola):
        give_consent(one.subject, text=text, method="form", by=None)
    assert may_use(kari.subject, purpose=NEWS, day=today())
    return kari


def may(house):
    return may_use(house.subject, purpose=NEWS, day=today())


@pytest.mark.parametrize("state", ["restricted", "erasing", "erased"])
def test_nobody_is_used_who_may_not_be_met(agreed, ola, state):
    DataSubject.objects.filter(pk=agreed.subject.pk).update(state=state)
    assert not may(agreed) and may(ola)


def test_who_has_one_key_paused_is_not_used_under_the_other(agreed):
    other = house(agreed.email, word="Kari2")
    DataSubject.objects.filter(pk=other.subject.pk).update(proved_as=agreed.subject, state="restricted")
    assert not may(agreed)


def test_contact_details_that_are_disputed_are_not_used(agreed, ola):
    restrict(agreed.subject, ground="accuracy", record=bill(agreed.subject), by=None)
    assert may(agreed)
    restrict(agreed.subject, ground="accuracy", record=agreed.guest, by=None)
    assert not may(agreed) and may(ola)


def test_an_address_that_is_suppressed_is_not_used(agreed, ola):
    suppress(agreed.subject, by=None, source="letter")
    assert not may(agreed) and may(ola)


def test_marketing_is_stopped_by_an_objection_and_other_uses_are_not(agreed, wording, ola):
    give_consent(agreed.subject, text=wording, method="form", by=None)
    Objection.objects.create(subject=agreed.subject, activity="direct-marketing", state="upheld")
    assert not may(agreed) and may(ola)
    assert may_use(agreed.subject, purpose="toy-stays", day=today())


def test_a_consent_that_nobody_declares_counts_as_marketing_when_it_is_called_so(agreed):
    ConsentState.objects.filter(subject=agreed.subject).update(purpose="marketing")
    assert may_use(agreed.subject, purpose="marketing", day=today())
    suppress(agreed.subject, by=None, source="letter")
    assert not may_use(agreed.subject, purpose="marketing", day=today())
    assert not may_use(agreed.subject, purpose="another", day=today())


def test_a_consent_is_used_through_its_last_day(agreed):
    ConsentState.objects.update(valid_until=date(2026, 5, 1))
    assert may_use(agreed.subject, purpose=NEWS, day=date(2026, 5, 1))
    assert not may_use(agreed.subject, purpose=NEWS, day=date(2026, 5, 2))


def test_a_request_alone_stops_nothing(agreed):
    open_request(agreed.subject, right="access", by=None)
    assert may(agreed) and active(Guest.objects.all()).count() == 2
