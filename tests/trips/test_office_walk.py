"""The privacy office of the demonstration, walked from room to room: every linked page opens, on both databases."""

import re
from collections import Counter

import pytest
from django.test import Client
from django.urls import resolve, reverse

from cn_portal.accounts.models import TotpDevice, User
from cn_portal.demo import company
from privacy import wagtail_hooks
from privacy.screens import office_rooms

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
LINK = re.compile(r'href="(/admin/privacy/[^"#]*)"')
# Of pages that differ only in the row they show, so many are opened.
OF_EACH = 2
FEWEST = 40


@pytest.fixture
def office():
    company.write(people=6)
    user = User.objects.get(email="privacy@cn.example")
    client = Client()
    client.force_login(user, backend="cn_portal.accounts.backends.PasswordBackend")
    session = client.session
    session["otp_device_id"] = TotpDevice.objects.get(user=user).persistent_id
    session.save()
    return client


def test_every_page_of_the_office_that_is_linked_opens(office):
    waiting = [reverse(room.address) for room in (*wagtail_hooks.FIRST_ROOMS, *office_rooms.rooms())]
    opened, seen = Counter(), set(waiting)
    while waiting:
        address = waiting.pop(0)
        name = resolve(address.partition("?")[0]).url_name
        if opened[name] >= OF_EACH:
            continue
        opened[name] += 1
        answer = office.get(address)
        assert answer.status_code in (200, 302), (address, answer.status_code)
        if answer.streaming:
            assert b"".join(answer.streaming_content), address
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            found = [each.replace("&amp;", "&") for each in LINK.findall(answer.text)]
            waiting += [each for each in dict.fromkeys(found) if each not in seen]
            seen |= set(found)
    assert len(opened) >= FEWEST, sorted(opened)
