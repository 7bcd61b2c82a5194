import pytest
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext, override
from wagtail.admin.views.account import AvatarSettingsPanel, NotificationsSettingsPanel
from wagtail.models import GroupPagePermission, Site

from cn_portal.accounts import actions as accounts
from cn_portal.accounts.models import TotpDevice
from cn_portal.website.wagtail_hooks import admin_colours

HOME = "/admin/"


def test_the_admin_gets_our_colours():
    assert 'href="/static/css/admin.css"' in admin_colours()


def test_staff_cannot_upload_a_picture_of_themselves():
    panel = AvatarSettingsPanel.__new__(AvatarSettingsPanel)
    assert not panel.is_active()
    assert NotificationsSettingsPanel.is_active is not AvatarSettingsPanel.is_active


@pytest.fixture
def enter(db, client):
    """A colleague with the second factor shown, in one group with the rights of the admin and the given pages."""

    def start(*, page=None):
        user = accounts.create_staff(
            "kollega@cn.example", groups=[], by=None, first_name="Kari", last_name="Kollega", language="en"
        )
        group = Group.objects.create(name="Some")
        group.permissions.set(Permission.objects.filter(codename="access_admin"))
        if page:
            right = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
            GroupPagePermission.objects.create(group=group, page=page, permission=right)
        user.groups.add(group)
        device = accounts.begin_factor(user, by=user)
        TotpDevice.objects.filter(pk=device.pk).update(confirmed=True)
        client.force_login(user, backend="cn_portal.accounts.backends.PasswordBackend")
        session = client.session
        session["otp_device_id"] = device.persistent_id
        session.save()
        return client

    return start


def test_an_editor_begins_at_the_pages_and_is_greeted_by_name(enter):
    top = Site.objects.get(is_default_site=True).root_page
    page = enter(page=top).get(HOME)
    assert "Hello, Kari Kollega" in page.text and 'id="find-page"' in page.text
    assert f"/admin/pages/{top.pk}/" in page.text
    assert {panel.name for panel in page.context["panels"]} >= {"website", "recent_edits", "locked_pages"}


def test_who_writes_no_pages_gets_no_panel_about_them(enter):
    page = enter().get(HOME)
    assert page.context["panels"] == []
    assert 'id="find-page"' not in page.text
    assert "Ask the colleague who made your account" in page.text


def test_the_name_of_the_house_stands_in_the_tab_and_help_stays_here(enter):
    page = enter().get(HOME).text
    assert "<title>Home - CN</title>" in page.replace("\n", "")
    assert "guide.wagtail.org" not in page and "docs.wagtail.org" not in page
    assert "keyboard-shortcuts-trigger" in page


def test_words_that_wagtail_lacks_are_ours():
    with override("nb"):
        assert gettext("Search…") == "Søk …"
        assert gettext("New: %(model_name)s") == "Ny: %(model_name)s"
