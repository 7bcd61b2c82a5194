"""docs/notice-coverage.md: each row has a test that is there, or names the issue that brings it."""

from tests.house.notice_page import PAGE, expected, missing, rows, written


def test_every_row_has_a_test_or_a_later_issue():
    found = rows()
    assert list(found) == expected()
    assert [row for row, (_asks, tests, later) in found.items() if not tests and not later] == []
    assert missing(found) == []


def test_the_page_is_the_one_that_is_written_from_the_rows():
    assert PAGE.read_text(encoding="utf-8") == written()


def test_a_test_that_is_gone_is_missed_and_one_that_is_there_is_not():
    here = "house/test_notice_page.py::the_page_is_the_one_that_is_written_from_the_rows"
    rest = {"N1": ("asks", [here, "house/test_notice_page.py::gone", "house/test_gone.py::gone"], [])}
    assert missing(rest) == ["house/test_gone.py::gone", "house/test_notice_page.py::gone"]
    assert "`tests/house/test_notice_page.py::test_gone`" in written(rest)
