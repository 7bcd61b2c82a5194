"""The gate: what nobody declared, model, field or relation, stops the start with a sentence that says what to write."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db.models import UniqueConstraint

from privacy import registry
from privacy.declare import BLANK, Actor, Field, KeepFor, KeepUntilErased, KeepWith, MatchedBy, PersonalData
from privacy.rules.retention import is_accounting_anchor


def _error(number: int, text: str, hint: str, obj) -> Error:
    return Error(text, hint=hint, obj=obj, id=f"privacy.E{number:03d}")


@register()
def every_model_is_accounted_for(app_configs=None, **kwargs) -> list[Error]:
    """Walks the models, not the registry: what never registered is what must be found."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return [error for model in models for error in check_model(model)]


def check_model(model) -> list[Error]:
    """All that is wrong with how one model is, or is not, declared."""
    declaration, excuse = registry.declaration_of(model), registry.excuse_of(model)
    if declaration is not None:
        return check_declaration(declaration)
    if excuse is not None:
        return check_excuse(excuse)
    if model._meta.auto_created:
        return _check_made_table(model)
    label = model._meta.label
    return [
        _error(
            1,
            f"{label} is neither declared nor excused.",
            f"In its app's personal_data.py write @registry.holds({label!r}) with every field classified, or "
            f'registry.excuse({label!r}, because="a sentence that says why it holds no person").',
            model,
        )
    ]


def check_declaration(declaration: type[PersonalData]) -> list[Error]:
    """Fields, path to the person, clock, and whether what is to be blanked can be."""
    return [
        *_fields(declaration),
        *_subject(declaration),
        *_way_is_indexed(declaration),
        *_activity(declaration),
        *_keep(declaration),
        *_blanking(declaration),
        *_actors(declaration.model, declaration.fields_of(Actor)),
    ]


def _fields(declaration) -> list[Error]:
    model, label = declaration.model, declaration.name()
    columns = {column.name for column in model._meta.concrete_fields}
    missing, surplus = sorted(columns - set(declaration.fields)), sorted(set(declaration.fields) - columns)
    errors = [
        _error(
            2,
            f"{label}.{name} is not classified.",
            f'In {declaration.__module__}.{declaration.__name__}.fields write "{name}": Field(Category.…), Actor() or '
            f'NotPersonal("why it says nothing about the person").',
            model,
        )
        for name in missing
    ]
    for name in surplus:
        errors.append(_error(3, f"{label} has no field {name}, yet it is declared.", "Take it out of fields.", model))
    return errors


def _subject(declaration) -> list[Error]:
    if isinstance(declaration.subject, MatchedBy):
        return []
    subject, model = apps.get_model("privacy", "DataSubject"), declaration.model
    end = _end_of(model, declaration.subject)
    if end is subject or (declaration.subject == "pk" and model is subject):
        return []
    return [
        _error(
            4,
            f"{declaration.name()} does not reach a person by {declaration.subject!r}.",
            'Give `subject` the path of foreign keys that ends at privacy.DataSubject, such as "contact__subject".',
            model,
        )
    ]


def _end_of(model, path: str):
    for part in path.split("__"):
        try:
            column = model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        model = column.related_model
        if model is None:
            return None
    return model


def _way_is_indexed(declaration) -> list[Error]:
    """A copy looks each person up in every class: one table without an index costs more than all others together."""
    if isinstance(declaration.subject, MatchedBy) or declaration.subject == "pk":
        return []
    errors, model = [], declaration.model
    for part in declaration.subject.split("__"):
        column = _column(model, part)
        if column is None or column.related_model is None:
            break
        if not _is_indexed(column):
            hint = "Leave db_index as it is for a foreign key, or begin an index of Meta.indexes with this column."
            text = f"{declaration.name()} is searched by {model._meta.label}.{part}, which has no index."
            errors.append(_error(10, text, hint, declaration.model))
        model = column.related_model
    return errors


def _is_indexed(column) -> bool:
    options, name = column.model._meta, column.name
    whole = [index for index in options.indexes if index.fields and index.condition is None]
    whole += [rule for rule in options.constraints if isinstance(rule, UniqueConstraint) and rule.condition is None]
    first = {row.fields[0].lstrip("-") for row in whole if row.fields} | {row[0] for row in options.unique_together}
    return column.db_index or column.unique or column.primary_key or name in first


def _activity(declaration) -> list[Error]:
    if getattr(declaration, "activity", None) is not None:
        return []
    hint = "Write activity = registry.activity(Activity(…)), one row of the record of processing, or name one."
    return [_error(9, f"{declaration.name()} serves no activity.", hint, declaration.model)]


