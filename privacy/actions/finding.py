"""One string looked for everywhere: what for and in which case is asked and noted, the string never is (L47, T38)."""

from __future__ import annotations

import re

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.actions.trail import note
from privacy.models import Breach, SubjectRequest
from privacy.queries.find import Found, find_everywhere
from privacy.throttle import allows

LEAST = 3
MOST_SEARCHES, WITHIN_SECONDS = 10, 600
PURPOSES = {
    "request": gettext_lazy("a person's request"),
    "erasure": gettext_lazy("checking that an erasure left nothing"),
    "breach": gettext_lazy("a breach"),
    "authority": gettext_lazy("a case of an authority"),
}
_NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{6}")
_KNOWN = {"SR": SubjectRequest, "BR": Breach}


class FindRefused(Exception):
    """The search was not made; the sentence says why."""


class TooManySearches(FindRefused):
    """Somebody searches more often than work asks for."""


def find_for(text: str, *, purpose: str, number: str, by) -> Found:
    """Look everywhere for ``text``, for one of PURPOSES in the case of this number: both are noted, ``text`` is not.

    Raises FindRefused for a short text, no purpose, or a case that is none; TooManySearches after ten in ten minutes.
    """
    number = number.strip().upper()
    if len(text.strip()) < LEAST:
        raise FindRefused(_("Give at least three characters to look for. Nothing was searched."))
    if purpose not in PURPOSES:
        raise FindRefused(_("Say what you search for. Nothing was searched."))
    if not _is_case(number):
        raise FindRefused(_("Give the number of the case, such as SR-2026-000001. Nothing was searched."))
    if not allows("find", who=str(by.pk), most=MOST_SEARCHES, seconds=WITHIN_SECONDS):
        raise TooManySearches(_("You have searched ten times in ten minutes. Wait a little; nothing was searched."))
    note("office.searched", by=by, reason=f"{purpose}:{number}")
    return find_everywhere(text, now=timezone.now())


def _is_case(number: str) -> bool:
    if not _NUMBER.fullmatch(number):
        return False
    cases = _KNOWN.get(number[:2])
    return cases is None or cases.objects.filter(number=number).exists()
