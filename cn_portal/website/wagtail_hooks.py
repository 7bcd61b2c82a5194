"""The editor's side: our colours in the admin, a first page for each role, and no pictures of staff."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import AvatarSettingsPanel

# Wagtail has no setting for this: a picture of a colleague would lie open in the public media folder.
AvatarSettingsPanel.is_active = lambda panel: False

# Entries of the help menu that lead to Wagtail's own site: not about this house, and in English only.
_ELSEWHERE = ("whats-new", "editor-guide")


class WebsitePanel(Component):
    """Where an editor begins; Wagtail's own panels (waiting for approval, latest edits, locked pages) follow it."""

    name = "website"
    template_name = "website/admin/home.html"
    order = 200

    def get_context_data(self, parent_context):
        top = parent_context["root_page"]
        return {"explorer": reverse("wagtailadmin_explore", args=[top.pk] if top else [])}


@hooks.register("insert_global_admin_css")
def admin_colours():
    """One stylesheet over Wagtail's own."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_homepage_panels", order=100)
def panels_for_editors_only(request, panels):
    """Wagtail's panels are about pages: whoever has no page to write does not get them, nor their queries."""
    if user_has_any_page_permission(request.user):
        panels.append(WebsitePanel())
    else:
        panels[:] = [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]


@hooks.register("construct_help_menu")
def no_links_elsewhere(request, items):
    items[:] = [item for item in items if not item.name.startswith(_ELSEWHERE)]
