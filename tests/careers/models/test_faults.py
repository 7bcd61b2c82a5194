"""What a vacancy may not say: each fault stands at its field, and nothing is saved."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from careers import actions
from careers.models import Hiring, VacancyPage, faults
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
    assert "closes_at" in wrong_fields(vacancy, closes_at=vacancy.opens_at)
    assert faults.of_vacancy(vacancy, timezone.now())
    vacancy.opens_at = None
    assert faults.of_vacancy(vacancy, timezone.now()) == {}


def test_a_new_one_gets_the_next_number_of_the_year(wordings):
    day = date(2031, 5, 1)
    assert faults.next_reference(day) == "2031-01"
    factories.make_vacancy(reference="2031-07")
    factories.make_vacancy(reference="2031-9b")
    factories.make_vacancy(reference="2030-44")
    Hiring.objects.create(reference="2031-12")
    assert faults.next_reference(day) == "2031-13"
    expected = faults.next_reference(timezone.localdate())
    assert factories.make_vacancy(reference="").reference == expected != faults.next_reference(timezone.localdate())


def test_the_reference_of_a_deleted_one_with_applications_is_not_taken_again(vacancy):
    factories.submit(vacancy, cv=False)
    vacancy.delete()
    with pytest.raises(ValidationError):
        factories.make_vacancy(reference=vacancy.reference)
    assert factories.make_vacancy().reference != vacancy.reference


def test_a_copy_is_another_vacancy(client, vacancy):
    factories.sign_in(client, factories.make_staff(actions.HR))
    vacancy.save_revision().publish()
    factories.submit(vacancy, cv=False)
    expected = faults.next_reference(timezone.localdate())
    typed = {"new_title": "Kopi", "new_slug": "kopi", "new_parent_page": str(vacancy.get_parent().pk)}
    answer = client.post(reverse("wagtailadmin_pages:copy", args=[vacancy.pk]), {**typed, "publish_copies": "on"})
    assert answer.status_code == 302
    copied = VacancyPage.objects.get(slug="kopi")
    assert copied.reference == copied.get_latest_revision_as_object().reference == expected
    assert copied.live and not copied.applications.exists()


def test_a_translation_is_the_same_vacancy_and_starts_as_a_draft(vacancy):
    factories.home("en")
    translated = vacancy.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    assert (translated.reference, translated.translation_key) == (vacancy.reference, vacancy.translation_key)
    assert not translated.live
