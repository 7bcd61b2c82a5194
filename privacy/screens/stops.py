"""Pausing, objecting, no decision by a machine: what stops a use, each with number and date (L13, L16, L17)."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import actions, queries, registry
from privacy.bag_documents import AUTHORITY
from privacy.declare import Basis
from privacy.models import Objection, Restriction
from privacy.models.restriction import DIRECT_MARKETING
from privacy.screens.step_up import own_page, says_no

MOST_TEXT = 4000

# Article 18(1) in the words of the person; the fourth reason, an objection, is given on its own page.
GROUNDS = (
    ("accuracy", gettext_lazy("It is wrong, and I want it checked first.")),
    ("unlawful", gettext_lazy("You should not have it, but I do not want it deleted.")),
    ("claim", gettext_lazy("You no longer need it, but I do, for a legal claim.")),
)


class PauseForm(forms.Form):
    """Why; nothing is chosen beforehand."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why should we pause it?"),
        choices=GROUNDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the reason that fits best.")},
    )


class WordsForm(forms.Form):
    """Some words of one's own."""

    text = forms.CharField(
        label=gettext_lazy("What should somebody look at?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("No health or other sensitive details, please. We keep this with your request."),
        error_messages={"required": gettext_lazy("Write a sentence, so that we know what to look at.")},
    )


@dataclass(frozen=True)
class InForce:
    """What is stopped now: open restrictions and standing objections of one person."""

    restrictions: list[Restriction]
    objections: list[Objection]

    @property
    def paused(self) -> set[str]:
        """The paused records as "app.model key"."""
        return {f"{each.model.lower()} {each.object_pk}" for each in self.restrictions if each.model}

    @property
    def whole(self) -> Restriction | None:
        """The pause of everything, when there is one."""
        return next((each for each in self.restrictions if not each.model), None)

    @property
    def objected(self) -> dict[str, Objection]:
        """The standing objection to each activity, by its code."""
        return {each.activity: each for each in self.objections}

    def __bool__(self) -> bool:
        return bool(self.restrictions or self.objections)


def in_force(subject) -> InForce:
    """What this person has stopped, the newest first, in two queries."""
    ids = subject.group()
    return InForce(
        list(
            Restriction.objects.filter(subject__in=ids, lifted_at__isnull=True)
            .select_related("request")
            .order_by("-opened_at")
        ),
        list(
            Objection.objects.filter(subject__in=ids)
            .exclude(state=Objection.State.OVERRULED)
            .select_related("request")
            .order_by("-made_at")
        ),
    )


@own_page("GET", "HEAD", "POST")
@says_no
def pause(request):
    """Pause the use of everything; one record is paused on its own page."""
    subject = queries.subject_of(request.user)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        case = actions.pause(subject, ground=form.cleaned_data["ground"], by=request.user)
        messages.success(request, _("The use of your data is paused from now on."))
        return redirect("privacy:request", number=case.number)
    context = {"form": form, "stops": in_force(subject), "authority": AUTHORITY}
    return render(request, "privacy/my_data/pause.html", context)


@own_page("GET", "HEAD", "POST")
@says_no
def object_to(request):
    """The activities one may object to, each with its button; a press stops it at once."""
    subject = queries.subject_of(request.user)
    if request.method == "POST":
        return _object(request, subject)
    # Every activity that rests on our interest is offered, whether or not anything is held for it today.
    offered = [each for each in registry.activities() if may_object(each)]
    context = {
        "activities": offered,
        "objected": in_force(subject).objected,
        "marketing": DIRECT_MARKETING,
        "authority": AUTHORITY,
    }
    return render(request, "privacy/my_data/object.html", context)


def may_object(activity) -> bool:
    """Whether the law gives a right to object to this activity; marketing is asked for apart."""
    return activity.basis is Basis.LEGITIMATE_INTEREST and activity.code != DIRECT_MARKETING


def _object(request, subject):
    code = request.POST.get("activity", "")
    known = {each.code for each in registry.activities() if may_object(each)} | {DIRECT_MARKETING}
    if code not in known:
        raise Http404
    before = in_force(subject).objected.get(code)
    if before is not None and before.request is not None:
        messages.info(request, _("You have objected to this already. Nothing was changed."))
        return redirect("privacy:request", number=before.request.number)
    text = request.POST.get("text", "").strip()[:MOST_TEXT]
    case = actions.object_at_once(subject, activity=code, text=text, by=request.user)
    messages.success(request, _("We have stopped this from now on."))
    return redirect("privacy:request", number=case.number)


@own_page("GET", "HEAD", "POST")
@says_no
def no_machine(request):
    """What is true about decisions by machines here; in writing, or looked at by a person."""
    subject = queries.subject_of(request.user)
    asked = request.method == "POST" and request.POST.get("do") == "ask"
    form = WordsForm(request.POST if asked else None)
    if request.method == "POST" and not asked:
        return redirect("privacy:request", number=actions.have_it_in_writing(subject, by=request.user).number)
    if asked and form.is_valid():
        case = actions.ask_a_person(subject, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your request has come to us. Somebody looks at it and answers in writing."))
        return redirect("privacy:request", number=case.number)
    context = {"form": form, "truth": actions.no_machine_decides(), "authority": AUTHORITY}
    return render(request, "privacy/my_data/no_machine.html", context)
