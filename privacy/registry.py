"""Who holds what: every declaration, excuse, activity and job, filled by autodiscovery and read by everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.apps import apps
from django.db.models import Model

from privacy.consenting import Purpose
from privacy.counting import MONTH, Measure
from privacy.declare import Activity, DeclarationError, Excuse, PersonalData

_declarations: dict[type[Model], type[PersonalData]] = {}
_excuses: dict[type[Model], Excuse] = {}
_activities: dict[str, Activity] = {}
_jobs: dict[str, object] = {}
_daily: dict[str, object] = {}
_given_up: dict[str, object] = {}
_stores: dict[str, object] = {}
_on_withdrawal: dict[str, list] = {}
_purposes: dict[str, Purpose] = {}
_said: dict[str, object] = {}
_documents: dict[str, Callable] = {}
_statistics: dict[str, Measure] = {}


def _model(model) -> type[Model]:
    return apps.get_model(model) if isinstance(model, str) else model


def holds(model):
    """Class decorator: this declaration says what ``model`` (class or "app.Model") holds about people."""

    def register(declaration: type[PersonalData]) -> type[PersonalData]:
        target = _model(model)
        if target in _declarations or target in _excuses:
            raise DeclarationError(f"{target._meta.label} is declared or excused twice; keep one.")
        declaration.model = target
        if not declaration.title:
            declaration.title = target._meta.verbose_name_plural
        _declarations[target] = declaration
        return declaration

    return register


def excuse(model, *, because: str, actors: dict | None = None) -> None:
    """Say in a sentence why ``model`` holds no person; ``actors`` are its columns that name who acted."""
    target = _model(model)
    if len(because.split()) < 3:
        raise DeclarationError(f"The excuse of {target._meta.label} needs a reason in words, not {because!r}.")
    if target in _declarations or target in _excuses:
        raise DeclarationError(f"{target._meta.label} is declared or excused twice; keep one.")
    _excuses[target] = Excuse(target, because, dict(actors or {}))


def activity(new: Activity) -> Activity:
    """Enter one row of the record of processing; the code is used once."""
    if new.code in _activities:
        raise DeclarationError(f"Activity {new.code} is entered twice; codes are never reused.")
    _activities[new.code] = new
    return new


def job(kind: str):
    """Decorator: this function(ref: UUID) carries out jobs of ``kind``; it may be called again after a kill."""

    def register(function):
        if kind in _jobs:
            raise DeclarationError(f"Job kind {kind} is registered twice.")
        _jobs[kind] = function
        return function

    return register


def given_up(kind: str):
    """Decorator: this function(ref: UUID) runs in the transaction that gives a job of ``kind`` up for good."""

    def register(function):
        if kind in _given_up:
            raise DeclarationError(f"What happens when {kind} is given up is said twice.")
        _given_up[kind] = function
        return function

    return register


def given_up_act(kind: str):
    """What to do when a job of this kind is given up; for most kinds nothing."""
    return _given_up.get(kind, lambda ref: None)


def daily(name: str):
    """Decorator: this function(*, as_of, dry_run) -> dict runs once in every ``run_schedule``."""

    def register(function):
        if name in _daily:
            raise DeclarationError(f"Daily job {name} is registered twice.")
        _daily[name] = function
        return function

    return register


def say(words: dict[str, object]) -> None:
    """Say what codes are called on a person's own page: acts of the trail, mail templates, reasons of holds."""
    known = sorted(set(words) & set(_said))
    if known:
        raise DeclarationError(f"{', '.join(known)} is said twice; each code has one owner.")
    _said.update(words)


def said(code: str):
    """What an owner calls a code, or None."""
    return _said.get(code)


def documents(name: str):
    """Decorator: this function(about) yields (path below data/, content): shapes an owner adds to a person's copy.

    ``about`` is a ``queries.held_stream.HeldStream``. Content is what JSON can hold, an iterator of such items (an
    array written one by one), or a StoredFile (its ending is added to the path). Paths are keys and fixed words.
    """

    def register(function):
        if name in _documents:
            raise DeclarationError(f"Documents {name} are registered twice.")
        _documents[name] = function
        return function

    return register


def document_makers() -> dict[str, Callable]:
    return dict(sorted(_documents.items()))


def statistic(code: str, *, title, plainly, values=dict, per: str = MONTH):
    """Decorator: this function(first, last) -> {value: number} counts a closed month; see `counting.Measure`."""

    def register(function):
        if code in _statistics:
            raise DeclarationError(f"Statistic {code} is registered twice; codes are never reused.")
        _statistics[code] = Measure(code, title, plainly, function, values, per)
        return function

    return register


def statistics() -> list[Measure]:
    """Everything that is counted, in the order of the owners."""
    return list(_statistics.values())


def on_withdrawal(purpose: str):
    """Decorator: this function(subject, *, about, by) runs in the transaction that ends a consent to ``purpose``.

    It is how an owner says what loses its basis with the consent, and orders its erasure (CiviCRM gdpr#156).
    """

    def register(function):
        _on_withdrawal.setdefault(purpose, []).append(function)
        return function

    return register


def withdrawal_acts(purpose: str) -> list:
    return list(_on_withdrawal.get(purpose, []))


def purpose(new: Purpose) -> Purpose:
    """Enter one question of consent; its code is used once. Its wordings are stored by `actions.publish_texts`."""
    if new.code in _purposes:
        raise DeclarationError(f"Purpose {new.code} is entered twice; codes are never reused.")
    _purposes[new.code] = new
    return new


def purposes() -> list[Purpose]:
    """Every question of consent, in the order its owner asks."""
    return list(_purposes.values())


def purpose_of(code: str) -> Purpose | None:
    """The question with this code; None for one that is no longer asked."""
    return _purposes.get(code)


class Store(Protocol):
    """A place outside the database that may hold people: a mailbox on disk, a cache, a log folder.

    ``find(text)`` returns how many of its items hold the text; ``forget(addresses)`` removes what it holds of these
    e-mail addresses and may be called twice.
    """

    def find(self, text: str) -> int: ...

    def forget(self, addresses: list[str]) -> None: ...


def store(name: str, place: Store) -> None:
    """Enter a place outside the database; erasure empties it and `privacy_find` searches it."""
    if name in _stores:
        raise DeclarationError(f"Store {name} is registered twice.")
    _stores[name] = place


def stores() -> dict[str, Store]:
    return dict(_stores)


def declarations() -> list[type[PersonalData]]:
    return sorted(_declarations.values(), key=lambda d: d.model._meta.label)


def declaration_of(model) -> type[PersonalData] | None:
    return _declarations.get(_model(model))


def excuses() -> list[Excuse]:
    return sorted(_excuses.values(), key=lambda e: e.model._meta.label)


def excuse_of(model) -> Excuse | None:
    return _excuses.get(_model(model))


def activities() -> list[Activity]:
    return sorted(_activities.values(), key=lambda a: a.code)


def activity_of(code: str) -> Activity:
    return _activities[code]


def jobs() -> dict:
    return dict(_jobs)


def daily_jobs() -> dict:
    return dict(_daily)
