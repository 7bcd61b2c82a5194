"""What the frame of a page needs: menu, footer links, languages, controller."""

from django import template

from cn_portal.website.frame import frame_for

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context):
    """The `Frame` of this page. Worked out once per request; empty lists where the site has no pages yet."""
    return frame_for(context.get("request"), page=context.get("page"))


@register.simple_tag(takes_context=True)
def notice_url(context) -> str:
    """Address of the privacy notice in the page's language, or an empty text while there is none."""
    return frame_for(context.get("request"), page=context.get("page")).notice_url
