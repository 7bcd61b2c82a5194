"""A house for each kill: committed, because another process must see it, with mail as files."""

import pytest

from tests.privacy.kills import dying
from tests.toy.factories import house


@pytest.fixture(autouse=True)
def own_house(transactional_db, settings):
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"


@pytest.fixture
def kari(own_house):
    """Somebody whose erasure or copy is going to be interrupted."""
    return dying.canary_person()


@pytest.fixture
def ola(own_house):
    """A neighbour whom no kill may touch."""
    return house("ola@gjest.example", word="Ola")
