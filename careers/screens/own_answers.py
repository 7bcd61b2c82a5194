"""What somebody answered and which links they gave, on their own page of the application."""

from django.utils.translation import gettext_lazy as _

from careers import queries
from careers.screens.application_panels import Panel


def own_panel(request, row) -> Panel | None:
    """The questions with their answers; nothing for an application without either."""
    answers, links = queries.answers_of(row), row.links.splitlines()
    if not answers and not links:
        return None
    return Panel(_("What you answered"), "careers/own/answers.html", {"answers": answers, "links": links})
