"""Every file is found by its noun, and no file grows past what one reads in a sitting."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("cn_portal", "privacy", "crm", "careers")
VAGUE = {"utils", "util", "common", "core", "helpers", "helper", "misc", "base", "tools", "lib", "stuff"}
MAY_BE_CALLED_BASE = {"cn_portal/settings/base.py"}
LONGEST = 300
# A page of tests may be longer, because each test is read alone.
LONGEST_TEST = 500


def modules(*roots):
    paths = (path for root in roots for path in (ROOT / root).rglob("*.py"))
    return sorted(path.relative_to(ROOT) for path in paths if "migrations" not in path.parts)


def too_long(paths, limit):
    lengths = {path.as_posix(): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in paths}
    return {name: length for name, length in lengths.items() if length > limit}


def test_there_is_something_to_look_at():
    assert len(modules(*CODE)) > 50


def test_no_module_has_a_vague_name():
    vague = {path.as_posix() for path in modules(*CODE, "tests") if {path.stem, path.parent.name} & VAGUE}
    assert vague == MAY_BE_CALLED_BASE


def test_no_module_is_too_long():
    assert too_long(modules(*CODE), LONGEST) == {}


def test_no_file_of_tests_is_too_long():
    assert too_long(modules("tests", "bench"), LONGEST_TEST) == {}
