"""Applicants under 18: a guardian first; a child's application goes."""

import pytest
from django.utils import timezone

from careers import actions
from careers.models import Application, GuardianCheck
from tests.careers import factories, meetings, reading


@pytest.fixture
def young(vacancy):
    row = factories.submit(vacancy, cv=None)
    row.minor = True
    row.save()
    return row


def check(row, **values):
    said = {"guardian": "Mor Prøve", "how": "phone", "checked_on": timezone.localdate(), "by": None, **values}
    return actions.record_guardian_check(row, **said)


def test_no_interview_before_a_guardian_knows(young):
    assert actions.lacks_guardian(young)
    with pytest.raises(actions.NotPossible):
        meetings.offer(young)
    hr = factories.make_staff(actions.HR)
    first = check(young, by=hr)
    assert (first.checked_by, first.guardian) == (hr, "Mor Prøve") and not actions.lacks_guardian(young)
    assert meetings.offer(young).state == "offered"
    assert check(young, guardian="Far Prøve").pk == first.pk and GuardianCheck.objects.get().guardian == "Far Prøve"
    assert reading.acts(first) == ["guardian.checked"] * 2


def test_nobody_else_needs_one(vacancy):
    grown = factories.submit(vacancy, cv=None)
    assert not actions.lacks_guardian(grown) and actions.require_guardian(grown) is None
    with pytest.raises(actions.NotPossible):
        check(grown)
    assert not GuardianCheck.objects.exists()


def test_a_reported_child_is_erased_whole_and_nobody_else(young, drain):
    neighbour = factories.submit(young.vacancy, cv=None)
    before = reading.row_of(neighbour)
    check(young)
    actions.erase_child(young, by=factories.make_staff(actions.HR))
    drain()
    assert list(Application.objects.values_list("pk", flat=True)) == [neighbour.pk]
    assert not GuardianCheck.objects.exists() and reading.row_of(neighbour) == before
    assert "application.child_reported" in reading.acts(young)
