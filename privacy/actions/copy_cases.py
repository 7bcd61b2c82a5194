"""The cases that wait for a copy: answered in the moment it is ready, by the worker that made it (L7, L15)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy.actions.request_case import Case, today, write
from privacy.models import Copy, RequestMessage
from privacy.rules import requests as rules


@transaction.atomic
def copy_is_ready(copy: Copy, *, url: str, times: int, days: int) -> None:
    """Answer the open cases of this copy; called in the transaction in which it became ready.

    ``url`` is where its owner fetches it signed in, ``times`` how often, ``days`` how long.
    """
    for case in copy.requests.filter(state__in=rules.OPEN).select_related("subject"):
        with override(case.language):
            text = _(
                "Your copy is ready: %(url)s. You can fetch it %(times)d times within %(days)d days. It holds all we "
                "have about you, to read and in a form that other systems read."
            ) % {"url": url, "times": times, "days": days}
        _answered(case, text)


def _answered(request, text: str) -> None:
    case = Case(request, by=None)
    case.reach(rules.FULFILLED)
    case.happened(rules.CLOSED)
    case.save(rules.FULFILLED)
    # Without a mail of its own: the notice that the copy is ready goes to the same mailbox in the same moment.
    write(
        request,
        kind=RequestMessage.Kind.ANSWER,
        direction=RequestMessage.Direction.TO_PERSON,
        text=text,
        by=None,
        on=today(),
        sent=True,
    )
