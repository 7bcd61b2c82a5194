"""Which hiring leader may read the applications for which vacancy, until when."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column

from careers import actions
from careers.models import VacancyShare
from careers.screens.hr_lists import DayColumn
from careers.screens.vacancy_scope import SEES, Tab, VacancyPageMixin
from privacy.screens.scoping import ScopedModelViewSet


class StaffChoice(forms.ModelChoiceField):
    """Colleagues by name; whoever has not written theirs, by address."""

    def label_from_instance(self, user):
        return user.get_full_name() or user.email


class ShareForm(WagtailAdminModelForm):
    user = StaffChoice(label=_("Hiring leader"), queryset=None)

    class Meta:
        model = VacancyShare
        fields = ["vacancy", "user", "until"]

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = get_user_model().objects.filter(
            groups__name=actions.HIRING_LEADERS, is_active=True
        )

    def _get_validation_exclusions(self):
        # Sharing again with the same leader moves the day: that there is a row already is no mistake.
        return super()._get_validation_exclusions() | {"user"}


class VacancyShareViewSet(ScopedModelViewSet):
    model = VacancyShare
    icon = "key"
    menu_label = _("Shared vacancies")
    url_prefix = "careers/shares"
    form_class = ShareForm
    refusals = (actions.NotPossible,)
    list_display = [
        "vacancy",
        Column("user", label=_("Hiring leader"), accessor=lambda row: row.user and row.user.get_full_name()),
        DayColumn("until", label=_("Until"), sort_key="until"),
    ]
    inspect_view_fields = ["vacancy", "until", "given_at"]
    search_backend_name = None
    ordering = "-until"
    list_select_related = ("vacancy", "user")

    def create(self, form, *, by):
        said = form.cleaned_data
        return actions.share_vacancy(said["vacancy"], user=said["user"], until=said["until"], by=by)

    def remove(self, row, *, by):
        actions.stop_sharing(row, by=by)


class LeaderForm(forms.Form):
    """Whom one vacancy is shared with, through which day; the same person again moves the day."""

    user = StaffChoice(label=_("Hiring leader"), queryset=None)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leaders = get_user_model().objects.filter(groups__name=actions.HIRING_LEADERS, is_active=True)
        self.fields["user"].queryset = leaders
        self.fields["until"].help_text = _("That day included; the access then ends by itself. They are told by mail.")


class SharesOfVacancy(VacancyPageMixin, TemplateView):
    """Who reads this vacancy's applications until when: share, extend, stop."""

    rights = (SEES, "careers.view_vacancyshare")
    page_title = _("Shared with")
    template_name = "careers/admin/shares.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", LeaderForm())
        today = timezone.localdate()
        rows = self._shares().select_related("user").order_by("-until", "pk")
        shares = [{"row": each, "has_ended": each.until < today} for each in rows]
        return super().get_context_data(shares=shares, **kwargs)

    def post(self, request, *args, **kwargs):
        if "stop" in request.POST:
            return self._stop(request)
        if not request.user.has_perm("careers.add_vacancyshare"):
            return permission_denied(request, PermissionDenied())
        form = LeaderForm(request.POST)
        if form.is_valid():
            try:
                actions.share_vacancy(self.vacancy, **form.cleaned_data, by=request.user)
            except actions.NotPossible as refusal:
                form.add_error("until", str(refusal))
            else:
                messages.success(request, gettext("The vacancy is shared, and the hiring leader is told by mail."))
                return HttpResponseRedirect(request.path)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _stop(self, request):
        if not request.user.has_perm("careers.delete_vacancyshare"):
            return permission_denied(request, PermissionDenied())
        share = next((each for each in self._shares() if str(each.pk) == request.POST["stop"]), None)
        if share is not None:
            actions.stop_sharing(share, by=request.user)
            messages.success(request, gettext("The access has ended."))
        return HttpResponseRedirect(request.path)

    def _shares(self):
        return VacancyShare.objects.filter(vacancy__reference=self.vacancy.reference)


TABS = (Tab(_("Shared with"), "careers_vacancy_shares", "careers.view_vacancyshare"),)


def addresses() -> list:
    return [path("careers/vacancies/<str:reference>/shares/", SharesOfVacancy.as_view(), name="careers_vacancy_shares")]


VIEWSETS = (VacancyShareViewSet("careers_shares"),)
