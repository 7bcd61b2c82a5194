"""What migrations read out of older rows."""

from importlib import import_module

import pytest


@pytest.mark.parametrize(
    ("extent", "percentage"),
    [
        ("100 %", 100),
        ("80 %", 80),
        ("ca. 60–80 %", 60),
        ("heltid", 100),
        ("", 100),
        ("0 %", 100),
        ("1 %", 1),
        ("101", 100),
    ],
)
def test_an_extent_in_words_becomes_a_percentage(extent, percentage):
    assert import_module("careers.migrations.0003_vacancies").share_in(extent) == percentage
