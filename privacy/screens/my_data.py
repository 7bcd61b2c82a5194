"""/my-data/: everything held about the person who is signed in, row by row (N61, L8, L9)."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from privacy import queries, vault
from privacy.actions.subjects import claimable_by
from privacy.bag_documents import AUTHORITY
from privacy.rules.deadlines import oslo_date
from privacy.screens import sections
from privacy.screens.step_up import own_page


def today():
    """The Oslo date now."""
    return oslo_date(timezone.now())


def language() -> str:
    """The language of this page, as the engine names it."""
    return (get_language() or "nb")[:2]


@own_page("GET", "HEAD")
def my_data(request):
    """The page itself: looks up by the signed-in user alone, and changes nothing."""
    subject = queries.subject_of(request.user)
    about = queries.held_about(subject, day=today(), language=language())
    vault.unlock(sections.files_in(about))
    return render(
        request,
        "privacy/my_data/index.html",
        {
            "about": about,
            "summary": sections.summary(about),
            "sections": sections.sections(about),
            "bookkeeping": sections.bookkeeping(about),
            "most_rows": sections.MOST_ROWS,
            "headings": sections.headings(about),
            "can_withdraw": any(sections.standing(state, about.day) for state in about.consents),
            "claims": list(claimable_by(subject)),
            "open_erasure": queries.open_erasure(subject),
            "authority": AUTHORITY,
        },
    )
