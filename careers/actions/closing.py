"""Closing a vacancy in all its languages with one act, and opening it again before anybody was decided (L41)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.actions.advertising import set_facts
from careers.actions.errors import NotPossible
from careers.actions.keeping import follow_closing_of
from careers.models import Application, Hiring, VacancyPage
from careers.models.application import DECIDED
from careers.rules.adverts import end_of, has_closed
from privacy import actions as engine


@dataclass(frozen=True)
class Moved:
    """What closing or reopening did: from when on nobody can apply, and how many applications got another clock."""

    closes_at: datetime
    clocks: int


@transaction.atomic
def close_vacancy(hiring, *, by) -> Moved:
    """Nobody can apply any more, in no language: forms, mark-up, feeds, lists and the site map follow at once.

    The time of everybody who is not decided counts from today. Raises NotPossible with a sentence when the vacancy has
    closed already or was never public.
    """
    row, pages = _locked(hiring)
    now = timezone.now()
    if not any(page.live for page in pages):
        raise NotPossible(_("The vacancy is not public, so there is nothing to close. Nothing was changed."))
    if all(has_closed(page, row, now) for page in pages):
        raise NotPossible(_("The vacancy has closed already. Nothing was changed."))
    row.closed_at, row.closed_by_id = now, getattr(by, "pk", None)
    row.save(update_fields=["closed_at", "closed_by"])
    engine.note("vacancy.closed", record=row, by=by)
    return Moved(now, follow_closing_of(row))


@transaction.atomic
def reopen_vacancy(hiring, *, until: date, by) -> Moved:
    """One can apply again through `until`, in all languages, and undecided applications count from that day.

    Raises NotPossible with a sentence: before it has closed, for a day that is no longer to come, and once somebody was
    decided, because an application that comes now would not be weighed with the others.
    """
    row, pages = _locked(hiring)
    now, closes_at = timezone.now(), end_of(until)
    if not pages or not all(has_closed(page, row, now) for page in pages):
        raise NotPossible(_("The vacancy has not closed, so there is nothing to reopen. Nothing was changed."))
    if closes_at <= now:
        raise NotPossible(_("The last day has passed already. Nothing was changed: choose a later day."))
    if Application.objects.filter(vacancy_reference=row.reference, state__in=DECIDED).exists():
        raise NotPossible(
            _("Somebody has been decided, so the vacancy stays closed. Publish a new one under another reference.")
        )
    row.closed_at, row.closed_by_id = None, None
    row.save(update_fields=["closed_at", "closed_by"])
    set_facts(VacancyPage.objects.filter(reference=row.reference), {"closes_at": closes_at}, by=by)
    engine.note("vacancy.reopened", record=row, by=by)
    return Moved(closes_at, follow_closing_of(row))


def _locked(hiring) -> tuple[Hiring, list[VacancyPage]]:
    row = Hiring.objects.select_for_update().get(pk=hiring.pk)
    return row, list(VacancyPage.objects.filter(reference=row.reference))
