"""What tests of the notice share: a register that changes, two who decide, a clock that goes on."""

from contextlib import contextmanager
from datetime import UTC, datetime

import time_machine
from django.utils import timezone

from cn_portal.website.models import ControllerSettings
from privacy import actions
from privacy.actions.notice_versions import notices_of_the_day
from privacy.models import DataSubject, Recipient
from privacy.rules.deadlines import OSLO

TOLD = {"nb": "Bring har flyttet.", "en": "Bring has moved."}


def at(text):
    """The clock stands at this Oslo time."""
    return time_machine.travel(datetime.fromisoformat(text).replace(tzinfo=OSLO), tick=False)


@contextmanager
def day(text):
    """Inside it is noon of this day in Oslo."""
    with at(f"{text}T12:00:00"):
        yield


def move_bring(country="US"):
    """A significant change: where a recipient is."""
    Recipient.objects.update_or_create(code="bring", defaults={"name": "Bring", "country": country})


def write_elsewhere(email="nytt@cn.example"):
    """A change that is not significant: how the controller is reached."""
    row = ControllerSettings.load()
    row.email = email
    row.save()


def significant(by, approver, **said):
    """A version with a significant change, approved: telling has begun."""
    move_bring()
    version = actions.draft_notice(by=by, **{"changes": TOLD, **said})
    actions.approve_notice(version, by=approver)
    return version


def work():
    """The worker, until nothing waits."""
    while actions.run_jobs():
        pass


def night():
    """The daily job at this moment."""
    return notices_of_the_day(as_of=timezone.now())


def long_here(user):
    """This account's person has been known since New Year 2026."""
    DataSubject.objects.filter(pk=user.subject_id).update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    user.refresh_from_db()
    return user
