"""The clock of open requests: the office is reminded before the legal date, and told every day after it (L1, L46)."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from privacy.actions.mail import queue_mail
from privacy.actions.request_case import Case
from privacy.actions.request_mail import TEMPLATES, in_words
from privacy.actions.roles import OFFICE
from privacy.models import RequestEvent, SubjectRequest
from privacy.rules import requests as rules
from privacy.rules.deadlines import oslo_date


def remind_of_requests(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Remind the office 14, 7 and 2 days before the date to act by, once each, and tell it daily of what is late.

    Every active member of the office gets one mail for all that is due, and one for all that is late; of the latter
    superusers get theirs too. Paused dates move nothing. Returns {"reminded", "escalated"}: how many requests.
    """
    day = oslo_date(as_of)
    with transaction.atomic():
        due, late = _due(day), _late(day)
        if not dry_run:
            _note(due, late, day)
            _send("reminder", [request for request, _days in due], _members(), day)
            _send("late", late, _members(or_superusers=True), day)
    return {"reminded": len(due), "escalated": len(late)}


def _open():
    found = SubjectRequest.objects.filter(state__in=rules.OPEN).select_related("subject")
    return list(found.select_for_update(of=("self",)).order_by("due_on", "number"))


def _due(day: date) -> list[tuple[SubjectRequest, int]]:
    owed = [(each, rules.reminder_due(each.acts_by, day, reminded_days=each.reminded_days)) for each in _open()]
    return [(request, days) for request, days in owed if days is not None]


def _late(day: date) -> list[SubjectRequest]:
    told = set(RequestEvent.objects.filter(kind=rules.ESCALATED, on=day).values_list("request", flat=True))
    return [each for each in _open() if rules.is_overdue(each.acts_by, day) and each.pk not in told]


def _note(due, late, day: date) -> None:
    for request, days in due:
        case = Case(request, by=None)
        case.happened(rules.REMINDED, on=day, reason_code=str(days))
        case.save(rules.REMINDED)
    for request in late:
        case = Case(request, by=None)
        case.happened(rules.ESCALATED, on=day)
        case.save(rules.ESCALATED)


def _members(*, or_superusers: bool = False):
    who = Q(groups__name=OFFICE) | Q(is_superuser=True) if or_superusers else Q(groups__name=OFFICE)
    return get_user_model()._base_manager.filter(who, is_active=True).distinct().order_by("pk")


def _send(what: str, requests: list, members, day: date) -> None:
    for member in members if requests else ():
        queue_mail(
            to=member.email,
            template=f"{TEMPLATES}{what}",
            context={
                "count": len(requests),
                "cases": [_line(request, member.language, day) for request in requests],
                "url": settings.BASE_URL + reverse("privacy-office"),
            },
            language=member.language,
            subject=member.subject,
        )


def _line(request, language: str, day: date) -> dict:
    with override(language):
        right = str(request.get_right_display())
    return {
        "number": request.number,
        "right": right,
        "acts_by": in_words(request.acts_by, language),
        "days": abs((request.acts_by - day).days),
    }
