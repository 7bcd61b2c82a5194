"""The demonstration's privacy office: two persons, partners with agreements, one that cannot be approved."""

import pytest
from django.contrib.auth import get_user_model

from cn_portal.demo import office
from privacy.actions.recipients import RecipientRefused, approve_recipient
from privacy.models import Recipient, Screening
from privacy.queries.screenings import needed_screenings


@pytest.fixture
def colleagues(db):
    make = get_user_model().objects.create_user
    return {name: make(f"{name}@cn.example", None, verified=True) for name in ("privacy", "manager")}


def test_the_assessments_have_an_author_and_another_reviewer(colleagues):
    Screening.objects.all().delete()
    assert office.approve_assessments(colleagues) == len(needed_screenings())
    assert {(row.author, row.reviewer) for row in Screening.objects.all()} == {
        (colleagues["privacy"].pk, colleagues["manager"].pk)
    }
    assert office.approve_assessments(colleagues) == 0


def test_hosting_mail_sms_and_payment_are_listed_as_processors_with_their_paper(colleagues):
    office.enter_partners(colleagues)
    rows = Recipient.objects.filter(role="dpv:DataProcessor")
    assert {row.kind for row in rows} == {"hosting", "mail", "sms", "payment"}
    assert all(row.state == "active" and row.agreement_sha256 and row.agreement_expires_on for row in rows)
    assert all(row.contact_route.endswith(".example") for row in rows)
    waiting = Recipient.objects.get(state="proposed")
    with pytest.raises(RecipientRefused):
        approve_recipient(waiting, by=colleagues["manager"])
