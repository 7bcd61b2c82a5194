"""What most tests of careers need: the wordings and an open vacancy."""

import pytest

from careers.actions import ensure_consent_texts
from tests.careers import factories


@pytest.fixture
def wordings(db):
    ensure_consent_texts()


@pytest.fixture
def vacancy(wordings):
    return factories.make_vacancy()
