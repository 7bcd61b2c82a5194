"""A committed house, because a backup is read over a connection of its own, and a folder for backups."""

import pytest

from tests.privacy.kills import dying
from tests.toy.factories import house


@pytest.fixture(autouse=True)
def own_house(transactional_db, settings, tmp_path):
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"


@pytest.fixture
def kari(own_house):
    """Somebody with an account, files, queued work, and a canary in every text."""
    return dying.canary_person()


@pytest.fixture
def ola(own_house):
    """A neighbour."""
    return house("ola@gjest.example", word="Ola")


@pytest.fixture
def backups(tmp_path):
    """Where backups go."""
    return tmp_path / "backups"
