"""What an applicant answered, on the staff's page of the application. It is shown, and nobody there can change it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers import queries
from careers.blindness import blinded, is_blind
from careers.screens.application_panels import Panel
from careers.screens.hr_reopen import RIGHT


def panel(request, row) -> Panel:
    """Answers, links, when the applicant last changed it, and for HR the way to open it once more."""
    is_over = row.is_live and not (row.vacancy is not None and row.vacancy.is_open(timezone.now()))
    may_reopen = is_over and row.reopened_until is None and request.user.has_perm(RIGHT)
    answers = queries.answers_of(row, for_staff=True)
    context = {
        "answers": [(question, blinded(text, row, request.user)) for question, text in answers],
        "links": [] if is_blind(row, request.user) else row.links.splitlines(),
        "changed_at": row.changed_at,
        "reopened_until": row.reopened_until,
        "reopen_url": reverse("careers_applications:reopen", args=[row.pk]) if may_reopen else "",
    }
    return Panel(_("Answers"), "careers/admin/answers_panel.html", context)
