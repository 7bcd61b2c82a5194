"""docs/edge-cases.md: every line names a test, and every test it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "edge-cases.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
GROUPS = {"Erasure": 11, "Copies": 6, "Consent": 7, "Clocks": 14, "Customers": 5}


def lines_of(text):
    """{group: its lines}: a group is a heading of the second level, a line a row of the table below it."""
    groups, group = {}, None
    for line in text.splitlines():
        if line.startswith("## "):
            group = line[3:].split()[0].strip(",")
            groups[group] = []
        elif line.startswith("| ") and not line.startswith("| what failed"):
            groups[group].append(line)
    return groups


def named_in(path):
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def missing(text):
    """The tests a page names that are not there."""
    named = set(NAMED.findall(text))
    return sorted(
        f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or name not in named_in(ROOT / path)
    )


def test_every_line_names_a_test_that_is_there():
    text = PAGE.read_text()
    groups = lines_of(text)
    for group, least in GROUPS.items():
        assert len(groups[group]) >= least, group
        assert [line for line in groups[group] if not NAMED.search(line)] == []
    assert missing(text) == []


def test_a_test_that_is_not_there_is_found():
    assert missing("`tests/house/test_edge_cases_page.py::test_gone`") == [
        "tests/house/test_edge_cases_page.py::test_gone"
    ]
    assert missing("`tests/house/test_gone.py::test_gone`") == ["tests/house/test_gone.py::test_gone"]
    assert missing("`tests/house/test_edge_cases_page.py::test_a_test_that_is_not_there_is_found`") == []
