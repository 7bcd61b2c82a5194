"""What a vacancy may not say: each fault stands at its field, and nothing is saved."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from careers.models import Hiring
from tests.careers import factories


def wrong_fields(page, **changed):
    for name, value in changed.items():
        setattr(page, name, value)
    try:
        page.full_clean()
    except ValidationError as refusal:
        return set(refusal.message_dict)
    return set()


def contact(email="", role="Verksted"):
    return [("contact", {"role": role, "phone": "", "email": email})]


def test_a_vacancy_as_it_should_be_has_no_fault(vacancy):
    assert wrong_fields(vacancy, contact_email="service@cn.example", further_contacts=contact("hr@cn.example")) == set()


def test_it_closes_after_it_opens(vacancy):
    assert wrong_fields(vacancy, closes_at=vacancy.opens_at) == {"closes_at"}
    assert wrong_fields(vacancy, closes_at=vacancy.opens_at + timedelta(minutes=1)) == set()


def test_a_start_is_a_day_or_words(vacancy):
    assert wrong_fields(vacancy, starts_on=timezone.localdate(), start_words="Snarest") == {"start_words"}
    assert wrong_fields(vacancy, start_words="") == set()


@pytest.mark.parametrize("name", ["contact_email", "apply_by_email"])
def test_an_address_belongs_to_a_role(vacancy, name):
    colleague = factories.make_user("anne@cn.example")
    for address in ("kari.holm@cn.example", colleague.email.upper()):
        assert wrong_fields(vacancy, **{name: address}) == {name}
    assert wrong_fields(vacancy, **{name: "service@cn.example"}) == set()


def test_further_contacts_are_roles_as_well(vacancy):
    factories.make_staff(first_name="Lars", last_name="Leder")
    assert wrong_fields(vacancy, further_contacts=contact("kari.holm@cn.example")) == {"further_contacts"}
    assert wrong_fields(vacancy, further_contacts=contact(role="lars leder")) == {"further_contacts"}
    assert wrong_fields(vacancy, further_contacts=contact("lager@cn.example")) == set()


def test_nobody_stands_there_by_name(vacancy):
    factories.make_staff(first_name="Lars", last_name="Leder")
    assert wrong_fields(vacancy, contact_role="Lars Leder") == {"contact_role"}
    assert wrong_fields(vacancy, contact_role="Leder") == set()
    assert wrong_fields(vacancy, contact_role="Leder for salg") == set()


def test_a_reference_stays_once_hiring_has_begun(vacancy):
    assert wrong_fields(vacancy, reference="2026-77") == set()
    vacancy.refresh_from_db()
    Hiring.objects.of(vacancy)
    assert wrong_fields(vacancy, reference="2026-77") == {"reference"}


def test_a_reference_stays_once_somebody_has_applied(vacancy):
    factories.submit(vacancy, cv=False)
    assert wrong_fields(vacancy, reference="2026-77") == {"reference"}


def test_one_that_has_closed_with_applications_is_reopened_on_its_own_page(vacancy):
    now = timezone.now()
    factories.submit(vacancy, cv=False)
    type(vacancy).objects.filter(pk=vacancy.pk).update(opens_at=now - timedelta(days=9), closes_at=now)
    assert wrong_fields(vacancy, closes_at=now + timedelta(days=3)) == {"closes_at"}
    assert wrong_fields(vacancy, closes_at=now - timedelta(days=1)) == set()


def test_one_that_has_closed_without_any_is_simply_given_another_day(vacancy):
    now = timezone.now()
    type(vacancy).objects.filter(pk=vacancy.pk).update(opens_at=now - timedelta(days=9), closes_at=now)
    assert wrong_fields(vacancy, closes_at=now + timedelta(days=3)) == set()


def test_a_draft_is_asked_about_what_it_says_only(vacancy):
    draft = vacancy.get_latest_revision_as_object()
    draft.pk, draft.reference, draft.opens_at = None, "", None
    draft.clean()
