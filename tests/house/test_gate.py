"""What nobody declared stops the start, with a sentence that says what to write."""

import io
import json

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connections, models
from django.test.utils import isolate_apps

from privacy import checks, registry
from privacy.declare import (
    BLANK,
    KEEP,
    Activity,
    Actor,
    Basis,
    Category,
    DeclarationError,
    Field,
    KeepFor,
    KeepUntilErased,
    KeepWith,
    MatchedBy,
    NotPersonal,
    PersonalData,
)
from privacy.models import DataSubject
from privacy.queries.register import models_in_the_database
from tests.toy.models import Guest

USER = settings.AUTH_USER_MODEL
# Tables that belong to Django, SQLite or the search index itself, and hold no row of ours.
OTHER_TABLES = {"django_migrations", "sqlite_sequence"}


@pytest.fixture
def own_registry(monkeypatch):
    """Declarations and excuses that are forgotten after the test."""
    for name in ("_declarations", "_excuses", "_activities"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))


def make(name="Diary", **columns):
    """A model that nobody but the test knows."""
    with isolate_apps():
        meta = type("Meta", (), {"app_label": "toy"})
        return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


def subject_key(**more):
    return models.ForeignKey(DataSubject, models.CASCADE, related_name="+", **more)


def user_key(**more):
    return models.ForeignKey(get_user_model(), models.SET_NULL, related_name="+", **{"null": True, **more})


FINE = {
    "activity": registry.activity_of("toy-stays"),
    "keep": KeepFor(months=1, since="day", source="N55"),
    "fields": {
        "id": NotPersonal("a number"),
        "subject": NotPersonal("the person"),
        "text": Field(Category.FEEDBACK),
        "day": Field(Category.DEALINGS),
    },
}


def diary(**more):
    columns = {"subject": subject_key(), "text": models.TextField(), "day": models.DateField()}
    return make(**{**columns, **more})


def declare(model, *, fields=None, **changes):
    values = {**FINE, "fields": FINE["fields"] | (fields or {}), **changes}
    registry.holds(model)(type("DiaryData", (PersonalData,), values))
    return checks.check_model(model)


def told(errors):
    """(id, message, hint) of the only error."""
    (error,) = errors
    return error.id, error.msg, error.hint


def test_what_is_declared_rightly_is_let_through(own_registry):
    assert declare(diary()) == []


def test_an_undeclared_model(own_registry):
    code, message, hint = told(checks.check_model(diary()))
    assert (code, message) == ("privacy.E001", "toy.Diary is neither declared nor excused.")
    assert "@registry.holds('toy.Diary')" in hint and "registry.excuse('toy.Diary', because=" in hint
    assert "personal_data.py" in hint


def test_an_undeclared_field(own_registry):
    code, message, hint = told(declare(diary(mood=models.TextField())))
    assert (code, message) == ("privacy.E002", "toy.Diary.mood is not classified.")
    assert 'DiaryData.fields write "mood": Field(Category.…), Actor() or NotPersonal(' in hint


def test_a_declared_field_that_is_not_there(own_registry):
    code, message, hint = told(declare(diary(), fields={"mood": Field(Category.FEEDBACK)}))
    assert (code, message, hint) == (
        "privacy.E003",
        "toy.Diary has no field mood, yet it is declared.",
        "Take it out of fields.",
    )


@pytest.mark.parametrize("path", ["owner", "text", "subject__roles", "subject__nobody", "day", "pk"])
def test_a_path_that_does_not_reach_a_person(own_registry, path):
    code, message, hint = told(declare(diary(), subject=path))
    assert code == "privacy.E004" and f"does not reach a person by {path!r}" in message
    assert '"contact__subject"' in hint


def test_a_function_may_find_the_person_instead_of_a_path(own_registry):
    assert declare(diary(), subject=MatchedBy(lambda ids: models.Q(), because="no key")) == []


def test_the_person_reaches_itself():
    assert checks.check_model(DataSubject) == []


