import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import timezone

from privacy.keysets import KeySet
from tests.toy.models import Booking, DoorLog, Guest


def test_keys_of_every_kind_find_their_rows_and_no_other(kari, ola):
    assert list(Guest.objects.filter(pk__in=KeySet(Guest._meta.pk, [kari.guest.pk]))) == [kari.guest]
    assert list(Booking.objects.filter(guest__in=KeySet(Guest._meta.pk, [ola.guest.pk]))) == [ola.booking]
    assert list(Booking.objects.filter(guest__subject__in=KeySet(Booking._meta.get_field("subject"), [ola.subject.pk])))
    assert list(DoorLog.objects.filter(pk__in=KeySet(DoorLog._meta.pk, [kari.door.pk]))) == [kari.door]
    assert not Guest.objects.filter(pk__in=KeySet(Guest._meta.pk, [])).exists()


@pytest.mark.parametrize("odd", ["with,comma", "with'quote", 'with"quote', "æøå", "per%cent"])
def test_words_may_hold_anything(db, odd):
    for key in (odd, "other"):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())
    assert Session.objects.get(pk__in=KeySet(Session._meta.pk, [odd])).pk == odd


def test_numbers_and_a_set_of_them(db):
    first, second, third = (Group.objects.create(name=name) for name in "abc")
    found = Group.objects.filter(pk__in=KeySet(Group._meta.pk, {first.pk, third.pk}))
    assert set(found) == {first, third} and second not in found
    assert found._raw_delete("default") == 2
    assert set(Group.objects.filter(pk__in=[first.pk, second.pk, third.pk])) == {second}
