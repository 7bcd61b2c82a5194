"""The record of processing and the data map, straight from the declarations (Art 30, L31)."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.conf import settings

from privacy import registry
from privacy.declare import Actor, Field, KeepFor, KeepUntilErased, KeepWith
from privacy.fields import SealedField
from privacy.models import Recipient
from privacy.reach import Declaration


def controller() -> dict:
    """The controller block (N2, N69), from the function that ``settings.PRIVACY_CONTROLLER`` names."""
    module, _dot, name = settings.PRIVACY_CONTROLLER.rpartition(".")
    return getattr(import_module(module), name)()


def register() -> dict:
    """{"controller", "activities", "fields", "excused"}: the shape `privacy_register` promises."""
    return {
        "controller": controller(),
        "activities": [_activity(each) for each in registry.activities()],
        "fields": [row for declaration in registry.declarations() for row in _fields(declaration)],
        "excused": [row for excuse in registry.excuses() for row in _excused(excuse)],
    }


def declarations_under(activity) -> list[Declaration]:
    """The declared classes that serve one activity."""
    return [declaration for declaration in registry.declarations() if declaration.activity is activity]


def _activity(activity) -> dict:
    own = declarations_under(activity)
    names = Recipient.objects.filter(code__in=activity.recipients).order_by("name").values_list("name", flat=True)
    return {
        "code": activity.code,
        "title": str(activity.title),
        "plainly": str(activity.plainly),
        "purpose": activity.purpose,
        "basis": activity.basis.value,
        "article": activity.basis.article,
        "law": activity.law,
        "interest": str(activity.interest),
        "notice": list(activity.notice),
        "categories": sorted({what.category.dpv for d in own for what in d.fields_of(Field).values()}),
        "recipients": list(names),
        "keep": [keep_row(declaration) for declaration in own],
        "measures": list(activity.measures),
        "rights": [f"eu-gdpr:{right}" for right in activity.basis.rights],
        "review": str(activity.review),
    }


def keep_row(declaration: Declaration) -> dict:
    """One line of the retention schedule: class, ISO period or reason, start, source."""
    keep = declaration.keep
    row = {"model": declaration.name(), "title": str(declaration.title), "source": keep.source}
    if isinstance(keep, KeepFor):
        return {**row, "period": keep.period, "since": keep.since, "anchor": keep.anchor or "event"}
    if isinstance(keep, KeepWith):
        return {**row, "with": keep.path}
    assert isinstance(keep, KeepUntilErased)
    return {**row, "reason": str(keep.reason)}


def _keep_text(declaration) -> str:
    row = keep_row(declaration)
    if "period" in row:
        return f"{row['period']} after {row['since']} ({row['source']})"
    return f"with {row['with']} ({row['source']})" if "with" in row else f"{row['reason']} ({row['source']})"


def _fields(declaration) -> list[dict]:
    rows = []
    for name, what in declaration.fields.items():
        column = declaration.model._meta.get_field(name)
        rows.append(
            {
                "model": declaration.name(),
                "field": name,
                "category": _category(what),
                "activity": declaration.activity.code,
                "keep": _keep_text(declaration),
                "on_erase": _on_erase(declaration, what),
                "encrypted": isinstance(column, SealedField),
                "scope": what.scope.value if isinstance(what, Field) else "",
            }
        )
    return rows


def _category(what) -> str:
    if isinstance(what, Field):
        return what.category.dpv
    return "actor" if isinstance(what, Actor) else f"not personal: {what.because}"


def _on_erase(declaration, what) -> str:
    if declaration.evidence:
        return "keep"
    if declaration.on_erase.value == "delete":
        return "delete"
    return what.on_erase.value if isinstance(what, (Field, Actor)) else "keep"


def _excused(excuse) -> list[dict]:
    rows = [{"model": excuse.model._meta.label, "field": "", "because": excuse.because}]
    for name, actor in excuse.actors.items():
        because = actor.because or f"who acted; on erasure: {actor.on_erase.value}"
        rows.append({"model": excuse.model._meta.label, "field": name, "because": because})
    return rows


def models_in_the_database() -> list[str]:
    """Labels of every model that has a table, those made by many-to-many fields included."""
    return sorted(
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    )
