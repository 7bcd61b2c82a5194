"""A strict content policy is only as good as the templates: nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for app in ("cn_portal", "privacy", "crm", "careers") for path in (ROOT / app).rglob("*.html"))

FORBIDDEN = {
    "an inline script": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*type=.application/(?:ld\+)?json)[^>]*>", re.IGNORECASE
    ),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I
    ),
}


# It lies in the copy a person downloads and is opened from their own disk, so it brings its style along.
OPENED_FROM_DISK = {"privacy/templates/privacy/copy/head.html": ["an inline style sheet"]}


def faults(text):
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_there_are_templates():
    assert len(TEMPLATES) > 10


def test_no_template_holds_anything_inline_or_foreign():
    found = {path.relative_to(ROOT).as_posix(): faults(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {name: what for name, what in found.items() if what} == OPENED_FROM_DISK


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>go()</script>", "an inline script"),
        ("<STYLE>p{}</STYLE>", "an inline style sheet"),
        ('<p class="a" style="color:red">', "a style attribute"),
        ('<button type="submit" onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "a javascript address"),
        ('<img alt="" src="//cdn.example/a.png">', "something from elsewhere"),
    ],
)
def test_each_fault_is_seen(text, fault):
    assert faults(text) == [fault]


def test_what_is_allowed_is_allowed():
    assert faults('<script type="application/ld+json">{"@type": "JobPosting"}</script>') == []
    assert faults('<script src="{% static "js/a.js" %}" defer></script><a href="https://other.example/">x</a>') == []
