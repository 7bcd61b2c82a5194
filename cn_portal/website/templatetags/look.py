"""Small words of the visual language: one tag per piece, so that every screen says the same thing the same way."""

import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django import forms, template
from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

register = template.Library()

DRAWINGS = ("process", "blast-pot", "nozzle", "helmet", "abrasive", "recovery", "blast-room", "service")
THIN_SPACE = "\N{NO-BREAK SPACE}"


@register.inclusion_tag("components/field.html")
def field(bound):
    """One form field with label, hint and error; a single tick box gets its label on the right."""
    return {"field": bound, "tick": isinstance(bound.field.widget, forms.CheckboxInput)}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form):
    """All errors of a form on top, each linking to its field. Shows nothing for an unbound or right form."""
    return {"form": form}


@register.inclusion_tag("components/state_chip.html")
def chip(kind, label):
    """A state as word and icon; kind is good, wait, stop, info or plain."""
    return {"kind": kind, "label": label}


@register.inclusion_tag("components/fact_row.html")
def fact(label, value, source="", until=""):
    """Label, value, where it came from, until when. `until` may be a date or a text."""
    return {"label": label, "value": value, "source": source, "until": long_date(until)}


@register.filter
def long_date(value):
    """A date as people write it: 12. mars 2028 / 12 March 2028. Anything but a date comes back unchanged."""
    if isinstance(value, datetime.datetime):
        value = localtime(value).date() if value.tzinfo else value.date()
    if not isinstance(value, datetime.date):
        return value
    return date_format(value, "j. F Y" if _norwegian() else "j F Y")


@register.filter
def kroner(value):
    """An amount in whole or hundredth kroner: 12 500 kr / NOK 12,500. An empty value gives an empty text."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    text = f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"
    if not _norwegian():
        return f"NOK{THIN_SPACE}{text}"
    return text.replace(",", THIN_SPACE).replace(".", ",") + f"{THIN_SPACE}kr"


@register.simple_tag
def drawing(name) -> SafeString:
    """A line drawing set into the page, so that it takes the page's colours. Decorative: hidden from screen readers."""
    return _drawing(name) if name in DRAWINGS else SafeString("")


@lru_cache
def _drawing(name) -> SafeString:
    markup = Path(finders.find(f"img/drawings/{name}.svg")).read_text(encoding="utf-8").strip()
    # The file is ours and the name is one of DRAWINGS, so nothing a visitor wrote can get in here.
    return mark_safe(markup.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308


def _norwegian() -> bool:
    return (get_language() or "nb").startswith("nb")