@pytest.mark.parametrize(
    ("keep", "problem"),
    [
        (None, "has no clock"),
        ("24 months", "has no clock"),
        (KeepFor(months=1, since="day", source=""), "has a clock without a source"),
        (KeepFor(months=1, days=1, since="day", source="N1"), "has a clock that is no period"),
        (KeepFor(since="day", source="N1"), "has a clock that is no period"),
        (KeepFor(months=0, since="day", source="N1"), "has a clock that is no period"),
        (KeepFor(months=1, since="day", source="N1", anchor="moon"), "has a clock that is no period"),
        (KeepFor(months=1, since="text", source="N1"), "starts at 'text', which is no date"),
        (KeepFor(months=1, since="nobody", source="N1"), "starts at 'nobody', which is no date"),
        (KeepFor(months=1, since="text__day", source="N1"), "starts at 'text__day', which is no date"),
        (KeepWith("nobody", source="N1"), "goes with 'nobody', which leads to nothing declared"),
        (KeepWith("room", source="N1"), "goes with 'room', which leads to nothing declared"),
    ],
)
def test_a_clock_that_cannot_run(own_registry, keep, problem):
    room = models.ForeignKey("toy.Room", models.CASCADE, related_name="+")
    fields = {"room": NotPersonal("where it was")}
    code, message, hint = told(declare(_resolved(diary(room=room)), keep=keep, fields=fields))
    assert code == "privacy.E005" and problem in message and message.startswith("toy.Diary ")
    assert "KeepFor(months=24" in hint


def _resolved(model):
    # A model outside the registry of apps keeps its relations as text.
    for column in model._meta.concrete_fields:
        if isinstance(column.remote_field and column.remote_field.model, str):
            column.remote_field.model = apps.get_model(column.remote_field.model)
    return model


@pytest.mark.parametrize(
    "keep",
    [
        KeepFor(days=1, since="subject__created_at", source="N1"),
        KeepFor(months=1, since="day", source="N1", anchor="accounting_year"),
        KeepWith("guest", source="N1"),
        KeepUntilErased("as long as needed", source="N1"),
    ],
)
def test_clocks_that_run(own_registry, keep):
    guest = models.ForeignKey(Guest, models.CASCADE, related_name="+")
    assert declare(diary(guest=guest), keep=keep, fields={"guest": NotPersonal("whose")}) == []


def test_a_class_without_an_activity(own_registry):
    model = diary()
    registry.holds(model)(type("DiaryData", (PersonalData,), {k: v for k, v in FINE.items() if k != "activity"}))
    code, message, hint = told(checks.check_model(model))
    assert (code, message) == ("privacy.E009", "toy.Diary serves no activity.") and "registry.activity(" in hint


# What is to be blanked


def test_a_row_that_stays_must_be_able_to_lose_its_person(own_registry):
    fields = {"day": NotPersonal("a day")}
    code, message, hint = told(declare(diary(), on_erase=BLANK, fields=fields))
    assert (code, message) == ("privacy.E006", "toy.Diary stays tied to its person when blanked.")
    assert "must be nullable" in hint
    code, message, _hint = told(
        declare(diary(), on_erase=BLANK, fields=fields, subject=MatchedBy(lambda ids: models.Q(), because="x"))
    )
    assert code == "privacy.E006"


def test_a_field_that_cannot_be_blanked(own_registry):
    model = diary(subject=subject_key(null=True))
    code, message, hint = told(declare(model, on_erase=BLANK))
    assert (code, message) == ("privacy.E006", "toy.Diary.day cannot be blanked.")
    assert "blank_with=" in hint and "null" in hint


def test_a_law_that_keeps_a_row_needs_the_rest_of_it_blankable(own_registry):
    code, message, _hint = told(declare(diary(), statutory=("a law",)))
    assert (code, message) == ("privacy.E006", "toy.Diary.day cannot be blanked.")


