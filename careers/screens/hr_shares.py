"""Which hiring leader may read the applications for which vacancy, until when."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn

from careers import actions
from careers.models import VacancyShare
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
        DateColumn("until", label=_("Until"), sort_key="until"),
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


VIEWSETS = (VacancyShareViewSet("careers_shares"),)
