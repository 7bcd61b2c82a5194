import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from privacy import wagtail_hooks
from privacy.screens import office_rooms

pytestmark = pytest.mark.django_db


class Somebody(AnonymousUser):
    def __init__(self, *rights):
        self.rights = rights

    def has_perm(self, right, obj=None):
        return right in self.rights


def shown_to(*rights):
    request = RequestFactory().get("/admin/")
    request.user = Somebody(*rights)
    item = wagtail_hooks.menu_item()
    return item.is_shown(request), [room.url for room in item.menu.menu_items_for_request(request)]


def test_whoever_may_enter_a_room_sees_it_and_no_other():
    assert shown_to() == (False, [])
    first = wagtail_hooks.FIRST_ROOMS[0]
    assert shown_to(first.right) == (
        True,
        [
            reverse(room.address)
            for room in (*wagtail_hooks.FIRST_ROOMS, *office_rooms.rooms())
            if room.right == first.right
        ],
    )


def test_every_room_has_an_address_and_a_name_of_its_own():
    rooms = [*wagtail_hooks.FIRST_ROOMS, *office_rooms.rooms()]
    addresses = [reverse(room.address) for room in rooms]
    assert len(set(addresses)) == len(rooms) and all(each.startswith("/admin/privacy/") for each in addresses)
    assert len({str(room.title) for room in rooms}) == len(rooms)
    assert len(office_rooms.addresses()) >= len(office_rooms.rooms())
