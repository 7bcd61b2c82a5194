"""Whose row it is, as the staff views ask before they note that it was read."""

import pytest
from axes.models import AccessAttempt

from crm.models import Organisation
from privacy.models import SubjectIdentifier
from privacy.screens.scope import subject_of_row


@pytest.mark.django_db
def test_a_row_leads_to_its_person(kari):
    identifier = SubjectIdentifier.objects.filter(subject=kari.subject).get()
    assert subject_of_row(identifier) == kari.subject


def test_a_company_and_a_row_found_by_address_lead_to_nobody():
    assert subject_of_row(Organisation(name="Prøve AS")) is None
    assert subject_of_row(AccessAttempt()) is None
