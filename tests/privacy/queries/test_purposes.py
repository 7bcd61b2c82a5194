"""Data serves what it was collected for (L44)."""

import pytest

from careers.models import Application
from crm.models import Contact
from privacy import registry
from privacy.queries import WrongPurpose, purpose_allows, purposes_for, require_purpose

APPLICATION, CONTACT = (registry.declaration_of(model) for model in (Application, Contact))


@pytest.mark.parametrize("marketing", ["marketing-email", "marketing-phone", "marketing-sms"])
def test_applicants_addresses_are_never_used_for_marketing(marketing):
    assert purpose_allows(CONTACT, marketing)
    assert not purpose_allows(APPLICATION, marketing)
    require_purpose(CONTACT, marketing)
    with pytest.raises(WrongPurpose):
        require_purpose(APPLICATION, marketing)


def test_own_compatible_lawful_and_gated_purposes_are_allowed_and_unknown_ones_not():
    assert purpose_allows(APPLICATION, "recruitment") and purpose_allows(APPLICATION, "service-messages")
    assert purpose_allows(APPLICATION, "rights") and purpose_allows(APPLICATION, "authority-requests")
    assert purpose_allows(APPLICATION, "deal-access")
    assert not purpose_allows(APPLICATION, "gossip") and not purpose_allows(APPLICATION, "deliveries")
    assert [each.code for each in purposes_for(APPLICATION)][0] == "recruitment"


def test_without_a_purpose_nothing_is_made():
    with pytest.raises(WrongPurpose):
        require_purpose(CONTACT, "")


def test_every_purpose_named_as_compatible_is_an_activity():
    known = {each.code for each in registry.activities()}
    named = {code for each in registry.activities() for code in each.also}
    assert named and named <= known
