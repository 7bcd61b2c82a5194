"""Taking a yes back: one press, never more steps than giving it (N38, L20)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from privacy import actions, queries, registry, words
from privacy.rules import consent as rules
from privacy.screens.step_up import own_page

METHOD = "my-data"


@own_page("POST")
def withdraw(request, purpose):
    """Withdraw every standing consent of this person to one purpose, or to what one answer was about (`about`)."""
    subject = queries.subject_of(request.user)
    mine = [state for state in queries.consents_of(subject) if state.purpose == purpose]
    about = request.POST.get("about")
    chosen = [state for state in mine if about is None or state.about == about]
    if not chosen:
        raise Http404
    if _withdraw_all([state for state in chosen if state.state in rules.VALID], by=request.user):
        messages.success(request, what_happens_now(purpose))
    else:
        messages.info(request, _("This consent was withdrawn already or has run out. Nothing was changed."))
    return redirect("privacy:my-data")


@transaction.atomic
def _withdraw_all(states, *, by) -> int:
    for state in states:
        actions.withdraw_consent(state.subject, purpose=state.purpose, about=state.about, method=METHOD, by=by)
    return len(states)


def what_happens_now(purpose: str) -> str:
    """What a withdrawal of this purpose does, in two sentences."""
    title = {"title": words.purpose_title(purpose)}
    if registry.withdrawal_acts(purpose):
        return (
            _("You have withdrawn your consent: %(title)s. We stop now, and what rested on it is being deleted.")
            % title
        )
    return _("You have withdrawn your consent: %(title)s. From now on we use nothing about you for this.") % title
