"""docs/operations.md tells the truth about the environment."""

import re
from pathlib import Path

import pytest

from cn_portal.settings import env

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `(?P<name>[A-Z0-9_]+)` \| (?P<p>P?) *\| (?P<default>.*?) \| (?P<doc>.*) \|$", re.MULTILINE)


def rows():
    return [match.groupdict() for match in ROW.finditer((ROOT / "docs/operations.md").read_text(encoding="utf-8"))]


def test_the_page_lists_every_variable_with_default_and_meaning():
    declared = [(v.name, v.default or "–", v.doc) for v in env.VARIABLES]
    assert [(row["name"], row["default"], row["doc"]) for row in rows()] == declared


def test_the_page_marks_what_production_requires():
    with pytest.raises(env.HalfConfigured) as refused:
        env.read({"DJANGO_ENV": "production"})
    named = {sentence.split(" ")[0] for sentence in refused.value.sentences}
    assert {row["name"] for row in rows() if row["p"]} == named


def test_nothing_else_reads_the_environment():
    reading = re.compile(r"os\.environ\b(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|os\.getenv|environ\.get\(")
    ours = [path for app in ("cn_portal", "privacy", "crm", "careers") for path in (ROOT / app).rglob("*.py")]
    found = {path.relative_to(ROOT).as_posix() for path in ours if reading.search(path.read_text(encoding="utf-8"))}
    assert found == {"cn_portal/settings/env.py"}
