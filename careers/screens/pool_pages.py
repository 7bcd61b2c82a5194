"""The talent pool as its people meet it: a card on their page, an offer after a decision, a page behind a mailed link.

Yes and no are two buttons of the same size; nothing is chosen beforehand, and a no is not asked about again (L27).
"""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from careers import actions, kept, links, queries
from careers.models import TalentPoolEntry
from careers.models.application import DECIDED
from careers.rules import clocks
from careers.screens.own_forms import PoolAnswerForm
from privacy import actions as engine
from privacy import queries as engine_queries


@dataclass(frozen=True)
class PoolCard:
    """One entry as its person sees it. ``text`` is the question of the renewal while it may be answered, else None."""

    entry: TalentPoolEntry
    deleted_on: date
    text: object
    stands: bool


def card(entry) -> PoolCard:
    today = timezone.localdate()
    askable = clocks.renewal_is_possible(entry.ends_on, entry.renewed_on, today)
    return PoolCard(entry, kept.gone_on(entry), _question() if askable else None, entry.ends_on >= today)


def offer(row):
    """The wording of the question to somebody whose application is decided and who has never answered it; else None."""
    if row.state not in DECIDED or not engine_queries.is_active(actions.POOL):
        return None
    answered = any(state.purpose == actions.POOL for state in engine_queries.consents_of(row.subject))
    return None if answered else _question()


def _question():
    try:
        return engine.text_for(actions.POOL, (get_language() or "nb")[:2])
    except engine.NoWording:
        return None


@never_cache
@require_POST
@login_required
def join(request, pk):
    """Yes or no to the talent pool, from the page of a decided application."""
    row = get_object_or_404(queries.own_applications(request.user), pk=pk)
    text, form = offer(row), PoolAnswerForm(request.POST)
    if text is None or not form.is_valid():
        messages.info(request, _("You have answered this already. Nothing was changed."))
    elif (complaint := _reworded(form, text)) is not None:
        messages.error(request, complaint)
    elif form.cleaned_data["answer"] == "no":
        engine.refuse_consent(row.subject, text=text, method="page", by=request.user)
        messages.success(request, _("Your no is stored. We do not ask you again."))
    else:
        entry = actions.join_pool(row, text=text, method="page", by=request.user)
        messages.success(request, _thanks(entry))
    return redirect("careers:application", row.pk)


@never_cache
@require_POST
@login_required
def answer(request, pk):
    """Stay or leave, in one press, from one's own page."""
    entry = get_object_or_404(queries.own_pool_entries(request.user), pk=pk)
    _take(request, entry, method="page")
    return redirect("careers:applications")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def by_link(request, token):
    """The page behind the link in a mail: it says where one stands and takes the answer, without signing in."""
    is_ours, entry = links.to_pool(token)
    if not is_ours:
        what = _("This link is not complete. Copy the whole address from the e-mail and open it again.")
        return render(request, "410.html", {"what": what}, status=410)
    if entry is None or not actions.is_in_pool(entry):
        return render(request, "careers/own/pool_left.html")
    if request.method == "POST":
        _take(request, entry, method="link")
        return redirect("careers:pool-by-link", token)
    return render(request, "careers/own/pool.html", {"card": card(entry)})


def _take(request, entry, *, method: str) -> None:
    by = request.user if request.user.is_authenticated else None
    form, text = PoolAnswerForm(request.POST), _question()
    if not form.is_valid():
        messages.error(request, _("Choose yes or no. Nothing was changed."))
    elif form.cleaned_data["answer"] == "no":
        actions.leave_talent_pool(entry, by=by)
        messages.success(request, _("You are out of the talent pool. Your name and address there are being erased."))
    elif text is None or (complaint := _reworded(form, text)) is not None:
        messages.error(request, complaint if text else _("We cannot take a yes now. Nothing was changed; try later."))
    else:
        try:
            messages.success(request, _thanks(actions.renew_pool_entry(entry, text=text, method=method, by=by)))
        except (actions.NotPossible, engine.ConsentRefused) as refusal:
            messages.error(request, str(refusal))


def _reworded(form, text) -> str | None:
    if form.cleaned_data["wording"] == text.sha256:
        return None
    return _("The question has been reworded since you opened the page. Nothing was stored: read it again here.")


def _thanks(entry) -> str:
    day = engine_queries.day_text(entry.ends_on)
    return _("Thank you. You are in the talent pool until %(day)s, and can leave it whenever you like.") % {"day": day}
