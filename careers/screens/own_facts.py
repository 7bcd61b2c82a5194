"""What the person who was hired brings along, on another applicant's own page (ldl § 31, L42)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from careers import actions, blindness, queries
from careers.actions.records import records_for
from careers.models import HireQuestion, State
from careers.screens.application_panels import Panel


def own_panel(request, row) -> Panel | None:
    """The button once the vacancy has closed, then the waiting, then the answer; nothing for who was hired."""
    if row.state == State.HIRED or (row.is_live and not blindness.has_closed(row.vacancy_reference)):
        return None
    question = HireQuestion.objects.filter(application=row).first()
    context = {
        "application": row,
        "question": question,
        "due_on": actions.due_on(question) if question else None,
        "records": records_for(row.vacancy_reference) if question and question.answered_on else (),
    }
    return Panel(gettext_lazy("Who was hired?"), "careers/own/facts.html", context)


@never_cache
@require_POST
@login_required
def ask(request, pk):
    """Ask once; what is written down already is shown at once."""
    row = get_object_or_404(queries.own_applications(request.user), pk=pk)
    if own_panel(request, row) is not None:
        asked = actions.ask_who_was_hired(row, by=request.user)
        if asked.answered_on is None:
            messages.success(request, _("We have your question, and answer it on this page."))
    return redirect("careers:application", pk)
