"""/my-data/: everything held about the person who is signed in, row by row (N61, L8, L9, L47)."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from privacy import queries, vault
from privacy.actions.subjects import claimable_by
from privacy.bag_documents import AUTHORITY
from privacy.rules.deadlines import oslo_date
from privacy.screens import kinds, rights, sections, stops
from privacy.screens.step_up import own_page

# So many of the newest cases stand on the page itself; all of them on their own.
NEWEST_REQUESTS = 5


def today():
    """The Oslo date now."""
    return oslo_date(timezone.now())


def language() -> str:
    """The language of this page, as the engine names it."""
    return (get_language() or "nb")[:2]


@own_page("GET", "HEAD")
def my_data(request):
    """The page itself, by purpose or (`?by=kind`) by kind: looks up by the signed-in user alone, changes nothing."""
    subject = queries.subject_of(request.user)
    about = queries.held_about(subject, day=today(), language=language())
    vault.unlock(sections.files_in(about))
    archive, about = sections.archive(about), sections.account(about)
    by_kind = request.GET.get("by") == "kind"
    requests = queries.requests_of(subject)
    return render(
        request,
        "privacy/my_data/index.html",
        {
            "about": about,
            "archive": archive,
            "by_kind": by_kind,
            "kinds": kinds.kinds(about) if by_kind else [],
            "sections": [] if by_kind else sections.sections(about),
            "summary": sections.summary(about),
            "rights": rights.all_rights(),
            "sign_ins": sections.sign_ins(about),
            "bookkeeping": sections.bookkeeping(about),
            "most_rows": sections.MOST_ROWS,
            "headings": sections.headings(about),
            "shared": sections.shared_by_record(about),
            "stops": stops.in_force(subject),
            "requests": requests[:NEWEST_REQUESTS],
            "more_requests": len(requests) > NEWEST_REQUESTS,
            "reads": queries.reads_of(subject),
            "claims": list(claimable_by(subject)),
            "open_erasure": queries.open_erasure(subject),
            "authority": AUTHORITY,
        },
    )
