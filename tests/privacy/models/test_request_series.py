"""A series is named by its year alone."""

from privacy.models import RequestSeries


def test_a_series_is_named_by_its_year():
    assert str(RequestSeries(year=2026, last=7)) == "SR-2026"
