"""Values, labels and dates of a person's data as text, the same on their page, in their copy and in letters."""

import datetime

from django import template
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from privacy import queries, words
from privacy.screens import sections

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
    is_ours = group.declaration.model._meta.app_label == "privacy"
    return plain(words.in_words(value.name, value.value) if is_ours else value.value)


# Whose words a value is; what the person gave us themselves needs no word.
HOW = {
    "observed": gettext_lazy("noted by us"),
    "inferred": gettext_lazy("worked out by us"),
    "about": gettext_lazy("written by us about you"),
}


@register.simple_tag
def said_of(group, values):
    """[{label, text, withheld, how}]: values as text, with whose words they are where they are not the person's."""
    return [
        {
            "label": label_of(group, value),
            "text": text_of(group, value),
            "withheld": value.withheld,
            "how": HOW.get(value.scope, ""),
        }
        for value in values
    ]


@register.simple_tag
def values_of(group, record):
    """{"filled": as `said_of`, "empty": labels with commas}: what a record says, what it leaves."""
    rows = said_of(group, record.values)
    return {
        "filled": [row for row in rows if row["text"] or row["withheld"]],
        "empty": ", ".join(row["label"] for row in rows if not row["text"] and not row["withheld"]),
    }


@register.simple_tag
def source_of(record):
    """Where a record came from, in a sentence; nothing when nobody knows."""
    source = str(words.METHODS.get(record.source, record.source)).rstrip(".")
    return _("From: %(source)s.") % {"source": source} if source else ""


@register.simple_tag
def until_of(record):
    """Until when one record is kept and why, in a sentence."""
    if record.hold is not None:
        return stays(record.hold)
    if record.until:
        return _("Kept until %(day)s, because the rule is: %(rule)s.") % {
            "day": day(record.until),
            "rule": record.because,
        }
    return _("How long: %(rule)s.") % {"rule": record.because}


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
def method_words(code):
    """How an answer was given, in words."""
    return words.in_words("method", code)


@register.filter
def basis_words(code):
    """A legal basis in words."""
    return words.in_words("basis", code)


@register.filter
def roles_in_words(codes):
    """What somebody is to us, with commas."""
    return ", ".join(words.in_words("roles", list(codes)))


@register.simple_tag
def is_standing(state, on):
    """Whether this consent can be withdrawn: a yes that has not run out."""
    return sections.standing(state, on)


@register.simple_tag
def stays(item):
    """Why one line of an erasure plan stays, and until when."""
    reason = str(words.in_words("reason", str(item.reason))).rstrip(".")
    why = {"day": day(item.until), "reason": reason, "law": item.law}
    if item.until:
        return _("Stays until %(day)s because %(reason)s (%(law)s).") % why
    return _("Stays for now because %(reason)s (%(law)s).") % why


@register.simple_tag
def heading_of(headings, key):
    """The heading of the record with this key, or nothing."""
    return headings.get(key, "")


@register.filter
def must_stay(group):
    """Whether something in this group outlives its rule."""
    return any(record.hold for record in group.records)


@register.filter
def as_table(group):
    """Whether this group is read better as a table."""
    return sections.as_table(group)


@register.filter
def basis_of(group):
    """The legal basis of a group, in a sentence."""
    return sections.basis_text(group.activity)


@register.filter
def newest(group):
    """The rows of a group that fit on a page, newest first."""
    return sections.newest(group)


@register.filter
def model_words(label):
    """What one record of a model is called, by its label."""
    return words.model_title(label)


@register.filter
def class_title(label):
    """What the records of a class are called together, by its label; a class that is no more keeps its label."""
    return words.class_title(label)


@register.filter
def run_state(state):
    """How a nightly run ended, in words."""
    return words.RUN_STATES.get(state, state)


@register.simple_tag
def the_controller():
    """Who is responsible: name, address, email and more (queries.controller)."""
    return queries.controller()


def _norwegian() -> bool:
    return (get_language() or "nb").startswith("nb")
