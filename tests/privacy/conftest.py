"""People of the toy house, and what a test of the engine needs around them."""

import pytest
from django.contrib.auth import get_user_model

from privacy.actions import publish_text
from privacy.models import Recipient
from tests.toy.factories import house


@pytest.fixture
def kari(db):
    """A guest with a row of every class."""
    return house("kari@gjest.example", word="Kari")


@pytest.fixture
def ola(db):
    """A neighbour who has as much and must never be touched."""
    return house("ola@gjest.example", word="Ola")


@pytest.fixture
def siv(db):
    """A colleague."""
    return get_user_model().objects.create_user("siv@cn.example", None, verified=True)


@pytest.fixture
def per(db):
    """Another colleague."""
    return get_user_model().objects.create_user("per@cn.example", None, verified=True)


@pytest.fixture
def wording(db):
    """The live wording of a question, valid for twelve months."""
    return publish_text(
        purpose="toy-stays",
        language="nb",
        wording="Kan vi skrive til deg?",
        how_to_withdraw="Ett klikk på siden din.",
        valid_months=12,
        by=None,
    )


@pytest.fixture
def ferry(db):
    """A partner that may receive a name and a phone number for stays."""
    return Recipient.objects.create(
        code="ferry",
        name="Fergen AS",
        state="active",
        allowed_fields=["name", "phone"],
        activities=["toy-stays"],
    )
