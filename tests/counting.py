"""Which tests count for coverage. Counting slows a run by a half, and most of what walks the whole house adds nothing.

On SQLite everything counts but the walks, which meet only what tests of their own have met already. On PostgreSQL only
the tests of code that asks which database it is on: all the rest was counted on SQLite.
"""

import os
from contextlib import contextmanager

import pytest

# Folders and files below tests/.
WALKS = ("house/test_census_pages.py", "trips/", "cn_portal/demo/", "privacy/kills/", "privacy/test_canary.py")
ASKS_ITS_DATABASE = (
    "cn_portal/backup/",
    "privacy/actions/test_keys.py",
    "privacy/actions/test_mailbox_proofs.py",
    "privacy/actions/test_notice_followers.py",
    "privacy/actions/test_retention.py",
    "privacy/actions/test_retention_pace.py",
    "privacy/actions/test_trail",
    "privacy/actions/test_verify",
    "privacy/management/commands/test_privacy_find.py",
    "privacy/models/",
    "privacy/queries/test_find.py",
    "privacy/queries/test_held_stream.py",
    "privacy/test_keysets.py",
)


def counts(path: str, *, on_postgres: bool) -> bool:
    """Whether a test in this file, named from tests/ on, counts."""
    return path.startswith(ASKS_ITS_DATABASE) if on_postgres else not path.startswith(WALKS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    """Stops the counting for one test, its set-up included."""
    if _counts(item):
        return (yield)
    with not_counted():
        return (yield)


@contextmanager
def not_counted():
    """Inside this block nothing counts; where nothing is counted anyway, or not now, nothing changes."""
    counter = _counter()
    if counter is None:
        yield
        return
    counter.stop()
    try:
        yield
    finally:
        counter.start()


def _counts(item) -> bool:
    folder = item.config.rootpath / "tests"
    path = item.path.relative_to(folder).as_posix()
    return counts(path, on_postgres=os.environ.get("CN_TEST_DATABASE") == "postgres")


def _counter():
    import coverage

    return coverage.Coverage.current()
