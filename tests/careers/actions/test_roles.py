"""The two groups, their rights, and sharing one vacancy."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import GroupPagePermission

from careers import actions
from careers.models import VacancyShare
from tests.careers import factories, reading

# What a hiring leader may do, and only for what is shared: read, see interviews, close off sensitive content.
LEADERS = {"access_admin", "view_application", "view_interview", "add_finding", "write_assessment"}


def rights(group):
    return set(group.permissions.values_list("codename", flat=True))


def test_the_groups_have_exactly_their_rights(vacancy):
    groups = actions.ensure_roles()
    assert rights(groups[actions.HIRING_LEADERS]) == LEADERS
    assert "read_every_application" in rights(groups[actions.HR])
    assert not any(right.startswith(("delete_application", "add_application")) for right in rights(groups[actions.HR]))
    pages = GroupPagePermission.objects.filter(group=groups[actions.HR])
    assert {row.permission.codename for row in pages} == {"add_page", "change_page", "publish_page"}
    assert {row.page_id for row in pages} == {vacancy.get_parent().pk}
    assert not GroupPagePermission.objects.filter(group=groups[actions.HIRING_LEADERS]).exists()


def test_making_them_again_takes_back_what_was_added(vacancy):
    from django.contrib.auth.models import Permission

    group = actions.ensure_roles()[actions.HIRING_LEADERS]
    group.permissions.add(Permission.objects.get(codename="read_every_application"))
    actions.ensure_roles()
    assert rights(group) == LEADERS
    assert GroupPagePermission.objects.count() == GroupPagePermission.objects.distinct().count()


def test_sharing_and_taking_back(vacancy):
    leader, hr = factories.make_staff(actions.HIRING_LEADERS), factories.make_staff(actions.HR)
    today = timezone.localdate()
    share = actions.share_vacancy(vacancy, user=leader, until=today, by=hr)
    assert (share.until, share.given_by) == (today, hr)
    assert actions.share_vacancy(vacancy, user=leader, until=today + timedelta(days=4), by=hr) == share
    assert VacancyShare.objects.get().until == today + timedelta(days=4)
    with pytest.raises(actions.NotPossible):
        actions.share_vacancy(vacancy, user=leader, until=today - timedelta(days=1), by=hr)
    assert VacancyShare.objects.get().until == today + timedelta(days=4)
    key = share.pk
    actions.stop_sharing(share, by=hr)
    share.pk = key
    assert not VacancyShare.objects.exists()
    assert reading.acts(share) == ["vacancy.shared", "vacancy.shared", "vacancy.unshared"]


def test_texts_are_published_once(wordings):
    from privacy.models import ConsentText

    assert ConsentText.objects.filter(live=True).count() == 8
    actions.ensure_consent_texts()
    assert ConsentText.objects.count() == 8