def _keep(declaration) -> list[Error]:
    keep, label = getattr(declaration, "keep", None), declaration.name()
    problem = ""
    if not isinstance(keep, (KeepFor, KeepWith, KeepUntilErased)):
        problem = "has no clock"
    elif not keep.source:
        problem = "has a clock without a source"
    elif isinstance(keep, KeepFor) and not all(_is_period(each) for each in keep.clocks):
        problem = "has a clock that is no period"
    elif isinstance(keep, KeepFor) and (odd := _no_dates(declaration.model, keep)):
        problem = f"has a clock that starts at {odd[0]!r}, which is no date of it"
    elif (
        isinstance(keep, KeepWith) and registry.declaration_of(_end_of(declaration.model, keep.path) or object) is None
    ):
        problem = f"goes with {keep.path!r}, which leads to nothing declared"
    if not problem:
        return []
    hint = 'Write keep = KeepFor(months=24, since="a date field", source="N55"), KeepWith(…) or KeepUntilErased(…).'
    return [_error(5, f"{label} {problem}.", hint, declaration.model)]


def _no_dates(model, keep: KeepFor) -> list[str]:
    return [each.since for each in keep.clocks if not _is_column(model, each.since)]


def _is_period(keep: KeepFor) -> bool:
    given = [value for value in (keep.months, keep.days) if value is not None]
    return len(given) == 1 and given[0] > 0 and (keep.anchor is None or is_accounting_anchor(keep.anchor))


def _is_column(model, path: str) -> bool:
    *way, last = path.split("__")
    end = _end_of(model, "__".join(way)) if way else model
    if end is None:
        return False
    try:
        return end._meta.get_field(last).get_internal_type() in ("DateField", "DateTimeField")
    except FieldDoesNotExist:
        return False


def _blanking(declaration) -> list[Error]:
    from privacy.actions.erasure_steps import is_blankable

    errors, model = [], declaration.model
    if declaration.on_erase is not BLANK and not declaration.statutory:
        return []
    for name, what in declaration.fields_of(Field).items():
        column = _column(model, name)
        must = declaration.on_erase is BLANK or what.on_erase is BLANK
        if column is not None and must and not is_blankable(column, what):
            hint = "Let the column be null, give the Field blank_with=…, or mark it on_erase=KEEP under a law."
            errors.append(_error(6, f"{declaration.name()}.{name} cannot be blanked.", hint, model))
    if declaration.on_erase is BLANK and not _may_lose_person(declaration):
        hint = "A blanked row is nobody's: its first foreign key on the way to the person must be nullable."
        errors.append(_error(6, f"{declaration.name()} stays tied to its person when blanked.", hint, model))
    return errors


def _may_lose_person(declaration) -> bool:
    if isinstance(declaration.subject, MatchedBy):
        return False
    column = _column(declaration.model, declaration.subject.split("__")[0])
    return column is not None and column.null


def _column(model, name: str):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def check_excuse(excuse) -> list[Error]:
    """An excused model may not point at people except by columns named as actors."""
    errors = _relations(excuse.model, known=set(excuse.actors))
    return errors + _actors(excuse.model, excuse.actors)


def _check_made_table(model) -> list[Error]:
    """A many-to-many table: fine between excused models; one that touches people is declared like any other."""
    if not people_columns(model):
        return []
    return [
        _error(
            7,
            f"{model._meta.label} joins people to something and is not declared.",
            f'Write @registry.holds("{model._meta.label}") with KeepWith the person\'s row, or excuse it.',
            model,
        )
    ]


def people_columns(model) -> list[str]:
    """Names of the model's foreign keys that lead to the person, the user model or a declared class."""
    own = {apps.get_model("privacy", "DataSubject"), apps.get_model(settings.AUTH_USER_MODEL)}
    return [
        column.name
        for column in model._meta.concrete_fields
        if column.is_relation
        and column.related_model is not None
        and (column.related_model in own or registry.declaration_of(column.related_model) is not None)
    ]


def _relations(model, *, known: set[str]) -> list[Error]:
    return [
        _error(
            7,
            f"{model._meta.label}.{name} leads to people, yet the model is excused.",
            f'Declare the model with @registry.holds, or name who acted: actors={{"{name}": Actor()}}.',
            model,
        )
        for name in people_columns(model)
        if name not in known
    ]


def _actors(model, actors: dict[str, Actor]) -> list[Error]:
    errors = []
    subject = apps.get_model("privacy", "DataSubject")
    for name, actor in actors.items():
        column = _column(model, name)
        if column is None or _end_of(model, f"{name}__{actor.path}") is not subject:
            hint = "An Actor column is a foreign key from which `path` leads to privacy.DataSubject."
            errors.append(_error(8, f"{model._meta.label}.{name} names no actor.", hint, model))
        elif actor.on_erase is BLANK and not column.null:
            hint = "Let the column be null, or write Actor(on_erase=KEEP, because=…)."
            errors.append(_error(6, f"{model._meta.label}.{name} cannot be blanked.", hint, model))
        elif actor.on_erase is not BLANK and not actor.because:
            hint = "Write Actor(on_erase=KEEP, because=…) with the reason in words."
            errors.append(_error(8, f"{model._meta.label}.{name} is kept without a reason.", hint, model))
    return errors
