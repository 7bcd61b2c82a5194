"""From draft to force: how the notice changes, who approves it, and from which day it applies (N64, N66, T19).

A change that is not significant is published with one press. A significant one is drafted by one person, approved by
another, told to everybody it concerns, and applies 14 days or more after the last message was sent. Nothing here
touches a consent: what somebody agreed to stays what they agreed to.
"""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions import notice_mails
from privacy.actions.trail import actor_id, note
from privacy.models import NoticeText, NoticeVersion
from privacy.queries.notice_facts import LANGUAGES, notice_facts, notice_text
from privacy.queries.notice_versions import (
    IN_FORCE,
    changes_since,
    coming_day,
    default_changes,
    draft_version,
    notice_drift,
    pending_version,
)
from privacy.rules import notices as rules
from privacy.rules.deadlines import oslo_date
from privacy.second_person import second_person

State = NoticeVersion.State
MAIL, BANNER, SOCIAL = "mail", "banner", "social"
CHANNELS = (MAIL, BANNER, SOCIAL)
# The site's own notice is version 2 whether or not there was one before it: that one is version 1, when it is taken in.
BEFORE, FIRST = 1, 2


class NoticeRefused(Exception):
    """The notice cannot be changed in this way now. The message is a sentence for whoever tried."""


def today() -> date:
    """The legal date of this moment."""
    return oslo_date(timezone.now())


@transaction.atomic
def publish_first_notice(*, by=None) -> NoticeVersion | None:
    """Publish the site's own notice in every language, in force at once. None when one has been published before."""
    if NoticeVersion.objects.filter(imported=False).exclude(state__in=[State.DRAFT, State.DISCARDED]).exists():
        return None
    version = NoticeVersion.objects.create(facts=notice_facts(), created_by=actor_id(by))
    _write_texts(version, day=today())
    _publish(version, by=by)
    return version


@transaction.atomic
def draft_notice(*, by, material=False, changes=None, audiences=(), channels=(), wanted_from=None) -> NoticeVersion:
    """Write a draft of the next version from the register, frozen as it is now.

    What the register changed decides whether it is significant; ``material`` can only add to that. ``changes`` is
    {language: what changes, in words}; without it the differences are named. A significant draft says to whom
    (``audiences``), how (``channels``) and from which day (``wanted_from``); what is not said is everybody, mail and
    banner, and the first day that can be met. Raises NoticeRefused.
    """
    _nothing_else_under_way()
    day = today()
    found = changes_since(_newest())
    material = bool(material) or any(each.is_material for each in found)
    if not material and not notice_drift():
        raise NoticeRefused(_("The notice says what the register says: there is nothing to publish."))
    wanted = _wanted(wanted_from, day) if material else None
    told = {language: (changes or {}).get(language) or default_changes(language, found) for language in LANGUAGES}
    if material and not all(text.strip() for text in told.values()):
        raise NoticeRefused(_("Say in both languages what changes: it stands in the message. Nothing was made."))
    version = NoticeVersion.objects.create(
        facts=notice_facts(day=wanted),
        material=material,
        reasons=[[each.code, each.about, each.what, each.old, each.new] for each in found],
        changes_nb=told["nb"],
        changes_en=told["en"],
        audiences=_audiences(audiences) if material else [],
        channels=_channels(channels) if material else [],
        wanted_from=wanted,
        created_by=actor_id(by),
    )
    _write_texts(version, day=wanted or day)
    note("notice.drafted", record=version, by=by, reason="material" if material else "not_material")
    return version


@transaction.atomic
def discard_draft(version: NoticeVersion, *, by) -> None:
    """Put a draft away; the row stays, without a number. Raises NoticeRefused for anything else than a draft."""
    _move(version, State.DRAFT, State.DISCARDED)
    note("notice.discarded", record=version, by=by)


@transaction.atomic
def publish_notice(version: NoticeVersion, *, by) -> None:
    """Publish a draft without a significant change, in force from today. Raises NoticeRefused."""
    if version.material:
        raise NoticeRefused(
            _(
                "This change is significant, so it cannot apply today. Somebody else approves it, everybody it "
                "concerns is told, and it applies 14 days or more after that. Nothing was changed."
            )
        )
    _still_a_draft(version)
    _publish(version, by=by)
    notice_mails.tell_followers(version)


@transaction.atomic
def approve_notice(version: NoticeVersion, *, by) -> None:
    """A second person approves a significant draft: it gets its number and address, and telling begins.

    Raises OwnApproval, or NoticeRefused when the day it was to apply from has come too near.
    """
    second_person(by, asked_by=version.created_by)
    if not version.material:
        raise NoticeRefused(_("This change is not significant: publish it. Nothing was changed."))
    _still_a_draft(version)
    _wanted(version.wanted_from, today())
    now = timezone.now()
    values = {"number": _next_number(), "published_on": oslo_date(now), "approved_at": now, "approved_by": by.pk}
    _move(version, State.DRAFT, State.TELLING, **values)
    note("notice.approved", record=version, by=by)
    notice_mails.begin_telling(version)


