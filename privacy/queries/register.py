"""The record of processing and the data map, straight from the declarations (Art 30, L31)."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from privacy import periods, registry
from privacy.declare import Actor, Field, KeepFor, KeepUntilErased, KeepWith
from privacy.fields import SealedField
from privacy.models import Recipient
from privacy.queries.held import rule_text
from privacy.queries.recipients import of_activity, partners_in_force
from privacy.queries.screenings import Standing, standings
from privacy.reach import Declaration
from privacy.rules.recipients import is_eea


def controller() -> dict:
    """The controller block (N2, N69), from the function that ``settings.PRIVACY_CONTROLLER`` names."""
    module, _dot, name = settings.PRIVACY_CONTROLLER.rpartition(".")
    return getattr(import_module(module), name)()


# What guards paper and machines (N63); `settings.PRIVACY_PHYSICAL_MEASURES` names others.
PHYSICAL_MEASURES = (
    _("locked offices, with keys signed for"),
    _("visitors are met and accompanied"),
    _("paper about people is locked away and shredded"),
    _("screens lock themselves, and disks of portable machines are encrypted"),
    _("machines that hold data stand with a processor in the EEA, in locked rooms"),
)


# Declarations name people and measures in plain English; these are the words there are translations for.
SUBJECTS = (
    gettext_noop("applicants"),
    gettext_noop("customers"),
    gettext_noop("customers' employees"),
    gettext_noop("everyone"),
    gettext_noop("people who write to us"),
    gettext_noop("prospects"),
    gettext_noop("sole traders"),
    gettext_noop("staff"),
    gettext_noop("visitors who try to sign in"),
)
MEASURES = (
    gettext_noop("access by role"),
    gettext_noop("second factor for staff"),
    gettext_noop("encryption of chosen fields"),
    gettext_noop("one-way hashed passwords"),
    gettext_noop("second factor, required for staff"),
    gettext_noop("sealed authenticator keys"),
    gettext_noop("addresses kept as keyed hashes only"),
    gettext_noop("networks instead of full addresses"),
    gettext_noop("deleted after 90 days"),
    gettext_noop("order on paper with its digest"),
    gettext_noop("approval by a second person"),
    gettext_noop("only what is in the scope of the order"),
    gettext_noop("access by name and day"),
    gettext_noop("confidentiality statement before access"),
    gettext_noop("pseudonyms unless a second person approved names"),
    gettext_noop("every look is logged"),
)


def physical_measures() -> list[str]:
    """How rooms, paper and machines are guarded, in words (N63)."""
    return [str(each) for each in getattr(settings, "PRIVACY_PHYSICAL_MEASURES", PHYSICAL_MEASURES)]


@periods.read_once()
def register() -> dict:
    """{"controller", "activities", "fields", "excused"}: the shape `privacy_register` promises.

    Every column of Art 30(1) is there: purposes, people, data, recipients, transfers, periods, measures.
    """
    partners, found = partners_in_force(), standings()
    return {
        "controller": controller(),
        "activities": [_activity(each, partners, found) for each in registry.activities()],
        "fields": [row for declaration in registry.declarations() for row in _fields(declaration)],
        "excused": [row for excuse in registry.excuses() for row in _excused(excuse)],
    }


def declarations_under(activity) -> list[Declaration]:
    """The declared classes that serve one activity."""
    return [declaration for declaration in registry.declarations() if declaration.activity is activity]


def _activity(activity, partners, found) -> dict:
    own = declarations_under(activity)
    receivers = of_activity(activity, partners)
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
        "categories": sorted(_categories(activity, own)),
        "subjects": [gettext(str(each)) for each in activity.subjects],
        "recipients": [row.name for row in receivers],
        "receivers": [_receiver(row) for row in receivers],
        "transfers": [f"{row.name}: {row.country}, {row.transfer_tool}" for row in receivers if _is_transfer(row)],
        "assessments": [_assessment(each) for each in found if each.activity is activity],
        "keep": [keep_row(declaration) for declaration in own] or [_keep_of_the_consent(activity)],
        "measures": [gettext(str(each)) for each in activity.measures],
        "rights": [f"eu-gdpr:{right}" for right in activity.basis.rights],
        "review": str(activity.review),
    }


def _categories(activity, own) -> set[str]:
    asked = registry.purpose_of(activity.consent)
    facts = {fact.dpv for fact in asked.facts} if asked is not None else set()
    return facts | {what.category.dpv for d in own for what in d.fields_of(Field).values()}


def _keep_of_the_consent(activity) -> dict:
    """How long something is used that is held for another reason: no class of its own serves this activity."""
    asked = registry.purpose_of(activity.consent)
    row = {"model": "", "title": str(activity.title), "source": ", ".join(activity.notice)}
    if asked is None:
        said = str(_("nothing is held for this alone; what is used is kept as it says for what it was collected for"))
        return {**row, "reason": said, "words": said}
    said = ngettext("while you agree, %(n)d month at most", "while you agree, %(n)d months at most", asked.months)
    return {**row, "period": f"P{asked.months}M", "since": "consent", "words": said % {"n": asked.months}}


def _receiver(row: Recipient) -> dict:
    facts = {"name": row.name, "role": row.role, "role_title": str(row.get_role_display()), "state": row.state}
    return facts | {"country": row.country, "transfer_tool": row.transfer_tool}


def _is_transfer(row: Recipient) -> bool:
    # A tool is named where data may leave the EEA by way of an owner or a sub-processor, too.
    return bool(row.transfer_tool) or not is_eea(row.country)


def _assessment(each: Standing) -> dict:
    approved = each.in_force
    return {
        "kind": each.kind,
        "title": str(each.kind_title),
        "state": approved.state if approved else "missing",
        "valid": approved.next_review_on.isoformat() if approved else None,
    }


def keep_row(declaration: Declaration) -> dict:
    """One line of the retention schedule: class, ISO period or reason, start, source."""
    keep = periods.keep_of(declaration)
    row = {"model": declaration.name(), "title": str(declaration.title), "source": keep.source}
    row["words"] = rule_text(declaration)
    if isinstance(keep, KeepFor):
        sooner = {} if keep.sooner is None else {"sooner": {"period": keep.sooner.period, "since": keep.sooner.since}}
        return {**row, "period": keep.period, "since": keep.since, "anchor": keep.anchor or "event", **sooner}
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
    rows, keep = [], _keep_text(declaration)
    for name, what in declaration.fields.items():
        column = declaration.model._meta.get_field(name)
        rows.append(
            {
                "model": declaration.name(),
                "field": name,
                "category": _category(what),
                "activity": declaration.activity.code,
                "keep": keep,
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
