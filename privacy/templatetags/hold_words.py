"""Holds in words, for the office."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import words
from privacy.models import LegalHold
from privacy.templatetags.privacy_words import day as in_words

register = template.Library()
_STATES = dict(LegalHold.State.choices) | {"expired": gettext_lazy("its day is over")}
_CHIPS = {"proposed": "wait", "active": "good"}


@register.filter
def hold_state(code):
    """Where a hold stands, in words."""
    return str(_STATES[code])


@register.filter
def hold_chip(code):
    """The kind of chip for a state."""
    return _CHIPS.get(code, "info")


@register.filter
def hold_reason(code):
    """Why it is held; what is no code stays as it was written."""
    return words.in_words("reason", code)


@register.simple_tag
def hold_end(hold):
    """Its last day, or when it is looked at again."""
    if hold.until:
        return in_words(hold.until)
    return _("looked at again on %(day)s") % {"day": in_words(hold.review_on)}


@register.simple_tag
def hold_actor(user, key):
    """A colleague's name; the house itself where nobody acted, and no name where the account is gone."""
    if user is not None:
        return user.get_full_name() or user.email
    return _("somebody whose account is gone") if key else _("by itself")
