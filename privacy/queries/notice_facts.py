"""What the notice has to say, read from the register, and in which words a difference is told (N64, T10)."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import registry, words
from privacy.declare import Category, Field, KeepFor, KeepWith
from privacy.models import Recipient
from privacy.periods import keep_of, read_once
from privacy.queries.register import controller, declarations_under, register
from privacy.rules.notices import Change
from privacy.rules.recipients import EEA

LANGUAGES = ("nb", "en")
# While the words for a day to come are made, periods that wait for the notice count as told by it.
_planning: ContextVar[bool] = ContextVar("the notice of a day to come is being written", default=False)
# Stands among the classes of a purpose for the yes it rests on.
CONSENT = "consent"
_CONTROLLER = ("name", "address", "country", "email", "phone")


@contextmanager
def _written_for(day: date | None):
    token = _planning.set(day is not None)
    try:
        yield
    finally:
        _planning.reset(token)


def is_planning() -> bool:
    """Whether what is read now is for a notice that will say so itself."""
    return _planning.get()


def notice_facts(*, day: date | None = None) -> dict:
    """What the register says now, in codes and numbers that do not depend on a language (rules.notices).

    With a ``day`` to come, periods are those that are approved to rule on it.
    """
    with _written_for(day), read_once():
        return _facts(day)


def _facts(day: date | None) -> dict:
    with override("en"):
        rows = register()["activities"]
        block = controller()
    names = {name for row in rows for name in _receivers(row)}
    return {
        "controller": {name: block[name] for name in _CONTROLLER},
        "recipients": {
            each.name: {"country": each.country, "role": each.role, "tool": each.transfer_tool}
            for each in Recipient.objects.filter(name__in=names).order_by("name")
        },
        "purposes": {row["code"]: _purpose(row, day) for row in rows},
    }


def _purpose(row, day) -> dict:
    own = declarations_under(registry.activity_of(row["code"]))
    categories = {what.category.code for each in own for what in each.fields_of(Field).values()}
    return {
        "basis": row["basis"],
        "law": row["law"],
        "categories": sorted(categories),
        "recipients": sorted(_receivers(row)),
        "keep": {each.name(): _keep(each, day) for each in own if not isinstance(each.keep, KeepWith)} | _asked(row),
    }


def _receivers(row) -> list[str]:
    """Whom the notice names: who is only proposed receives nothing yet."""
    return [each["name"] for each in row["receivers"] if each["state"] != Recipient.State.PROPOSED]


def _asked(row) -> dict:
    """How long a yes lasts, for what rests on one."""
    purpose = registry.purpose_of(registry.activity_of(row["code"]).consent)
    return {CONSENT: {"period": f"P{purpose.months}M", "since": "yes", "anchor": "event"}} if purpose else {}


def _keep(declaration, day) -> dict:
    keep = keep_of(declaration, day)
    if isinstance(keep, KeepFor):
        sooner = {} if keep.sooner is None else {"sooner": f"{keep.sooner.period} since {keep.sooner.since}"}
        return {"period": keep.period, "since": keep.since, "anchor": keep.anchor or "event", **sooner}
    with override("en"):
        return {"reason": str(keep.reason)}


def notice_text(language: str, *, day: date | None = None) -> tuple[str, str]:
    """(title, body as HTML) as the site writes it now, from the function that ``settings.PRIVACY_NOTICE_TEXT`` names.

    With a ``day`` to come, periods are those that are approved to rule on it.
    """
    module, _dot, name = settings.PRIVACY_NOTICE_TEXT.rpartition(".")
    with _written_for(day), read_once():
        return getattr(import_module(module), name)(language, day=day)


def change_text(change: Change) -> str:
    """One difference as a sentence in the active language."""
    values = {
        "about": words.activity_title(change.about),
        "what": _what(change),
        "old": _value(change.old),
        "new": _value(change.new),
    }
    return _sentences()[change.code] % values


def _what(change: Change) -> str:
    if change.code.startswith("category"):
        return next((str(c.title) for c in Category if c.code == change.what), change.what)
    if change.code.startswith(("class", "period")):
        return _("a yes of yours") if change.what == CONSENT else words.class_title(change.what)
    return change.what


def _value(value: str) -> str:
    """An ISO period as people say it; anything else as it is."""
    if value[:1] == "P" and value[1:-1].isdigit():
        number = int(value[1:-1])
        return (_("%(n)s months") if value.endswith("M") else _("%(n)s days")) % {"n": number}
    return str(words.BASES.get(value, value))


def _sentences() -> dict[str, str]:
    return {
        "purpose_added": _("A new purpose: %(about)s."),
        "purpose_removed": _("A purpose is gone: %(about)s."),
        "basis_changed": _("%(about)s: the legal basis was “%(old)s” and is “%(new)s”."),
        "law_changed": _("%(about)s: the law named is another one."),
        "category_added": _("%(about)s: a new kind of facts, %(what)s."),
        "category_removed": _("%(about)s: no longer uses %(what)s."),
        "recipient_added": _("%(about)s: a new recipient, %(what)s."),
        "recipient_removed": _("%(about)s: %(what)s no longer receives anything."),
        "recipient_moved": _("%(about)s: the recipient’s country was %(old)s and is %(new)s."),
        "recipient_described": _("%(about)s: role or transfer tool of the recipient is another one."),
        "class_added": _("%(about)s: a new kind of record, %(what)s."),
        "class_removed": _("%(about)s: a kind of record is no longer kept, %(what)s."),
        "period_longer": _("%(about)s: %(what)s are kept longer: %(old)s before, %(new)s now."),
        "period_shorter": _("%(about)s: %(what)s are kept for a shorter time: %(old)s before, %(new)s now."),
        "period_start_changed": _("%(about)s: the period of %(what)s is counted from another day."),
        "period_worded": _("%(about)s: the period of %(what)s is put in other words."),
        "controller_name": _("The controller was called %(old)s and is called %(new)s."),
        "controller_reached": _("The controller is reached in another way: %(old)s before, %(new)s now."),
    }


def transfers_of(names) -> list[Recipient]:
    """Those of these recipients that are outside the EEA, where the law wants a tool for the transfer (L33)."""
    return [each for each in Recipient.objects.filter(name__in=names).order_by("name") if each.country not in EEA]
