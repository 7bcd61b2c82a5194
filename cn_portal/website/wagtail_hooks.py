"""The editor's side: our colours in the admin, and no pictures of staff."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

# Wagtail has no setting for this: a picture of a colleague would lie open in the public media folder.
AvatarSettingsPanel.is_active = lambda panel: False


@hooks.register("insert_global_admin_css")
def admin_colours():
    """One stylesheet over Wagtail's own, made of custom properties."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
