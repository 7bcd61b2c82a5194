"""What ends with an application: meetings that lie ahead, and the yeses that were given about parts of it (N38)."""

from careers.actions.findings import take_back_item
from careers.actions.interviews import end_interviews
from careers.actions.referees import remove_referee
from careers.models import Finding


def end_what_hangs_on(application, *, by) -> None:
    """Call it in the transaction that ends the application, before its rows go.

    Meetings leave the applicant's calendar. The consents to referees and to private facts end with what they were
    about, so that no yes is left standing for a person of whom nothing else is held.
    """
    end_interviews(application)
    for referee in application.referees.select_related("application__subject"):
        remove_referee(referee, by=by)
    for kept in application.findings.filter(state=Finding.State.KEPT).select_related("application__subject"):
        take_back_item(kept, by=by)
