"""Plans and periods in the words of the office."""

from django import template
from django.utils.formats import date_format

from privacy import words
from privacy.queries.held import period_text
from privacy.queries.retention import ACTIONS

register = template.Library()


@register.filter
def at(numbers, index):
    """One number of a list."""
    return numbers[index]


@register.filter
def month(day):
    """A month as people write it: March 2027."""
    return date_format(day, "F Y")


@register.filter
def class_words(label):
    """What the rows of a class are called together."""
    return words.class_title(label)


@register.filter
def plan_words(action):
    """What becomes of a row."""
    return ACTIONS.get(action, action)


@register.filter
def reference(key):
    """The beginning of a row's key, which names nobody."""
    return str(key)[:8]


@register.filter
def period_words(rule):
    """The period of a rule: 24 months."""
    return period_text(rule)
