"""The trail in the office: who did what, without names; whether it still is what was written; backups (T33, L47)."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from privacy.actions import note_read
from privacy.actions.trail_checks import ask_check
from privacy.actions.trail_redaction import RedactionRefused, decide_redaction, propose_redaction
from privacy.models import DataSubject, RedactionProposal, TrailEntry
from privacy.queries import trail as reads
from privacy.screens.office_one_act import OneAct
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficePageMixin, today

SEE = "privacy.view_trailentry"
CHECK = "privacy.add_verification"
ASK = "privacy.add_redactionproposal"
DECIDE = "privacy.change_redactionproposal"
ROOMS = [Room(_("Trail and backups"), "privacy-trail", "history", SEE)]


class FilterForm(forms.Form):
    """What the address may carry: codes, keys and a day, never anything about a person."""

    # Codes have a dot in them: consent.withdrawn.
    act = forms.RegexField(r"^[a-z_]+(\.[a-z_]*)?$", label=_("What was done"), required=False, max_length=60)
    record = forms.CharField(label=_("Number of the record"), required=False, max_length=64)
    person = forms.UUIDField(label=_("Reference of the person"), required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class Trail(OfficePageMixin, TemplateView):
    """GET shows; whose trail is asked for by their reference is written down as looked at."""

    rights = (SEE,)
    template_name = "privacy/office/trail.html"
    page_title = _("Trail and backups")
    header_icon = "history"

    def path(self):
        return []

    def get_context_data(self, **kwargs):
        form = FilterForm(self.request.GET)
        asked = form.cleaned_data if form.is_valid() else {}
        person = asked.get("person")
        if person:
            self._looked_at(person)
        rows = [] if form.errors else reads.entries(**{**asked, "person": str(person or "")})
        query = self.request.GET.copy()
        query.pop("before", None)
        user = self.request.user
        return super().get_context_data(
            form=form,
            rows=rows[: reads.ON_PAGE],
            older=rows[reads.ON_PAGE - 1].pk if len(rows) > reads.ON_PAGE else None,
            query=query.urlencode(),
            is_filtered=any(asked.values()) or bool(form.errors),
            plot=reads.acts_by_month(today()),
            may_check=user.has_perm(CHECK),
            may_ask=user.has_perm(ASK),
            may_decide=user.has_perm(DECIDE),
            **reads.state_of_the_trail(),
            **kwargs,
        )

    def _looked_at(self, key):
        subject = DataSubject.objects.filter(pk=key).first()
        if subject is not None:
            note_read(subject, by=self.request.user)


class TrailAct(OneAct):
    """An act that comes from the trail's page and goes back to it."""

    refusals = (RedactionRefused,)

    def path(self):
        return [{"url": reverse("privacy-trail"), "label": _("Trail and backups")}]

    def back_url(self):
        return reverse("privacy-trail")


class CheckNow(TrailAct):
    """Puts a check in line for the background worker."""

    rights = (SEE, CHECK)
    page_title = _("Check the trail now")
    lead = _(
        "Every entry, seal and checkpoint is read in the background. The result stands on the page of the trail "
        "afterwards; the longer the trail, the longer it takes."
    )
    confirm_label = _("Check now")

    def act(self, form):
        ask_check(by=self.request.user)
        return _("The check is in line. Look again in a moment.")


class ReasonForm(forms.Form):
    code = forms.ChoiceField(label=_("Why"), choices=RedactionProposal.Reason.choices)


class AskRedaction(TrailAct):
    """Asks that the words of one entry are taken out."""

    rights = (SEE, ASK)
    page_title = _("Take the words out of an entry")
    lead = _(
        "That something was done, when and by whom stays; about whom, which record, which fields and why goes. A "
        "colleague has to approve it. It can be proved afterwards and cannot be undone."
    )
    confirm_label = _("Ask for it")
    form_class = ReasonForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.entry = get_object_or_404(TrailEntry, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def facts(self):
        return _facts(self.entry)

    def act(self, form):
        propose_redaction(self.entry, code=form.cleaned_data["code"], by=self.request.user)
        return _("A colleague now has to approve it. Nothing has changed yet.")


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Yes, take the words out")), ("no", _("No, leave the entry as it is"))],
        widget=forms.RadioSelect,
    )


class DecideRedaction(TrailAct):
    """A second person's decision."""

    rights = (SEE, DECIDE)
    page_title = _("Decide about an entry of the trail")
    lead = _(
        "If you say yes, the words are gone for good. The trail still verifies, and shows that they were taken out."
    )
    confirm_label = _("Decide")
    danger = True
    form_class = AnswerForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.proposal = get_object_or_404(RedactionProposal, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def facts(self):
        entry = TrailEntry.objects.filter(uid=self.proposal.uid).first()
        return [(_("Why"), self.proposal.get_reason_code_display()), *(_facts(entry) if entry else [])]

    def act(self, form):
        is_yes = form.cleaned_data["answer"] == "yes"
        decide_redaction(self.proposal, approve=is_yes, by=self.request.user)
        return _("The words are taken out.") if is_yes else _("The entry stays as it is.")


def _facts(entry):
    record = f"{entry.model} {entry.object_pk[:8]}".strip()
    return [
        (_("Entry"), entry.pk),
        (_("What was done"), entry.action),
        (_("Record"), record),
        (_("Fields"), ", ".join(entry.field_names)),
        (_("Reason"), entry.reason),
    ]


def addresses():
    return [
        path("privacy/trail/", Trail.as_view(), name="privacy-trail"),
        path("privacy/trail/check/", CheckNow.as_view(), name="privacy-trail-check"),
        path("privacy/trail/<int:pk>/redact/", AskRedaction.as_view(), name="privacy-trail-redact"),
        path("privacy/trail/redaction/<uuid:pk>/", DecideRedaction.as_view(), name="privacy-trail-decide"),
    ]
