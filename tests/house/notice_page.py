"""docs/notice-coverage.md, written from notice_rows.toml: python -m tests.house.notice_page"""

import ast
import tomllib
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "notice-coverage.md"
ROWS = TESTS / "house" / "notice_rows.toml"
LATER = "issue "
HEAD = """# Every sentence of the notice, and the test that shows it

N1 to N69 are the sentences of CN's privacy notice, L1 to L47 what the law adds; the requirements map says each in
full; T are places where the two pull apart and a reading had to be chosen ([notice-readings.md](notice-readings.md)),
where that asks for tests of its own. This page is written from `tests/house/notice_rows.toml` by
`python -m tests.house.notice_page`; a test compares the two and looks for every test that is named here. A later issue
is named where something is not there yet.

| row | what it asks | shown by |
|---|---|---|
"""


def rows(path=ROWS):
    """{row: (what it asks, [tests as path::name], [what later issues bring])}."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        row: (asks, [each for each in rest if not each.startswith(LATER)], [e for e in rest if e.startswith(LATER)])
        for row, (asks, *rest) in read.items()
    }


def expected():
    """The rows there must be."""
    tensions = ["T6", "T7", "T31"]
    return [f"N{number}" for number in range(1, 70)] + [f"L{number}" for number in range(1, 48)] + tensions


def written(found=None):
    """The page as it has to be."""
    return HEAD + "".join(_line(row, *facts) for row, facts in (found or rows()).items())


def _line(row, asks, tests, later):
    shown = [f"`tests/{path}::test_{name}`" for path, name in (test.split("::") for test in tests)]
    return f"| {row} | {asks} | {', '.join([*shown, *later])} |\n"


def missing(found):
    """Tests that are named and are not there."""
    named = {test for _asks, tests, _later in found.values() for test in tests}
    return sorted(test for test in named if not _is_there(*test.split("::")))


def _is_there(path, name):
    return (TESTS / path).exists() and f"test_{name}" in _functions(TESTS / path)


@cache
def _functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
