"""One question instead of fifty, and the same answer."""

import uuid

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from privacy import presence, registry
from privacy.declare import MatchedBy
from privacy.planning import actor_columns
from privacy.presence import acting, present
from privacy.reach import acted_rows, rows_of
from tests.toy.models import Guest, Room


def by_hand(ids):
    return {each for each in registry.declarations() if rows_of(each, ids).exists()}


class Declared:
    """A class of guests who are found by a function."""

    model = Guest

    def __init__(self, find):
        self.subject = MatchedBy(find, because="there is no key in this table")


def reads_first(ids):
    return Q(pk__in=list(Guest.objects.filter(subject__in=ids).values_list("pk", flat=True)))


def with_a_value(ids):
    return Q(subject__in=ids) & ~Q(pk=uuid.UUID(int=7))


def by_key(ids):
    return Q(subject__in=ids)


def test_it_finds_the_classes_that_have_rows_of_the_person_and_no_others(kari, ola):
    found = present(registry.declarations(), [kari.subject.pk])
    assert found == by_hand([kari.subject.pk])
    assert Guest in {each.model for each in found} and found != set(registry.declarations())


def test_rows_of_a_neighbour_count_only_for_the_neighbour(kari, ola):
    kari.remark.delete()
    both = [present(registry.declarations(), [person.subject.pk]) for person in (kari, ola)]
    assert [any(each.model is type(ola.remark) for each in found) for found in both] == [False, True]


def test_two_keys_of_one_person_are_asked_about_together(kari, ola):
    ids = [kari.subject.pk, ola.subject.pk]
    assert present(registry.declarations(), [*ids, ids[0]]) == by_hand(ids)


@pytest.mark.django_db
def test_who_has_no_key_and_who_is_unknown_has_no_rows():
    assert present(registry.declarations(), []) == set()
    assert present(registry.declarations(), [uuid.UUID(int=1)]) == set()


def test_it_is_one_query_also_for_somebody_else(kari, ola):
    present(registry.declarations(), [kari.subject.pk])
    with CaptureQueriesContext(connection) as captured:
        found = present(registry.declarations(), [ola.subject.pk])
    assert found == by_hand([ola.subject.pk])
    assert len(captured) == 1


def test_more_keys_than_one_statement_takes_are_asked_about_in_several(kari, monkeypatch):
    plain = [each for each in registry.declarations() if isinstance(each.subject, str)]
    monkeypatch.setattr(presence, "MOST_PARAMETERS", 1)
    with CaptureQueriesContext(connection) as captured:
        found = present(plain, [kari.subject.pk])
    assert found == by_hand([kari.subject.pk]) & set(plain) != set()
    assert len(captured) == len(plain)


@pytest.mark.parametrize("find", [by_key, with_a_value, reads_first])
def test_a_condition_is_right_for_each_person_whatever_it_is_made_of(kari, find):
    declared = Declared(find)
    for ids, is_there in (([uuid.UUID(int=1)], False), ([kari.subject.pk], True), ([uuid.UUID(int=2)], False)):
        assert present([declared], ids) == ({declared} if is_there else set())


@pytest.mark.parametrize(("find", "is_kept"), [(by_key, True), (with_a_value, False), (reads_first, False)])
@pytest.mark.django_db
def test_only_sql_that_is_made_of_keys_alone_is_kept(find, is_kept):
    declared = Declared(find)
    assert (presence._written(declared, (Guest, declared.subject), 1, "default") is not None) is is_kept


def test_a_condition_nothing_can_meet_asks_nothing(kari):
    never, known = Declared(lambda ids: Q(pk__in=[])), Declared(by_key)
    with CaptureQueriesContext(connection) as captured:
        assert present([never], [kari.subject.pk]) == set()
    assert len(captured) == 0
    assert present([never, known], [kari.subject.pk]) == {known}


def test_where_a_person_acted_is_asked_in_one_query_for_all_columns(kari, ola, django_user_model):
    cleaner = django_user_model.objects.create(email="vask@gjest.example", subject=kari.subject)
    Room.objects.create(cleaned_by=cleaner)
    columns = list(actor_columns())
    by_hand = [each for each in columns if acted_rows(*each, [kari.subject.pk]).exists()]
    assert [(model, name) for model, name, _actor in by_hand] == [(Room, "cleaned_by")]
    with CaptureQueriesContext(connection) as captured:
        assert acting(columns, [kari.subject.pk]) == by_hand
    assert len(captured) == 1
    assert acting(columns, [ola.subject.pk]) == [] == acting(columns, []) == acting([], [kari.subject.pk])
