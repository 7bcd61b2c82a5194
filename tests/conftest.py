"""What every test may use. The folder and the databases of a run are chosen in tests/settings.py."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from tests import databases

pytest_plugins = [
    "tests.counting",
    "tests.fixtures.mail_server",
    "tests.fixtures.object_store",
    "tests.fixtures.browser",
    "tests.fixtures.scanner",
    "tests.fixtures.uploads",
]

# Folders of tests that look at single pages and commands, thin over acts that are tested on both databases; every page
# is opened on both by the walks of house/ and trips/. Files whose own statements the database could change stay.
PAGES = {"screens", "website", "templatetags", "accounts", "commands"}
ON_BOTH = {
    "test_codes.py",
    "test_factor.py",
    "test_personal_data.py",
    "test_privacy_find.py",
    "test_privacy_replay_erasures.py",
    "test_privacy_retention.py",
    "test_user.py",
}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client_db"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that may touch the database may touch both; one that may not is marked, and runs once, not twice."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is None and not DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.no_database)
            continue
        if PAGES & set(item.path.parts) and item.path.name not in ON_BOTH:
            item.add_marker(pytest.mark.page)
        wanted = dict(marker.kwargs if marker else {}) | {"databases": ["default", "ledger"]}
        item.add_marker(pytest.mark.django_db(**wanted), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    with django_db_blocker.unblock():
        databases.create()
    original, TransactionTestCase._fixture_teardown = TransactionTestCase._fixture_teardown, databases.restore
    yield
    TransactionTestCase._fixture_teardown = original
    with django_db_blocker.unblock():
        databases.drop()


@pytest.fixture(autouse=True)
def nothing_left_over():
    """Cache and written files are empty at the start of each test."""
    cache.clear()
    for name in ("people", "media", "mail", "trail"):
        shutil.rmtree(Path(django_settings.VAR) / name, ignore_errors=True)


@pytest.fixture(autouse=True)
def language_of_the_site():
    """Each test begins in the site's own language, whatever the one before it left behind in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def real_hasher_for_accounts(request, settings):
    """Tests of accounts use the real password hasher; elsewhere its slowness, which is its purpose, only costs time."""
    if "accounts" in request.path.parts:
        settings.PASSWORD_HASHERS = settings.REAL_PASSWORD_HASHERS


@pytest.fixture
def drain(db):
    """Runs the background worker until nothing is left to do; returns how many jobs it did."""
    from cn_portal import work

    return work.drain


@pytest.fixture
def frozen_day():
    """`frozen_day("2026-03-02")` stops the clock at noon in Oslo on that day, until the end of the test."""
    travellers = []

    def freeze(day):
        moment = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo("Europe/Oslo"))
        traveller = time_machine.travel(moment, tick=False)
        travellers.append(traveller)
        return traveller.start()

    yield freeze
    for traveller in reversed(travellers):
        traveller.stop()
