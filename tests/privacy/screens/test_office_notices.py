"""The office's room of the notice: drift, draft, decision by another, and whom each version was told (N64, N66)."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from privacy import actions
from privacy.actions import notice_mails
from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.models import NoticeVersion
from tests.privacy.noticing import TOLD, move_bring, work, write_elsewhere

pytestmark = pytest.mark.django_db
ROOM = "/admin/privacy/notice/"


@pytest.fixture
def manager(make_person):
    user = make_person("Sjefkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


@pytest.fixture
def own():
    return actions.publish_first_notice()


def html(client, address=ROOM, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def act(client, version, name):
    return client.post(reverse("privacy-notice-act", args=[version.pk, name]), follow=True)


def test_before_anything_is_published_the_room_says_what_to_do(enter, officer):
    page = html(enter(officer))
    assert "Nothing has been published yet" in page and "/admin/privacy/notice/draft/" in page


def test_in_step_it_says_so_and_out_of_step_it_names_each_difference(enter, officer, own):
    client = enter(officer)
    assert "The notice says what the register says." in html(client)
    move_bring()
    page = html(client)
    assert "the recipient’s country was NO and is US" in page and "significant" in page


def test_a_change_that_is_not_significant_from_the_room_to_the_public_page(enter, officer, own):
    client = enter(officer)
    write_elsewhere()
    form = html(client, f"{ROOM}draft/")
    assert "nytt@cn.example" in form and "Nothing here is significant by itself" in form
    made = client.post(f"{ROOM}draft/", {"changes_nb": "Ny adresse.", "changes_en": "New address."})
    version = NoticeVersion.objects.get(state="draft")
    assert made.url == reverse("privacy-notice-version", args=[version.pk])
    page = html(client, made.url)
    assert "New address." in page and "<ins>" in page and "Publish" in page and "Approve" not in page
    assert "There is a draft" not in html(client) or "not significant; it can be published." in html(client)
    assert "It applies from today" in act(client, version, "publish").content.decode()
    version.refresh_from_db()
    assert (version.state, version.number, version.changes_en) == ("current", 3, "New address.")
    assert "nytt@cn.example" in client.get("/privacy/notice/nb/3/").content.decode()


def test_a_significant_change_needs_another_and_is_told(enter, officer, manager, own):
    client, other = enter(officer), enter(manager)
    move_bring()
    assert "told to everybody it concerns before it applies" in html(client, f"{ROOM}draft/")
    client.post(f"{ROOM}draft/", {f"changes_{language}": text for language, text in TOLD.items()} | {"social": "on"})
    version = NoticeVersion.objects.get(state="draft")
    address = reverse("privacy-notice-version", args=[version.pk])
    mine = html(client, address)
    assert (
        "somebody else approves it" in mine and "Approve, and tell everybody" not in mine and "A text to post" in mine
    )
    assert "cannot apply today" in act(other, version, "publish").content.decode()
    assert "somebody else has to approve it" in act(client, version, "approve").content.decode()
    version.refresh_from_db()
    assert version.state == "draft"
    assert "Approve, and tell everybody" in html(other, address)
    assert "is being told now" in act(other, version, "approve").content.decode()
    assert "people are being told." in html(client)
    notice_mails.tell(version.pk)
    page = html(client)
    assert "Who was told" in page and "<svg" in page and re.search(r"<td[^>]*>\s*2\s*</td>", page)
    work()
    from privacy.actions.notice_versions import settle_telling

    assert settle_telling(version)
    assert "it applies by itself from" in html(client)
    move_bring("DK")
    assert "waits until it applies" in html(client)


def test_a_draft_is_discarded_and_a_mistake_in_the_form_keeps_what_was_written(enter, officer, own):
    client = enter(officer)
    wrong = client.post(f"{ROOM}draft/", {"changes_nb": "Skrevet", "wanted_from": "i morgen"})
    assert wrong.status_code == 422 and "Skrevet" in wrong.content.decode()
    nothing = client.post(f"{ROOM}draft/", {})
    assert nothing.status_code == 422 and "there is nothing to publish" in nothing.content.decode()
    client.post(f"{ROOM}draft/", {"material": "on", "changes_nb": "a", "changes_en": "b", "audiences": ["applicant"]})
    version = NoticeVersion.objects.get(state="draft")
    assert version.material and version.audiences == ["applicant"]
    assert "There is a draft" in html(client) or "somebody else approves it" in html(client)
    assert "discarded" in act(client, version, "discard").content.decode()
    version.refresh_from_db()
    assert version.state == "discarded"


def test_the_notice_from_before_stands_in_the_list_and_opens(enter, officer):
    from datetime import date

    text = actions.import_notice(b"Old <b>words", published_on=date(2018, 7, 10), language="en")
    client = enter(officer)
    assert "10 July 2018" in html(client)
    assert "Old &lt;b&gt;words" in html(client, reverse("privacy-notice-version", args=[text.version.pk]))


def test_nothing_is_found_by_chance_and_get_decides_nothing(enter, officer, own):
    client = enter(officer)
    gone = "00000000-0000-0000-0000-000000000009"
    assert client.get(f"{ROOM}{gone}/").status_code == 404
    assert client.post(f"{ROOM}{gone}/publish/").status_code == 404
    assert client.post(f"{ROOM}{own.pk}/burn/").status_code == 404
    assert client.get(f"{ROOM}{own.pk}/publish/").status_code == 405


def test_who_has_no_right_learns_nothing(enter, make_person, own):
    seller = make_person("Selgerkanari", is_staff=True)
    seller.groups.add(*ensure_roles().values())
    client = enter(seller)
    assert client.get(ROOM).status_code == 200
    seller.groups.clear()
    from django.contrib.auth.models import Permission

    seller.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = enter(get_user_model().objects.get(pk=seller.pk))
    gone = "00000000-0000-0000-0000-000000000009"
    for address in (ROOM, f"{ROOM}draft/", f"{ROOM}{own.pk}/", f"{ROOM}{gone}/"):
        assert client.get(address).status_code == 403, address
    assert client.post(f"{ROOM}{own.pk}/publish/").status_code == 403


def test_the_room_speaks_norwegian(enter, officer, own):
    page = html(enter(officer, language="nb"))
    assert "Erklæringen sier det registeret sier." in page and "Gjelder fra" in page
