from wagtail.admin.views.account import AvatarSettingsPanel, NotificationsSettingsPanel

from cn_portal.website.wagtail_hooks import admin_colours


def test_the_admin_gets_our_colours():
    assert 'href="/static/css/admin.css"' in admin_colours()


def test_staff_cannot_upload_a_picture_of_themselves():
    panel = AvatarSettingsPanel.__new__(AvatarSettingsPanel)
    assert not panel.is_active()
    assert NotificationsSettingsPanel.is_active is not AvatarSettingsPanel.is_active