def notices_of_the_day(*, as_of, dry_run: bool = False) -> dict:
    """The daily job: see what was sent, fix the day of a version that everybody was told of, put it in force.

    {"scheduled": how many got their day, "in_force": how many began to apply}. Each happens once.
    """
    telling = list(NoticeVersion.objects.filter(state=State.TELLING))
    due = _due(oslo_date(as_of))
    if dry_run:
        return {"scheduled": sum(notice_mails.is_told(each) for each in telling), "in_force": due.count()}
    notice_mails.follow_mails()
    scheduled = sum(settle_telling(each) for each in telling)
    return {"scheduled": scheduled, "in_force": sum(_take_effect(each) for each in due)}


def _due(day: date):
    return NoticeVersion.objects.filter(state=State.SCHEDULED, effective_from__lte=day).order_by("number")


@transaction.atomic
def settle_telling(version: NoticeVersion) -> bool:
    """Fix the day when the last message has been sent: True when this call did it. What is still on its way waits."""
    told_at = notice_mails.told_at(version)
    if told_at is None:
        return False
    day = max(version.wanted_from, rules.earliest_effective(told_at))
    values = {"state": State.SCHEDULED, "notified_at": told_at, "effective_from": day}
    if not NoticeVersion.objects.filter(pk=version.pk, state=State.TELLING).update(**values):
        return False
    version.refresh_from_db()
    note("notice.told", record=version, by=None)
    return True


@transaction.atomic
def _take_effect(version: NoticeVersion) -> bool:
    # Of two runs at the same moment the second waits for this row and then finds it in force.
    waiting = NoticeVersion.objects.select_for_update().filter(pk=version.pk, state=State.SCHEDULED).first()
    if waiting is None or not rules.may_apply_from(waiting.effective_from, notified_at=waiting.notified_at):
        return False
    NoticeVersion.objects.filter(state=State.CURRENT).update(state=State.SUPERSEDED)
    NoticeVersion.objects.filter(pk=version.pk).update(state=State.CURRENT)
    note("notice.in_force", record=version, by=None)
    return True


def _publish(version: NoticeVersion, *, by) -> None:
    day = today()
    NoticeVersion.objects.filter(state=State.CURRENT).update(state=State.SUPERSEDED)
    number = _next_number()
    _move(version, State.DRAFT, State.CURRENT, number=number, published_on=day, effective_from=day)
    note("notice.published", record=version, by=by)


def _write_texts(version: NoticeVersion, *, day: date) -> None:
    for language in LANGUAGES:
        title, body = notice_text(language, day=day)
        digest = hashlib.sha256(body.encode()).hexdigest()
        NoticeText.objects.create(version=version, language=language, title=title, body=body, sha256=digest)


def _move(version: NoticeVersion, before: str, after: str, **values) -> None:
    if not NoticeVersion.objects.filter(pk=version.pk, state=before).update(state=after, **values):
        raise NoticeRefused(_("Somebody has done something with this version meanwhile. Nothing was changed."))
    version.refresh_from_db()


def _still_a_draft(version: NoticeVersion) -> None:
    """The text may have been overtaken by the register since it was drafted: then it is drafted anew."""
    for each in _due(today()):
        _take_effect(each)
    if pending_version() is not None:
        raise NoticeRefused(_another_is_told())
    if version.facts != notice_facts(day=version.wanted_from):
        raise NoticeRefused(
            _("The register has changed since this draft was made. Discard it and draft it anew. Nothing was changed.")
        )


def _nothing_else_under_way() -> None:
    if draft_version() is not None:
        raise NoticeRefused(_("There is a draft already: publish it or discard it first. Nothing was made."))
    if pending_version() is not None:
        raise NoticeRefused(_another_is_told())


def _another_is_told() -> str:
    return _("Another version is being told and does not apply yet. What comes after it waits. Nothing was changed.")


def _newest() -> NoticeVersion | None:
    return NoticeVersion.objects.filter(state__in=IN_FORCE, imported=False).order_by("-number").first()


def _next_number() -> int:
    last = NoticeVersion.objects.aggregate(last=Max("number"))["last"] or BEFORE
    return max(last + 1, FIRST)


def _wanted(wanted_from: date | None, day: date) -> date:
    soonest = rules.soonest_wanted(day)
    if wanted_from is None:
        return coming_day()
    if wanted_from < soonest:
        raise NoticeRefused(
            _(
                "A significant change is told 14 days or more before it applies, so the first day that can be met is "
                "%(day)s. Nothing was changed."
            )
            % {"day": soonest.isoformat()}
        )
    return wanted_from


def _audiences(chosen) -> list[str]:
    unknown = set(chosen) - set(notice_mails.AUDIENCES)
    if unknown:
        raise NoticeRefused(_("Nobody is known as one of these groups. Nothing was made."))
    return [each for each in notice_mails.AUDIENCES if not chosen or each in chosen]


def _channels(chosen) -> list[str]:
    # Mail and banner always: a promise that may be kept in one way or another is easily kept in none (T19).
    return [each for each in CHANNELS if each != SOCIAL or SOCIAL in chosen]
