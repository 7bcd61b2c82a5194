"""Values, labels and dates of a person's data as text, the same on their page, in their copy and in letters."""

import datetime

from django import template
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from privacy import queries, words

register = template.Library()


@register.filter
def day(value):
    """A date or moment as people write its day: 12. mars 2028 / 12 March 2028."""
    if isinstance(value, datetime.datetime):
        value = localtime(value).date() if is_aware(value) else value.date()
    return date_format(value, "j. F Y" if _norwegian() else "j F Y") if value else ""


@register.filter
def moment(value):
    """A moment in Oslo time, with the clock: 12. mars 2028 kl. 14.05 / 12 March 2028 at 14:05."""
    local = localtime(value) if is_aware(value) else value
    clock = date_format(local, "H.i" if _norwegian() else "H:i")
    return _("%(day)s at %(clock)s") % {"day": day(value), "clock": clock}


@register.filter
def plain(value):
    """A held value as text: dates and yes or no in words, lists with commas, nested values as "name: value"."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{str(name).replace('_', ' ')}: {plain(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(inner) for inner in value)
    return "" if value is None else _text(str(value))


def _text(text: str) -> str:
    try:
        if len(text) == 10 and (date := parse_date(text)):
            return day(date)
        if len(text) > 18 and text[4:5] == "-" and (at := parse_datetime(text)):
            return moment(at)
    except ValueError:
        # It only looked like a date: somebody wrote "2026-13-45".
        return text
    return text


@register.simple_tag
def label_of(group, value):
    """The heading of one value of a group's record."""
    return words.column_label(group.declaration.model, value.name, value.label)


@register.simple_tag
def text_of(group, value):
    """One value as text; the engine's own codes in words."""
    known = words.in_words(value.name, value.value) if group.declaration.model._meta.app_label == "privacy" else value.value
    return plain(known)


@register.simple_tag
def fields_of(disclosure):
    """The facts of one hand-over in words, with commas."""
    return ", ".join(words.field_title(name, disclosure.about_model) for name in disclosure.field_names)


@register.filter
def activity_title(code):
    """What an activity is called."""
    return words.activity_title(code)


@register.filter
def purpose_title(code):
    """What a consent is for."""
    return words.purpose_title(code)


@register.filter
def basis_words(code):
    """A legal basis in words."""
    return words.in_words("basis", code)


@register.filter
def roles_in_words(codes):
    """What somebody is to us, with commas."""
    return ", ".join(words.in_words("roles", list(codes)))


@register.simple_tag
def the_controller():
    """Who is responsible: name, address, email and more (queries.controller)."""
    return queries.controller()


def _norwegian() -> bool:
    return (get_language() or "nb").startswith("nb")
