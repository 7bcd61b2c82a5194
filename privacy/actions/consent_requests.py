"""Taking a yes back on one's own page: the withdrawal and the case that proves it, in one act (N38, N61)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from privacy import registry, words
from privacy.actions.consent import About, withdraw_all
from privacy.actions.requests import record_done
from privacy.models import ConsentState
from privacy.rules.consent import WITHDRAWABLE, IllegalMove

METHOD = "my-data"


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal did, in a sentence for the person, and whether their whole record goes with it."""

    sentence: str
    person_goes: bool


@transaction.atomic
def withdraw_on_page(subject, *, purpose: str, about: str | None, by) -> Withdrawn:
    """Take back the yes to one question, or every yes to it (``about`` is None), and record the finished case.

    Raises IllegalMove with a sentence when there is none to take back; then nothing is recorded.
    """
    found = ConsentState.objects.filter(subject__in=subject.group(), purpose=purpose, state__in=WITHDRAWABLE)
    abouts = sorted(each for each in set(found.values_list("about", flat=True)) if about in (None, each))
    if not abouts:
        raise IllegalMove(_("This consent was withdrawn already or has run out. Nothing was changed."))
    ended = [pair for each in abouts for pair in withdraw_all(subject, About(purpose, each), method=METHOD, by=by)]
    done = Withdrawn(
        sentence=_what_happens_now(purpose, ended), person_goes=any(after.person is not None for _event, after in ended)
    )
    activity = next((each.code for each in registry.activities() if each.consent == purpose), "")
    record_done(
        subject.person,
        right="withdrawal",
        answer=done.sentence,
        by=by,
        identity="signed_in",
        about=ended[0][0],
        activity=activity,
    )
    return done


def _what_happens_now(purpose: str, ended) -> str:
    title = {"title": words.purpose_title(purpose)}
    if any(after.person is not None for _event, after in ended):
        return (
            _(
                "You have withdrawn your consent: %(title)s. We have no other reason to hold anything about you, "
                "so all of it is being deleted."
            )
            % title
        )
    if any(after.rows_go for _event, after in ended):
        return (
            _("You have withdrawn your consent: %(title)s. We stop now, and what rested on it is being deleted.")
            % title
        )
    return _("You have withdrawn your consent: %(title)s. From now on we use nothing about you for this.") % title
