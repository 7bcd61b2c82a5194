"""One breach while something is done with it: locked, moved along its states, with an event for everything (L35)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.trail import actor_id, note
from privacy.models import Breach, BreachEvent
from privacy.rules import breaches as rules


class BreachRefused(Exception):
    """Something that cannot be done with a breach; the sentence says what is missing. Nothing was changed."""


def locked(breach: Breach) -> Breach:
    return Breach.objects.select_for_update().get(pk=breach.pk)


@transaction.atomic
def move(breach: Breach, to: str, *, by, text="", reference="", digest="", **columns) -> Breach:
    breach = locked(breach)
    breach.state = rules.next_state(breach.state, to)
    for name, value in columns.items():
        setattr(breach, name, value)
    breach.save(update_fields=["state", *columns])
    happened(breach, to, by=by, text=text, reference=reference, digest=digest)
    note(f"breach.{to}", record=breach, by=by)
    return breach


def happened(breach: Breach, kind: str, *, by, at=None, **what) -> None:
    BreachEvent.objects.create(breach=breach, kind=kind, at=at or timezone.now(), actor=actor_id(by), **what)


def known_risk(risk: str) -> str:
    if risk not in Breach.Risk.values:
        raise BreachRefused(_("Say how high the risk is to those it touched. Nothing was decided."))
    return risk


def said_in_words(text: str, sentence: str) -> str:
    said = rules.mask(text)
    if not said:
        raise BreachRefused(sentence)
    return said
