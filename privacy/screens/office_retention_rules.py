"""The periods: what is declared, what rules, who proposed what; a new period needs two people (N54, T10, L32)."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy import actions, registry, words
from privacy.models import RetentionRule
from privacy.queries import retention_schedule
from privacy.screens.office_retention import RetentionPage
from privacy.screens.office_scope import today
from privacy.second_person import OwnApproval

SEE = "privacy.view_retentionrule"
PROPOSE = "privacy.add_retentionrule"
DECIDE = "privacy.change_retentionrule"
REFUSALS = (actions.RuleRefused, OwnApproval)


class PeriodForm(forms.Form):
    """A period, why it is right, and how it is told."""

    number = forms.IntegerField(
        label=_("How long"),
        min_value=1,
        max_value=18_300,
        error_messages={"invalid": _("Write a whole number."), "min_value": _("A period is at least one.")},
    )
    unit = forms.ChoiceField(
        label=_("Counted in"), choices=[("months", _("months")), ("days", _("days"))], initial="months"
    )
    active_from = forms.DateField(
        label=_("In force from"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: the day it is approved. A longer period waits until the notice tells it."),
    )
    basis = forms.CharField(
        label=_("Why this period is right"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write why this period is right: whoever approves it reads it.")},
    )
    shown_nb = forms.CharField(
        label=_("How the notice says it, in Bokmål"),
        required=False,
        max_length=300,
        help_text=_("Empty: as the others."),
    )
    shown_en = forms.CharField(label=_("How the notice says it, in English"), required=False, max_length=300)

    def clean_active_from(self):
        day = self.cleaned_data["active_from"]
        if day is not None and day < today():
            raise forms.ValidationError(_("This day is over. A period rules from today on at the earliest."))
        return day


class Rules(RetentionPage, TemplateView):
    """The whole schedule."""

    template_name = "privacy/office/retention_rules.html"
    rights = (SEE,)
    page_title = _("Periods")
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs):
        lines = retention_schedule.schedule(today())
        return super().get_context_data(
            lines=lines, proposed=[line for line in lines if line.proposed is not None], **kwargs
        )


class OneClass(RetentionPage, TemplateView):
    """One class: its period, every version of it, and the form that proposes another."""

    template_name = "privacy/office/retention_rule.html"
    rights = (SEE,)

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights) and not _is_declared(kwargs["label"]):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return words.class_title(self.kwargs["label"])

    def path(self):
        return [*super().path(), {"url": reverse("privacy-retention-rules"), "label": _("Periods")}]

    def post(self, request, *args, **kwargs):
        """A proposal."""
        if not request.user.has_perm(PROPOSE):
            return permission_denied(request, PermissionDenied())
        form = PeriodForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data
        period = {said["unit"]: said["number"]}
        told = {name: said[name] for name in ("basis", "active_from", "shown_nb", "shown_en")}
        try:
            actions.propose_rule(self.kwargs["label"], **period, **told, by=request.user)
        except actions.RuleRefused as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("Proposed. Until somebody else approves it, the present period rules."))
        return HttpResponseRedirect(reverse("privacy-retention-rule", args=[self.kwargs["label"]]))

    def get_context_data(self, form=None, **kwargs):
        label, user = self.kwargs["label"], self.request.user
        form = form or PeriodForm()
        rules = retention_schedule.rules_of(label)
        return super().get_context_data(
            line=retention_schedule.line_of(label, today()),
            rules=[(rule, colleagues(rule), may_decide(rule, user)) for rule in rules],
            form=form if user.has_perm(PROPOSE) else None,
            media=form.media,
            **kwargs,
        )


class Decide(RetentionPage, TemplateView):
    """Approve a proposal of somebody else, or withdraw, refuse or end a rule."""

    rights = (SEE, DECIDE)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        rule = get_object_or_404(RetentionRule, pk=kwargs["pk"])
        try:
            said = self._decide(rule, request.POST.get("answer"))
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
        return HttpResponseRedirect(reverse("privacy-retention-rule", args=[rule.data_class]))

    def _decide(self, rule, answer):
        if answer == "approve":
            approved = actions.approve_rule(rule, by=self.request.user)
            return _("Approved: %(state)s.") % {"state": approved.get_state_display()}
        if answer == "end":
            actions.retire_rule(rule, by=self.request.user)
            return _("It is not in force, or no longer.")
        raise actions.RuleRefused(_("Nothing was chosen, and nothing was changed."))


def _is_declared(label: str) -> bool:
    return label in {declaration.name() for declaration in registry.declarations()}


def colleagues(rule: RetentionRule) -> dict[str, str]:
    """Who proposed and who approved, by name while they work here."""
    keys = {"proposed": rule.proposed_by, "approved": rule.approved_by}
    users = {user.pk: user for user in get_user_model().objects.filter(pk__in=[key for key in keys.values() if key])}
    return {
        what: (users[key].get_full_name() or users[key].email) if key in users else "" for what, key in keys.items()
    }


def may_decide(rule: RetentionRule, user) -> dict[str, bool]:
    """Which buttons stand beside a rule for this colleague; the act itself asks again."""
    may = user.has_perm(DECIDE)
    is_draft = rule.state == RetentionRule.State.DRAFT
    return {
        "approve": may and is_draft and rule.proposed_by != user.pk,
        "own": is_draft and rule.proposed_by == user.pk,
        "end": may and rule.state != RetentionRule.State.RETIRED,
    }


def addresses():
    """The paths of the periods below /admin/."""
    return [
        path("privacy/retention/periods/", Rules.as_view(), name="privacy-retention-rules"),
        path("privacy/retention/periods/<str:label>/", OneClass.as_view(), name="privacy-retention-rule"),
        path("privacy/retention/decide/<uuid:pk>/", Decide.as_view(), name="privacy-retention-decide"),
    ]
