"""Words of the pages about the notice: where a version stands, and which language it is in."""

from datetime import date

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from privacy.queries.held import day_text

register = template.Library()


@register.simple_tag
def version_state(version, in_force) -> str:
    """A mark with words: in force, told and not in force yet, replaced."""
    if in_force is not None and version.pk == in_force.pk:
        return format_html('<span class="chip good">{}</span>', _("In force"))
    if in_force is None or version.number > in_force.number:
        return format_html('<span class="chip wait">{}</span>', _("Does not apply yet"))
    return format_html('<span class="chip plain">{}</span>', _("Replaced"))


@register.simple_tag
def own_language(language: str) -> str:
    """That a version exists in another language alone."""
    only = {"nb": _("This version exists in Norwegian only."), "en": _("This version exists in English only.")}
    return only[language]


@register.filter
def iso_day(text: str) -> str:
    """An ISO date, as a mail carries it, as people write it: 12. mars 2028 / 12 March 2028."""
    return day_text(date.fromisoformat(text))


@register.simple_tag
def notice_feed_url(language: str) -> str:
    """The full address of the feed of versions in this language."""
    return settings.BASE_URL + reverse("privacy:notice-feed", args=[language])
