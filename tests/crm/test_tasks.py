"""Contacts we have from somebody else are a task until they are told, with the month's last day (Art 14, N42)."""

from datetime import date

import pytest
from django.utils.translation import override

from crm.models import Contact
from privacy import tasks
from tests.crm import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def found():
    return [task for task in tasks.open_tasks(day=DAY) if task.kind == "art14"]


def test_who_came_from_somebody_else_is_to_be_told_within_a_month():
    own = factories.contact(source_channel="phone", collected_on=date(2026, 3, 1))
    assert found() == []
    other = factories.contact(source_channel="employer", collected_on=date(2026, 3, 10), email="b@kunde.example")
    one, office = sorted(found(), key=lambda task: task.right)
    assert (one.due_on, one.right) == (date(2026, 4, 10), "crm.change_contact")
    assert str(other.pk) in one.url and str(other.pk)[:8] in one.title and other.full_name not in one.title
    assert (office.right, office.due_on) == ("privacy.view_recipientnotice", date(2026, 4, 10))
    assert str(own.pk) not in one.url


def test_who_has_been_told_is_none_and_the_earliest_day_counts_for_the_office():
    first = factories.contact(source_channel="partner", collected_on=date(2026, 2, 1))
    factories.contact(source_channel="employer", collected_on=date(2026, 3, 10), email="b@kunde.example")
    assert [task.due_on for task in found() if "2 contacts" in str(task.title)] == [date(2026, 3, 1)]
    Contact.objects.filter(pk=first.pk).update(informed_on=DAY)
    assert {task.due_on for task in found()} == {date(2026, 4, 10)}


def test_a_contact_nobody_may_use_is_no_task(django_assert_num_queries):
    contact = factories.contact(source_channel="partner", collected_on=date(2026, 2, 1))
    assert len(found()) == 2
    type(contact.subject).objects.filter(pk=contact.subject_id).update(state="restricted")
    assert found() == []
