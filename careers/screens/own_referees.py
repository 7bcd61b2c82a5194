"""Referees on the applicant's own page: name one, say yes or no to each, take it back (L10, N32)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from careers import actions, queries
from careers.screens.application_panels import Panel
from careers.screens.forms import no_numbers
from privacy import actions as engine
from privacy.screens.scoping import unlock


class RefereeForm(forms.Form):
    """One referee. The tick is the applicant's own and never set beforehand."""

    full_name = forms.CharField(label=gettext_lazy("Name of the referee"), max_length=120, validators=[no_numbers])
    relation = forms.CharField(
        label=gettext_lazy("How do they know you?"),
        max_length=200,
        validators=[no_numbers],
        help_text=gettext_lazy("For example: my leader at the workshop, 2021 to 2024."),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=190, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=30,
        required=False,
        validators=[no_numbers],
        widget=forms.TextInput({"type": "tel"}),
    )
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("Without your yes we keep no referee. Tick the box and send again.")}
    )
    wording = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, text):
        super().__init__(data, initial={"wording": text.sha256}, prefix="referee")
        self.fields["consent"].label, self.fields["consent"].help_text = text.wording, text.how_to_withdraw
        self._shown = text.sha256

    def clean(self):
        said = super().clean()
        if said.get("wording") != self._shown:
            self.add_error("consent", _("The question has been reworded since you opened the page. Read it again."))
        if not (said.get("email") or said.get("phone")):
            self.add_error("email", _("Write an e-mail address or a phone number."))
        return said


def own_panel(request, row) -> Panel | None:
    """The referees of one's own application, and a form for one more while it is being considered."""
    rows = unlock(row.referees.all())
    text = _wording(row)
    if not rows and not (row.is_live and text):
        return None
    shown = [{"row": each, "may_ask": actions.may_ask(each)} for each in rows]
    form = RefereeForm(text=text) if row.is_live and text else None
    context = {"referees": shown, "form": form, "application": row, "text": text}
    return Panel(gettext_lazy("Referees"), "careers/own/referees.html", context)


@never_cache
@require_POST
@login_required
def add_referee(request, pk):
    """Name a referee, with the yes to asking this one."""
    row = _own(request, pk)
    text = _wording(row)
    form = RefereeForm(request.POST, text=text) if text else None
    if form is None or not form.is_valid():
        faults = form.errors.values() if form else [[_("Referees cannot be named right now. Nothing was saved.")]]
        messages.error(request, " ".join(str(each[0]) for each in faults))
        return redirect("careers:application", pk)
    said = {name: form.cleaned_data[name] for name in ("full_name", "relation", "email", "phone")}
    return _done(
        request, pk, lambda: actions.add_referee(row, **said, by=request.user, text=text), _("The referee is saved.")
    )


@never_cache
@require_POST
@login_required
def answer_referee(request, pk, referee_pk):
    """Say yes to one that HR has noted, or take a referee out."""
    row = _own(request, pk)
    referee = get_object_or_404(row.referees.select_related("application__subject"), pk=referee_pk)
    if request.POST.get("act") == "agree":
        text = _wording(row)
        if text is None or request.POST.get("wording") != text.sha256 or not request.POST.get("consent"):
            messages.error(request, _("Tick the box to say yes. Nobody is contacted before that."))
            return redirect("careers:application", pk)
        return _done(
            request,
            pk,
            lambda: actions.agree_to_referee(referee, text=text, method="form", by=request.user),
            _("Thank you. We may now ask this referee."),
        )
    return _done(
        request,
        pk,
        lambda: actions.remove_referee(referee, by=request.user),
        _("The referee is out, and their details and what they said are being erased."),
    )


def _done(request, pk, act, said):
    try:
        act()
    except (actions.NotPossible, engine.ConsentRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("careers:application", pk)


def _wording(row):
    try:
        engine.require_active(actions.REFEREE)
        return engine.text_for(actions.REFEREE, row.language)
    except (engine.NoWording, engine.NotActive):
        return None


def _own(request, pk):
    return get_object_or_404(queries.own_applications(request.user), pk=pk)
