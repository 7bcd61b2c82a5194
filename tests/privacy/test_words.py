"""Codes and columns in words; what is not listed is shown as it is."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import override

from privacy import registry, words
from privacy.declare import KeepFor
from privacy.models import ConsentEvent, Disclosure, SubjectIdentifier
from privacy.reach import model_at

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_the_engines_columns_have_words_of_their_own():
    assert words.column_label(ConsentEvent, "kind", "kind") == "What happened"
    assert words.column_label(SubjectIdentifier, "kind", "kind") == "Kind"
    assert words.column_label(SubjectIdentifier, "unheard_of", "unheard of") == "Unheard of"


def test_other_columns_speak_for_themselves():
    assert words.column_label(get_user_model(), "language", "language of letters") == "Language of letters"


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("roles", ["applicant", "pilot"], ["an applicant", "pilot"]),
        ("action", "consent.given", "a consent was given"),
        ("action", "new.thing", "new.thing"),
        ("template", "privacy/mail/erased", "a receipt for an erasure"),
        ("method", "clock", "by itself, when the time was up"),
        ("basis", "eu-gdpr:A6-1-c", "a law that binds us"),
        ("purpose", "recruitment", "Job applications"),
        ("purpose", "old-purpose", "old-purpose"),
        ("activity", "accounts", "Your account"),
        ("activity", "old-activity", "old-activity"),
        ("model", "privacy.Copy", "copy"),
        ("model", "gone.Model", "gone.Model"),
        ("model", "no dot", "no dot"),
        ("field_names", ["first_name"], ["first name"]),
        ("action", "", ""),
        ("action", None, None),
        ("state", "given", "given"),
    ],
)
def test_codes_in_words(column, value, expected):
    assert words.in_words(column, value) == expected


def test_a_field_is_named_as_in_the_record_it_is_about():
    assert words.field_title("receiver_name", "crm.Delivery") == "receiver"
    assert words.field_title("email", "nowhere.Model") == words.field_title("email")
    assert words.field_title("no_such_column") == "no such column"
    # What only a relation from another model is called has no title of its own.
    assert words.field_title("answers", "careers.Application") == "answers"


def test_a_clock_of_the_engine_counts_from_something_in_words():
    assert words.start_title(Disclosure, "at") == "it was shared"
    assert words.start_title(get_user_model(), "active_at") == "last signed in, or opened"


def test_a_clock_on_a_column_nobody_named_does_not_show_the_name_in_the_code():
    assert words.start_title(apps.get_model("wagtailcore.Comment"), "updated_at") == "it was last changed"


def _start(declaration):
    """The column a clock starts at, of the row it stands in."""
    *way, last = declaration.keep.since.split("__")
    model = model_at(declaration.model, "__".join(way)) if way else declaration.model
    return f"{model._meta.model_name}.{last}"


def test_every_clock_of_the_engine_has_its_start_in_words():
    clocks = {
        _start(declaration)
        for declaration in registry.declarations()
        if declaration.model._meta.app_label == "privacy" and isinstance(declaration.keep, KeepFor)
    }
    assert clocks and clocks <= set(words.STARTS)


def test_every_act_that_concerns_a_person_has_words():
    """Acts written out as plain text; the ones of the office and of the house never have a person."""
    of_the_house = {
        "consent.wording_published",
        "keys.rotated",
        "file.orphans_erased",
        "office.searched",
        "retention.run",
    }
    written = set()
    for app in ("privacy", "crm", "careers", "cn_portal"):
        for path in (ROOT / app).rglob("*.py"):
            written |= set(re.findall(r'\bnote\(\s*"([a-z_]+\.[a-z_]+)", subject=', path.read_text(encoding="utf-8")))
    assert len(written) > 20
    unsaid = {code for code in written - set(words.ACTIONS) if registry.said(code) is None}
    assert sorted(unsaid - of_the_house) == []