@pytest.mark.parametrize(
    "day",
    [Field(Category.DEALINGS, blank_with="2000-01-01"), Field(Category.DEALINGS, on_erase=KEEP)],
)
def test_ways_out_of_it(own_registry, day):
    assert declare(diary(), statutory=("a law",), fields={"day": day}) == []


def test_a_field_that_is_not_there_is_said_once(own_registry):
    errors = declare(diary(), statutory=("a law",), fields={"day": NotPersonal("x"), "mood": Field(Category.FEEDBACK)})
    assert [error.id for error in errors] == ["privacy.E003"]


# Who acted


def test_an_actor_that_cannot_be_blanked(own_registry):
    model = diary(by=models.ForeignKey(get_user_model(), models.CASCADE, related_name="+"))
    code, message, hint = told(declare(model, fields={"by": Actor()}))
    assert (code, message) == ("privacy.E006", "toy.Diary.by cannot be blanked.") and "be null" in hint


def test_an_actor_that_is_kept_without_a_reason(own_registry):
    model = diary(by=user_key())
    code, message, hint = told(declare(model, fields={"by": Actor(on_erase=KEEP)}))
    assert (code, message) == ("privacy.E008", "toy.Diary.by is kept without a reason.") and "because=" in hint


@pytest.mark.parametrize("actor", [Actor(path="nobody"), Actor(path="groups")])
def test_an_actor_that_leads_to_nobody(own_registry, actor):
    code, message, hint = told(declare(diary(by=user_key()), fields={"by": actor}))
    assert (code, message) == ("privacy.E008", "toy.Diary.by names no actor.") and "DataSubject" in hint


def test_actors_as_they_should_be(own_registry):
    fields = {"by": Actor(), "kept": Actor(on_erase=KEEP, because="who signed must be known")}
    assert declare(diary(by=user_key(), kept=user_key()), fields=fields) == []


# Excused models and tables made by themselves


def excused(model, **more):
    registry.excuse(model, because="it holds nobody at all", **more)
    return checks.check_model(model)


def test_an_excused_model_may_not_lead_to_people(own_registry):
    guest = models.ForeignKey(Guest, models.CASCADE, related_name="+")
    errors = excused(diary(guest=guest, by=user_key()))
    assert sorted(error.msg for error in errors) == [
        "toy.Diary.by leads to people, yet the model is excused.",
        "toy.Diary.guest leads to people, yet the model is excused.",
        "toy.Diary.subject leads to people, yet the model is excused.",
    ]
    assert {error.id for error in errors} == {"privacy.E007"}
    assert all("@registry.holds" in error.hint and "Actor()" in error.hint for error in errors)


def test_an_excused_model_may_name_who_acted(own_registry):
    assert excused(make(by=user_key()), actors={"by": Actor()}) == []
    assert told(excused(make(by=models.IntegerField()), actors={"by": Actor()}))[0] == "privacy.E008"
    assert told(excused(make(), actors={"by": Actor()}))[0] == "privacy.E008"


def test_a_table_between_two_that_touches_people(own_registry):
    with isolate_apps("django.contrib.auth", "privacy"):
        meta = type("Meta", (), {"app_label": "toy"})
        columns = {"guests": models.ManyToManyField(Guest, related_name="+"), "__module__": __name__, "Meta": meta}
        club = type("Club", (models.Model,), columns)
        club2 = type("Club2", (models.Model,), {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "toy"}),
                                                "clubs": models.ManyToManyField(club, related_name="+")})  # fmt: skip
    code, message, hint = told(checks.check_model(club.guests.through))
    assert (code, message) == ("privacy.E007", "toy.Club_guests joins people to something and is not declared.")
    assert '@registry.holds("toy.Club_guests")' in hint
    assert checks.check_model(club2.clubs.through) == []


# The declarations themselves


def test_a_class_is_declared_or_excused_once(own_registry):
    with pytest.raises(DeclarationError, match="toy.Guest is declared or excused twice"):
        registry.holds(Guest)(type("Again", (PersonalData,), {}))
    with pytest.raises(DeclarationError, match="declared or excused twice"):
        registry.excuse("toy.Room", because="it holds nobody at all")
    with pytest.raises(DeclarationError, match="needs a reason in words"):
        registry.excuse(make(), because="no people")


def test_an_activity_says_what_it_rests_on(own_registry):
    values = {"code": "x", "title": "x", "plainly": "x", "purpose": "x", "notice": ("N1",)}
    for basis, sentence in (
        ("contract", "no hedges"),
        (Basis.LEGITIMATE_INTEREST, "write the interest"),
        (Basis.LEGAL_DUTY, "name the law"),
        (Basis.CONSENT, "name the consent purpose"),
    ):
        with pytest.raises(DeclarationError, match=sentence):
            Activity(**values, basis=basis)
    made = registry.activity(Activity(**values, basis=Basis.ENTER_CONTRACT))
    assert made.basis.article == "GDPR Art 6(1)(b)"
    assert "A20" in made.basis.rights
    with pytest.raises(DeclarationError, match="entered twice"):
        registry.activity(made)


def test_a_job_kind_a_daily_job_and_a_store_are_entered_once(monkeypatch):
    for name in ("_jobs", "_daily", "_stores", "_on_withdrawal"):
        monkeypatch.setattr(registry, name, {})

    def work(*args, **kwargs):
        return {}

    for enter in (registry.job("x"), registry.daily("x"), lambda w: registry.store("x", w)):
        enter(work)
        with pytest.raises(DeclarationError, match="twice"):
            enter(work)
    assert registry.jobs() == registry.daily_jobs() == registry.stores() == {"x": work}
    monkeypatch.setattr(registry, "_said", {})
    registry.say({"toy.act": "Something was done"})
    with pytest.raises(DeclarationError, match="toy.act is said twice"):
        registry.say({"toy.act": "Something else"})
    assert registry.said("toy.act") == "Something was done" and registry.said("other") is None
    registry.on_withdrawal("p")(work)
    assert registry.withdrawal_acts("p") == [work] and registry.withdrawal_acts("q") == []


# The whole house


def test_the_gate_looks_at_every_model_and_finds_nothing(monkeypatch):
    seen = []
    monkeypatch.setattr(checks, "check_model", lambda model: seen.append(model._meta.label) or [])
    checks.every_model_is_accounted_for()
    assert len(seen) > 60 and sorted(seen) == models_in_the_database()
    monkeypatch.undo()
    assert checks.every_model_is_accounted_for() == []


def test_manage_py_check_fails_with_the_sentence(monkeypatch):
    monkeypatch.setattr(registry, "_declarations", {k: v for k, v in registry._declarations.items() if k is not Guest})
    with pytest.raises(CommandError, match="toy.Guest is neither declared nor excused"):
        call_command("check")


def test_the_register_lists_every_model_of_the_database_as_declared_or_excused(db):
    out = io.StringIO()
    call_command("privacy_register", "--format", "json", stdout=out)
    found = json.loads(out.getvalue())
    declared, excused = ({row["model"] for row in found[part]} for part in ("fields", "excused"))
    made_between_excused = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created and not checks.people_columns(model)
    }
    assert declared.isdisjoint(excused)
    assert sorted(declared | excused | made_between_excused) == models_in_the_database()


def test_every_table_belongs_to_a_model(db):
    models_by_table = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables = set()
    for alias in connections:
        with connections[alias].cursor() as cursor:
            tables |= set(connections[alias].introspection.table_names(cursor))
    assert len(tables) > 60
    # SQLite keeps the words of the search index in shadow tables of its own.
    nobodys = {table for table in tables - models_by_table - OTHER_TABLES if not _is_shadow(table, tables)}
    assert nobodys == set()


def _is_shadow(table, tables):
    ends = ("_data", "_idx", "_content", "_docsize", "_config")
    return any(table.endswith(end) and table.removesuffix(end) in tables for end in ends)
